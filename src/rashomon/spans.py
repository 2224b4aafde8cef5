"""Spans: half-open ranges of Unicode code points in one text.

In: offsets and texts. Out: `Span`s that hold their own words. Never: bytes, tokens, or inclusive ends.
"""

from collections.abc import Iterable
from dataclasses import dataclass


@dataclass(frozen=True, slots=True, order=True)
class Span:
    """`text` is what stands at `[start_char, end_char)` of the article's text."""

    start_char: int
    end_char: int
    text: str

    def __len__(self) -> int:
        return self.end_char - self.start_char


def take_span(text: str, start_char: int, end_char: int) -> Span:
    """The span at `[start_char, end_char)` of `text`.

    >>> take_span("Two men were shot.", 4, 7)
    Span(start_char=4, end_char=7, text='men')
    """
    if not 0 <= start_char <= end_char <= len(text):
        raise ValueError(f"[{start_char}, {end_char}) is not in a text of {len(text)} code points")
    return Span(start_char, end_char, text[start_char:end_char])


def trim_span(text: str, start_char: int, end_char: int, drop: str = " \t\r\n\u00a0") -> Span:
    """The span without the characters of `drop` at its edges (empty, at its end, if there are no others).

    >>> trim_span("a  bomb, then", 1, 8, " ,")
    Span(start_char=3, end_char=7, text='bomb')
    """
    while start_char < end_char and text[start_char] in drop:
        start_char += 1
    while end_char > start_char and text[end_char - 1] in drop:
        end_char -= 1
    return take_span(text, start_char, end_char)


def overlaps(a: Span, b: Span) -> bool:
    """Whether the two share a code point.

    >>> overlaps(Span(0, 3, "abc"), Span(2, 4, "cd")), overlaps(Span(0, 3, "abc"), Span(3, 4, "d"))
    (True, False)
    """
    return a.start_char < b.end_char and b.start_char < a.end_char


def cover(text: str, spans: Iterable[Span]) -> Span:
    """The smallest span that covers all of `spans` (at least one)."""
    held = list(spans)
    return take_span(text, min(s.start_char for s in held), max(s.end_char for s in held))
