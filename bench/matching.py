"""Scores that several benchmarks share.

In: counts, sets, or a matrix of similarities. Out: precision, recall and F, in percent. Never: a dataset of its own.
"""

from collections.abc import Sequence
from dataclasses import dataclass

Matrix = Sequence[Sequence[float]]


@dataclass(frozen=True, slots=True)
class Score:
    """`matched` of `predicted` and of `gold`; sums may be fractions."""

    matched_predicted: float = 0.0
    predicted: float = 0.0
    matched_gold: float = 0.0
    gold: float = 0.0

    def __add__(self, other: "Score") -> "Score":
        return Score(
            self.matched_predicted + other.matched_predicted,
            self.predicted + other.predicted,
            self.matched_gold + other.matched_gold,
            self.gold + other.gold,
        )

    @property
    def p(self) -> float:
        """Precision, percent."""
        return 100 * self.matched_predicted / self.predicted if self.predicted else 0.0

    @property
    def r(self) -> float:
        """Recall, percent."""
        return 100 * self.matched_gold / self.gold if self.gold else 0.0

    @property
    def f(self) -> float:
        """F1, percent."""
        return 2 * self.p * self.r / (self.p + self.r) if self.p + self.r else 0.0

    def figures(self) -> dict[str, float]:
        """P, R and F1 as JSON."""
        return {"p": round(self.p, 2), "r": round(self.r, 2), "f": round(self.f, 2)}


def best_matching(similarity: Matrix) -> list[tuple[int, int]]:
    """The one-to-one assignment of rows to columns with the largest sum (Hungarian method, O(n³)); zeros are left out.

    >>> best_matching([[0.9, 0.8], [0.8, 0.0]])
    [(0, 1), (1, 0)]
    """
    rows, columns = len(similarity), len(similarity[0]) if similarity else 0
    if not rows or not columns:
        return []
    n = max(rows, columns)
    cost = [[-similarity[i][j] if i < rows and j < columns else 0.0 for j in range(n)] for i in range(n)]
    u, v, match, way = [0.0] * (n + 1), [0.0] * (n + 1), [0] * (n + 1), [0] * (n + 1)
    for i in range(1, n + 1):
        match[0], j0 = i, 0
        least, used = [float("inf")] * (n + 1), [False] * (n + 1)
        while True:
            used[j0] = True
            i0, delta, j1 = match[j0], float("inf"), 0
            for j in range(1, n + 1):
                if used[j]:
                    continue
                now = cost[i0 - 1][j - 1] - u[i0] - v[j]
                if now < least[j]:
                    least[j], way[j] = now, j0
                if least[j] < delta:
                    delta, j1 = least[j], j
            for j in range(n + 1):
                if used[j]:
                    u[match[j]] += delta
                    v[j] -= delta
                else:
                    least[j] -= delta
            j0 = j1
            if match[j0] == 0:
                break
        while j0:
            j1 = way[j0]
            match[j0], j0 = match[j1], j1
    pairs = [(match[j] - 1, j - 1) for j in range(1, n + 1)]
    return sorted((i, j) for i, j in pairs if i < rows and j < columns and similarity[i][j] > 0)
