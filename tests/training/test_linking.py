"""Weights of linking: pairs are scored as Splink scores them, labels are counted right, topics held back are gone."""

from pathlib import Path

import msgspec
import numpy as np
import pytest

from bench.link_folds import Fold, part_topics
from rashomon.link import LinkRow, score_pairs
from rashomon.link.common import usual
from rashomon.link.comparisons import COMPARISONS, load_weights
from tests.link.rows import WORDS, make_row
from training.link_levels import compare_pairs, make_links
from training.link_pairs import Labelled
from training.linking import KIN, Pairs, Source, estimate, label_pairs, level_shares, pair_shares


def rows() -> list[LinkRow]:
    return [
        make_row(0, 0, "tarn", 738_000, WORDS[:6], 14), make_row(1, 1, "tarn", 738_000, WORDS[:5], 14),
        make_row(2, 2, "tarn", 738_001, WORDS[3:9], None), make_row(3, 2, "orrin", 738_001, WORDS[3:8], 3),
        make_row(4, 3, "vell", None, WORDS[5:11], 3), make_row(5, 4, "vell", 700_000, ["krant", "ofrel", "pistrow"], 1),
    ]  # fmt: skip


def test_levels_give_the_probabilities_that_splink_gives() -> None:
    compared = compare_pairs(rows(), {})
    mine = make_links(compared, load_weights(), 1e-9, usual(load_weights()))
    theirs = score_pairs(rows(), min_probability=1e-9)
    assert len(theirs) > 5
    assert [(x.a, x.b) for x in mine] == [(x.a, x.b) for x in theirs]
    np.testing.assert_allclose([x.probability for x in mine], [x.probability for x in theirs], atol=2e-6)


def source() -> Source:
    held = rows()
    ids = [r.unique_id for r in held]
    label = {ids[0]: "x", ids[1]: "x", ids[3]: "y", ids[5]: "x"}
    topic = {i: "1" if n < 3 else "2" for n, i in enumerate(ids)}
    labelled = Labelled("made", held, label, frozenset({ids[4]}), topic)
    return Source(labelled, compare_pairs(held, label))


def test_pairs_of_one_incident_are_told_from_pairs_of_two() -> None:
    pairs = label_pairs(source())
    # three tellings of x make three pairs, of which those with the far one share no key
    assert pairs.same.sum() == 3
    assert (pairs.same & ~pairs.met).sum() == 2
    # the unlabelled telling (2) stands in no pair; a stranger only beside a labelled one
    assert len(pairs.same) < len(source().compared.a)


def test_two_incidents_of_one_topic_count_for_as_much_as_all_others() -> None:
    same = np.array([True, True, True, False, False, False, False])
    topic = np.array([1, 1, 2, 2, -1, -1, -1])
    met = np.array([True] * 6 + [False])
    # of those of one incident each topic counts the same; a pair of two that is never compared counts nothing
    assert pair_shares(same, met, topic) == pytest.approx([0.25, 0.25, 0.5, KIN, (1 - KIN) / 2, (1 - KIN) / 2, 0])


def test_held_back_topics_leave_nothing_behind() -> None:
    left = source().without(frozenset({"1"}))
    assert {left.compared.ids[i] for i in (*left.compared.a, *left.compared.b)} <= {"p2.t3", "p3.t4", "p4.t5"}
    assert set(left.labelled.label) == {"p2.t3", "p4.t5"}
    assert [r.unique_id for r in left.labelled.rows] == ["p2.t3", "p3.t4", "p4.t5"]


def test_shares_of_levels_count_what_is_known_alone() -> None:
    every = np.ones(4, dtype=bool)
    pairs = Pairs(np.array([[0], [0], [1], [-1]]), every, every, np.full(4, 0.25))
    shares = level_shares([pairs], 0, 2, same=True)
    assert shares == pytest.approx([3 / 5, 2 / 5])  # two and one, and one for nothing each


def test_a_comparison_that_tells_nothing_weighs_less_than_one_that_does() -> None:
    rng = np.random.default_rng(1)
    same = np.repeat([True, False], 500)
    levels = np.full((1000, len(COMPARISONS)), -1)
    levels[:, 0] = np.where(rng.random(1000) < 0.9, same, ~same)
    levels[:, 1] = rng.integers(0, 2, 1000)
    weights = estimate([Pairs(levels, same, np.ones(1000, dtype=bool), np.full(1000, 1 / 500))])
    told, idle = list(COMPARISONS)[:2]

    def spread(name: str) -> float:
        ratios = [weights.m[name][x] / weights.u[name][x] for x in list(weights.m[name])[:2]]
        return float(abs(np.log(ratios[0] / ratios[1])))

    assert spread(told) > 2
    assert spread(idle) < 0.3


def test_topics_are_scored_by_weights_that_have_not_seen_them(tmp_path: Path) -> None:
    first, second = (msgspec.structs.replace(load_weights(), prior=p) for p in (0.1, 0.2))
    path = tmp_path / "folds.json"
    path.write_bytes(msgspec.json.encode([Fold(["3", "8"], first), Fold(["12"], second)]))
    assert part_topics(["3", "12", "40"], path) == [
        Fold(["3"], first), Fold(["12"], second), Fold(["40"], load_weights()),
    ]  # fmt: skip
    assert part_topics(["40"], path) == [Fold(["40"], load_weights())]


def test_pairs_among_kept_tellings() -> None:
    compared = compare_pairs(rows(), {})
    kept = np.array([True, False, *[True] * (len(compared.ids) - 2)])
    left = compared.among(kept)
    assert 1 in (*compared.a, *compared.b)
    assert 1 not in (*left.a, *left.b)
    assert (
        len(left.levels) == len(left.met) == len(left.a) == len(compared.a) - sum((compared.a == 1) | (compared.b == 1))
    )
