"""What makes the linking of many tellings quick changes nothing that it says."""

import random
from collections.abc import Sequence
from dataclasses import replace
from itertools import combinations, product

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st
from numpy.typing import NDArray

from rashomon.link import LinkRow, Links, cluster_tellings, contrast, keys, linkage, sample, score, score_pairs
from rashomon.link.comparisons import COMPARISONS, load_weights
from rashomon.link.contrast import Company
from rashomon.link.shared import SUMMED, WordLists
from rashomon.link.words import code_of, level_of
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


def made_links(page_of: dict[str, str], chance: dict[tuple[str, str], float]) -> Links:
    """Links of these probabilities; the articles of incidents whose names begin alike share most of their words."""
    ids, pages = sorted(page_of), sorted(set(page_of.values()))
    kinds = sorted({p[0] for p in pages})
    # an article has the words of its kind, of its incident (three pages in four), and its own
    held = [[1, 2 + kinds.index(p[0]), 10 + n] for n, p in enumerate(pages)]
    company = Company(
        np.array([pages.index(page_of[t]) for t in ids]), np.array(held, dtype=np.int32),
        np.array([held[pages.index(page_of[t])] for t in ids], dtype=np.int32),
        np.array([0, 1, 3, *[3] * 7, *[1] * len(pages)], dtype=np.float32),
    )  # fmt: skip
    pairs = sorted((ids.index(x), ids.index(y), p) for (x, y), p in chance.items())
    a, b = (np.array([pair[side] for pair in pairs], dtype=np.int32) for side in (0, 1))
    likely = np.array([p for *_, p in pairs])
    levels = np.full((len(pairs), len(COMPARISONS)), -1, dtype=np.int8)
    return Links(ids, (a, b, likely, levels), likely, load_weights(), {}, company)


def merged_one_by_one(page_of: dict[str, str], links: Links) -> set[tuple[str, ...]]:
    """Average linkage as it is written down: the pair with the highest mean, again and again, merged or held apart."""
    chance = {(x.a, x.b): x.probability for x in links}
    groups: list[tuple[str, ...]] = [(t,) for t in sorted(page_of)]
    apart: list[tuple[set[str], set[str]]] = []

    def mean(pairs: list[tuple[str, str]]) -> float:
        return sum(chance.get((min(x, y), max(x, y)), 0.0) for x, y in pairs) / max(1, len(pairs))

    def places(group: Sequence[str]) -> NDArray[np.int64]:
        return np.array([list(links.ids).index(t) for t in group])

    while True:
        best = max(
            (
                (mean(list(product(a, b))), a, b)
                for a, b in combinations(groups, 2)
                if not {page_of[t] for t in a} & {page_of[t] for t in b}
                and not any((x <= {*a} and y <= {*b}) or (x <= {*b} and y <= {*a}) for x, y in apart)
            ),
            default=(0.0, (), ()),
        )
        if best[0] < MERGE_AT:
            return {tuple(sorted(g)) for g in groups}
        a, b = best[1:]
        if links.company.apart(places(a), places(b)):
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
    # incidents 0 and 2 are of one kind, 1 and 3 of another
    page_of = {f"t{n:02}": f"{'abcd'[n % 4]}{rng.randrange(8)}" for n in range(26)}
    incident = {t: "abcd".index(page_of[t][0]) for t in page_of}
    chance = {
        (a, b): rng.uniform(0.7, 1.0) if incident[a] == incident[b] else rng.uniform(0.4, 0.8)
        for a, b in combinations(page_of, 2)
        if page_of[a] != page_of[b] and (incident[a] - incident[b]) % 2 == 0 and rng.random() < 0.9
    }
    links = made_links(page_of, chance)
    found = {g.tellings for g in cluster_tellings(page_of, links, merge_at=MERGE_AT)}
    assert found == merged_one_by_one(page_of, links)
    assert any(len(g) > 3 for g in found)
    monkeypatch.setattr(contrast, "ALIKE", 0.0)
    whole = {g.tellings for g in cluster_tellings(page_of, links, merge_at=MERGE_AT)}
    assert whole == merged_one_by_one(page_of, links)
    assert len(found) > len(whole)


def two_kinds(kinds: str, told: int) -> list[int]:
    """How many tellings the groups have in which two incidents come out, each told so often, by articles of kinds."""
    page_of = {f"{kind}{n:02}": f"{kind if kind in kinds else kinds}{n:02}" for kind in "ab" for n in range(told)}
    page_of = {t: f"{p} of {t}" for t, p in page_of.items()}
    chance = dict.fromkeys(combinations(page_of, 2), 0.9)
    return [len(g.tellings) for g in cluster_tellings(page_of, made_links(page_of, chance), merge_at=MERGE_AT)]


def test_two_incidents_told_by_articles_of_two_kinds_stand_apart() -> None:
    often, once = contrast.FEWEST, contrast.FEWEST - 1
    assert two_kinds("ab", often) == [2 * often]  # whatever is merged first is of both kinds
    assert two_kinds("a", once) == [2 * once]


@given(st.permutations(range(12)), st.integers(1, 11))
def test_a_sample_is_the_same_in_whatever_order_pairs_come(order: list[int], first: int) -> None:
    pairs = np.array(list(combinations(range(12), 2)), dtype=np.int32)
    digests = [f"{(n + 1) * 0x9E3779B97F4A7C15 % 2**64:016x}" for n in range(12)]
    shuffled = pairs[np.argsort([order[a] * 12 + order[b] for a, b in pairs])]
    with pytest.MonkeyPatch.context() as patch:
        patch.setattr(sample, "MOST", 20)
        whole, parts = sample.Sample(digests), sample.Sample(digests)
        whole.add(*pairs.T)
        parts.add(*shuffled[:first].T)
        parts.add(*shuffled[first:].T)
    found = np.stack(whole.pairs(), axis=1).tolist()
    assert found == np.stack(parts.pairs(), axis=1).tolist()
    assert 0 < len(found) <= 20
