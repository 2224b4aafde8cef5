"""How much two tellings have in common in their lists of words, for many pairs at once.

In: rows, then pairs of their numbers. Out: for each pair and list the sum of the squares of the levels of the words
that both have (words.py). Never: the lists of a telling as Python objects for longer than it takes to add them.
"""

from array import array
from collections.abc import Sequence
from itertools import pairwise

import numpy as np
from numpy.typing import NDArray

from rashomon.link.table import LinkRow
from rashomon.link.words import level_of

SUMMED = ("names", "words", "context")
"""The lists of a row whose shared words are summed."""

Numbers = NDArray[np.int32]
Floats = NDArray[np.float32]


class WordLists:
    """The lists of many tellings, in the order in which they are added; a word of each list has a number, from 1."""

    def __init__(self) -> None:
        self._number: dict[int, int] = {}
        self._held = [array("i") for _ in SUMMED]
        self._lengths = [array("i") for _ in SUMMED]

    def add(self, row: LinkRow) -> None:
        """The lists of one more telling."""
        number = self._number
        for which, codes in enumerate((row.names, row.words, row.context)):
            # one word in two lists is two words
            self._held[which].extend([number.setdefault(c * 4 + which, len(number) + 1) for c in codes])
            self._lengths[which].append(len(codes))

    def in_order(self, order: Sequence[int]) -> "SharedWords":
        """What sums them, the tellings numbered in this order of those added. Nothing can be added after it."""
        squares = np.zeros(len(self._number) + 1, dtype=np.float32)
        squares[1:] = [level_of(key // 4) ** 2 for key in self._number]
        self._number.clear()
        tables = []
        while self._held:
            held, lengths = np.array(self._held.pop(0), np.int32), np.array(self._lengths.pop(0), np.int32)
            table = np.zeros((len(lengths), max(1, lengths.max(initial=0))), dtype=np.int32)
            table[np.arange(table.shape[1]) < lengths[:, None]] = held
            tables.append(table[np.asarray(order, dtype=np.int64)])
        return SharedWords(squares, tables)


class SharedWords:
    """Sums over the words that two tellings share."""

    def __init__(self, squares: Floats, tables: list[Numbers]) -> None:
        self._squares = squares
        self._table = np.concatenate(tables, axis=1)
        widths = [t.shape[1] for t in tables]
        self._parts = np.repeat(np.eye(len(tables), dtype=np.float32), widths, axis=0)

    def sums(self, a: Numbers, b: Numbers) -> Floats:
        """`(pairs, lists)`; quick if pairs of one `a` stand together."""
        found = np.empty((len(a), self._parts.shape[1]), dtype=np.float32)
        marked = np.zeros_like(self._squares)
        starts = np.flatnonzero(np.diff(a, prepend=-1)).tolist()
        for start, end in pairwise([*starts, len(a)]):
            codes = self._table[a[start]]
            marked[codes] = self._squares[codes]
            found[start:end] = marked[self._table[b[start:end]]] @ self._parts
            marked[codes] = 0
        return found
