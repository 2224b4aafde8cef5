"""Passages: an article's sentences and list items.

In: a text, or a range of it. Out: passages in order, disjoint, without white space at their edges.
Never: a passage across a blank line; nor a list marker within an item's range.
"""

import itertools
import re
from collections.abc import Iterator
from dataclasses import dataclass

from rashomon.records import Passage

_ABBREVIATIONS = frozenset(
    """mr mrs ms dr prof gen lt col capt maj sgt cpl cmdr adm brig gov sen rep rev hon pres st mt ft vs etc no nos vol
    fig
    jan feb mar apr jun jul aug sep sept oct nov dec mon tue tues wed thu thurs fri sat sun inc ltd corp co dept univ
    assn bros approx est tel ext pp ed eds al cf viz hrs min sec km kg sq art para ch sr jr messrs fr br sis insp supt
    det pvt
    pfc spc ssgt cdr comdr ret ave blvd rd u.s u.k u.n e.g i.e a.m p.m""".split()  # noqa: SIM905  (read as prose)
)
_ONLY_BEFORE_FIGURES = frozenset({"no", "nos", "art", "para", "fig", "pp", "vol", "ch", "sec", "est", "min", "ed"})
_NOT_LAST = frozenset(
    {
        "mr",
        "mrs",
        "ms",
        "dr",
        "prof",
        "gen",
        "lt",
        "col",
        "capt",
        "maj",
        "sgt",
        "cpl",
        "brig",
        "gov",
        "sen",
        "rep",
        "rev",
        "st",
        "mt",
        "ft",
    }
)

_END = re.compile(r"(?<![.!?…])(?P<stop>[.!?…]++[\"'”’»)\]]*+)(?P<gap>\s+|(?=[A-Z“\"'(\[]))")
_LOOK_BACK = 24
_BLANK = re.compile(r"\n[^\S\n]*\n\s*")
_BULLET = re.compile(
    r"^[^\S\n]*(?P<marker>[-–—*•●▪◦‣·]|\(?(?:[a-z]|[ivx]{1,4}|\d{1,2})[.)]|\d{1,2}\))[^\S\n]+(?=\S)", re.MULTILINE
)
_INLINE_DASH = re.compile(r"(?<=:)\s+(?P<marker>[-–—•])\s+(?=[\w“\"'])")
_INLINE = re.compile(
    r"(?:(?<=[.:;?!,])|(?<=[.:;?!,][\"”’)])|(?<=\band)|(?<=\bor)|(?<=\bas)|(?<=\bare)|(?<=\n)|(?<=\bincluding)|(?<=\bfollowing))\s*"
    r"(?P<marker>\(?(?P<key>[a-z]|\d{1,2}|[ivx]{1,4})(?:\.\s+(?=[“\"'(\[]?[A-Z0-9])|\)\s+(?=[“\"'(\[\w])))"
)
"""A marker within a paragraph; one with a bracket may stand before a small letter, and after a comma."""


@dataclass(frozen=True, slots=True)
class _Block:
    """A stretch that holds sentences: an item with its marker, or ordinary text (marker "")."""

    start: int
    end: int
    marker: str


def split_passages(text: str, start_char: int = 0, end_char: int | None = None) -> tuple[Passage, ...]:
    """The passages of `text[start_char:end_char]`; their ranges count in `text`.

    >>> [p.kind for p in split_passages("Two things happened: a. In Sanu, troops came. b. In Belu, nobody came.")]
    ['sentence', 'item', 'item']
    """
    end_char = len(text) if end_char is None else end_char
    passages: list[Passage] = []
    lead: tuple[int, int] | None = None
    before = ""
    for start, end in _paragraphs(text, start_char, end_char):
        for block in _blocks(text, start, end):
            found = [_trim(text, a, b) for a, b in _sentences(text, block.start, block.end)]
            found = [(a, b) for a, b in found if b > a]
            if block.marker and _starts_list(block.marker, before):
                lead = (passages[-1].start_char, passages[-1].end_char) if passages else None
            if block.marker:
                passages += [Passage(a, b, "item", block.marker, lead) for a, b in found]
            else:
                passages += [Passage(a, b) for a, b in found]
            before = block.marker
    return tuple(passages)


def _starts_list(marker: str, before: str) -> bool:
    """Whether an item is the first of its list: nothing of its kind stands directly before it."""
    key, previous = _key(marker), _key(before)
    if key is None:
        return marker != before
    return previous is None or not _ascending([previous, key])


def _paragraphs(text: str, start: int, end: int) -> Iterator[tuple[int, int]]:
    at = start
    for m in _BLANK.finditer(text, start, end):
        if m.start() > at:
            yield at, m.start()
        at = m.end()
    if at < end:
        yield at, end


def _blocks(text: str, start: int, end: int) -> list[_Block]:
    """Items by bullets at line starts, or by an ascending run of markers within the paragraph; else one block."""
    marks = [
        (m.start("marker"), m.end(), m["marker"])
        for m in _BULLET.finditer(text, start, end)
        if _at_line(text, m.start("marker"), start)
    ]
    lettered = [m for m in marks if m[2][0].isalnum() or m[2][0] == "("]
    if lettered and not _ascending([_key(m[2]) for m in lettered]) and len(lettered) > 1:
        marks = [m for m in marks if not (m[2][0].isalnum() or m[2][0] == "(")]
    if len(marks) == 1 and _is_no_list(text, marks[0], start, end):
        marks = []
    inline = _inline_marks(text, start, end) if len(lettered) < 2 else []
    if len(inline) >= 2 or not set(marks) & set(lettered):
        dashes = [(m.start("marker"), m.end(), m["marker"]) for m in _INLINE_DASH.finditer(text, start, end)]
        marks = sorted((set(marks) - set(lettered)) | {*dashes, *inline})
    if not marks:
        return [_Block(start, end, "")]
    blocks = [_Block(start, marks[0][0], "")] if marks[0][0] > start else []
    for (_, after, marker), following in zip(marks, [*marks[1:], None], strict=True):
        blocks.append(_Block(after, following[0] if following else end, marker))
    return blocks


def _is_no_list(text: str, mark: tuple[int, int, str], start: int, end: int) -> bool:
    """Whether the only marker of a paragraph marks nothing: a word with a stop, or the dash before a signature."""
    at, after, marker = mark
    if marker in ("—", "–"):
        return (
            at == start
            and not text[max(0, start - 4) : start].rstrip().endswith(":")
            and len(text[after:end].split()) <= 8
        )
    return marker[0].isalnum() and _key(marker) is None


def _at_line(text: str, at: int, start: int) -> bool:
    line = text.rfind("\n", start, at) + 1 or start
    return not text[max(line, start) : at].strip()


def _key(marker: str) -> tuple[str, int] | None:
    """The kind and place of a marker: `b.` is ("letter", 2); `ii)` is ("roman", 2)."""
    bare = marker.strip("().")
    if bare.isdigit():
        return "number", int(bare)
    roman = {"i": 1, "ii": 2, "iii": 3, "iv": 4, "v": 5, "vi": 6, "vii": 7, "viii": 8, "ix": 9, "x": 10}
    if len(bare) == 1 and bare.isalpha() and bare not in "ivx":
        return "letter", ord(bare) - 96
    if bare in roman:
        return "roman", roman[bare]
    return None


def _ascending(keys: list[tuple[str, int] | None]) -> bool:
    """Whether markers count up by ones ("i" may be the ninth letter)."""
    places = [k[1] for k in keys if k is not None]
    kinds = {k[0] for k in keys if k is not None}
    if len(places) != len(keys):
        return False
    if kinds == {"letter", "roman"}:
        return True
    return all(b - a == 1 for a, b in itertools.pairwise(places))


def _inline_marks(text: str, start: int, end: int) -> list[tuple[int, int, str]]:
    """Markers a, b, c … or 1, 2, 3 … that run on inside a paragraph: a run from the first, each the next, at least
    two.
    """
    found = [(m.start("marker"), m.end(), m["marker"].strip(), m["key"]) for m in _INLINE.finditer(text, start, end)]
    best: list[tuple[int, int, str]] = []
    for series in (_letters, _numbers, _romans):
        for i, first in enumerate(found):
            if first[3] != series(1):
                continue
            run = [first]
            for candidate in found[i + 1 :]:
                if candidate[3] == series(len(run) + 1):
                    run.append(candidate)
            if len(run) >= 2 and len(run) > len(best):
                best = [r[:3] for r in run]
            break
    return best


def _letters(n: int) -> str:
    return chr(96 + n) if n <= 26 else ""


def _numbers(n: int) -> str:
    return str(n)


def _romans(n: int) -> str:
    return ("", "i", "ii", "iii", "iv", "v", "vi", "vii", "viii", "ix", "x")[n] if n <= 10 else ""


def _sentences(text: str, start: int, end: int) -> Iterator[tuple[int, int]]:
    at = start
    for m in _END.finditer(text, start, end):
        if m.end() >= end or not _breaks(text, at, m, end):
            continue
        yield at, m.end("stop")
        at = m.end()
    if at < end:
        yield at, end


def _breaks(text: str, start: int, m: re.Match[str], end: int) -> bool:
    """Whether a sentence ends at this stop: by what stands before it and after it."""
    after = text[m.end() : min(end, m.end() + 40)]
    head = after.lstrip("\"'“”‘’«([—–- ")
    if not head:
        return False
    stop = m["stop"]
    if head[0].islower() and not (stop[0] in "!?" and not after[0].isalpha()):
        return False
    if not m["gap"] and (
        head[0].islower()
        or not re.search(r"[a-z0-9)\]][.!?…]+$", text[max(start, m.end("stop") - _LOOK_BACK) : m.end("stop")])
        or not re.match(r"[A-Z][a-z]", after.lstrip("\"“'(["))
    ):
        return False
    if stop != ".":
        return True
    word = re.search(r"([\w.'’-]+)$", text[max(start, m.start() - 20) : m.start()])
    if not word:
        return True
    last = word[1].casefold()
    if len(word[1]) == 1 and word[1].isalpha() and word[1].isupper():
        return False  # an initial
    if last in _ABBREVIATIONS:
        if last in _ONLY_BEFORE_FIGURES:
            return not head[0].isdigit()
        if last in _NOT_LAST:
            return False
        return last in ("etc", "inc", "ltd", "corp", "co", "a.m", "p.m", "u.s", "u.n", "u.k", "jr", "sr") and bool(
            re.match(r"(?:The|A|An|In|On|At|It|He|She|They|We|But|And|This|That|Police|Officials?)\b", head)
        )
    return not re.fullmatch(r"(?:[A-Za-z]\.)+[A-Za-z]", word[1]) or bool(
        re.match(r"(?:The|A|An|In|On|At|It|He|She|They|We|But|This|That)\b", head)
    )


def _trim(text: str, start: int, end: int) -> tuple[int, int]:
    while start < end and text[start].isspace():
        start += 1
    while end > start and text[end - 1].isspace():
        end -= 1
    return start, end
