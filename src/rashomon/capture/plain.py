"""Sections of plain text, as people paste it: no tags, so the text itself has to tell.

In: text. Out: `PlainSection`s that cover it, in order, and the teasers of its lists. Never: a rule about one page or
outlet.
"""

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass

from rashomon.capture.plain_lists import Block, TeaserFinder, make_block
from rashomon.capture.wording import CAPTION, HEAD_LINE, NOTICE
from rashomon.records import Teaser


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
    article.
    """

    sections: tuple[PlainSection, ...]
    teasers: tuple[Teaser, ...]
    title: tuple[int, int] | None
    heads: tuple[tuple[int, int], ...]


def _blocks(text: str) -> list[Block]:
    """Paragraphs between blank lines; single lines where the text has none between its paragraphs."""
    found = []
    for begin, end in _paragraphs(text):
        for a, b in _lines(text, begin, end):
            body = text[a:b]
            if words := body.strip():
                found.append(make_block(a + len(body) - len(body.lstrip()), words))
    return found


def _paragraphs(text: str) -> Iterator[tuple[int, int]]:
    at, begin, end = 0, -1, -1
    for line in text.split("\n"):
        if line.strip():
            begin, end = (at if begin < 0 else begin), at + len(line)
        elif begin >= 0:
            yield begin, end
            begin = -1
        at += len(line) + 1
    if begin >= 0:
        yield begin, end


def _lines(text: str, start: int, end: int) -> list[tuple[int, int]]:
    """A paragraph as one range, or as its lines where these are paragraphs or headings of their own (not hard
    wraps).
    """
    lines, at = [], start
    for part in text[start:end].split("\n"):
        lines.append((at, at + len(part)))
        at += len(part) + 1
    if len(lines) == 1:
        return lines
    lengths = [b - a for a, b in lines]
    wrapped = max(lengths) <= 100 and sum(n >= 45 for n in lengths[:-1]) >= 0.6 * (len(lines) - 1)
    broken = sum(1 for a, b in lines[:-1] if not re.search(r"[.!?:;…\"”’)\]]\s*$", text[a:b]))
    following = sum(1 for a, _ in lines[1:] if text[a : a + 1].islower())
    if (wrapped and broken > 0.3 * len(lines)) or following >= 0.3 * len(lines):
        return [(start, end)]
    return lines


def find_layout(text: str) -> PlainLayout:
    """The sections of a pasted page; a single paragraph, or a short text, is all article."""
    blocks = _blocks(text)
    if len(blocks) <= 2:
        return PlainLayout((PlainSection("article", "", 0, len(text)),), (), None, ())
    kinds: list[tuple[str, str]] = [("article", "")] * len(blocks)
    teasers: list[Teaser] = []
    finder = TeaserFinder(blocks)
    i = 0
    while i < len(blocks):
        block = blocks[i]
        if run := finder.find(i):
            kinds[i : run.end] = [("teasers", run.teasers[0].list)] * (run.end - i)
            teasers += run.teasers
            i = run.end
            continue
        if block.is_comments_name and i > 0:
            last = next((j for j in range(i + 1, len(blocks)) if finder.find(j)), len(blocks))
            kinds[i:last] = [("comments", block.text.strip())] * (last - i)
            i = last
            continue
        if block.words <= 60 and CAPTION.match(block.text):
            kinds[i] = ("caption", "")
        elif _is_noise(block):
            kinds[i] = ("boilerplate", "")
        i += 1
    title, heads = _head(blocks, kinds)
    return PlainLayout(_merge(blocks, kinds), tuple(teasers), title, heads)


def _is_noise(block: Block) -> bool:
    if NOTICE.match(block.text):
        return True
    if block.words > 40 or len(block.text) > 400:
        return False
    crumbs = re.split(r"\s*[|»›>•·/]\s*", block.text)
    return len(crumbs) >= 3 and all(len(c.split()) <= 4 for c in crumbs)


def _head(
    blocks: Sequence[Block], kinds: Sequence[tuple[str, str]]
) -> tuple[tuple[int, int] | None, tuple[tuple[int, int], ...]]:
    """The title (the first block, if it reads like one and an ordinary paragraph follows) and lines of byline and
    date.
    """
    first = next((i for i, k in enumerate(kinds) if k[0] == "article"), None)
    if first is None:
        return None, ()
    title = None
    if blocks[first].is_short and blocks[first].words >= 2 and not HEAD_LINE.match(blocks[first].text):
        title = (blocks[first].start_char, blocks[first].end_char)
        first += 1
    heads = [
        (b.start_char, b.end_char)
        for b, kind in list(zip(blocks, kinds, strict=True))[first : first + 4]
        if kind[0] == "article" and b.words <= 16 and b.text[-1] not in ".!?" and HEAD_LINE.match(b.text)
    ]
    rest = [
        i
        for i, k in enumerate(kinds)
        if k[0] == "article" and (blocks[i].start_char, blocks[i].end_char) not in (title, *heads)
    ]
    return (title, tuple(heads)) if rest else (None, ())


def _merge(blocks: Sequence[Block], kinds: Sequence[tuple[str, str]]) -> tuple[PlainSection, ...]:
    sections: list[PlainSection] = []
    for block, (kind, name) in zip(blocks, kinds, strict=True):
        if sections and (sections[-1].kind, sections[-1].name) == (kind, name) and kind != "caption":
            sections[-1] = PlainSection(kind, name, sections[-1].start_char, block.end_char)
        else:
            sections.append(PlainSection(kind, name, block.start_char, block.end_char))
    return tuple(sections)
