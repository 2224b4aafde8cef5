"""Counts: figures, words, vague ones, bounds."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from rashomon.resolve import CountValue, parse_number

CASES = [
    ("14", (14, 14, 14)),
    ("fourteen people", (14, 14, 14)),
    ("two hundred and six", (206, 206, 206)),
    ("1,200 villagers", (1200, 1200, 1200)),
    ("1.2 million", (1_200_000, 1_200_000, 1_200_000)),
    ("at least twelve", (12, 12, None)),
    ("more than 40", (41, 40, None)),
    ("up to 30", (None, 30, 30)),
    ("fewer than ten", (None, 10, 9)),
    ("about 50", (None, 50, None)),
    ("between 20 and 30", (20, None, 30)),
    ("20-30 men", (20, None, 30)),
    ("two or three", (2, None, 3)),
    ("dozens", (24, None, None)),
    ("hundreds of families", (200, None, None)),
    ("tens of thousands", (20_000, None, None)),
    ("several hundred", (300, None, None)),
    ("both brothers", (2, 2, 2)),
    ("a farmer", (1, 1, 1)),
    ("no one", (0, 0, 0)),
    ("an unknown number", (None, None, None)),
]


@pytest.mark.parametrize(("words", "bounds"), CASES)
def test_a_count_has_its_bounds(words: str, bounds: tuple[int | None, int | None, int | None]) -> None:
    assert parse_number(words) == CountValue(*bounds)


@pytest.mark.parametrize("words", ["gunmen", "", "the army of the north"])
def test_words_without_a_number_give_none_or_one(words: str) -> None:
    assert parse_number(words) in (None, CountValue(1, 1, 1))


@given(st.integers(0, 10**9))
def test_a_plain_figure_is_itself_with_and_without_commas(n: int) -> None:
    assert parse_number(f"{n}") == parse_number(f"{n:,}") == CountValue(n, n, n)


@given(st.text(max_size=60))
def test_any_words_give_ordered_bounds(words: str) -> None:
    found = parse_number(words)
    if found and found.low is not None and found.high is not None:
        assert 0 <= found.low <= found.high
