"""The span and pair heads, in numpy: what a span is, and which spans belong together.

In: token vectors and spans. Out: probabilities. Never: a loop over pairs.
The arithmetic is that of `training/network.py` (`pool`, `meet`, `pair`); a test holds the two together.
"""

from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

from rashomon.read.heads import COMPANY_HEADS, COMPANY_LAYERS, DISTANCES, SOCIAL, SPAN_HEADS, SPAN_LAYERS

Floats = NDArray[np.float32]
Ints = NDArray[np.int64]
_PAIRS_AT_ONCE = 4_000
_STRETCH = 384
"""Tokens of a text whose spans see one another: as many as a window of training."""
_NO_BIAS = np.zeros(1, dtype=np.float32)
_LEAST = np.float32(1e-6)
"""Added to a probability before its logarithm, so that one label ruled out by one span is not ruled out for good."""


@dataclass(frozen=True, slots=True)
class SpanScores:
    """For S spans of a text of N tokens: what a pair's hidden layer gets from either span alone (`one`, `other`, `(S,
    128)`), what of the two is multiplied (`product_one`, `product_other`, `(S, 96)`), running sums of what may stand
    between them (`between`, `(N + 1, 64)`), and, each `(S, labels)`, the probabilities of the spans' `types` and the
    logarithms of those of the other heads.
    """

    one: Floats
    other: Floats
    product_one: Floats
    product_other: Floats
    between: NDArray[np.float64]
    types: Floats
    logs: dict[str, Floats]


def _softmax(x: Floats) -> Floats:
    e = np.exp(x - x.max(axis=-1, keepdims=True))
    return np.asarray(e / e.sum(axis=-1, keepdims=True), dtype=np.float32)


def _sigmoid(x: Floats) -> Floats:
    return np.asarray(1.0 / (1.0 + np.exp(-np.clip(x, -30, 30))), dtype=np.float32)


def _head(weights: dict[str, Floats], pooled: Floats, name: str) -> Floats:
    return np.asarray(pooled @ weights[f"{name}.w"] + weights.get(f"{name}.b", _NO_BIAS), dtype=np.float32)


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
    met = _meet(weights, pooled, spans, layers)
    reading = np.maximum(_head(weights, hidden, "between"), 0)
    between = np.zeros((len(hidden) + 1, reading.shape[1]))
    np.cumsum(reading, axis=0, dtype=np.float64, out=between[1:])
    logs = {n: np.log(_softmax(_head(weights, pooled, n)) + _LEAST) for n in SPAN_HEADS if n != "types"}
    one, other = _head(weights, met, "pair_one"), _head(weights, met, "pair_other")
    products = _head(weights, met, "product_one"), _head(weights, met, "product_other")
    return SpanScores(one, other, *products, between, _sigmoid(_head(weights, pooled, "types")), logs)


def _between(one: Ints, other: Ints) -> tuple[Ints, Ints, Ints]:
    """For spans `(…, 2)` that broadcast: where the words between them begin, how many there are, the distance class."""
    after = other[..., 0] >= one[..., 1]
    low = np.where(after, one[..., 1], other[..., 1])
    width = np.maximum(np.where(after, other[..., 0], one[..., 0]) - low, 0)
    return low, width, np.searchsorted(DISTANCES, width) + after * (len(DISTANCES) + 1)


def _norm(weights: dict[str, Floats], x: Floats, name: str) -> Floats:
    x = x - x.mean(axis=1, keepdims=True)
    x /= np.sqrt((x * x).mean(axis=1, keepdims=True) + np.float32(1e-5))
    return np.asarray(x * weights[f"{name}.scale"] + weights[f"{name}.b"], dtype=np.float32)


def _meet(weights: dict[str, Floats], pooled: Floats, spans: Ints, layers: Ints) -> Floats:
    """`(S, 384)`: the pooled spans, with what each of those of roles and statements makes of the others near it."""
    met = pooled.copy()
    social = np.flatnonzero(np.isin(layers, SOCIAL))
    stretch = spans[social, 0] // _STRETCH
    for n in np.unique(stretch):
        held = social[stretch == n]
        _, _, gaps = _between(spans[held][:, None], spans[held][None, :])
        x = _head(weights, pooled[held], "company_in")
        for layer in range(COMPANY_LAYERS):
            x = _see(weights, x, gaps, f"company.{layer}")
        met[held] += _head(weights, x, "company_out")
    return met


def _see(weights: dict[str, Floats], x: Floats, gaps: Ints, name: str) -> Floats:
    """One layer of the spans' transformer: `(S, width)`, distance classes `(S, S)` → `(S, width)`."""
    asked = _head(weights, _norm(weights, x, f"{name}.norm_see"), f"{name}.asked")
    q, k, v = asked.reshape(len(x), 3, COMPANY_HEADS, -1).transpose(1, 2, 0, 3)
    likely = q @ k.transpose(0, 2, 1) / np.float32(q.shape[-1] ** 0.5) + weights[f"{name}.near"][gaps].transpose(
        2, 0, 1
    )
    seen = (_softmax(likely) @ v).transpose(1, 0, 2).reshape(x.shape)
    x = x + _head(weights, seen, f"{name}.seen")
    wide = np.maximum(_head(weights, _norm(weights, x, f"{name}.norm_think"), f"{name}.wide"), 0)
    return np.asarray(x + _head(weights, wide, f"{name}.narrow"), dtype=np.float32)


def score_types(weights: dict[str, Floats], hidden: Floats, spans: Ints, layers: Ints) -> Floats:
    """`(S, types)`: the head `types` alone; arguments as those of `score_spans`."""
    return _sigmoid(_head(weights, _pool(weights, hidden, spans, layers), "types"))


def score_pairs(weights: dict[str, Floats], scores: SpanScores, spans: Ints, a: Ints, b: Ints, head: int) -> Floats:
    """Probabilities `(P,)` of one pair head for the P pairs of spans with indexes `a` (the one) and `b` (the other)."""
    out = np.empty(len(a), dtype=np.float32)
    for at in range(0, len(a), _PAIRS_AT_ONCE):
        i, j = a[at : at + _PAIRS_AT_ONCE], b[at : at + _PAIRS_AT_ONCE]
        low, width, gap = _between(spans[i], spans[j])
        mean = (scores.between[low + width] - scores.between[low]) / np.maximum(width, 1)[:, None]
        hidden = scores.one[i] + scores.other[j] + weights["gap"][gap]
        hidden += (scores.product_one[i] * scores.product_other[j]) @ weights["product_out.w"]
        hidden += mean.astype(np.float32) @ weights["between_out.w"]
        logits = np.maximum(hidden, 0) @ weights["pair_score.w"][:, head] + weights["pair_score.b"][head]
        out[at : at + _PAIRS_AT_ONCE] = _sigmoid(logits)
    return out


def layer_index(layer: str) -> int:
    """Where a layer stands in SPAN_LAYERS."""
    return SPAN_LAYERS.index(layer)
