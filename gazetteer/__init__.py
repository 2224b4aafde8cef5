"""How the gazetteer in the package is made: sources read, middles found, tables written.

In: packages that hold GeoNames' places, and `areas.csv`. Out: `gazetteer.sqlite`. Never: imported at run time.
"""
