"""Capture: sources to pages, pages to articles with sections, teasers and passages."""

from rashomon.capture.article import article_from_text, open_page
from rashomon.capture.passages import split_passages
from rashomon.capture.sources import iter_pages, make_page

__all__ = ["article_from_text", "iter_pages", "make_page", "open_page", "split_passages"]
