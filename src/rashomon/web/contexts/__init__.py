"""What each screen shows: one struct a page, the same for HTML and JSON.

In: a connection, the parameters of the URL. Out: structs. Never: HTML; a query over the whole case; a claim without
who tells it.
"""
