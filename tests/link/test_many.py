"""What makes the linking of many tellings quick changes nothing that it says."""

import random
from collections.abc import Sequence
from dataclasses import replace
from itertools import combinations

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from rashomon.link import LinkRow, cluster_tellings, keys, linkage, score, score_pairs
from rashomon.link.comparisons import COMPARISONS
from rashomon.link.shared import SUMMED, WordLists
from rashomon.link.words import code_of, level_of
from rashomon.records import Link
from tests.link.rows import WORDS, make_row

CODES = [code_of(w) for w in WORDS]


def rows(count: int) -> list[LinkRow]:
    rng = random.Random(5)
    return [make_row(n, n, "tarn", 738_000 + n % 3, rng.sample(WORDS, 6), None) for n in range(count)]


@given(st.lists(st.tuples(*[st.lists(st.sampled_from(CODES), unique=True, max_size=9)] * 3), min_size=2, max_size=6))
def test_what_two_share_is_summed_list_by_list(drawn: list[tuple[list[int], list[int], list[int]]]) -> None:
    told = WordLists()
    for names, words, context in drawn:
        told.add(replace(rows(1)[0], names=names, words=words, context=context))
    backwards = list(reversed(range(len(drawn))))
    held = [drawn[n] for n in backwards]
    pairs = list(combinations(range(len(held)), 2))
    a, b = (np.array([pair[side] for pair in pairs], dtype=np.int32) for side in (0, 1))
    found = told.in_order(backwards).sums(a, b)[:, [list(SUMMED).index(x) for x in ("names", "words", "context")]]
    assert found.tolist() == [
        [sum(level_of(c) ** 2 for c in {*held[x][which]} & {*held[y][which]}) for which in range(3)] for x, y in pairs
    ]


def test_slices_give_the_links_that_all_at_once_give(monkeypatch: pytest.MonkeyPatch) -> None:
    whole = score_pairs(rows(9))
    assert len(whole) > 9
    monkeypatch.setattr(score, "SLICE", 2)
    assert score_pairs(rows(9)) == whole


def test_of_very_many_tellings_two_must_share_more(monkeypatch: pytest.MonkeyPatch) -> None:
    # the pairs with the first share one word and the week; those of the others everything
    first = replace(make_row(0, 0, "vell", 738_000, WORDS[:1], None), types=["protest"], families=["protest"])
    told = [first, *(make_row(n, n, "tarn", 738_000, WORDS[:6], None) for n in range(1, 4))]
    pairs = {(x.a, x.b) for x in score_pairs(told, min_probability=1e-12)}
    monkeypatch.setattr(keys, "SMALL", 4 / 2**9)
    fewer = {(x.a, x.b) for x in score_pairs(told, min_probability=1e-12)}
    assert pairs - fewer == {("p0.t0", f"p{n}.t{n}") for n in range(1, 4)}
    assert fewer == {(f"p{a}.t{a}", f"p{b}.t{b}") for a, b in combinations(range(1, 4), 2)}


def test_links_are_a_sequence() -> None:
    links = score_pairs(rows(5))
    opened = list(links)
    assert opened == [links[n] for n in range(len(links))]
    assert links[-1] == opened[-1]
    assert links[1:3] == opened[1:3]
    assert links == opened
    assert links != opened[1:]
    assert [w.comparison for w in opened[0].weights] == list(COMPARISONS)
    with pytest.raises(IndexError):
        links[len(links)]


# --- groups in rounds and by matrices, against one merge after another ---------------------------------------------

MERGE_AT = 0.4


def merged_one_by_one(page_of: dict[str, str], links: Sequence[Link]) -> set[tuple[str, ...]]:
    """Average linkage as it is written down: the pair with the highest mean, again and again."""
    chance = {(x.a, x.b): x.probability for x in links}
    groups = [(t,) for t in sorted(page_of)]
    while True:
        best = max(
            (
                (sum(chance.get((min(x, y), max(x, y)), 0.0) for x in a for y in b) / len(a) / len(b), a, b)
                for a, b in combinations(groups, 2)
                if not {page_of[t] for t in a} & {page_of[t] for t in b}
            ),
            default=(0.0, (), ()),
        )
        if best[0] < MERGE_AT:
            return {tuple(sorted(g)) for g in groups}
        groups = [g for g in groups if g not in best[1:]] + [best[1] + best[2]]


@pytest.mark.parametrize("most_dense", [0, 6000])
@pytest.mark.parametrize("few", [0.0, 2.0])
@pytest.mark.parametrize("seed", range(6))
def test_many_merges_at_once_are_the_merges_one_by_one(
    monkeypatch: pytest.MonkeyPatch, most_dense: int, few: float, seed: int
) -> None:
    monkeypatch.setattr(linkage, "MOST_DENSE", most_dense)
    monkeypatch.setattr(linkage, "FEW", few)
    rng = random.Random(seed)
    page_of = {f"t{n:02}": f"p{rng.randrange(30)}" for n in range(26)}
    incident = {t: rng.randrange(4) for t in page_of}
    links = [
        Link(a, b, rng.uniform(0.2, 1.0) if incident[a] == incident[b] else rng.uniform(0.05, 0.5), ())
        for a, b in combinations(page_of, 2)
        if rng.random() < 0.8 and page_of[a] != page_of[b]
    ]
    found = {g.tellings for g in cluster_tellings(page_of, links, merge_at=MERGE_AT)}
    assert found == merged_one_by_one(page_of, links)
    assert any(len(g) > 3 for g in found)
