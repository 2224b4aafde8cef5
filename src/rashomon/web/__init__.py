"""The web app: read, compare and review a case in a browser.

In: a case. Out: HTML and JSON of the same contexts, and judgements. Never: a request to another host, a claim shown
without who tells it, nor markup of a page's own.
"""
