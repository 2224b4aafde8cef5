"""A page as a sequence of runs of text: what stands between two block boundaries, with where it stands.

In: a parsed page. Out: runs in the page's order. Never: a judgement whether a run belongs to the article.
"""

import re
from collections.abc import Mapping
from dataclasses import dataclass

from lxml import etree
from lxml.html import HtmlElement

from rashomon.capture.markup import INLINE, Measure

_SILENT = frozenset(["script", "head", "title", "select", "textarea", "button", "option", "datalist", "input"])
_EDGE = r"(?:^|[\s_-])(?:"
_COMMENTS = re.compile(_EDGE + r"comments?|commentlist|disqus|respond|replies|fb-comments)(?:$|[\s_-])", re.IGNORECASE)
_CAPTION = re.compile(
    r"(?:^|\s)(?:[\w-]*-)?(?:caption|figcaption|photo-?credit|image-?credit|cutline)(?:$|[\s_-])", re.IGNORECASE
)
_CLUTTER = re.compile(
    _EDGE + r"nav|navbar|navigation|menu|footer|foot|masthead|cookies?|consent|gdpr|share|sharing|sharedaddy|social"
    r"|newsletter|subscribe|breadcrumbs?|banner|advert|advertisement|ads?|sponsor|promo|toolbar|pagination|pager|tags?|tagcloud|login"
    r"|signup|widget|sidebar|related|relatedposts|popular|trending|teasers?|recommended|author-?(?:bio|box|info)|meta"
    r"|byline|dateline|timestamp|entry-meta|post-meta|print|skip-link|screen-reader-text|sr-only|visually-hidden|search)"
    r"(?:$|[\s_-]|bar|list|box)",
    re.IGNORECASE,
)
_OWN_MARKER = re.compile(r"^(?:[-–—*•●▪]|\(?(?:[a-z]|[ivx]{1,4}|\d{1,2})[.)])\s", re.IGNORECASE)


@dataclass(frozen=True, slots=True)
class Zone:
    """What kind of part of the page an element opens: `comments`, `caption`, `clutter`, `head`, or `list` number
    `number`; "" is none.
    """

    kind: str = ""
    number: int = -1


@dataclass(frozen=True, slots=True)
class Run:
    """Text between two block boundaries. `linked` are its characters within links; `node` is the innermost block it
    stands in, `tag` that block's (or an enclosing list item's or heading's) tag; `marker` only on an item's first run.
    """

    words: str
    linked: int
    node: HtmlElement
    tag: str
    marker: str
    zone: Zone


def iter_runs(
    tree: HtmlElement, lists: Mapping[HtmlElement, int], measures: Mapping[HtmlElement, Measure]
) -> list[Run]:
    """All runs of a page; `lists` says which elements hold which teaser list."""
    walk = _Walk(lists, measures, max(1, measures[tree].chars - measures[tree].linked))
    for event, node in etree.iterwalk(tree, events=("start", "end")):
        if event == "start":
            walk.open(node)
        else:
            walk.close(node)
    walk.flush()
    return walk.runs


class _Walk:
    """Holds what is open while the tree is walked."""

    def __init__(
        self, lists: Mapping[HtmlElement, int], measures: Mapping[HtmlElement, Measure], prose_chars: int
    ) -> None:
        self.runs: list[Run] = []
        self._lists, self._measures, self._prose = lists, measures, prose_chars
        self._blocks: list[HtmlElement] = []
        self._zones: list[Zone] = [Zone()]
        self._held: list[str] = []
        self._linked = self._in_link = self._silent = self._breaks = 0
        self._marker = ""
        self._items: dict[HtmlElement, int] = {}

    def open(self, node: HtmlElement) -> None:
        tag = str(node.tag)
        if tag in _SILENT:
            self._silent += 1
        if tag == "br":
            self._breaks += 1
            self._held.append("\n")
            if self._breaks >= 2:
                self.flush()
            return
        if tag not in INLINE:
            self.flush()
            self._blocks.append(node)
            self._zones.append(self._zone(node, tag))
            if tag == "li":
                self._marker = self._next_marker(node)
        elif node in self._lists or tag == "span":
            pass
        if tag == "a":
            self._in_link += 1
        self._say(node.text)

    def close(self, node: HtmlElement) -> None:
        tag = str(node.tag)
        if tag in _SILENT:
            self._silent -= 1
        if tag == "a":
            self._in_link -= 1
        if tag not in INLINE and tag != "br":
            self.flush()
            self._blocks.pop()
            self._zones.pop()
            if tag == "li":
                self._marker = ""
        self._say(node.tail)

    def _say(self, text: str | None) -> None:
        if not text or self._silent:
            return
        if text.strip():
            self._breaks = 0
            if self._in_link:
                self._linked += len(text.strip())
        self._held.append(text)

    def flush(self) -> None:
        words = " ".join("".join(self._held).split())
        if words and self._blocks:
            node = self._blocks[-1]
            tag = next((str(b.tag) for b in reversed(self._blocks[-4:]) if b.tag in _TELLING_TAGS), str(node.tag))
            marker = "" if _OWN_MARKER.match(words) else self._marker
            self.runs.append(Run(words, min(self._linked, len(words)), node, tag, marker, self._zones[-1]))
            self._marker = ""
        self._held, self._linked, self._breaks = [], 0, 0

    def _zone(self, node: HtmlElement, tag: str) -> Zone:
        outer = self._zones[-1]
        if node in self._lists:
            return Zone("list", self._lists[node])
        if outer.kind and outer.kind != "head":
            return outer
        marks = f"{node.get('class') or ''} {node.get('id') or ''}"
        if tag == "figcaption" or (_CAPTION.search(marks) and self._share(node) < 0.3):
            return Zone("caption")
        if tag in ("body", "html", "main"):
            return outer
        if _COMMENTS.search(marks) and node.find(".//h1") is None and "articleBody" not in marks:
            return Zone("comments")
        if tag in ("nav", "footer", "dialog", "menu"):
            return Zone("clutter")
        hidden = node.get("hidden") is not None or "display:none" in (node.get("style") or "").replace(" ", "")
        if (tag in ("aside", "form") or hidden or _CLUTTER.search(marks)) and self._share(node) < 0.5:
            return Zone("clutter")
        return Zone("head") if tag == "header" and self._share(node) < 0.5 else outer

    def _share(self, node: HtmlElement) -> float:
        measure = self._measures[node]
        return (measure.chars - measure.linked) / self._prose

    def _next_marker(self, node: HtmlElement) -> str:
        parent = node.getparent()
        if parent is None or parent.tag != "ol":
            return "-"
        start = parent.get("start") or ""
        place = self._items.get(parent, int(start) - 1 if start.isdecimal() and len(start) < 5 else 0) + 1
        self._items[parent] = place
        kind = parent.get("type") or "1"
        return f"{chr(96 + place)}." if kind in ("a", "A") and place <= 26 else f"{place}."


_TELLING_TAGS = frozenset(["p", "li", "h1", "h2", "h3", "h4", "h5", "h6", "blockquote", "pre", "dd", "dt", "td", "th"])
