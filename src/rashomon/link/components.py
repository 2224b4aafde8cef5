"""Tellings that may come to be of one incident, apart from all others; and what holds a group together.

In: tellings as numbers, links as arrays. Out: components and spanning trees. Never: a judgement about an incident.
"""

from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from itertools import pairwise
from typing import Any

import numpy as np
from numpy.typing import NDArray

Numbers = NDArray[np.int64]
Places = NDArray[np.int32]
AnyPlaces = Places | Numbers
Floats = NDArray[np.float64]


@dataclass(frozen=True, slots=True)
class Edges:
    """Links as arrays, by the numbers of their tellings (`a` < `b`), in the order of those, and which link each is."""

    a: Places
    b: Places
    probability: Floats
    link: Numbers

    def among(self, which: NDArray[Any]) -> "Edges":
        """Some of them."""
        return Edges(self.a[which], self.b[which], self.probability[which], self.link[which])

    def slices(self, owner: Numbers) -> Iterator[tuple[int, "Edges"]]:
        """The edges of each owner; `owner` is sorted."""
        for start, end in iter_runs(owner):
            yield int(owner[start]), self.among(np.arange(start, end))


def iter_runs(owner: AnyPlaces) -> Iterator[tuple[int, int]]:
    """Where each run of one number starts and ends, half-open; numbers are not below 0.

    >>> list(iter_runs(np.array([4, 4, 7])))
    [(0, 2), (2, 3)]
    """
    return pairwise([*np.flatnonzero(np.diff(owner, prepend=-1)).tolist(), len(owner)])


def find_components(count: int, a: AnyPlaces, b: AnyPlaces) -> Numbers:
    """For each of `count` tellings the lowest that these links, one after another, lead to.

    >>> find_components(5, np.array([1, 3]), np.array([3, 4])).tolist()
    [0, 1, 2, 1, 1]
    """
    lowest = np.arange(count)
    while len(a):
        from_a, from_b = lowest[a], lowest[b]
        apart = from_a != from_b
        # links within one component have done their part
        a, b, low, high = a[apart], b[apart], np.minimum(from_a, from_b)[apart], np.maximum(from_a, from_b)[apart]
        np.minimum.at(lowest, high, low)
        while not np.array_equal(further := lowest[lowest], lowest):
            lowest = further
    return lowest


def weakest_of_tree(members: int, edges: Iterable[tuple[int, int]]) -> int | None:
    """Of edges, the strongest first, the place of the last that the strongest tree over `members` numbers needs
    (Kruskal); None if there is none.

    >>> weakest_of_tree(3, [(7, 9), (7, 8), (8, 9)])
    1
    """
    root: dict[int, int] = {}

    def find(t: int) -> int:
        while (above := root.setdefault(t, t)) != t:
            root[t] = root[above]
            t = root[t]
        return t

    weakest, left = None, members - 1
    for n, (x, y) in enumerate(edges):
        if not left:
            break
        a, b = find(x), find(y)
        if a != b:
            root[a] = b
            weakest, left = n, left - 1
    return weakest
