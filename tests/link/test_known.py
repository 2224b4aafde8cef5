"""Adding tellings: what was scored before is not compared again, and the result is that of scoring all at once."""

import random
from dataclasses import replace

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from numpy.typing import NDArray

from rashomon.link import LinkRow, Links, Scored, known, score, score_pairs
from tests.link.rows import WORDS, make_row
from tests.link.test_score import drawn_rows


def again(rows: list[LinkRow], earlier: Links, version: str = "") -> Links:
    return score_pairs(rows, scored=Scored(earlier.digests, earlier), version=version)


@pytest.fixture
def compared(monkeypatch: pytest.MonkeyPatch) -> list[tuple[str, str]]:
    """The pairs that are compared while the test runs."""
    pairs: list[tuple[str, str]] = []
    holds = known.Known.holds

    def noting(self: known.Known, a: score.Integers, b: score.Integers) -> NDArray[np.bool_]:
        held = holds(self, a, b)
        pairs.extend((f"p{x}.t{x}", f"p{y}.t{y}") for x, y in zip(a[~held].tolist(), b[~held].tolist(), strict=True))
        return held

    monkeypatch.setattr(known.Known, "holds", noting)
    return pairs


@settings(max_examples=8, deadline=None)
@given(drawn_rows(), st.integers(0, 12), st.randoms(use_true_random=False))
def test_added_in_portions_the_links_are_those_of_all_at_once(
    rows: list[LinkRow], first: int, rng: random.Random
) -> None:
    shuffled = rows[:]
    rng.shuffle(shuffled)
    whole, added = score_pairs(rows), again(shuffled, score_pairs(shuffled[:first]))
    assert added == whole
    assert added.likely.tolist() == whole.likely.tolist()


def test_only_pairs_with_something_new_are_compared(compared: list[tuple[str, str]]) -> None:
    rows = [make_row(n, n, "tarn", 738_000, WORDS[:6], 14) for n in range(4)]
    earlier = score_pairs(rows[:3])
    del compared[:]
    assert len(again(rows, earlier)) == 6
    assert sorted(compared) == [(f"p{n}.t{n}", "p3.t3") for n in range(3)]


@pytest.mark.parametrize("change", ["changed", "gone", "version"])
def test_if_anything_of_then_has_changed_all_is_compared_again(compared: list[tuple[str, str]], change: str) -> None:
    rows = [make_row(n, n, "tarn", 738_000, WORDS[:6], 14) for n in range(4)]
    earlier = score_pairs(rows)
    now = {"changed": [replace(rows[0], killed_low=99), *rows[1:]], "gone": rows[1:], "version": rows}[change]
    del compared[:]
    found = again(now, earlier, "2" if change == "version" else "")
    assert len(compared) == len(found) == len(now) * (len(now) - 1) // 2
    assert found == score_pairs(now)
