"""Teaser lists in HTML: blocks of links to other articles, each under the name that stands above it.

In: a parsed page. Out: lists with their entries and nodes. Never: a list of the article's own (items that are prose,
not links).
"""

import re
from collections.abc import Iterator
from dataclasses import dataclass

from lxml.html import HtmlElement

from rashomon.capture.wording import CUT
from rashomon.records import Teaser

_HEADINGS = ("h1", "h2", "h3", "h4", "h5", "h6", "strong", "b", "p", "div", "span", "header", "legend", "dt", "caption")
_MENU = re.compile(
    r"(?:^|[\s_-])(?:nav|navbar|menu|footer|breadcrumbs?|share|social|tags?|pagination|lang)(?:$|[\s_-])", re.IGNORECASE
)
_NAMES = re.compile(
    r"related|most|popular|trending|latest|recent|teaser|more|also|recommend|sidebar|aside|widget|top|new|read|stories|headlines",
    re.IGNORECASE,
)


@dataclass(frozen=True, slots=True)
class TeaserList:
    """A list's name, its entries, and the nodes that hold it (the first stands for its place on the page)."""

    name: str
    teasers: tuple[Teaser, ...]
    nodes: tuple[HtmlElement, ...]


def _words(node: HtmlElement) -> str:
    return " ".join("".join(node.itertext()).split())


def find_teaser_lists(tree: HtmlElement) -> list[TeaserList]:
    """All teaser lists of a page, in its order."""
    found: list[TeaserList] = []
    taken: set[HtmlElement] = set()
    for node in tree.iter("ul", "ol", "div", "section", "aside", "dl", "table", "tbody", "nav"):
        if node in taken or any(up in taken for up in node.iterancestors()):
            continue
        entries = _entries(node)
        if entries is None:
            continue
        name, heading = _name(node)
        teasers = tuple(t for e in entries if (t := _teaser(e, name)) is not None)
        if len(teasers) < 2 or not _is_list_of_articles(node, name, teasers):
            continue
        nodes = (heading, node) if heading is not None else (node,)
        found.append(TeaserList(name, teasers, nodes))
        taken.add(node)
    return found


def _entries(node: HtmlElement) -> list[HtmlElement] | None:
    """The children that are entries: at least two of one tag, each with a link that holds words, and hardly anything
    else.
    """
    children = [c for c in node if isinstance(c.tag, str)]
    if node.tag in ("ul", "ol"):
        held = [c for c in children if c.tag == "li"]
    else:
        kinds: dict[str, list[HtmlElement]] = {}
        for c in children:
            kinds.setdefault(c.tag, []).append(c)
        held = max(
            (v for k, v in kinds.items() if k in ("div", "article", "li", "p", "section", "tr", "dl", "a")),
            key=len,
            default=[],
        )
    linked = [c for c in held if any(len(_words(a)) >= 8 for a in ([c] if c.tag == "a" else c.iter("a")))]
    if len(linked) < 2 or len(linked) < 0.7 * len(held):
        return None
    if any(len(_words(c).split()) > 120 for c in linked):
        return None
    return linked


def _teaser(entry: HtmlElement, name: str) -> Teaser | None:
    links = [entry] if entry.tag == "a" else [a for a in entry.iter("a") if _words(a)]
    heading = next(
        (h for h in entry.iter("h1", "h2", "h3", "h4", "h5", "h6", "strong", "b") if len(_words(h)) > 6), None
    )
    link = max(links, key=lambda a: len(_words(a)), default=None)
    if link is None:
        return None
    title = (
        _words(heading)
        if heading is not None
        else _words(next((a for a in links if len(_words(a).split()) >= 3), link))
    )
    whole = _words(entry)
    summary = whole.replace(title, "", 1).strip(" -–—:|")
    summary = re.sub(r"\s*(?:read\s+more|continue\s+reading|more)\W*$", "", summary, flags=re.IGNORECASE)
    if len(summary.split()) < 3 and not CUT.search(summary):
        summary = ""
    return Teaser(name, title, summary, bool(CUT.search(summary or title)), link.get("href"))


def _is_list_of_articles(node: HtmlElement, name: str, teasers: tuple[Teaser, ...]) -> bool:
    """Whether the links are titles of articles (several words) rather than a menu, and are most of the words there."""
    long = sum(len(t.title.split()) >= 4 for t in teasers)
    if long < 0.6 * len(teasers):
        return False
    marks = f"{node.get('class') or ''} {node.get('id') or ''}"
    if _MENU.search(marks) or (node.tag == "nav" and long < len(teasers)):
        return False
    linked = sum(len(_words(a)) for a in node.iter("a"))
    titles = sum(len(t.title) for t in teasers)
    summaries = sum(bool(t.summary) for t in teasers)
    prose = len(_words(node)) - max(linked, titles)
    if prose <= 0.35 * len(_words(node)):
        return True
    return (
        bool(name or _NAMES.search(marks) or any(up.tag == "aside" for up in node.iterancestors())) and summaries >= 1
    )


def _name(node: HtmlElement) -> tuple[str, HtmlElement | None]:
    """The heading of a list: the nearest short text before it, in it or before one of its wrappers."""
    inner = next((c for c in node if isinstance(c.tag, str) and c.tag in _HEADINGS[:6]), None)
    if inner is not None and 0 < len(_words(inner).split()) <= 8 and inner.find(".//a") is None:
        return _words(inner).strip(" :|"), inner
    here = node
    for _ in range(3):
        for before in here.itersiblings(preceding=True):
            if not isinstance(before.tag, str) or not _words(before):
                continue
            if before.tag in _HEADINGS and len(_words(before).split()) <= 8 and not list(_headline_links(before)):
                return _words(before).strip(" :|"), before
            break
        parent = here.getparent()
        if parent is None or parent.tag in ("body", "html", "main", "article"):
            break
        here = parent
    label = node.get("aria-label") or ""
    return label.strip(), None


def _headline_links(node: HtmlElement) -> Iterator[HtmlElement]:
    yield from (a for a in node.iter("a") if len(_words(a).split()) >= 4)
