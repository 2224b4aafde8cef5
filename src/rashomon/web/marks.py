"""An article's text with what was read in it marked: a tree of nested marks over the text.

In: a text and labelled ranges that may overlap. Out: pieces in the text's order: opening, closing, words.
Never: a character of the text changed, added or left out between the pieces, nor markup (templates write that).
"""

from collections.abc import Iterable
from dataclasses import dataclass


@dataclass(frozen=True, slots=True)
class Mark:
    """A range with its kind (a slug for its style), its label for people, and the id of the record behind it."""

    start_char: int
    end_char: int
    kind: str
    label: str
    id: str = ""


@dataclass(frozen=True, slots=True)
class Piece:
    """`open` a mark (`again` if it was cut by another and goes on), `close` the innermost, or `words` of the text."""

    what: str
    text: str = ""
    mark: Mark | None = None
    again: bool = False


def mark_text(text: str, marks: Iterable[Mark], start_char: int = 0, end_char: int | None = None) -> list[Piece]:
    """The pieces of `text[start_char:end_char]` (code points); ranges outside are cut, empty ones left out.

    >>> [p.text or p.what for p in mark_text("abcdef", [Mark(0, 4, "x", ""), Mark(2, 6, "y", "")])]
    ['open', 'ab', 'open', 'cd', 'close', 'close', 'open', 'ef', 'close']
    """
    end_char = len(text) if end_char is None else min(end_char, len(text))
    held = [m for m in marks if max(m.start_char, start_char) < min(m.end_char, end_char)]
    held.sort(key=lambda m: (m.start_char, -m.end_char, m.kind, m.label, m.id))
    pieces: list[Piece] = []
    stack: list[Mark] = []
    at, waiting = start_char, 0
    while at < end_char:
        while any(m.end_char <= at for m in stack):
            kept: list[Mark] = []
            # down to the lowest mark that ends here; those above it that go on are opened again
            while any(m.end_char <= at for m in stack):
                top = stack.pop()
                pieces.append(Piece("close"))
                if top.end_char > at:
                    kept.append(top)
            for mark in reversed(kept):
                pieces.append(Piece("open", mark=mark, again=True))
                stack.append(mark)
        while waiting < len(held) and held[waiting].start_char <= at:
            pieces.append(Piece("open", mark=held[waiting]))
            stack.append(held[waiting])
            waiting += 1
        edges = [m.end_char for m in stack]
        if waiting < len(held):
            edges.append(held[waiting].start_char)
        until = min([end_char, *(edge for edge in edges if edge > at)])
        pieces.append(Piece("words", text[at:until]))
        at = until
    pieces += [Piece("close") for _ in stack]
    return pieces
