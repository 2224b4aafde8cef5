"""Average linkage of groups of which most are linked with most: an incident that is told hundreds of times.

In: groups with the sums of the probabilities between them, and which are held apart. Out: which group each comes to.
Never: another result than merging the best pair again and again; it only takes a row of a matrix at a time.
"""

from collections.abc import Callable
from dataclasses import dataclass

import numpy as np

from rashomon.link.components import Floats, Numbers

Apart = Callable[[Numbers, Numbers], bool]
"""Whether two groups of tellings are to stay two (contrast.py)."""


@dataclass(frozen=True, slots=True)
class Held:
    """Groups 0, 1, …: the tellings of each; for the pairs `a`, `b` the `sums` of probabilities; pairs that are
    `barred`.
    """

    members: list[Numbers]
    a: Numbers
    b: Numbers
    sums: Floats
    barred: tuple[Numbers, Numbers]


class _Matrix:
    """Sums of probabilities between groups, barred ones below any mean; a merged group is in the row of the lower."""

    def __init__(self, held: Held) -> None:
        self.members = list(held.members)
        count, sizes = len(self.members), np.array([len(m) for m in self.members], dtype=np.float64)
        self.sums = np.zeros((count, count))
        self.sums[held.a, held.b] = self.sums[held.b, held.a] = held.sums
        self.sums[held.barred] = self.sums[held.barred[::-1]] = -np.inf
        np.fill_diagonal(self.sums, -np.inf)
        self.sizes = sizes
        means = self.sums / np.outer(sizes, sizes)
        self.best, self.mean = means.argmax(axis=1), means.max(axis=1)

    def _look(self, row: int) -> None:
        means = self.sums[row] / (self.sizes * self.sizes[row])
        self.best[row] = best = int(means.argmax())
        self.mean[row] = means[best]

    def bar(self, low: int, high: int) -> None:
        """Hold two groups apart for good."""
        self.sums[low, high] = self.sums[high, low] = -np.inf
        self._look(low)
        self._look(high)

    def merge(self, low: int, high: int) -> None:
        """Put the group of row `high` into that of row `low`."""
        row = self.sums[low] + self.sums[high]
        row[low] = row[high] = -np.inf
        self.sums[low] = self.sums[:, low] = row
        self.sums[high] = self.sums[:, high] = -np.inf
        self.members[low] = np.concatenate([self.members[low], self.members[high]])
        self.sizes[low] += self.sizes[high]
        self.mean[high] = -np.inf
        # whoever liked one of the two best looks again; to others the new group is never better than both were
        again = np.flatnonzero(((self.best == low) | (self.best == high)) & (self.mean > -np.inf))
        for other in {low, *again.tolist()}:
            self._look(other)


def merge_dense(held: Held, merge_at: float, apart: Apart) -> Numbers:
    """For each of the groups the lowest that it comes to be one with; groups of several tellings may stand `apart`."""
    matrix = _Matrix(held)
    group = np.arange(len(held.members))
    while True:
        low = int(matrix.mean.argmax())
        if not matrix.mean[low] >= merge_at:
            return group
        high = int(matrix.best[low])
        low, high = min(low, high), max(low, high)
        one, other = matrix.members[low], matrix.members[high]
        if min(len(one), len(other)) > 1 and apart(one, other):
            matrix.bar(low, high)
        else:
            group[group == high] = low
            matrix.merge(low, high)
