"""What a page says of itself: title, byline, outlet, published date; each with how it was found.

In: a parsed page, its URL, hints of its carrier. Out: `Metadata`. Never: a name that only other articles' titles hold.
"""

import json
import re
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from typing import Any

from lxml.html import HtmlElement

from rashomon.capture.outlet import find_outlet, find_title
from rashomon.capture.published import find_published, is_listed
from rashomon.records import PageHints, Published

_BYLINE = re.compile(
    r"(?:^|[|·•,;–—-]|[\d)]|am|pm)[^\S\n]*(?:[Bb][Yy]|BYLINE|Byline|Author|AUTHOR)\b:?\s+(?P<name>[A-ZÀ-Þ][\w.'’-]+(?:[^\S\n]+(?:[A-ZÀ-Þ][\w.'’-]*|and|&|,|de|al|el|van|von|bin))*)",
    re.MULTILINE,
)


@dataclass(frozen=True, slots=True)
class Metadata:
    """What was found; `outlet_found` names the place it was found in, as `published.found` does."""

    title: str | None = None
    byline: str | None = None
    outlet: str | None = None
    outlet_found: str | None = None
    published: Published | None = None


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
    published = find_published(tree, metas, lds, url, hints)
    headlines = tuple(h for h in (metas.get("og:title"), *(_name_of(ld.get("headline")) for ld in lds)) if h)
    stated = _stated_outlet(metas, lds, hints)
    outlet, outlet_found = stated if stated[0] else find_outlet(tree, headlines, url)
    return Metadata(find_title(tree, headlines, outlet), _byline(tree, metas, lds), outlet, outlet_found, published)


def _stated_outlet(
    metas: Mapping[str, str], lds: Sequence[Mapping[str, Any]], hints: PageHints | None
) -> tuple[str | None, str | None]:
    for key in ("og:site_name", "application-name", "dc.publisher", "publisher", "twitter:site"):
        if metas.get(key):
            return metas[key].lstrip("@"), f"meta {key}"
    for ld in lds:
        if name := _name_of(ld.get("publisher")):
            return name, "json-ld publisher"
    return (hints.outlet, "feed") if hints and hints.outlet else (None, None)


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
        if 2 < len(words) < 120 and not is_listed(node):
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
