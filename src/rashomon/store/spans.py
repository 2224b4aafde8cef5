"""Spans in the case: offsets only, their words cut from the article's text again.

In: spans and the text they count in. Out: offsets, and spans again. Never: a span that is not in its text.
"""

from collections.abc import Iterable, Sequence

from rashomon.errors import CaseError
from rashomon.spans import Span

Offsets = tuple[int, int]


class SpanKeeper:
    """Turns the spans of one article into offsets, and makes sure that each holds the words it says it holds."""

    __slots__ = ("text",)

    def __init__(self, text: str) -> None:
        self.text = text

    def offsets(self, span: Span) -> Offsets:
        """Raises CaseError if the article does not have the span's words there."""
        if self.text[span.start_char : span.end_char] != span.text or span.start_char < 0:
            raise CaseError("span_not_in_text", f"[{span.start_char}, {span.end_char}) is not {span.text[:40]!r}")
        return span.start_char, span.end_char

    def maybe(self, span: Span | None) -> tuple[int | None, int | None]:
        """As `offsets`; two Nones for None."""
        return (None, None) if span is None else self.offsets(span)

    def many(self, spans: Iterable[Span]) -> list[Offsets]:
        """As `offsets`, in their order."""
        return [self.offsets(span) for span in spans]

    def cut(self, start_char: int, end_char: int) -> Span:
        """The span at these offsets."""
        return Span(start_char, end_char, self.text[start_char:end_char])

    def cut_maybe(self, start_char: int | None, end_char: int | None) -> Span | None:
        """The span at these offsets, None where they are NULL."""
        return None if start_char is None or end_char is None else self.cut(start_char, end_char)

    def cut_many(self, offsets: Sequence[Sequence[int]]) -> tuple[Span, ...]:
        """The spans at these offsets, in their order."""
        return tuple(self.cut(start_char, end_char) for start_char, end_char in offsets)
