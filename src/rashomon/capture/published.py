"""When a page says it was published, with how that was found.

In: a parsed page, its statements of metadata, its URL, hints of its carrier. Out: a `Published`.
Never: the capture date, nor a date that a page's header, footer, copyright line or list of other articles happens to
hold.
"""

import itertools
import re
from collections.abc import Mapping, Sequence
from datetime import date
from typing import Any
from urllib.parse import urlsplit

from lxml.html import HtmlElement

from rashomon.records import PageHints, Published

_META_DATES = (
    "article:published_time", "og:published_time", "og:article:published_time", "datepublished", "date", "dc.date",
    "dc.date.issued", "dcterms.date", "dcterms.created", "pubdate", "publishdate", "publish-date", "publication_date",
    "sailthru.date", "parsely-pub-date", "article.published", "citation_publication_date", "weibo:article:create_at",
)  # fmt: skip
_MONTHS = {
    m: i
    for i, names in enumerate(
        ("jan january", "feb february", "mar march", "apr april", "may", "jun june", "jul july", "aug august",
         "sep sept september", "oct october", "nov november", "dec december"), start=1)
    for m in names.split()
}  # fmt: skip
_MONTH = r"(?P<month>" + "|".join(sorted(_MONTHS, key=len, reverse=True)) + r")\.?"
_DATE_PATTERNS = (
    re.compile(r"(?P<year>\d{4})-(?P<number>\d{2})-(?P<day>\d{2})"),
    re.compile(rf"(?P<day>\d{{1,2}})(?:st|nd|rd|th)?\s+(?:of\s+)?{_MONTH},?\s+(?P<year>\d{{4}})", re.IGNORECASE),
    re.compile(rf"{_MONTH}\s+(?P<day>\d{{1,2}})(?:st|nd|rd|th)?,?\s+(?P<year>\d{{4}})", re.IGNORECASE),
    re.compile(r"(?P<day>\d{1,2})[./](?P<number>\d{1,2})[./](?P<year>\d{4})"),
    re.compile(rf"{_MONTH}\s+(?P<year>\d{{4}})", re.IGNORECASE),
)
_URL_DATE = re.compile(r"/(?P<year>(?:19|20)\d{2})[/-](?P<number>\d{1,2})(?:[/-](?P<day>\d{1,2}))?(?=[/-]|$)")
_LISTED = re.compile(r"related|sidebar|comment|teaser|most|popular|footer|widget|promo|latest", re.IGNORECASE)
_MAX_LOOKED_AT = 40


def parse_date(text: str, found: str) -> Published | None:
    """The first date in `text`, with its precision.

    >>> parse_date("Posted on 3 March 2011 at noon", "byline text")
    Published(start='2011-03-03', end='2011-03-03', precision='day', found='byline text')
    >>> parse_date("27.8.2019", "byline text").start
    '2019-08-27'

    With strokes, day and month may be either way round:

    >>> parse_date("10/04/2007", "byline text")
    Published(start='2007-04-10', end='2007-10-04', precision='month', found='byline text')
    """
    for pattern in _DATE_PATTERNS:
        for m in pattern.finditer(text[:2000]):
            if published := _published(m.groupdict(), found, either_way="/" in m[0]):
                return published
    return None


def _published(parts: dict[str, str | None], found: str, *, either_way: bool = False) -> Published | None:
    year = int(parts.get("year") or 0)
    name = parts.get("month")
    month = _MONTHS[name.casefold()] if name else int(parts.get("number") or 0)
    day = int(parts.get("day") or 0)
    if not 1800 <= year <= 2200:
        return None
    if either_way and month > 12 >= day:
        month, day = day, month
    try:
        first = date(year, month, day or 1)
        other = date(year, day, month) if either_way and 0 < day <= 12 else first
    except ValueError:
        return None
    if other != first:
        return Published(min(first, other).isoformat(), max(first, other).isoformat(), "month", found)
    if day:
        return Published(first.isoformat(), first.isoformat(), "day", found)
    last = date(year + month // 12, month % 12 + 1, 1).toordinal() - 1
    return Published(first.isoformat(), date.fromordinal(last).isoformat(), "month", found)


def find_published(
    tree: HtmlElement,
    metas: Mapping[str, str],
    lds: Sequence[Mapping[str, Any]],
    url: str | None,
    hints: PageHints | None,
) -> Published | None:
    """The published date: by metadata, the carrier's word, a `time` element, a byline's text or the URL."""
    for key in _META_DATES:
        if key in metas and (found := parse_date(metas[key], f"meta {key}")):
            return found
    for ld in lds:
        for key in ("datePublished", "dateCreated"):
            if isinstance(ld.get(key), str) and (found := parse_date(ld[key], f"json-ld {key}")):
                return found
    if hints and hints.published and (found := parse_date(hints.published, "feed")):
        return found
    for node in itertools.islice(tree.iter("time"), _MAX_LOOKED_AT):
        if is_listed(node):
            continue
        if found := parse_date(node.get("datetime") or node.text_content(), "time element"):
            return found
    marks = " or ".join(f"contains(@class,'{m}')" for m in ("date", "byline", "published", "meta", "dateline"))
    marked = tree.xpath(f"//*[{marks} or @itemprop='datePublished']")
    for node in marked[:_MAX_LOOKED_AT]:
        words = " ".join(node.text_content().split())
        if len(words) <= 200 and not is_listed(node) and (found := parse_date(words, "byline text")):
            return found
    return url_date(url)


def url_date(url: str | None) -> Published | None:
    """The date in a URL's path.

    >>> url_date("https://example.org/2011/03/04/market").start
    '2011-03-04'
    """
    m = _URL_DATE.search(urlsplit(url).path) if url else None
    return _published(m.groupdict(), "url") if m else None


def is_listed(node: HtmlElement) -> bool:
    """Whether a node belongs to a list of other articles, a comment or a footer rather than to this article."""
    for up in node.iterancestors():
        if up.tag in ("aside", "nav", "footer", "li"):
            return True
        name = f"{up.get('class') or ''} {up.get('id') or ''}"[:400]
        if _LISTED.search(name) and up.tag not in ("body", "html"):
            return True
    return False
