"""What a page says of itself: title, byline, outlet, published date; each with how it was found.

In: a parsed page, its URL, hints of its carrier. Out: `Metadata`. Never: the capture date as the published date, nor a
date that a page's footer or copyright line happens to hold.
"""

import json
import re
from collections.abc import Iterator
from dataclasses import dataclass
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
_BYLINE = re.compile(
    r"^\s*by:?\s+(?P<name>[A-ZÀ-Þ][\w.'’-]+(?:\s+(?:[A-ZÀ-Þ][\w.'’-]*|and|&|,|de|al|el|van|von|bin))*)", re.MULTILINE
)


@dataclass(frozen=True, slots=True)
class Metadata:
    """What was found; `outlet_found` names the place it was found in, as `published.found` does."""

    title: str | None = None
    byline: str | None = None
    outlet: str | None = None
    outlet_found: str | None = None
    published: Published | None = None


def parse_date(text: str, found: str) -> Published | None:
    """The first date in `text`, with its precision.

    >>> parse_date("Posted on 3 March 2011 at noon", "byline text")
    Published(start='2011-03-03', end='2011-03-03', precision='day', found='byline text')
    >>> parse_date("10/04/2007", "byline text").precision
    'month'
    """
    for pattern in _DATE_PATTERNS:
        for m in pattern.finditer(text[:2000]):
            if published := _published(m.groupdict(), found, numeric=pattern is _DATE_PATTERNS[3]):
                return published
    return None


def _published(parts: dict[str, str | None], found: str, *, numeric: bool = False) -> Published | None:
    year = int(parts.get("year") or 0)
    name = parts.get("month")
    month = _MONTHS[name.casefold()] if name else int(parts.get("number") or 0)
    day = int(parts.get("day") or 0)
    if not 1800 <= year <= 2200:
        return None
    if numeric and month > 12 >= day:
        month, day = day, month
    elif numeric and day <= 12 and day != month:  # day and month cannot be told apart: both months are possible
        low, high = sorted((day, month))
        return Published(f"{year}-{low:02}-01", f"{year}-{high:02}-28", "month", found) if low else None
    try:
        first = date(year, month, day or 1)
    except ValueError:
        return None
    if day:
        return Published(first.isoformat(), first.isoformat(), "day", found)
    last = date(year + month // 12, month % 12 + 1, 1).toordinal() - 1
    return Published(first.isoformat(), date.fromordinal(last).isoformat(), "month", found)


def _metas(tree: HtmlElement) -> dict[str, str]:
    metas: dict[str, str] = {}
    for node in tree.iter("meta"):
        key = node.get("property") or node.get("name") or node.get("itemprop")
        value = (node.get("content") or "").strip()
        if key and value:
            metas.setdefault(key.casefold().strip(), value[:1000])
    return metas


def _json_lds(tree: HtmlElement) -> Iterator[dict[str, Any]]:
    """Every object of every JSON-LD script that can be parsed, those of articles first."""
    found: list[dict[str, Any]] = []
    for node in tree.iter("script"):
        if "ld+json" not in (node.get("type") or ""):
            continue
        try:
            data = json.loads((node.text or "")[:200_000])
        except (ValueError, RecursionError):
            continue
        queue = [data]
        while queue and len(found) < 200:
            item = queue.pop(0)
            if isinstance(item, list):
                queue += item
            elif isinstance(item, dict):
                found.append(item)
                queue += [v for k, v in item.items() if k in ("@graph", "mainEntity", "mainEntityOfPage")]
    yield from sorted(found, key=lambda d: "article" not in str(d.get("@type", "")).casefold())


def _name_of(value: object) -> str | None:
    if isinstance(value, str):
        return value.strip() or None
    if isinstance(value, list):
        names = [n for v in value if (n := _name_of(v))]
        return ", ".join(names) or None
    if isinstance(value, dict):
        return _name_of(value.get("name"))
    return None


def find_metadata(tree: HtmlElement, url: str | None, hints: PageHints | None) -> Metadata:
    """Metadata of an HTML page; `url` is where it was captured from."""
    metas, lds = _metas(tree), list(_json_lds(tree))
    published = _first_date(tree, metas, lds, url, hints)
    outlet, outlet_found = _first_outlet(metas, lds, url, hints)
    return Metadata(_title(tree, metas, lds, outlet), _byline(tree, metas, lds), outlet, outlet_found, published)


def _first_date(
    tree: HtmlElement, metas: dict[str, str], lds: list[dict[str, Any]], url: str | None, hints: PageHints | None
) -> Published | None:
    for key in _META_DATES:
        if key in metas and (found := parse_date(metas[key], f"meta {key}")):
            return found
    for ld in lds:
        for key in ("datePublished", "dateCreated"):
            if isinstance(ld.get(key), str) and (found := parse_date(ld[key], f"json-ld {key}")):
                return found
    if hints and hints.published and (found := parse_date(hints.published, "feed")):
        return found
    for node in tree.iter("time"):
        if _in_list(node):
            continue
        if found := parse_date(node.get("datetime") or node.text_content(), "time element"):
            return found
    marks = " or ".join(f"contains(@class,'{m}')" for m in ("date", "byline", "published", "meta", "dateline"))
    marked = tree.xpath(f"//*[{marks} or @itemprop='datePublished']")
    for node in marked[:40]:
        words = " ".join(node.text_content().split())
        if len(words) <= 200 and not _in_list(node) and (found := parse_date(words, "byline text")):
            return found
    return url_date(url)


def url_date(url: str | None) -> Published | None:
    """The date in a URL's path.

    >>> url_date("https://example.org/2011/03/04/market").start
    '2011-03-04'
    """
    m = _URL_DATE.search(urlsplit(url).path) if url else None
    return _published(m.groupdict(), "url") if m else None


def _in_list(node: HtmlElement) -> bool:
    """Whether a node belongs to a list of other articles, a comment or a footer rather than to this article."""
    for up in node.iterancestors():
        if up.tag in ("aside", "nav", "footer", "li"):
            return True
        name = f"{up.get('class') or ''} {up.get('id') or ''}".casefold()
        if re.search(
            r"related|sidebar|comment|teaser|most|popular|footer|widget|promo|latest", name
        ) and up.tag not in ("body", "html"):
            return True
    return False


def _first_outlet(
    metas: dict[str, str], lds: list[dict[str, Any]], url: str | None, hints: PageHints | None
) -> tuple[str | None, str | None]:
    for key in ("og:site_name", "application-name", "dc.publisher", "publisher", "twitter:site"):
        if metas.get(key):
            return metas[key].lstrip("@"), f"meta {key}"
    for ld in lds:
        if name := _name_of(ld.get("publisher")):
            return name, "json-ld publisher"
    if hints and hints.outlet:
        return hints.outlet, "feed"
    host = urlsplit(url).hostname if url else None
    return (host.removeprefix("www."), "url") if host else (None, None)


def _title(tree: HtmlElement, metas: dict[str, str], lds: list[dict[str, Any]], outlet: str | None) -> str | None:
    headings = [" ".join(h.text_content().split()) for h in tree.iter("h1")]
    headings = [h for h in headings if h and h != outlet]
    for candidate in (metas.get("og:title"), *(_name_of(ld.get("headline")) for ld in lds), *headings[:1]):
        if candidate:
            return _without_outlet(" ".join(candidate.split()), outlet)
    node = tree.find(".//title")
    title = " ".join((node.text_content() if node is not None else "").split())
    return _without_outlet(title, outlet) if title else None


def _without_outlet(title: str, outlet: str | None) -> str:
    head, mark, tail = _split(title)
    if (
        mark
        and (not outlet or tail.casefold() in outlet.casefold() or outlet.casefold() in tail.casefold())
        and len(head) > 12
    ):
        return head
    return title


def _split(title: str) -> tuple[str, str, str]:
    for mark in (" | ", " :: ", " — ", " – ", " - ", " » "):
        head, found, tail = title.rpartition(mark)
        if found:
            return head.strip(), mark, tail.strip()
    return title, "", ""


def _byline(tree: HtmlElement, metas: dict[str, str], lds: list[dict[str, Any]]) -> str | None:
    for key in ("author", "article:author", "dc.creator", "byl", "parsely-author"):
        if metas.get(key) and not metas[key].startswith("http"):
            return metas[key].removeprefix("By ").strip()
    for ld in lds:
        if name := _name_of(ld.get("author")):
            return name
    for node in tree.xpath(
        "//*[@rel='author' or @itemprop='author' or contains(@class,'byline') or contains(@class,'author')]"
    )[:8]:
        words = " ".join(node.text_content().split())
        if 2 < len(words) < 120 and not _in_list(node):
            return (
                re.split(
                    r"\s*[|·•]\s*|,?\s+\d{1,2}\s+\w+\s+\d{4}|\s+(?:on|at)\s+",
                    words.removeprefix("By ").removeprefix("by "),
                )[0].strip()
                or None
            )
    return None


def plain_byline(text: str) -> str | None:
    """The name in a line such as "By Aro Teme".

    >>> plain_byline("By Aro Teme, 3 March 2011")
    'Aro Teme'
    """
    m = _BYLINE.search(text)
    return m["name"].rstrip(" ,&") if m else None
