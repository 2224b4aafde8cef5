"""What leaves a case: the formats that people already work with.

In: a case, filters. Out: files. Never: a change to the case, nor a value without who tells it.
"""
