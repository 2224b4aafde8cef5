"""Names of places found in a text."""

from itertools import pairwise

import pytest
from hypothesis import given
from hypothesis import strategies as st

from rashomon.resolve.gazetteer import Gazetteer
from rashomon.resolve.toponym_spans import find_toponyms

GAZETTEER = Gazetteer()


def names(text: str) -> list[str]:
    return [text[n.start_char : n.end_char] for n in find_toponyms(GAZETTEER, text)]


@pytest.mark.parametrize(
    ("text", "found"),
    [
        ("Police in Aleppo, Syria, arrested two men on Monday.", ["Aleppo", "Syria"]),
        ("He moved from New York to Los Angeles last year.", ["New York", "Los Angeles"]),
        ("John Ripley and Mary Turner said that nobody had called them.", []),
        ("The fighting spread to the north of Iraq's Nineveh province.", ["Iraq", "Nineveh"]),
        ("They met in St. Louis, Mo., and in Washington, D.C.", ["St. Louis", "Mo.", "Washington", "D.C."]),
        ("Nobody was hurt, the mayor said on Tuesday.", []),
    ],
)
def test_names_of_places_are_found_with_their_bounds(text: str, found: list[str]) -> None:
    assert names(text) == found


def test_a_name_that_the_gazetteer_does_not_have_is_known_by_its_words() -> None:
    assert "Belu Qasrmar" in names("Three people died in Belu Qasrmar, Iraq, on Friday. He had lived in Belu Qasrmar.")


def test_a_text_in_capitals_is_left_to_the_reader() -> None:
    assert names("TWO MEN WERE SHOT IN SAN SALVADOR, EL SALVADOR") == []


@given(st.text(max_size=200))
def test_spans_lie_in_the_text_in_their_order_and_apart(text: str) -> None:
    found = find_toponyms(GAZETTEER, text)
    assert all(0 <= n.start_char < n.end_char <= len(text) and 0.4 <= n.score <= 1 for n in found)
    assert all(a.end_char <= b.start_char for a, b in pairwise(found))
