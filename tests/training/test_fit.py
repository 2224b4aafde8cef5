"""Fitting what several values of a question weigh: known weights are found again, shares are counted."""

import numpy as np
import pytest

from corpus.annotated import AnnotatedTelling, AnnotatedText, Filler
from training.fit import effect_shares, fit_logistic


def test_known_weights_are_found_again() -> None:
    rng = np.random.default_rng(5)
    values = np.concatenate([np.ones((40_000, 1)), rng.normal(size=(40_000, 2))], axis=1).astype(np.float32)
    wanted = np.array([-1.0, 2.0, 0.5])
    right = rng.random(40_000) < 1 / (1 + np.exp(-values @ wanted))
    assert fit_logistic(values, right) == pytest.approx(wanted, abs=0.08)


def test_values_that_part_all_answers_keep_finite_weights() -> None:
    values = np.array([[1, 0], [1, 1]] * 50, dtype=np.float32)
    assert np.isfinite(fit_logistic(values, values[:, 1] > 0)).all()


def text_with(*targets: str) -> AnnotatedText:
    fillers = tuple(Filler("target", ("civilian", effect), ((0, 1),)) for effect in targets)
    telling = AnnotatedTelling(("killing",), "asserts", "accomplished", ((0, 1),), fillers, (), None)
    return AnnotatedText("x", "x", "wire", "x", "unknown", "x", (telling,), (), ())


def test_effects_are_counted_by_type() -> None:
    shares = effect_shares([text_with("killed", "killed", "injured")])
    assert shares["killing"]["killed"] == pytest.approx(3 / 12, abs=1e-5)
    assert shares["killing"]["injured"] == pytest.approx(2 / 12, abs=1e-5)
    assert shares["protest"]["killed"] == pytest.approx(1 / 9, abs=1e-5)
