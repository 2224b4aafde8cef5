"""Links to incidents: average linkage, judgements, the weakest link, and the order that makes no difference."""

import random
from collections.abc import Iterable, Sequence
from itertools import combinations, pairwise, product

import pytest
from hypothesis import given
from hypothesis import strategies as st

from rashomon.link import Judged, TellingGroup, cluster_tellings
from rashomon.records import Link


def link(a: str, b: str, probability: float) -> Link:
    low, high = sorted((a, b))
    return Link(low, high, probability, ())


def groups(page_of: dict[str, str], links: list[Link], judged: Judged | None = None) -> set[tuple[str, ...]]:
    return {g.tellings for g in cluster_tellings(page_of, links, judged, merge_at=0.5)}


def pages(*tellings: str) -> dict[str, str]:
    return {t: f"page of {t}" for t in tellings}


def test_likely_links_make_one_incident() -> None:
    links = [link("a", "b", 0.9), link("b", "c", 0.9), link("a", "c", 0.8)]
    assert groups(pages("a", "b", "c", "d"), links) == {("a", "b", "c"), ("d",)}


def test_a_chain_alone_does_not() -> None:
    links = [link("a", "b", 0.99), link("b", "c", 0.7)]
    assert groups(pages("a", "b", "c"), links) == {("a", "b"), ("c",)}


def test_tellings_that_a_page_tells_apart_stay_apart() -> None:
    links = [link("a", "b", 0.99), link("a", "c", 0.99), link("b", "c", 0.99)]
    found = groups({"a": "p1", "b": "p1", "c": "p2"}, links)
    assert ("a", "b", "c") not in found
    assert not any({"a", "b"} <= set(g) for g in found)


def test_what_people_judged_holds() -> None:
    links = [link("a", "b", 0.99), link("c", "d", 0.01)]
    judged = Judged(same=frozenset({("c", "d")}), not_same=frozenset({("a", "b")}))
    assert groups(pages("a", "b", "c", "d"), links, judged) == {("a",), ("b",), ("c", "d")}


def test_the_weakest_link_is_named() -> None:
    links = [link("a", "b", 0.9), link("b", "c", 0.6), link("a", "c", 0.7)]
    (found,) = cluster_tellings(pages("a", "b", "c"), links)
    assert found.weakest == link("a", "c", 0.7)


@given(st.integers(2, 12), st.randoms(use_true_random=False))
def test_every_telling_is_in_one_group_whatever_the_order(count: int, rng: random.Random) -> None:
    names = [f"t{i}" for i in range(count)]
    page_of = {n: f"p{rng.randrange(count)}" for n in names}
    links = [
        link(a, b, round(rng.random(), 3))
        for i, a in enumerate(names) for b in names[i + 1 :] if rng.random() < 0.5 and page_of[a] != page_of[b]
    ]  # fmt: skip
    found = cluster_tellings(page_of, links)
    assert sorted(t for g in found for t in g.tellings) == sorted(names)
    for g in found:
        assert len({page_of[t] for t in g.tellings}) == len(g.tellings)
    shuffled = links[:]
    rng.shuffle(shuffled)
    assert cluster_tellings(dict(sorted(page_of.items(), reverse=True)), shuffled) == found


# --- what average linkage promises, checked by trying everything ---------------------------------------------------

MERGE_AT = 0.5
Drawn = tuple[dict[str, str], list[Link]]


@st.composite
def cases(draw: st.DrawFn) -> Drawn:
    """A few tellings on fewer pages, and links between some of those of different pages."""
    names = [f"t{i}" for i in range(draw(st.integers(2, 8)))]
    page_of = {n: draw(st.sampled_from([f"p{i}" for i in range(2 * len(names))])) for n in names}
    apart = [(a, b) for a, b in combinations(names, 2) if page_of[a] != page_of[b]]
    chances = st.one_of(st.none(), st.integers(5, 100))
    drawn = [(a, b, draw(chances)) for a, b in apart]
    return page_of, [link(a, b, p / 100) for a, b, p in drawn if p is not None]


def mean(a: Iterable[str], b: Iterable[str], links: Sequence[Link]) -> float:
    """The mean probability of all pairs of a member of `a` and one of `b`; without a link 0."""
    chance = {(x.a, x.b): x.probability for x in links}
    pairs = [tuple(sorted(pair)) for pair in product(a, b)]
    return sum(chance.get((x, y), 0.0) for x, y in pairs) / len(pairs)


def connected(members: Sequence[str], links: Iterable[Link]) -> bool:
    held = {members[0]}
    edges = [(x.a, x.b) for x in links if x.a in members and x.b in members]
    for _ in members:
        held |= {b for e in edges if held & set(e) for b in e}
    return held == set(members)


def halves(group: TellingGroup) -> Iterable[tuple[list[str], list[str]]]:
    """Every way to part the group in two."""
    first, *rest = group.tellings
    for n in range(len(rest)):
        for with_first in combinations(rest, n):
            yield [first, *with_first], [t for t in rest if t not in with_first]


@given(cases())
def test_no_incident_is_held_together_by_transitivity_alone(case: Drawn) -> None:
    page_of, links = case
    for group in cluster_tellings(page_of, links, merge_at=MERGE_AT):
        if len(group.tellings) > 1:
            assert max(mean(a, b, links) for a, b in halves(group)) >= MERGE_AT - 1e-9


@given(cases())
def test_what_is_likely_in_the_mean_and_not_on_one_page_is_together(case: Drawn) -> None:
    page_of, links = case
    found = cluster_tellings(page_of, links, merge_at=MERGE_AT)
    for a, b in combinations((g.tellings for g in found), 2):
        one_page = {page_of[t] for t in a} & {page_of[t] for t in b}
        assert one_page or mean(a, b, links) < MERGE_AT + 1e-9


@pytest.mark.parametrize("length", [4, 5, 9])
def test_no_chain_of_certain_links_is_one_incident(length: int) -> None:
    names = [f"t{i}" for i in range(length)]
    links = [link(a, b, 0.999) for a, b in pairwise(names)]
    assert max(len(g) for g in groups(pages(*names), links)) < 4


@given(cases())
def test_the_weakest_link_is_the_one_without_which_the_incident_falls_apart(case: Drawn) -> None:
    page_of, links = case
    for group in cluster_tellings(page_of, links, merge_at=MERGE_AT):
        if group.weakest is None:
            assert len(group.tellings) == 1
            continue
        least = group.weakest.probability
        assert group.weakest in links
        assert connected(group.tellings, [x for x in links if x.probability >= least])
        assert not connected(group.tellings, [x for x in links if x.probability > least])


def test_tellings_that_people_put_together_need_no_link() -> None:
    judged = Judged(same=frozenset({("a", "b")}))
    assert cluster_tellings(pages("a", "b"), [], judged, merge_at=MERGE_AT) == [TellingGroup(("a", "b"), None)]
