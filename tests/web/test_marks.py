"""Nested marks over overlapping ranges."""

from hypothesis import given
from hypothesis import strategies as st

from rashomon.web.marks import Mark, mark_text

TEXTS = st.text(max_size=40)
RANGES = st.lists(st.tuples(st.integers(0, 45), st.integers(0, 45), st.sampled_from("abc")), max_size=8)


@given(TEXTS, RANGES)
def test_words_are_all_there_in_order_and_marks_nest(text: str, ranges: list[tuple[int, int, str]]) -> None:
    marks = [Mark(s, e, kind, str(i)) for i, (s, e, kind) in enumerate(ranges)]
    pieces = mark_text(text, marks)
    assert "".join(p.text for p in pieces if p.what == "words") == text
    stack: list[Mark] = []
    covered: dict[Mark, list[int]] = {}
    at = 0
    for piece in pieces:
        if piece.what == "open":
            assert piece.mark is not None
            assert piece.again == (piece.mark in covered)
            stack.append(piece.mark)
            covered.setdefault(piece.mark, [])
        elif piece.what == "close":
            stack.pop()
        else:
            for mark in stack:
                covered[mark] += range(at, at + len(piece.text))
            at += len(piece.text)
    assert stack == []
    for mark in marks:
        inside = list(range(mark.start_char, min(mark.end_char, len(text))))
        assert covered.get(mark, []) == inside
