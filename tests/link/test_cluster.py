"""Links to incidents: average linkage, judgements, and the order that makes no difference."""

import random

from hypothesis import given
from hypothesis import strategies as st

from rashomon.link import Judged, cluster_tellings
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
