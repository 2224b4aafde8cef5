"""Which spans belong to one telling: anchors into groups, fillers to groups, coreferent mentions together.

In: spans with their pair probabilities. Out: indexes in groups. Never: groups by transitivity alone (average linkage).
"""

from collections.abc import Sequence
from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

Floats = NDArray[np.float32]
_MOST = 160
"""More anchors than this in one article are grouped in runs of so many, to keep long lists affordable."""


@dataclass(frozen=True, slots=True)
class Attachment:
    """A filler's place in a group: indexes of both, and the probability that they tell of one incident."""

    filler: int
    group: int
    score: float


def group_by_average(similar: Floats, threshold: float, apart: NDArray[np.bool_]) -> list[list[int]]:
    """Average-linkage groups of n things: `similar` `(n, n)` symmetric, merged while the mean stays above `threshold`.

    `apart` `(n, n)` says which two may never share a group. Groups and members are in order of first member.
    """
    n = len(similar)
    groups: list[list[int]] = []
    for at in range(0, n, _MOST):
        members = [[i] for i in range(at, min(n, at + _MOST))]
        index = np.arange(at, min(n, at + _MOST))
        block = np.where(apart[np.ix_(index, index)], -1e9, similar[np.ix_(index, index)]).astype(np.float64)
        sizes = np.ones(len(index))
        np.fill_diagonal(block, -np.inf)
        while len(members) > 1:
            a, b = np.unravel_index(int(np.argmax(block)), block.shape)
            if block[a, b] <= threshold:
                break
            low, high = int(min(a, b)), int(max(a, b))
            joined = (block[low] * sizes[low] + block[high] * sizes[high]) / (sizes[low] + sizes[high])
            block[low], block[:, low] = joined, joined
            block[low, low] = -np.inf
            sizes[low] += sizes[high]
            members[low] += members.pop(high)
            block = np.delete(np.delete(block, high, 0), high, 1)
            sizes = np.delete(sizes, high)
        groups += [sorted(m) for m in members]
    return sorted(groups)


def attach(
    scores: Floats, groups: Sequence[Sequence[int]], threshold: float, floor: float, near: NDArray[np.bool_]
) -> list[Attachment]:
    """Fillers to groups: `scores` `(fillers, anchors)`, `near` the same shape: those that a filler may go to at all.

    A filler goes to every group whose best anchors (mean of the two best) reach `threshold`; if none does, to the best
    one that reaches `floor`.
    """
    out: list[Attachment] = []
    if not len(scores) or not groups:
        return out
    allowed = np.where(near, scores, 0.0)
    per_group = np.stack([_best_two(allowed[:, list(g)]) for g in groups], axis=1)
    for f in range(len(scores)):
        chosen = np.flatnonzero(per_group[f] >= threshold)
        if not len(chosen) and per_group[f].max() >= floor:
            chosen = np.array([int(per_group[f].argmax())])
        out += [Attachment(f, int(g), float(per_group[f, g])) for g in chosen]
    return out


def _best_two(columns: Floats) -> Floats:
    if columns.shape[1] == 1:
        return columns[:, 0]
    two = np.sort(columns, axis=1)[:, -2:]
    return np.asarray(0.4 * two[:, 0] + 0.6 * two[:, 1], dtype=np.float32)
