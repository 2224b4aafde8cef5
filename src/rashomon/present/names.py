"""What can be exported and by what it is filtered: names, and what each is, for people.

In: nothing. Out: names with a line each. Never: an import of what does it: `--help` has to be quick.
"""

FORMAT_NAMES = {
    "acled-csv": "ACLED-style CSV, a row an incident",
    "ucdp-csv": "UCDP GED-style CSV, a row a lethal incident",
    "gdelt-mentions": "GDELT mentions, tab-separated, a row a telling",
    "plover-jsonl": "PLOVER events, a line a telling and type",
    "geojson": "GeoJSON, a point an incident (QGIS, web maps)",
    "csvw": "CSV on the Web: incidents, tellings, sources (a folder)",
    "parquet": "the same three tables as Parquet, typed (a folder)",
    "ftm": "FollowTheMoney entities, a line each (Aleph)",
    "gexf": "the network of actors (Gephi, networkx)",
    "html": "a dossier: one file to read, print and keep",
    "jsonl": "all of the case; rashomon import makes the same case of it",
}

FILTER_NAMES = {
    "q": 'words in the articles; "…" keeps words together',
    "type": "incident type",
    "place": "name of a place that is told",
    "actor": "id of an actor",
    "outlet": "outlet that tells it",
    "since": "told to have ended then or later (YYYY, YYYY-MM or YYYY-MM-DD)",
    "until": "told to have begun then or earlier",
    "box": "west,south,east,north in degrees",
    "origins": "told by at least so many origins",
    "contested": "only those with a contested field (true)",
    "judged": "whether people judged any of its tellings (yes, no)",
}
"""Several of one facet (type, place, actor, outlet) mean any of them; different filters mean all of them."""
