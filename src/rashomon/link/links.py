"""Links by the million: numbers in arrays, and a `Link` only when one is looked at.

In: pairs with their probabilities and the levels they reach. Out: the same as a sequence of links.
Never: a weight that is not in the weights given.
"""

import math
from collections.abc import Iterator, Mapping, Sequence
from typing import overload

import numpy as np
from numpy.typing import NDArray

from rashomon.link.comparisons import COMPARISONS, NULL, LinkWeights, labels_of
from rashomon.link.contrast import Company
from rashomon.link.known import Part
from rashomon.records import Link, MatchWeight

CHUNK = 10_000


class Links(Sequence[Link]):
    """Links between tellings `ids[a]` and `ids[b]` (a < b, ids sorted): `levels` `(links, comparisons)` by their places
    in `labels_of`, `UNKNOWN` where nothing is known; how `likely` they are in view of what is common in this case
    (common.py), by which tellings are grouped. `digests` are those of the rows that were scored (known.py), `company`
    what the tellings stand in.
    """

    __slots__ = ("_told", "a", "b", "company", "digests", "ids", "levels", "likely", "probability")

    def __init__(
        self,
        ids: Sequence[str],
        part: Part,
        likely: NDArray[np.float64],
        weights: LinkWeights,
        digests: Mapping[str, str],
        company: Company,
    ) -> None:
        self.ids, (self.a, self.b, self.probability, self.levels), self.likely = ids, part, likely
        self.digests, self.company = digests, company
        # the last one of each is what UNKNOWN (-1) points to
        self._told = [
            [*(_weight(name, label, weights) for label in labels_of(name)), MatchWeight(name, NULL, 0.0)]
            for name in COMPARISONS
        ]

    def __len__(self) -> int:
        return len(self.a)

    @overload
    def __getitem__(self, at: int) -> Link: ...
    @overload
    def __getitem__(self, at: slice) -> list[Link]: ...
    def __getitem__(self, at: int | slice) -> Link | list[Link]:
        if isinstance(at, slice):
            return self._open(np.arange(len(self))[at])
        return self._open(np.array([range(len(self))[at]]))[0]

    def __iter__(self) -> Iterator[Link]:
        for start in range(0, len(self), CHUNK):
            yield from self._open(np.arange(start, min(len(self), start + CHUNK)))

    def __eq__(self, other: object) -> bool:
        return isinstance(other, Sequence) and len(self) == len(other) and all(map(_same, self, other))

    __hash__ = None  # type: ignore[assignment]

    def _open(self, which: NDArray[np.int64]) -> list[Link]:
        ids, told = self.ids, self._told
        held = (x[which].tolist() for x in (self.a, self.b, self.probability, self.levels))
        return [
            Link(ids[a], ids[b], p, tuple([of[n] for of, n in zip(told, reached, strict=True)]))
            for a, b, p, reached in zip(*held, strict=True)
        ]


def _same(a: object, b: object) -> bool:
    return a == b


def _weight(name: str, label: str, weights: LinkWeights) -> MatchWeight:
    weight = math.log2(weights.m[name][label] / weights.u[name][label])
    return MatchWeight(name, label, round(weight, 3))
