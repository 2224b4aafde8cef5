"""What can be brought into a case: the kinds' names, and what each is, for people.

In: nothing. Out: names with a line each. Never: an import of what reads them: `--help` has to be quick.
"""

KINDS = {
    "jsonl": "a case, as rashomon export CASE jsonl writes it",
    "sheet": "a CSV or TSV of URLs or texts (Media Cloud, GDELT, LexisNexis-like, auto-archiver)",
    "notes": "a folder of Markdown notes with front matter (Obsidian)",
    "saved": "a folder of pages that a browser saved (MHTML)",
    "wacz": "a web archive",
    "acled": "ACLED's CSV: each row a telling by ACLED",
    "ucdp": "UCDP GED's CSV: each row a telling by UCDP",
    "gazetteer": "a list of places, written beside the case for --gazetteer",
    "aliases": "a list of actors' names, written beside the case for --aliases",
}
