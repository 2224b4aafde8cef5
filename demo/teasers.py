"""Teaser lists: which other articles a page points to, in its outlet's markup.

In: all articles, an outlet's lists. Out: lists with their entries; HTML. Never: chance.
"""

import re
from dataclasses import dataclass
from html import escape

from sources import Source


@dataclass(frozen=True, slots=True)
class Entry:
    """A teaser: `cut` if its summary breaks off with "..."."""

    title: str
    summary: str
    cut: bool
    url: str


@dataclass(frozen=True, slots=True)
class Shown:
    """A teaser list as a page shows it; `where`: beside, below or inside the article."""

    name: str
    where: str
    entries: tuple[Entry, ...]


def choose_teasers(source: Source, sources: list[Source], outlet: dict) -> list[Shown]:
    """The page's teaser lists: the outlet's other articles and its fillers, taken in turn."""
    own = [s for s in sources if s.header["outlet"] == source.header["outlet"] and s.slug != source.slug and s.blocks]
    known = [(s.header["title"], _summarise(s), s.header["url"]) for s in own]
    home = "/".join(source.header["url"].split("/")[:3])
    for i, filler in enumerate(outlet["fillers"]):
        title, summary = filler.split(" | ")
        known.insert(
            min(len(known), 2 * i + 1), (title, summary, f"{home}/{re.sub('[^a-z]+', '-', title.lower()).strip('-')}")
        )
    start, shown = int(source.slug[:2]), []
    for kept in outlet["lists"]:
        count = min(kept["entries"] + (3 if source.header.get("kind") == "index" else 0), len(known))
        chosen = [known[(start + i) % len(known)] for i in range(count)]
        start += count
        shown.append(Shown(kept["name"], kept["where"], tuple(_cut(*entry, kept["summary"]) for entry in chosen)))
    return shown


def render_lists(lists: list[Shown], where: str) -> str:
    """The lists that stand at `where`, each in the markup of that part of a page."""
    return "\n".join(_MARKUP[where](x) for x in lists if x.where == where)


def _summarise(source: Source) -> str:
    first = re.sub(r"^\[[^\]]*\]\s*", "", next(b for b in source.blocks if not b.startswith("##")))
    return " ".join(first.replace("*", "").split())


def _cut(title: str, summary: str, url: str, limit: int) -> Entry:
    if not limit:
        return Entry(title, "", False, url)
    if len(summary) <= limit or summary.endswith("..."):
        return Entry(title, summary, summary.endswith("..."), url)
    return Entry(title, summary[:limit].rsplit(" ", 1)[0].rstrip(",;:.") + "...", True, url)


def _beside(x: Shown) -> str:
    items = "".join(
        f'<div class="item"><h4><a href="{e.url}">{escape(e.title)}</a></h4>'
        + (f"<p>{escape(e.summary)}</p>" if e.summary else "") + "</div>\n"
        for e in x.entries
    )  # fmt: skip
    return f'<div class="module"><h3>{escape(x.name)}</h3>\n{items}</div>'


def _below(x: Shown) -> str:
    items = "".join(
        f'<li><a href="{e.url}"><strong>{escape(e.title)}</strong></a>'
        + (f"<br>{escape(e.summary)}" if e.summary else "") + "</li>\n"
        for e in x.entries
    )  # fmt: skip
    return f'<section class="teasers"><h2>{escape(x.name)}</h2>\n<ul>\n{items}</ul></section>'


def _inside(x: Shown) -> str:
    items = "".join(
        f'<p class="t"><a href="{e.url}">{escape(e.title)}</a>'
        + (f" <span>{escape(e.summary)}</span>" if e.summary else "") + "</p>\n"
        for e in x.entries
    )  # fmt: skip
    return f'<aside class="inline-list"><h5>{escape(x.name)}</h5>\n{items}</aside>'


_MARKUP = {"beside": _beside, "below": _below, "inside": _inside}
