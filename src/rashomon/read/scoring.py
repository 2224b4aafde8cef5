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


@dataclass(frozen=True, slots=True)
class SpanScores:
    """For S spans: `pooled` `(S, 384)`, what of it is compared in pairs `(S, 96)`, and for each head its probabilities
    `(S, labels)`.
    """

    pooled: Floats
    paired: Floats
    heads: dict[str, Floats]


def _softmax(x: Floats) -> Floats:
    e = np.exp(x - x.max(axis=-1, keepdims=True))
    return np.asarray(e / e.sum(axis=-1, keepdims=True), dtype=np.float32)


def _sigmoid(x: Floats) -> Floats:
    return np.asarray(1.0 / (1.0 + np.exp(-np.clip(x, -30, 30))), dtype=np.float32)


def score_spans(weights: dict[str, Floats], hidden: Floats, spans: Ints, layers: Ints) -> SpanScores:
    """`hidden` `(N, 384)`, `spans` `(S, 2)` half-open in tokens, `layers` `(S,)` indexes of SPAN_LAYERS."""
    sums = np.concatenate([np.zeros((1, hidden.shape[1]), np.float32), np.cumsum(hidden, axis=0, dtype=np.float64)])
    mean = (sums[spans[:, 1]] - sums[spans[:, 0]]) / (spans[:, 1] - spans[:, 0])[:, None]
    joined = np.concatenate([mean, hidden[spans[:, 0]], weights["span_layer"][layers]], axis=1).astype(np.float32)
    pooled = np.maximum(joined @ weights["span_body.w"] + weights["span_body.b"], 0)
    heads = {}
    for name in SPAN_HEADS:
        logits = pooled @ weights[f"{name}.w"] + weights[f"{name}.b"]
        heads[name] = _sigmoid(logits) if name == "types" else _softmax(logits)
    return SpanScores(pooled, pooled @ weights["pair_body.w"] + weights["pair_body.b"], heads)


def score_pairs(weights: dict[str, Floats], paired: Floats, spans: Ints, a: Ints, b: Ints, head: int) -> Floats:
    """Probabilities `(P,)` of one pair head for the P pairs of spans with indexes `a` and `b` `(P,)`.

    The hidden layer sees (u + v, u * v, |u - v|, distance). What is linear in one span or in the distance alone is
    multiplied once a span or distance class, not once a pair.
    """
    width = paired.shape[1]
    w = weights["pair_hidden.w"]
    alone = paired @ w[:width]
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
