"""Teaser lists in HTML: blocks of links to other articles, each under the name that stands above it.

In: a parsed page with its measures. Out: lists with their entries and nodes. Never: a list of the article's own, whose
items are prose with links in it rather than links with a summary.
"""

import itertools
import re
from collections.abc import Iterator, Mapping
from dataclasses import dataclass, replace

from lxml.html import HtmlElement

from rashomon.capture.markup import Measure, words_of
from rashomon.capture.wording import LIST_NAME, is_cut
from rashomon.records import Teaser

_HEADINGS = ("h1", "h2", "h3", "h4", "h5", "h6")
_NAMING = (*_HEADINGS, "strong", "b", "p", "div", "span", "header", "legend", "dt", "caption", "a", "summary", "label")
_ENTRIES = ("div", "article", "li", "p", "section", "tr", "td", "dl", "a", "figure")
_HOLDERS = frozenset(
    [
        "body",
        "center",
        "ul",
        "ol",
        "div",
        "section",
        "aside",
        "dl",
        "table",
        "tbody",
        "tr",
        "td",
        "nav",
        "main",
        "article",
    ]
)
_MENU = re.compile(
    r"(?:^|[\s_-])(?:nav|navbar|menu|footer|breadcrumbs?|share|social|tags?|pagination|pager|lang|languages?)(?:$|[\s_-])",
    re.IGNORECASE,
)
_NAMES = re.compile(
    r"(?:^|[\s_-])(?:related\w*|most\w*|popular\w*|trending|latest|recent|teasers?|more|also|recommend\w*|sidebar|aside"
    r"|widget\w*|top|new|headlines|archive|feed)(?:$|[\s_-])",
    re.IGNORECASE,
)
_GO_ON = re.compile(r"\s*(?:read\s+(?:more|on|full\s+story)|continue\s+reading|more|full\s+story)\W*$", re.IGNORECASE)
_ENTRY_CHARS = 900
_MAX_ENTRIES = 400
_MARK_CHARS = 400


@dataclass(frozen=True, slots=True)
class TeaserList:
    """A list's name, its entries, and the nodes that hold it (the first stands for its place on the page)."""

    name: str
    teasers: tuple[Teaser, ...]
    nodes: tuple[HtmlElement, ...]


@dataclass(frozen=True, slots=True)
class _Entry:
    """The nodes of one entry: one element, or a heading with what follows it."""

    nodes: tuple[HtmlElement, ...]

    def words(self) -> str:
        return " ".join(w for n in self.nodes if (w := words_of(n)))

    def links(self) -> list[HtmlElement]:
        return [a for n in self.nodes for a in ([n] if n.tag == "a" else n.iter("a"))]


def find_teaser_lists(tree: HtmlElement, measures: Mapping[HtmlElement, Measure]) -> list[TeaserList]:
    """All teaser lists of a page, in its order."""
    found: list[TeaserList] = []
    taken: set[HtmlElement] = set()  # what a list holds, with all that stands within it
    for node in tree.iter():
        if node in taken or node.getparent() in taken:
            taken.add(node)
            continue
        if node.tag not in _HOLDERS or measures[node].titles < 2:
            continue
        entries = _entries(node, measures) or _flat_entries(node, measures)
        if not entries:
            continue
        name, heading = _name(node, entries)
        teasers = tuple(t for e in entries[:_MAX_ENTRIES] if (t := _teaser(e, name)) is not None)
        if len(teasers) < 2 or not _is_list_of_articles(node, name, teasers, entries, measures):
            continue
        held = (node,) if entries[0].nodes[0].getparent() is node and _fills(node, entries, measures) else _all(entries)
        found.append(TeaserList(name, teasers, (heading, *held) if heading is not None else held))
        taken.update(held)
    return _merged(found)


def _all(entries: list[_Entry]) -> tuple[HtmlElement, ...]:
    return tuple(n for e in entries for n in e.nodes)


def _fills(node: HtmlElement, entries: list[_Entry], measures: Mapping[HtmlElement, Measure]) -> bool:
    """Whether the entries are nearly all that the node holds."""
    return sum(measures[n].chars for n in _all(entries)) >= 0.8 * measures[node].chars


def _entries(node: HtmlElement, measures: Mapping[HtmlElement, Measure]) -> list[_Entry]:
    """The children that are entries: at least two of one tag, each with a link that reads like a title."""
    kinds: dict[str, list[HtmlElement]] = {}
    for child in node:
        if child.tag in _ENTRIES and measures[child].chars:
            kinds.setdefault(str(child.tag), []).append(child)
    held = max(kinds.values(), key=len, default=[])
    linked = [c for c in held if measures[c].titles]
    if len(linked) < 2 or len(linked) < 0.7 * len(held) or max(measures[c].chars for c in linked) > _ENTRY_CHARS:
        return []
    if sum(len(_targets(c)) > 1 for c in linked[:40]) > 0.34 * len(linked[:40]):
        return []  # groups of entries: the lists are further in
    return [_Entry((c,)) for c in linked]


def _targets(entry: HtmlElement) -> set[str]:
    links = [entry] if entry.tag == "a" else list(entry.iter("a"))
    return {a.get("href") or "" for a in links if len(words_of(a).split()) >= 4}


def _flat_entries(node: HtmlElement, measures: Mapping[HtmlElement, Measure]) -> list[_Entry]:
    """Entries without elements of their own: headings (or terms) that are links, each with what follows it."""
    entries: list[list[HtmlElement]] = []
    for child in node:
        if not isinstance(child.tag, str) or child.tag in ("br", "hr", "img", "script"):
            continue
        measure = measures[child]
        if child.tag in (*_HEADINGS, "dt") and measure.titles and 0.8 * measure.chars <= measure.linked <= _ENTRY_CHARS:
            entries.append([child])
        elif entries and measure.chars <= _ENTRY_CHARS and len(entries[-1]) < 4 and child.tag not in _HEADINGS:
            entries[-1].append(child)
        elif entries:
            break
    return [_Entry(tuple(e)) for e in entries] if len(entries) >= 2 else []


def _teaser(entry: _Entry, name: str) -> Teaser | None:
    links = [(words_of(a), a) for a in entry.links()]
    links = [(w, a) for w, a in links if w]
    if not links:
        return None
    heading = next((w for n in entry.nodes for h in n.iter(*_HEADINGS) if len(w := words_of(h)) > 6), None)
    words, link = next(((w, a) for w, a in links if len(w.split()) >= 4), max(links, key=lambda held: len(held[0])))
    title = heading or words
    if heading is None and (len(words.split()) > 25 or link.find("div") is not None or link.find("p") is not None):
        first = next((w for child in link.iterdescendants() if len(w := words_of(child)) > 12), None)  # a whole card
        title = first if first and words.startswith(first) else words
    summary = entry.words().replace(title, "", 1).strip(" -–—:|")
    cut = is_cut(summary or title)
    summary = _GO_ON.sub("", summary).strip()
    if len(summary.split()) < 4 and not is_cut(summary):
        summary = ""
    return Teaser(name, title, summary, cut or _stops_short(summary), link.get("href"))


def _stops_short(summary: str) -> bool:
    return len(summary.split()) >= 12 and summary[-1].isalnum()


def _is_list_of_articles(
    node: HtmlElement,
    name: str,
    teasers: tuple[Teaser, ...],
    entries: list[_Entry],
    measures: Mapping[HtmlElement, Measure],
) -> bool:
    """Whether the links are titles of articles (several words) rather than a menu, and open their entries."""
    known = bool(LIST_NAME.match(name))
    marks = f"{node.get('class') or ''} {node.get('id') or ''}"[:_MARK_CHARS]
    if (_MENU.search(marks) and not _NAMES.search(marks) and not known) or (
        node.tag == "nav" and any(len(t.title.split()) < 4 for t in teasers)
    ):
        return False
    headed = all(any(True for n in e.nodes for _ in n.iter(*_HEADINGS)) for e in entries[:20])
    bold = headed or all(any(True for n in e.nodes for _ in n.iter("strong", "b")) for e in entries[:20])
    wordy = any(t.summary for t in teasers) or sum(len(t.title.split()) for t in teasers) >= 3 * len(teasers)
    likely = known or (bold and wordy and bool(name))
    if sum(_is_title(t, likely) for t in teasers) < 0.6 * len(teasers):
        return False
    chars = max(1, sum(measures[n].chars for n in _all(entries)))
    linked = sum(measures[n].linked for n in _all(entries))
    if linked >= 0.6 * chars:
        return True
    opened = sum(
        t.title in e.words()[: len(t.title) + 60] for t, e in zip(teasers, entries[:_MAX_ENTRIES], strict=False)
    )
    if opened < 0.7 * len(teasers):
        return False
    if headed or known or (likely and _is_marked(node)):
        return True
    named = bool(name) or bool(_NAMES.search(marks)) or any(up.tag == "aside" for up in node.iterancestors())
    return named and linked >= 0.2 * chars


def _is_marked(node: HtmlElement) -> bool:
    """Whether the list, or what directly holds it, is marked as one of other articles."""
    held = [node, *itertools.islice(node.iterancestors(), 2)]
    return any(_NAMES.search(f"{n.get('class') or ''} {n.get('id') or ''}"[:_MARK_CHARS]) for n in held)


def _is_title(teaser: Teaser, likely: bool) -> bool:
    """Whether an entry is an article's title rather than a menu's: several words, or fewer where a list is likely."""
    return len(teaser.title.split()) >= 4 or (likely and len(teaser.title) >= 8)


def _name(node: HtmlElement, entries: list[_Entry]) -> tuple[str, HtmlElement | None]:
    """The heading of a list: the nearest short text before it, in it or before one of its wrappers."""
    here = entries[0].nodes[0]
    if here.tag in ("tr", "td") and here.getparent() is not None and here.getparent().tag != "table":
        here = here.getparent()
    for _ in range(5):
        for before in here.itersiblings(preceding=True):
            if not isinstance(before.tag, str) or not (words := words_of(before)):
                continue
            titled = any(len(words_of(a).split()) >= 4 for a in before.iter("a"))
            if before.tag in _NAMING and len(words.split()) <= 8 and len(words) <= 70 and not titled:
                return words.strip(" :|»›-–—"), before
            break
        else:
            parent = here.getparent()
            if parent is None or parent.tag in ("body", "html", "main", "article"):
                break
            here = parent
            continue
        break
    return (node.get("aria-label") or "").strip(), None


def _merged(found: list[TeaserList]) -> list[TeaserList]:
    """Lists whose rows are wrapped apart (a grid) as one: a nameless list right after a sibling belongs to it."""
    merged: list[TeaserList] = []
    for one in found:
        before = merged[-1] if merged else None
        if before and not one.name and _adjacent(before.nodes[-1], one.nodes[0]):
            teasers = tuple(replace(t, list=before.name) for t in one.teasers)
            merged[-1] = TeaserList(before.name, before.teasers + teasers, before.nodes + one.nodes)
        else:
            merged.append(one)
    return merged


def _adjacent(a: HtmlElement, b: HtmlElement) -> bool:
    return next(_siblings_after(a), None) is b


def _siblings_after(node: HtmlElement) -> Iterator[HtmlElement]:
    yield from (n for n in node.itersiblings() if isinstance(n.tag, str) and words_of(n))
