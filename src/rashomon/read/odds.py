"""What the network says of one question in several ways, weighed together: logistic regressions.

In: values by name. Out: probabilities. Never: a weight that stands in the code; they are fitted on the dev split
(training/fit.py) and come with the network's weights.
"""

from collections.abc import Mapping
from typing import Any

import numpy as np
from numpy.typing import NDArray

from rashomon.read.heads import ROLE_LAYERS
from rashomon.vocabulary import INCIDENT_TYPES

Floats = NDArray[np.float32]
Values = Mapping[str, NDArray[Any]]
"""What is weighed for a question, by name: arrays that broadcast to one shape, as many answers as that holds."""
Odds = Mapping[str, Mapping[str, float]]
"""Weights by question and value."""

FILLER_LAYERS = (*(layer for layer in ROLE_LAYERS if layer != "anchor"), "outcome")
"""Layers whose spans are attached to tellings."""
QUESTIONS: dict[str, tuple[str, ...]] = {
    "together": ("bias", "pair", "passage", "types", "coreferent"),
    "filler": (
        "pair", "mean", "tag", "both", "type", "ahead", "margin", "repeat", "capital", "words", "stance", "distance",
        "tellings", *FILLER_LAYERS,
    ),
    "type": ("mean", "best", "passage", "fillers", "no_fillers", *INCIDENT_TYPES),
    "telling": (
        "bias", "anchor", "type", "passage", "longest", "anchors", "kin", "types", "told", "tellings", *FILLER_LAYERS,
    ),
}  # fmt: skip
"""What is asked, and the names of the values that are weighed for it.

`together`: whether two anchors tell one incident. `filler`: whether a span fills its role in a telling. `type`: whether
a telling is of a type. `telling`: whether it is one.
"""

_LEAST = 0.002


def log_odds(probability: Floats | float) -> Floats:
    """The logarithm of p / (1 - p), p held between 0.002 and 0.998."""
    p = np.clip(probability, _LEAST, 1 - _LEAST)
    return np.asarray(np.log(p / (1 - p)), dtype=np.float32)


def answer(question: str, values: Values, odds: Odds) -> Floats:
    """Values that broadcast to a shape → probabilities of that shape; 0.5 where nothing was fitted for the question."""
    weights = odds.get(question, {})
    total = sum((np.float32(weights.get(name, 0.0)) * values[name] for name in QUESTIONS[question]), np.float32(0))
    return np.asarray(1 / (1 + np.exp(-np.clip(total, -30, 30))), dtype=np.float32)
