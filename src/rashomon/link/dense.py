"""Average linkage of groups of which most are linked with most: an incident that is told hundreds of times.

In: groups with the sums of the probabilities between them, and which are held apart. Out: which group each comes to.
Never: another result than merging the best pair again and again; it only takes a row of a matrix at a time.
"""

import numpy as np

from rashomon.link.components import Floats, Numbers


class _Matrix:
    """Sums of probabilities between groups, barred ones below any mean; a merged group is in the row of the lower."""

    def __init__(self, sizes: Floats, a: Numbers, b: Numbers, sums: Floats, barred: tuple[Numbers, Numbers]) -> None:
        count = len(sizes)
        self.sums = np.zeros((count, count))
        self.sums[a, b] = self.sums[b, a] = sums
        self.sums[barred] = self.sums[barred[::-1]] = -np.inf
        np.fill_diagonal(self.sums, -np.inf)
        self.sizes = sizes.copy()
        means = self.sums / np.outer(sizes, sizes)
        self.best, self.mean = means.argmax(axis=1), means.max(axis=1)

    def _look(self, row: int) -> None:
        means = self.sums[row] / (self.sizes * self.sizes[row])
        self.best[row] = best = int(means.argmax())
        self.mean[row] = means[best]

    def merge(self, low: int, high: int) -> None:
        """Put the group of row `high` into that of row `low`."""
        row = self.sums[low] + self.sums[high]
        row[low] = row[high] = -np.inf
        self.sums[low] = self.sums[:, low] = row
        self.sums[high] = self.sums[:, high] = -np.inf
        self.sizes[low] += self.sizes[high]
        self.mean[high] = -np.inf
        # whoever liked one of the two best looks again; to others the new group is never better than both were
        again = np.flatnonzero(((self.best == low) | (self.best == high)) & (self.mean > -np.inf))
        for other in {low, *again.tolist()}:
            self._look(other)


def merge_dense(
    sizes: Floats, a: Numbers, b: Numbers, sums: Floats, barred: tuple[Numbers, Numbers], merge_at: float
) -> Numbers:
    """For each of the groups 0, 1, … the lowest that it comes to be one with; `sums` for the pairs `a`, `b`."""
    matrix = _Matrix(sizes, a, b, sums, barred)
    group = np.arange(len(sizes))
    while True:
        low = int(matrix.mean.argmax())
        if not matrix.mean[low] >= merge_at:
            return group
        high = int(matrix.best[low])
        low, high = min(low, high), max(low, high)
        group[group == high] = low
        matrix.merge(low, high)
