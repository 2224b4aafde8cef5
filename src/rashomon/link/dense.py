"""Average linkage of groups of which most are linked with most: an incident that is told hundreds of times.

In: groups with the sums of the probabilities and weights between them, and which are held apart. Out: which group each
comes to. Never: another result than merging the best pair again and again; it only takes a row of a matrix at a time.
"""

from dataclasses import dataclass

import numpy as np

from rashomon.link.components import Floats, Numbers
from rashomon.link.contrast import stand_apart


@dataclass(frozen=True, slots=True)
class Held:
    """Groups 0, 1, …: how many tellings each has and what the links within it weigh; for the pairs `a`, `b` the `sums`
    of probabilities and `weights`; pairs that are `barred`.
    """

    sizes: Floats
    within: Floats
    a: Numbers
    b: Numbers
    sums: Floats
    weights: Floats
    barred: tuple[Numbers, Numbers]


class _Matrix:
    """Sums of probabilities between groups, barred ones below any mean; a merged group is in the row of the lower."""

    def __init__(self, held: Held) -> None:
        count, sizes = len(held.sizes), held.sizes
        self.sums, self.weights = np.zeros((count, count)), np.zeros((count, count))
        for table, values in ((self.sums, held.sums), (self.weights, held.weights)):
            table[held.a, held.b] = table[held.b, held.a] = values
        self.sums[held.barred] = self.sums[held.barred[::-1]] = -np.inf
        np.fill_diagonal(self.sums, -np.inf)
        self.sizes, self.within = sizes.copy(), held.within.copy()
        means = self.sums / np.outer(sizes, sizes)
        self.best, self.mean = means.argmax(axis=1), means.max(axis=1)

    def _look(self, row: int) -> None:
        means = self.sums[row] / (self.sizes * self.sizes[row])
        self.best[row] = best = int(means.argmax())
        self.mean[row] = means[best]

    def bar(self, low: int, high: int) -> bool:
        """Hold two groups apart for good if they stand apart."""
        a, b = [low], [high]
        sizes, within = self.sizes, self.within
        if not stand_apart(sizes[a], within[a], sizes[b], within[b], self.weights[a, b])[0]:
            return False
        self.sums[low, high] = self.sums[high, low] = -np.inf
        self._look(low)
        self._look(high)
        return True

    def merge(self, low: int, high: int) -> None:
        """Put the group of row `high` into that of row `low`."""
        row = self.sums[low] + self.sums[high]
        row[low] = row[high] = -np.inf
        self.sums[low] = self.sums[:, low] = row
        self.sums[high] = self.sums[:, high] = -np.inf
        self.within[low] += self.within[high] + self.weights[low, high]
        self.weights[low] = self.weights[:, low] = self.weights[low] + self.weights[high]
        self.sizes[low] += self.sizes[high]
        self.mean[high] = -np.inf
        # whoever liked one of the two best looks again; to others the new group is never better than both were
        again = np.flatnonzero(((self.best == low) | (self.best == high)) & (self.mean > -np.inf))
        for other in {low, *again.tolist()}:
            self._look(other)


def merge_dense(held: Held, merge_at: float) -> Numbers:
    """For each of the groups the lowest that it comes to be one with."""
    matrix = _Matrix(held)
    group = np.arange(len(held.sizes))
    while True:
        low = int(matrix.mean.argmax())
        if not matrix.mean[low] >= merge_at:
            return group
        high = int(matrix.best[low])
        low, high = min(low, high), max(low, high)
        if not matrix.bar(low, high):
            group[group == high] = low
            matrix.merge(low, high)
