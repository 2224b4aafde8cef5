"""Sections of plain text, as people paste it: no tags, so the text itself has to tell.

In: text. Out: `PlainSection`s that cover it, in order, and the teasers of its lists. Never: a rule about one page or
outlet.
"""

import re
from collections.abc import Sequence
from dataclasses import dataclass, field

from rashomon.capture.head_lines import LABELLED
from rashomon.capture.notices import NOTICE
from rashomon.capture.plain_blocks import Block, split_blocks
from rashomon.capture.plain_head import find_head, is_by
from rashomon.capture.plain_lists import TeaserFinder, TeaserRun
from rashomon.capture.wording import READ_ALSO, is_cut
from rashomon.records import Teaser

_MENU_WORDS = 2
_MENU_LINES = 3
_MENU_ROLES = ("title", "notice", "go_on", "list_name")


@dataclass(frozen=True, slots=True)
class PlainSection:
    """A section of kind `article`, `teasers`, `caption`, `comments` or `boilerplate`, `[start_char, end_char)`."""

    kind: str
    name: str
    start_char: int
    end_char: int


@dataclass(frozen=True, slots=True)
class PlainLayout:
    """Sections in order; the teasers of all lists; the ranges of title, byline and date lines that stand before the
    article; the outlet, if the text names it, and how it was found; a URL that stands alone;
    the line of place and date below the article (`signed`).
    """

    sections: tuple[PlainSection, ...]
    teasers: tuple[Teaser, ...]
    title: tuple[int, int] | None
    heads: tuple[tuple[int, int], ...]
    outlet: str | None = None
    outlet_found: str | None = None
    url: str | None = None
    signed: tuple[int, int] | None = None


@dataclass(slots=True)
class _Marks:
    """The kind and name of every block, as they are found."""

    kinds: list[str]
    names: list[str]
    teasers: list[Teaser] = field(default_factory=list)

    def put(self, start: int, end: int, kind: str, name: str = "") -> int:
        self.kinds[start:end] = [kind] * (end - start)
        self.names[start:end] = [name] * (end - start)
        return end


def find_layout(text: str) -> PlainLayout:
    """The sections of a pasted page; a single paragraph, or a short text, is all article."""
    blocks = split_blocks(text)
    if len(blocks) <= 2:
        return PlainLayout((PlainSection("article", "", 0, len(text)),), (), None, ())
    marks = _mark(blocks)
    head = find_head(blocks, marks.kinds)
    for i in head.above:
        marks.put(i, i + 1, "boilerplate")
    title = _title_range(blocks[head.title]) if head.title >= 0 else None
    heads = tuple((blocks[i].start_char, blocks[i].end_char) for i in head.heads)
    own = [i for i, kind in enumerate(marks.kinds) if kind == "article" and i != head.title and i not in head.heads]
    signed = next((blocks[i] for i in own[-2:] if blocks[i].role == "stamp"), None)
    return PlainLayout(
        _merge(blocks, marks), tuple(marks.teasers), title, heads, head.outlet, head.outlet_found, head.url,
        (signed.start_char, signed.end_char) if signed else None,
    )  # fmt: skip


def _title_range(block: Block) -> tuple[int, int]:
    """Where a title stands, without the label before it ("Headline: ...")."""
    m = LABELLED.match(block.text)
    return (block.start_char + (m.start("value") if m else 0), block.end_char)


def _mark(blocks: Sequence[Block]) -> _Marks:
    marks = _Marks(["article"] * len(blocks), [""] * len(blocks))
    finder = TeaserFinder(blocks)
    prose = [i for i, block in enumerate(blocks) if block.is_prose]
    seen = False
    i = 0
    while i < len(blocks):
        block = blocks[i]
        if run := finder.find(i, after_prose=seen) or _pointer(block, i):
            marks.teasers += run.teasers
            i = marks.put(i, run.end, "teasers", run.teasers[0].list)
        elif block.role == "comments" and seen:
            last = next((j for j in range(i + 1, len(blocks)) if finder.find(j, after_prose=True)), len(blocks))
            i = marks.put(i, last, "comments", block.text)
        elif block.role == "bio" and seen:
            i = marks.put(i, min(i + 2, len(blocks)), "boilerplate")
        elif menu := _menu(blocks, i, prose, finder):
            i = marks.put(i, menu, "boilerplate")
        else:
            following = blocks[i + 1].role if i + 1 < len(blocks) else "notice"
            kind = _kind(block, seen, following)
            seen = seen or (kind == "article" and block.is_prose and block.words >= 6)
            i = marks.put(i, i + 1, kind)
    _mark_tail(blocks, marks)
    return marks


def _mark_tail(blocks: Sequence[Block], marks: _Marks) -> None:
    """What stands below the last paragraph, and is no signature right below it: lines with labels, as press archives
    add them, and words alone among lists and notices.
    """
    own = [i for i, kind in enumerate(marks.kinds) if kind == "article"]
    last = next((i for i in reversed(own) if blocks[i].is_prose or blocks[i].role == "cut"), -1)
    if last < 0:
        return
    left = False
    for i in range(last + 1, len(blocks)):
        if marks.kinds[i] != "article":
            left = True
        elif left or blocks[i].is_labelled:
            marks.put(i, i + 1, "boilerplate")


def _kind(block: Block, seen: bool, following: str) -> str:
    """What a block is by itself; `seen` if a paragraph of the article stands before it, `following` is the role of the
    block after it.
    """
    if block.role == "caption":
        return "caption"
    if block.role in ("notice", "go_on", "next_name", "comments", "bio") and not block.is_head:
        return "boilerplate"
    if block.role == "stamp" and NOTICE.match(block.text):
        return "boilerplate"
    if block.role == "list_name" and seen:
        return "boilerplate" if following in ("list_name", "notice", "comments") else "article"
    if block.role == "rank" and not seen:
        return "boilerplate"
    if block.words > 40 or len(block.text) > 400 or block.role == "verse":
        return "article"
    crumbs = re.split(r"\s*[|»›>•·/]\s*", block.text)
    is_trail = len(crumbs) >= 3 and all(len(c.split()) <= 4 for c in crumbs) and not block.is_head
    return "boilerplate" if is_trail else "article"


def _pointer(block: Block, at: int) -> TeaserRun | None:
    """A teaser list of one entry: a line such as "Read also: …"."""
    m = READ_ALSO.match(block.text) if block.words <= 25 and "\n" not in block.text else None
    title = block.text[m.end() :].strip() if m else ""
    if m is None or len(title.split()) < 3 or block.is_head:
        return None
    return TeaserRun(at + 1, (Teaser(m["name"].strip(" :-–—|"), title, "", is_cut(title)),))


def _menu(blocks: Sequence[Block], at: int, prose: Sequence[int], finder: TeaserFinder) -> int:
    """The end of a menu that begins at `at`: words alone, before the first paragraph or after the last."""
    if prose and prose[0] < at < prose[-1]:
        return 0
    end = at
    while end < len(blocks) and blocks[end].words <= _MENU_WORDS and blocks[end].role in _MENU_ROLES:
        block = blocks[end]
        named = block.role == "list_name" and finder.find(end, after_prose=bool(prose) and end > prose[0])
        if named or is_by(block):
            break
        end += 1
    return end if end - at >= _MENU_LINES else 0


def _merge(blocks: Sequence[Block], marks: _Marks) -> tuple[PlainSection, ...]:
    sections: list[PlainSection] = []
    for block, kind, name in zip(blocks, marks.kinds, marks.names, strict=True):
        if sections and (sections[-1].kind, sections[-1].name) == (kind, name) and kind != "caption":
            sections[-1] = PlainSection(kind, name, sections[-1].start_char, block.end_char)
        else:
            sections.append(PlainSection(kind, name, block.start_char, block.end_char))
    return tuple(sections)
