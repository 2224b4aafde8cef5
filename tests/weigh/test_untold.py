"""Incidents told by none: the estimate of known numbers, of simulated cases, and when it is refused."""

import random

import pytest

from rashomon.weigh import estimate_untold


def lists(*told: str) -> dict[str, list[str]]:
    return {f"outlet {i}": list(names) for i, names in enumerate(told)}


def test_the_bound_and_its_interval_of_known_numbers() -> None:
    found = estimate_untold([1] * 20 + [2] * 10 + [3] * 5, lists("abc", "bcd", "cde"))
    assert (found.incidents, found.lists, found.told_once, found.told_twice) == (35, 3, 20, 10)
    assert found.untold == 11.5  # 2 / 3 * 20 * 19 / (2 * 11)
    assert found.low is not None
    assert found.high is not None
    assert found.low < found.untold < found.high
    assert found.refused is None
    assert len(found.assumptions) == 5


def test_where_nothing_is_told_once_nothing_seems_to_be_missing() -> None:
    found = estimate_untold([2] * 6 + [3] * 6, lists("abc", "abc", "abc"))
    assert (found.untold, found.low, found.high) == (0.0, 0.0, 0.0)


@pytest.mark.parametrize(
    ("told_by", "together", "refused"),
    [
        ([1] * 9 + [2] * 9, lists("ab", "bc"), "few_origins"),
        ([1] * 5 + [2] * 4, lists("ab", "bc", "cd"), "few_incidents"),
        ([1] * 18 + [2] * 2, lists("ab", "bc", "cd"), "hardly_shared"),
        ([1] * 9 + [2] * 9, lists("ab", "bc", "de"), "covers_apart"),
    ],
)
def test_it_is_refused_with_the_reason(told_by: list[int], together: dict[str, list[str]], refused: str) -> None:
    found = estimate_untold(told_by, together)
    assert found.refused == refused
    assert found.untold is None
    assert found.high is None


def test_the_interval_holds_the_truth_of_simulated_cases() -> None:
    held = 0
    for seed in range(60):
        chance = random.Random(seed)
        told = [[i for i in range(400) if chance.random() < 0.2] for _ in range(7)]
        by = [sum(i in one for one in map(set, told)) for i in range(400)]
        found = estimate_untold([n for n in by if n], {str(n): list(map(str, one)) for n, one in enumerate(told)})
        assert found.low is not None
        assert found.high is not None
        held += found.low <= by.count(0) <= found.high
    assert held >= 50
