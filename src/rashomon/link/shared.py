"""How much two tellings have in common in their lists of words, for many pairs at once.

In: rows, then pairs of their numbers. Out: for each pair and list the sum of what the words weigh that both have.
Never: the lists of a telling as Python objects for longer than it takes to add them.
"""

from array import array
from collections.abc import Callable, Sequence

import numpy as np
from numpy.typing import NDArray

from rashomon.link.components import iter_runs
from rashomon.link.table import LinkRow
from rashomon.link.words import level_of

Numbers = NDArray[np.int32]
Floats = NDArray[np.float32]


def _square(code: int) -> float:
    """The square of a word's level: what it adds to a cosine (words.py)."""
    return level_of(code) ** 2


def _one(_number: int) -> float:
    """One, whatever is shared."""
    return 1.0


SUMMED: dict[str, Callable[[int], float]] = {
    "names": _square,
    "words": _square,
    "context": _square,
    "roster": _square,
    "days": _one,
    "years": _one,
    "numbers": _one,
}
"""The lists of a row that are summed, and what each of their members weighs."""
_LISTS = 8
"""More than there are: a member of one list and of another have two numbers."""


class WordLists:
    """The lists of many tellings, in the order in which they are added; a word of each list has a number, from 1."""

    def __init__(self) -> None:
        self._number: dict[int, int] = {}
        self._held = [array("i") for _ in SUMMED]
        self._lengths = [array("i") for _ in SUMMED]

    def add(self, row: LinkRow) -> None:
        """The lists of one more telling."""
        number = self._number
        for which, name in enumerate(SUMMED):
            codes = getattr(row, name)
            self._held[which].extend([number.setdefault(c * _LISTS + which, len(number) + 1) for c in codes])
            self._lengths[which].append(len(codes))

    def in_order(self, order: Sequence[int]) -> "SharedWords":
        """What sums them, the tellings numbered in this order of those added. Nothing can be added after it."""
        weights = np.zeros(len(self._number) + 1, dtype=np.float32)
        of_list = list(SUMMED.values())
        weights[1:] = [of_list[key % _LISTS](key // _LISTS) for key in self._number]
        self._number.clear()
        tables = []
        while self._held:
            held, lengths = np.array(self._held.pop(0), np.int32), np.array(self._lengths.pop(0), np.int32)
            table = np.zeros((len(lengths), max(1, lengths.max(initial=0))), dtype=np.int32)
            table[np.arange(table.shape[1]) < lengths[:, None]] = held
            tables.append(table[np.asarray(order, dtype=np.int64)])
        return SharedWords(weights, tables)


class SharedWords:
    """Sums over the words that two tellings share. `weights`: what each word adds, by its number."""

    def __init__(self, weights: Floats, tables: list[Numbers]) -> None:
        self.weights = weights
        self._table = np.concatenate(tables, axis=1)
        widths = [t.shape[1] for t in tables]
        self._parts = np.repeat(np.eye(len(tables), dtype=np.float32), widths, axis=0)

    def words(self, name: str, of: NDArray[np.int64]) -> Numbers:
        """The numbers of the words in one list of these tellings, `(len(of), most)`, 0 where there are no more."""
        return self._table[np.ix_(of, np.flatnonzero(self._parts[:, list(SUMMED).index(name)]))]

    def sums(self, a: Numbers, b: Numbers) -> Floats:
        """`(pairs, lists)`; quick if pairs of one `a` stand together."""
        found = np.empty((len(a), self._parts.shape[1]), dtype=np.float32)
        marked = np.zeros_like(self.weights)
        for start, end in iter_runs(a):
            codes = self._table[a[start]]
            marked[codes] = self.weights[codes]
            found[start:end] = marked[self._table[b[start:end]]] @ self._parts
            marked[codes] = 0
        return found
