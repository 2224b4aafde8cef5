"""HTML pages: the article's paragraphs, and everything around it in parts of its own.

In: decoded HTML. Out: `HtmlPage`: paragraphs of the article, what interrupts or surrounds them, metadata.
Never: a script's or style's words, nor a word of another article among this one's paragraphs.
"""

import itertools
from collections.abc import Sequence
from dataclasses import dataclass, replace

import trafilatura
from lxml import etree
from lxml.html import HtmlElement

from rashomon.capture.lists import TeaserList, find_teaser_lists
from rashomon.capture.markup import measure_tree, parse_markup
from rashomon.capture.metadata import Metadata, find_metadata
from rashomon.capture.notices import NOTICE
from rashomon.capture.paragraphs import choose_paragraphs, find_dated_line, fold
from rashomon.capture.runs import Run, iter_runs
from rashomon.capture.wording import READ_ALSO, is_cut
from rashomon.records import PageHints, Teaser

_MAX_COMPARED = 8000
"""Pages of more elements than this are not compared with trafilatura (whose own work grows faster than the page)."""


@dataclass(frozen=True, slots=True)
class Paragraph:
    """A paragraph of the article; a list item has a `marker`."""

    text: str
    marker: str = ""


@dataclass(frozen=True, slots=True)
class Aside:
    """A part of the page that is not its article: it stood after `after` of the article's paragraphs."""

    kind: str
    name: str
    words: str
    after: int
    teasers: tuple[Teaser, ...] = ()


@dataclass(frozen=True, slots=True)
class HtmlPage:
    """What stands on a page, in its order."""

    paragraphs: tuple[Paragraph, ...]
    asides: tuple[Aside, ...]
    metadata: Metadata


def read_html(markup: str, url: str | None, hints: PageHints | None, source: str, max_nesting: int) -> HtmlPage:
    """Read one page; raises CaptureError for markup that cannot be parsed, is too large or nested beyond reason."""
    tree = parse_markup(markup, source, max_nesting)
    metadata = find_metadata(tree, url, hints)
    etree.strip_elements(tree, "script", with_tail=False)
    measures = measure_tree(tree)
    lists = find_teaser_lists(tree, measures)
    held = {node: i for i, found in enumerate(lists) for node in found.nodes}
    runs = iter_runs(tree, held, measures)
    chosen = choose_paragraphs(runs, _extracted(tree) if len(measures) <= _MAX_COMPARED else [], metadata)
    if metadata.published is None or metadata.published.found == "url":
        metadata = replace(metadata, published=find_dated_line(runs, chosen, metadata) or metadata.published)
    return _assemble(runs, chosen, lists, metadata)


def _extracted(tree: HtmlElement) -> list[str]:
    """What trafilatura takes for the main text, paragraph by paragraph."""
    markup = etree.tostring(tree, encoding="unicode", method="html")
    text = trafilatura.extract(markup, include_comments=False, include_tables=True, deduplicate=False) or ""
    return [" ".join(line.lstrip("-•*| ").split()) for line in text.split("\n") if line.strip()]


def _assemble(runs: Sequence[Run], chosen: Sequence[bool], lists: Sequence[TeaserList], metadata: Metadata) -> HtmlPage:
    """Paragraphs and asides in the page's order; what is alike and stands together is one aside."""
    paragraphs: list[Paragraph] = []
    asides: list[Aside] = []
    held: list[str] = []
    here: tuple[str, int] = ("", -1)
    shown: set[int] = set()
    count = sum(chosen)
    title = fold(metadata.title or "")

    def close() -> None:
        if held:
            asides.append(Aside(here[0], "", "\n".join(held), here[1]))
            held.clear()

    for run, is_article in zip(runs, chosen, strict=True):
        after = len(paragraphs)
        if is_article:
            paragraphs.append(Paragraph(run.words, run.marker))
            continue
        if run.zone.kind == "list":
            close()
            if run.zone.number not in shown:
                shown.add(run.zone.number)
                asides.append(_list_aside(lists[run.zone.number], after))
        elif _is_pointer(run, within=0 < after < count):
            close()
            asides.append(_pointer_aside(run, after))
        elif run.tag != "h1" and (not title or fold(run.words) != title):
            kind = run.zone.kind if run.zone.kind in ("caption", "comments") else "boilerplate"
            if (kind, after) != here or kind == "caption":
                close()
            here = (kind, after)
            held.append(run.words)
    close()
    return HtmlPage(tuple(paragraphs), tuple(asides), metadata)


def _list_aside(found: TeaserList, after: int) -> Aside:
    words = "\n".join(f"{t.title}\n{t.summary}".strip() for t in found.teasers)
    return Aside("teasers", found.name, words, after, found.teasers)


def _is_pointer(run: Run, within: bool) -> bool:
    """Whether a run is a lone link to another article: worded so ("Read also: …"), or all of it within the article."""
    if run.zone.kind or len(run.words.split()) < 5 or NOTICE.match(run.words):
        return False
    if READ_ALSO.match(run.words):
        return True
    return within and run.linked >= 0.9 * len(run.words) and len(_links(run)) == 1


def _links(run: Run) -> list[HtmlElement]:
    return list(itertools.islice(run.node.iter("a"), 2))


def _pointer_aside(run: Run, after: int) -> Aside:
    """A teaser list of one entry."""
    m = READ_ALSO.match(run.words)
    name = m["name"].strip(" :-–—|") if m else ""
    title = run.words[m.end() :].strip() if m else run.words
    links = _links(run)
    href = links[0].get("href") if links else None
    return Aside("teasers", name, run.words, after, (Teaser(name, title, "", is_cut(title), href),))
