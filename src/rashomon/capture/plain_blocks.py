"""Plain text as blocks: paragraphs and lines that stand alone, each with what its wording may make of it.

In: text. Out: blocks, in order. Never: a judgement by what stands around a block.
"""

import itertools
import re
from collections.abc import Iterator
from dataclasses import dataclass

from rashomon.capture.head_lines import LABELLED, is_stamp
from rashomon.capture.notices import NOTICE
from rashomon.capture.wording import (
    BIO_NAME,
    CAPTION,
    COMMENT_COUNT,
    COMMENTS_NAME,
    GO_ON,
    LIST_NAME,
    NEXT_NAME,
    is_cut,
)

_SUMMARY_CHARS = 500
_SUMMARY_WORDS = 75
_MARKER = re.compile(r"^(?:[-–—•*●▪◦‣·»›>+]|\(?\d{1,2}[.)]|#\d{1,2})\s+(?=\S)")
_RANK = re.compile(r"^\W{0,2}\d{1,2}\W{0,2}$")
_HEAD_WORDS = 25
_MAX_WRAPPED = 120
_STOPPED = (".", ",", ";", ":")


@dataclass(frozen=True, slots=True)
class Block:
    """A paragraph, or a line that stands alone, `[start_char, end_char)` in the text.

    `role` is what its wording says: `list_name`, `next_name`, `comments`, `stamp` (date, byline, count), `go_on`,
    `rank`, `bio` (above a word on the author), `notice`, `caption`; or by its form `title`, `cut` (breaks off),
    `summary` (short prose), `prose`, `verse` (many lines). `title` is the text without a bullet or number; `is_apart`
    if a blank line stands before it.
    """

    start_char: int
    end_char: int
    text: str
    words: int
    role: str
    title: str
    is_cut: bool
    is_apart: bool = False

    @property
    def is_marked(self) -> bool:
        """Whether it begins with a bullet or number."""
        return len(self.title) < len(self.text)

    @property
    def is_prose(self) -> bool:
        """Whether it may be a paragraph of an article."""
        return self.role in ("summary", "prose", "verse")

    @property
    def is_head(self) -> bool:
        """Whether it may be a line of byline and date."""
        return self.role == "stamp" or self.is_labelled

    @property
    def is_labelled(self) -> bool:
        """Whether it is a line with a label ("Source: ...")."""
        return self.words <= _HEAD_WORDS and LABELLED.match(self.text) is not None


def make_block(start_char: int, text: str, *, is_apart: bool = False) -> Block:
    """A block of a text without white space at its edges."""
    marker = _MARKER.match(text)
    title = text[marker.end() :] if marker else text
    words = len(text.split())
    role = _role(text, words)
    return Block(start_char, start_char + len(text), text, words, role, title, is_cut(text), is_apart)


def _role(text: str, words: int) -> str:
    if len(text) <= 80:
        if _RANK.match(text):
            return "rank"
        for role, wording in (
            ("comments", COMMENTS_NAME),
            ("bio", BIO_NAME),
            ("go_on", GO_ON),
            ("next_name", NEXT_NAME),
            ("list_name", LIST_NAME),
        ):
            if wording.match(text):
                return role
    if words <= 16 and is_stamp(text):
        return "stamp"
    if words <= 60 and CAPTION.match(text):
        return "caption"
    if NOTICE.match(text) or not any(c.isalnum() for c in text):
        return "notice"
    return _form(text, words)


def _form(text: str, words: int) -> str:
    if "\n" in text:
        return "verse"
    small = len(text) <= _SUMMARY_CHARS
    cut = small and is_cut(text)
    stopped = text[-3:].rstrip("\"'”’)]»").endswith(_STOPPED)
    if small and words <= 22 and (not stopped or (cut and words <= 14)) and (not cut or words <= 14):
        return "title"
    if cut and words <= _SUMMARY_WORDS:
        return "cut"
    return "summary" if small and words <= _SUMMARY_WORDS else "prose"


def is_comment_count(block: Block) -> bool:
    """Whether it only counts comments, as below a teaser."""
    return block.role == "comments" and COMMENT_COUNT.match(block.text) is not None


def split_blocks(text: str) -> list[Block]:
    """Paragraphs between blank lines; single lines where the text has none between its paragraphs."""
    width = max(map(len, text.split("\n")))
    found = []
    for begin, end in _paragraphs(text):
        for a, b in _lines(text, begin, end, width):
            body = text[a:b]
            if words := body.strip():
                found.append(make_block(a + len(body) - len(body.lstrip()), words, is_apart=a == begin))
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


def _lines(text: str, start: int, end: int, width: int) -> list[tuple[int, int]]:
    """A paragraph as one range, or as its lines where these are paragraphs or headings of their own (not hard
    wraps). `width` is the text's longest line.
    """
    ranges, at = [], start
    for part in text[start:end].split("\n"):
        ranges.append((at, at + len(part)))
        at += len(part) + 1
    if len(ranges) == 1:
        return ranges
    lines = [text[a:b].strip() for a, b in ranges]
    if not _is_wrapped(lines, width):
        return ranges
    for i in range(1, min(4, len(lines))):  # a title and a date line right above wrapped text
        if is_stamp(lines[i - 1]):
            return [*ranges[:i], (ranges[i][0], end)]
    return [(start, end)]


def _is_wrapped(lines: list[str], width: int) -> bool:
    """Whether these lines are one paragraph: they break where the next word would not have fitted, in the middle of
    sentences.
    """
    if sum(line[:1].islower() for line in lines[1:]) >= 0.3 * len(lines):
        return True
    if max(map(len, lines)) > _MAX_WRAPPED or any(len(line) <= 60 and is_stamp(line) for line in lines):
        return False
    own = width if width <= _MAX_WRAPPED else max(map(len, lines))
    pairs = list(itertools.pairwise(lines))
    full = sum(len(a) >= 45 and len(a) + 1 + len(b.split()[0]) > min(own, len(a) + 12) for a, b in pairs if b.split())
    broken = sum(not re.search(r"[.!?:;…\"”’)\]]$", a) for a, _ in pairs)
    if width > _MAX_WRAPPED and len(lines) < 3:
        return False
    return full >= 0.6 * len(pairs) and broken > 0.3 * len(lines)
