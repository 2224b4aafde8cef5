"""A closer look: the tokens around the anchors of one telling, tagged again with only what belongs to that telling.

In: an article's token vectors, and which tokens are the telling's anchors and which those of others. Out: tag
probabilities of the roles. Never: what a span of two tellings' is to the one in the light of the other.
The arithmetic is that of `training/network.py` (`look_closer`); a test holds the two together.
"""

from collections.abc import Sequence

import numpy as np
from numpy.typing import NDArray

from rashomon.read.heads import CLOSER_HEADS, CLOSER_LAYERS, CLOSER_ROLES, DISTANCES, MARKS, TAGS
from rashomon.read.scoring import head, norm, see, softmax

Floats = NDArray[np.float32]
Ints = NDArray[np.int64]
OWN, OTHER = MARKS.index("own"), MARKS.index("other")


def look_closer(weights: dict[str, Floats], hidden: Floats, entered: Floats, marks: Ints, kept: Ints) -> Floats:
    """Of L tokens: `hidden` `(L, 384)`, what `enter` made of them, their marks `(L,)`, one of them at least OWN, and
    which K of them are looked at → probabilities `(K, roles, 3)`.
    """
    own = np.flatnonzero(marks == OWN)
    anchor = hidden[own].mean(axis=0, keepdims=True) @ weights["closer_anchor.w"]
    reach = _reach(own, len(marks))[kept]
    x = entered[kept] + anchor + weights["closer_mark"][marks[kept]] + weights["closer_reach"][reach]
    for layer in range(CLOSER_LAYERS):
        x = see(weights, x, f"closer.{layer}", CLOSER_HEADS)
    out = head(weights, norm(weights, x, "closer_norm"), "closer_out")
    return softmax(out.reshape(len(kept), len(CLOSER_ROLES), len(TAGS)))


def enter(weights: dict[str, Floats], hidden: Floats) -> Floats:
    """`(N, 384)` → `(N, width)`: what the closer looks at every telling begin with."""
    return head(weights, hidden, "closer_in")


def _reach(own: Ints, length: int) -> Ints:
    """The distance class `(length,)` of each token from the nearest of `own`, by side.

    >>> _reach(np.array([1]), 4).tolist()
    [12, 0, 1, 2]
    """
    at = np.arange(length)
    after = np.searchsorted(own, at, side="left")
    to_next = np.where(after < len(own), own[np.minimum(after, len(own) - 1)] - at, 10**6)
    before = np.searchsorted(own, at, side="right") - 1
    to_last = np.where(before >= 0, at - own[np.maximum(before, 0)], 10**6)
    near = np.minimum(to_next, to_last)
    return np.asarray(np.searchsorted(DISTANCES, near) + (to_next < to_last) * (len(DISTANCES) + 1), dtype=np.int64)


def mark(length: int, own: Sequence[tuple[int, int]], others: Sequence[tuple[int, int]]) -> Ints:
    """Marks `(length,)` from token ranges."""
    marks = np.zeros(length, dtype=np.int64)
    for ranges, value in ((others, OTHER), (own, OWN)):
        for first, last in ranges:
            marks[max(0, first) : max(0, last)] = value
    return marks
