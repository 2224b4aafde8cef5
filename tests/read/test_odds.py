"""Several values of one question, weighed together: by hand, and as the packaged weights weigh them."""

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from rashomon import vocabulary
from rashomon.capture import article_from_text
from rashomon.read.evidence import gather
from rashomon.read.groups import (
    Candidates,
    _rivals,
    anchors_of,
    filler_values,
    find_candidates,
    group_anchors,
    group_tellings,
    together_values,
)
from rashomon.read.heads import SOCIAL
from rashomon.read.model import load_model
from rashomon.read.odds import FILLER_LAYERS, QUESTIONS, Values, answer, log_odds
from rashomon.read.scoring import layer_index
from rashomon.read.tellings import make_tellings, telling_values, type_values

TEXT = (
    "Gunmen of the Red Sash Front shot dead two farmers near Belu on Friday. Hours later soldiers arrested the "
    "brothers Iro and Sen Tamas in Sanu, and a court in Belu sentenced a third man to ten years on Monday."
)


def test_an_answer_is_a_logistic_regression_of_the_named_values() -> None:
    values = dict.fromkeys(QUESTIONS["together"], np.zeros((1, 1))) | {
        "bias": np.ones(1),
        "pair": np.array([[0.0, 2.0]]),
    }
    odds = {"together": {"bias": -1.0, "pair": 0.5}}
    assert answer("together", values, odds)[0] == pytest.approx([1 / (1 + np.e), 0.5])
    assert answer("together", values, {})[0] == pytest.approx([0.5, 0.5])


@given(st.lists(st.floats(0, 1, width=32), min_size=2, max_size=5))
def test_log_odds_keep_the_order_and_are_finite(probabilities: list[float]) -> None:
    odds = log_odds(np.array(sorted(probabilities), np.float32))
    assert np.isfinite(odds).all()
    assert (np.diff(odds) >= 0).all()


def test_every_value_has_a_fitted_weight() -> None:
    odds = load_model().card.odds
    assert {question: tuple(weights) for question, weights in odds.items()} == QUESTIONS


def test_groups_that_are_no_tellings_are_left_out() -> None:
    model = load_model()
    evidence = gather(model, article_from_text(TEXT, "a"))
    groups = group_tellings(evidence, model.card)
    every = make_tellings(evidence, "a", groups, (), model.card)
    least = max(t.score for t in every)
    assert len(every) == len(groups) > 1
    assert make_tellings(evidence, "a", groups, (), model.card, least=least) == [t for t in every if t.score >= least]


def test_spans_that_are_asked_about_stand_first() -> None:
    evidence = gather(load_model(), article_from_text(TEXT, "a"))
    asked = [layer_index(s.layer) in SOCIAL for s in evidence.spans]
    assert asked == sorted(asked, reverse=True)
    assert sum(asked) == len(evidence.where) == len(evidence.scores.types) < len(asked)


def sizes(question: str, values: Values) -> tuple[int, ...]:
    assert set(values) == set(QUESTIONS[question])
    assert all(np.isfinite(v).all() for v in values.values())
    return np.broadcast_shapes(*(v.shape for v in values.values()))


@pytest.mark.parametrize("text", [TEXT, "He was shot."])
def test_every_value_is_there_and_finite(text: str) -> None:
    card, evidence = load_model().card, gather(load_model(), article_from_text(text, "page"))
    anchors = anchors_of(evidence)
    together, groups = group_anchors(evidence, anchors, card)
    assert together.shape == sizes("together", together_values(evidence, anchors)) == (len(anchors), len(anchors))
    assert np.allclose(together, together.T)
    candidates = find_candidates(evidence, anchors)
    values = filler_values(evidence, anchors, groups, candidates)
    assert sizes("filler", values) == (len(candidates.fillers), len(groups))
    told = group_tellings(evidence, card)[0]
    assert sizes("type", type_values(evidence, told)) == (len(vocabulary.INCIDENT_TYPES),)
    assert sizes("telling", telling_values(evidence, told, ("killing",))) == ()


def test_without_candidates_there_is_nothing_to_answer() -> None:
    evidence = gather(load_model(), article_from_text(TEXT, "page"))
    nobody = Candidates([], np.zeros((0, 2), np.float32), np.zeros((0, 2), bool))
    values = filler_values(evidence, anchors_of(evidence)[:2], [[0], [1]], nobody)
    assert answer("filler", values, load_model().card.odds).shape == (0, 2)


def test_rivals_are_of_the_same_layer_and_other_words() -> None:
    strength = np.array([[0.9], [0.6], [0.4], [0.8]], dtype=np.float32)
    rival, repeat = _rivals(strength, ["place", "place", "place", "time"], ["belu", "sanu", "sanu", "friday"])
    assert rival[:, 0] == pytest.approx([0.6, 0.9, 0.9, 0.0])
    assert repeat[:, 0] == pytest.approx([0.0, 0.4, 0.6, 0.0])


def test_what_is_usual_in_a_type_is_a_share_of_every_effect() -> None:
    effects = load_model().card.effects
    assert set(effects) == set(vocabulary.INCIDENT_TYPES)
    assert all(sum(shares.values()) == pytest.approx(1, abs=1e-3) for shares in effects.values())
    assert all(tuple(shares) == vocabulary.EFFECTS for shares in effects.values())
    assert max(effects["arrest_detention"].items(), key=lambda x: x[1])[0] == "arrested"
    assert len(FILLER_LAYERS) == len(set(FILLER_LAYERS))
