"""What belongs together, by pairs: anchors of one telling, mentions of one thing.

In: probabilities of pairs. Out: indexes in groups. Never: groups by transitivity alone (average linkage).
"""

import numpy as np
from numpy.typing import NDArray

Floats = NDArray[np.float32]
_MOST = 160
"""More anchors than this in one article are grouped in runs of so many, to keep long lists affordable."""


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
