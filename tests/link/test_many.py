"""What makes the linking of many tellings quick changes nothing that it says."""

import math
import random
from collections.abc import Sequence
from dataclasses import replace
from itertools import combinations, product

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from rashomon.link import LinkRow, cluster_tellings, contrast, keys, linkage, score, score_pairs
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
    """Average linkage as it is written down: the pair with the highest mean, again and again, merged or held apart."""
    chance = {(x.a, x.b): x.probability for x in links}
    bits = {pair: math.log2(max(p, 0.05) / (1 - max(p, 0.05)) * 19) for pair, p in chance.items()}
    groups = [(t,) for t in sorted(page_of)]
    apart: list[tuple[set[str], set[str]]] = []

    def mean(of: dict[tuple[str, str], float], pairs: list[tuple[str, str]]) -> float:
        return sum(of.get((min(x, y), max(x, y)), 0.0) for x, y in pairs) / max(1, len(pairs))

    while True:
        best = max(
            (
                (mean(chance, list(product(a, b))), a, b)
                for a, b in combinations(groups, 2)
                if not {page_of[t] for t in a} & {page_of[t] for t in b}
                and not any((x <= {*a} and y <= {*b}) or (x <= {*b} and y <= {*a}) for x, y in apart)
            ),
            default=(0.0, (), ()),
        )
        if best[0] < MERGE_AT:
            return {tuple(sorted(g)) for g in groups}
        a, b = best[1:]
        within = min(mean(bits, list(combinations(g, 2))) for g in (a, b))
        if min(len(a), len(b)) >= contrast.FEWEST and within - mean(bits, list(product(a, b))) > contrast.GAP:
            apart.append(({*a}, {*b}))
        else:
            groups = [g for g in groups if g not in best[1:]] + [a + b]


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
    # incidents 0 and 2 are of one kind, 1 and 3 of another
    kin = [
        Link(a, b, rng.uniform(0.7, 1.0) if incident[a] == incident[b] else rng.uniform(0.4, 0.8), ())
        for a, b in combinations(page_of, 2)
        if page_of[a] != page_of[b] and (incident[a] - incident[b]) % 2 == 0
    ]
    whole = {g.tellings for g in cluster_tellings(page_of, kin, merge_at=MERGE_AT)}
    monkeypatch.setattr(contrast, "FEWEST", 2)
    monkeypatch.setattr(contrast, "GAP", 1.0)
    apart = {g.tellings for g in cluster_tellings(page_of, kin, merge_at=MERGE_AT)}
    assert apart == merged_one_by_one(page_of, kin)
    assert len(apart) > len(whole)


def two_kinds(between: float, told: int) -> list[tuple[str, ...]]:
    """How two incidents come out, each told so often by pages that resemble each other at 0.99."""
    names = [f"{kind}{n:02}" for kind in "ab" for n in range(told)]
    links = [Link(x, y, 0.99 if x[0] == y[0] else between, ()) for x, y in combinations(names, 2)]
    return sorted(g.tellings for g in cluster_tellings({t: f"page of {t}" for t in names}, links, merge_at=MERGE_AT))


def test_two_incidents_of_one_kind_stand_apart_if_each_is_told_often_enough() -> None:
    often, seldom = contrast.FEWEST, contrast.FEWEST - 1
    assert [len(g) for g in two_kinds(0.85, often)] == [often, often]
    assert [len(g) for g in two_kinds(0.85, seldom)] == [2 * seldom]
    # where they resemble each other nearly as much, it is one
    assert [len(g) for g in two_kinds(0.97, often)] == [2 * often]
