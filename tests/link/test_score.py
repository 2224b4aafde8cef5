"""Rows to incidents: scored by Splink, the same in any order and in any portions."""

import random
from collections.abc import Sequence
from dataclasses import replace

from hypothesis import given, settings
from hypothesis import strategies as st

from rashomon.link import LinkRow, cluster_tellings, find_again, score_pairs
from rashomon.link.words import code_of
from tests.link.rows import TOWNS, WORDS, make_row


@st.composite
def drawn_rows(draw: st.DrawFn) -> list[LinkRow]:
    """A dozen tellings of few towns, days and words, so that many of them are linked."""
    return [
        make_row(
            n, draw(st.integers(0, 9)), draw(st.sampled_from(sorted(TOWNS))),
            draw(st.sampled_from([None, 738_000, 738_001, 738_040])),
            draw(st.lists(st.sampled_from(WORDS), min_size=4, max_size=7, unique=True)),
            draw(st.sampled_from([None, 3, 14])),
        )
        for n in range(12)
    ]  # fmt: skip


def incidents(rows: Sequence[LinkRow]) -> list[tuple[str, ...]]:
    groups = cluster_tellings({r.unique_id: r.page for r in rows}, score_pairs(rows), again=find_again(rows))
    return [g.tellings for g in groups]


@settings(max_examples=8, deadline=None)
@given(drawn_rows(), st.randoms(use_true_random=False))
def test_the_order_of_the_tellings_changes_no_link_and_no_incident(rows: list[LinkRow], rng: random.Random) -> None:
    shuffled = rows[:]
    rng.shuffle(shuffled)
    assert score_pairs(shuffled) == score_pairs(rows)
    assert incidents(shuffled) == incidents(rows)


def test_who_is_told_to_be_killed_tells_incidents_of_one_day_and_town_apart() -> None:
    iro, mela, both = ([code_of(w) for w in names] for names in (("irotamas", "sorrel"), ("melaquist", "anders"), ()))
    rows = [make_row(n, n, "tarn", 738_000, WORDS[:6], None) for n in range(3)]

    def chance(a: list[int], b: list[int]) -> float:
        told = [replace(rows[0], victims=sorted(a)), replace(rows[1], victims=sorted(b))]
        return score_pairs(told, 0.0)[0].probability

    assert chance(iro, iro) > chance(both, both) > chance(iro, mela)


def test_two_tellings_of_one_page_are_told_again_only_if_of_the_same_types() -> None:
    lead, body = make_row(0, 0, "tarn", 738_000, WORDS[:6], 14), make_row(1, 0, "tarn", 738_000, WORDS[:6], 14)
    assert find_again([lead, body]) == {("p0.t0", "p0.t1")}
    assert not find_again([lead, replace(body, types=["arrest_detention"])])


def test_two_tellings_of_one_day_and_town_are_one_incident_and_another_month_is_another() -> None:
    words = WORDS[:6]
    rows = [
        make_row(0, 0, "tarn", 738_000, words, 14),
        make_row(1, 1, "tarn", 738_000, words[:5], 14),
        make_row(2, 2, "vell", 738_040, WORDS[10:16], 3),
    ]
    assert incidents(rows) == [("p0.t0", "p1.t1"), ("p2.t2",)]


def test_a_link_says_why() -> None:
    first, second = make_row(0, 0, "tarn", 738_000, WORDS[:6], 14), make_row(1, 1, "tarn", 738_000, WORDS[:6], 3)
    (found,) = score_pairs([second, first])
    assert (found.a, found.b) == ("p0.t0", "p1.t1")
    levels = {w.comparison: w.level for w in found.weights}
    assert levels["time"] == "same day"
    assert levels["place"] == "same named place"
    assert levels["injured"] == "unknown"
    assert levels["killed"] == "far apart"
    weight = {w.comparison: w.weight for w in found.weights}
    assert weight["time"] > 0
    assert weight["injured"] == 0


def test_a_row_that_shares_no_key_changes_nothing() -> None:
    rows = [make_row(n, n, "tarn", 738_000 + n, WORDS[:6], None) for n in range(3)]
    stranger = make_row(9, 9, "vell", 700_000, ["zumbel", "krant", "ofrel", "pistrow"], None)
    assert score_pairs([*rows, stranger]) == score_pairs(rows)


def test_links_count_for_less_where_few_pairs_are_of_one_incident() -> None:
    two = [make_row(n, n, "tarn", 738_000, WORDS[:6], 14) for n in range(2)]
    others = [
        make_row(n, n, "tarn", 730_000 + 40 * n, [*WORDS[9:12], f"word{n}", f"other{n}"], n) for n in range(2, 90)
    ]  # fmt: skip
    alone, among = score_pairs(two), score_pairs([*two, *others])
    (at,) = [n for n, link in enumerate(among) if link == alone[0]]
    assert among.likely[at] < alone.likely[0]


def test_two_names_of_those_it_was_done_to_bring_tellings_together_however_rare_the_other_names() -> None:
    victim = sorted(code_of(w) for w in ("luis", "carlos"))

    def telling(number: int, town: str, day: int, others: Sequence[str], targets: list[int]) -> LinkRow:
        row = make_row(number, number, town, day, others, None)
        return replace(row, names=sorted({*row.words, *targets}), targets=targets)

    first = telling(0, "tarn", 738_000, WORDS[:8], victim)
    later = telling(1, "vell", 738_400, WORDS[8:16], victim)
    assert not score_pairs([first, telling(1, "vell", 738_400, WORDS[8:16], [])], min_probability=0.0)
    assert [(k.a, k.b) for k in score_pairs([first, later], min_probability=0.0)] == [("p0.t0", "p1.t1")]
