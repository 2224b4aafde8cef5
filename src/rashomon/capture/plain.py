"""Sections of plain text, as people paste it: no tags, so the text itself has to tell.

In: text. Out: `PlainSection`s that cover it, in order, and the teasers of its lists. Never: a rule about one page or
outlet.

A teaser list is a heading that stands alone, followed by a run of short titles, each with at most a summary; it is
taken for one if its heading is a name that such lists have, or if it is at least three such pairs of which some break
off.
"""

import re
from collections.abc import Sequence
from dataclasses import dataclass

from rashomon.capture.wording import CAPTION, COMMENTS_NAME, CUT, HEAD_LINE, LIST_NAME, NOTICE
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


@dataclass(frozen=True, slots=True)
class _Block:
    """A paragraph or a line that stands alone."""

    start: int
    end: int
    text: str
    words: int

    @property
    def is_short(self) -> bool:
        """Whether it reads like a title: a line without a full stop at its end."""
        if self.words > 22 or "\n" in self.text or re.match(r"^\W*[-•*]\s", self.text):
            return False
        return not re.search(r"[.,;:]\W{0,2}$", self.text) or bool(CUT.search(self.text) and self.words <= 14)


def _blocks(text: str) -> list[_Block]:
    """Paragraphs between blank lines; single lines where the text has none between its paragraphs."""
    pattern = re.compile(r"[^\n]*\S[^\n]*(?:\n(?=[^\n]*\S)[^\n]*)*")
    found = []
    for m in pattern.finditer(text):
        for start, end in _lines(text, m.start(), m.end()):
            body = text[start:end]
            lead, trail = len(body) - len(body.lstrip()), len(body) - len(body.rstrip())
            if body.strip():
                found.append(_Block(start + lead, end - trail, body.strip(), len(body.split())))
    return found


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
    i = 0
    while i < len(blocks):
        run = _teaser_run(blocks, i)
        if run is not None:
            last, found = run
            kinds[i:last] = [("teasers", found[0].list)] * (last - i)
            teasers += found
            i = last
            continue
        block = blocks[i]
        if COMMENTS_NAME.match(block.text) and i > 0:
            last = next((j for j in range(i + 1, len(blocks)) if _teaser_run(blocks, j)), len(blocks))
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


def _is_noise(block: _Block) -> bool:
    if NOTICE.match(block.text):
        return True
    crumbs = re.split(r"\s*[|»›>•·/]\s*", block.text)
    return len(crumbs) >= 3 and all(len(c.split()) <= 4 for c in crumbs) and block.words <= 40


def _teaser_run(blocks: Sequence[_Block], at: int) -> tuple[int, list[Teaser]] | None:
    """The teaser list whose heading is `blocks[at]`: the block after its last entry, and the entries."""
    heading = blocks[at]
    if not heading.is_short or heading.words > 9:
        return None
    named = bool(LIST_NAME.match(heading.text))
    entries: list[tuple[_Block, _Block | None]] = []
    i = at + 1
    while i < len(blocks) and blocks[i].is_short:
        if LIST_NAME.match(blocks[i].text) or COMMENTS_NAME.match(blocks[i].text):
            break
        summary = blocks[i + 1] if i + 1 < len(blocks) and _is_summary(blocks[i + 1]) else None
        if summary is None and not named:
            break
        if summary is None and i + 1 < len(blocks) and not blocks[i + 1].is_short:
            break  # a title before a long paragraph: the article goes on
        entries.append((blocks[i], summary))
        i += 2 if summary is not None else 1
    pairs = sum(s is not None for _, s in entries)
    cut = sum(bool(CUT.search((s or t).text)) for t, s in entries)
    alike = len(entries) >= 3 and pairs >= 3 and cut >= max(1, len(entries) // 3)
    if not (named and len(entries) >= 2) and not (named and entries and cut) and not alike:
        return None
    name = heading.text.strip(" :|-–—*#")
    found = [
        Teaser(name, t.text, s.text if s else "", bool(CUT.search((s or t).text)) or _breaks_off(s)) for t, s in entries
    ]
    return i, found


def _is_summary(block: _Block) -> bool:
    if block.is_short and not CUT.search(block.text):
        return block.words > 12 and not LIST_NAME.match(block.text)
    return block.words <= 75


def _breaks_off(block: _Block | None) -> bool:
    return block is not None and block.words >= 8 and not re.search(r"[.!?:…\"”’)\]]\s*$", block.text)


def _head(
    blocks: Sequence[_Block], kinds: Sequence[tuple[str, str]]
) -> tuple[tuple[int, int] | None, tuple[tuple[int, int], ...]]:
    """The title (the first block, if it reads like one and an ordinary paragraph follows) and lines of byline and
    date.
    """
    first = next((i for i, k in enumerate(kinds) if k[0] == "article"), None)
    if first is None:
        return None, ()
    title = None
    if blocks[first].is_short and blocks[first].words >= 2 and not HEAD_LINE.match(blocks[first].text):
        title = (blocks[first].start, blocks[first].end)
        first += 1
    heads = [
        (b.start, b.end)
        for b, kind in list(zip(blocks, kinds, strict=True))[first : first + 4]
        if kind[0] == "article" and b.words <= 16 and HEAD_LINE.match(b.text)
    ]
    rest = [
        i for i, k in enumerate(kinds) if k[0] == "article" and (blocks[i].start, blocks[i].end) not in (title, *heads)
    ]
    return (title, tuple(heads)) if rest else (None, ())


def _merge(blocks: Sequence[_Block], kinds: Sequence[tuple[str, str]]) -> tuple[PlainSection, ...]:
    sections: list[PlainSection] = []
    for block, (kind, name) in zip(blocks, kinds, strict=True):
        if sections and (sections[-1].kind, sections[-1].name) == (kind, name) and kind != "caption":
            sections[-1] = PlainSection(kind, name, sections[-1].start_char, block.end)
        else:
            sections.append(PlainSection(kind, name, block.start, block.end))
    return tuple(sections)
