"""The span and pair heads, in numpy: what a span is, and which spans belong together.

In: token vectors and spans. Out: probabilities. Never: a loop over pairs.
The arithmetic is that of `training/network.py` (`pool`, `pair`); a test holds the two together.
"""

from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

from rashomon.read.heads import DISTANCES, SPAN_HEADS, SPAN_LAYERS

Floats = NDArray[np.float32]
Ints = NDArray[np.int64]
_PAIRS_AT_ONCE = 4_000
_LEAST = np.float32(1e-6)
"""Added to a probability before its logarithm, so that one label ruled out by one span is not ruled out for good."""


@dataclass(frozen=True, slots=True)
class SpanScores:
    """For S spans: what of them is compared in pairs (`paired`, `(S, 96)`), what a pair's hidden layer gets from each
    of its two spans `alone` `(S, 64)`, and, each `(S, labels)`, the probabilities of their `types` and the logarithms
    of those of the other heads.
    """

    paired: Floats
    alone: Floats
    types: Floats
    logs: dict[str, Floats]


def _softmax(x: Floats) -> Floats:
    e = np.exp(x - x.max(axis=-1, keepdims=True))
    return np.asarray(e / e.sum(axis=-1, keepdims=True), dtype=np.float32)


def _sigmoid(x: Floats) -> Floats:
    return np.asarray(1.0 / (1.0 + np.exp(-np.clip(x, -30, 30))), dtype=np.float32)


def _head(weights: dict[str, Floats], pooled: Floats, name: str) -> Floats:
    return np.asarray(pooled @ weights[f"{name}.w"] + weights[f"{name}.b"], dtype=np.float32)


def _pool(weights: dict[str, Floats], hidden: Floats, spans: Ints, layers: Ints) -> Floats:
    """`(S, 384)`: what the heads see of each span."""
    mean = np.empty((len(spans), hidden.shape[1]))
    # spans hold few tokens: a sum of each is several times as fast as differences of running sums
    for row, (first, last) in enumerate(spans.tolist()):
        np.add.reduce(hidden[first:last], axis=0, dtype=np.float64, out=mean[row])
    mean /= (spans[:, 1] - spans[:, 0])[:, None]
    joined = np.concatenate([mean, hidden[spans[:, 0]], weights["span_layer"][layers]], axis=1).astype(np.float32)
    return np.maximum(_head(weights, joined, "span_body"), np.float32(0))


def score_spans(weights: dict[str, Floats], hidden: Floats, spans: Ints, layers: Ints) -> SpanScores:
    """`hidden` `(N, 384)`, `spans` `(S, 2)` half-open in tokens, `layers` `(S,)` indexes of SPAN_LAYERS."""
    pooled = _pool(weights, hidden, spans, layers)
    paired = _head(weights, pooled, "pair_body")
    logs = {n: np.log(_softmax(_head(weights, pooled, n)) + _LEAST) for n in SPAN_HEADS if n != "types"}
    alone = paired @ weights["pair_hidden.w"][: paired.shape[1]]
    return SpanScores(paired, alone, _sigmoid(_head(weights, pooled, "types")), logs)


def score_types(weights: dict[str, Floats], hidden: Floats, spans: Ints, layers: Ints) -> Floats:
    """`(S, types)`: the head `types` alone; arguments as those of `score_spans`."""
    return _sigmoid(_head(weights, _pool(weights, hidden, spans, layers), "types"))


def score_pairs(weights: dict[str, Floats], scores: SpanScores, spans: Ints, a: Ints, b: Ints, head: int) -> Floats:
    """Probabilities `(P,)` of one pair head for the P pairs of spans with indexes `a` and `b` `(P,)`.

    The hidden layer sees (u + v, u * v, |u - v|, distance). What is linear in one span or in the distance alone is
    multiplied once a span or distance class, not once a pair.
    """
    paired, alone = scores.paired, scores.alone
    width = paired.shape[1]
    w = weights["pair_hidden.w"]
    together, apart = w[width : 2 * width], w[2 * width : 3 * width]
    far = weights["distance"] @ w[3 * width :] + weights["pair_hidden.b"]
    out = np.empty(len(a), dtype=np.float32)
    for at in range(0, len(a), _PAIRS_AT_ONCE):
        i, j = a[at : at + _PAIRS_AT_ONCE], b[at : at + _PAIRS_AT_ONCE]
        gap = np.maximum(np.maximum(spans[j, 0] - spans[i, 1], spans[i, 0] - spans[j, 1]), 0)
        u, v = paired[i], paired[j]
        hidden = alone[i] + alone[j] + far[np.searchsorted(DISTANCES, gap)]
        hidden += (u * v) @ together
        hidden += np.abs(u - v) @ apart
        logits = np.maximum(hidden, 0) @ weights["pair_out.w"][:, head] + weights["pair_out.b"][head]
        out[at : at + _PAIRS_AT_ONCE] = _sigmoid(logits)
    return out


def layer_index(layer: str) -> int:
    """Where a layer stands in SPAN_LAYERS."""
    return SPAN_LAYERS.index(layer)
