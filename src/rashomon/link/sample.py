"""A sample of a case's pairs that is the same in whatever order the pairs come.

In: the digests of tellings, then pairs of their places. Out: at most `MOST` pairs, as if drawn by lot.
Never: more pairs in memory than these and those of one call.
"""

from collections.abc import Sequence

import numpy as np
from numpy.typing import NDArray

MOST = 20_000
Integers = NDArray[np.int32]
_ONE, _OTHER, _MIX = np.uint64(0x9E3779B97F4A7C15), np.uint64(0xC2B2AE3D27D4EB4F), np.uint64(0xFF51AFD7ED558CCD)
"""Odd numbers that mix bits well (from splitmix64, xxHash and MurmurHash3)."""


class Sample:
    """Pairs whose hash is below a bound, which is halved as often as there are too many of them."""

    def __init__(self, digests: Sequence[str]) -> None:
        """`digests`: hexadecimal, 64 bits, by the tellings' places."""
        self._hashes = np.array([int(d, 16) for d in digests], dtype=np.uint64)
        self._bound = np.iinfo(np.uint64).max
        self._a, self._b = np.zeros(0, np.int32), np.zeros(0, np.int32)

    def add(self, a: Integers, b: Integers) -> None:
        """Pairs `a[i]`, `b[i]` of places; each pair comes once."""
        self._a, self._b = np.concatenate([self._a, a]), np.concatenate([self._b, b])
        drawn = self._hashes[self._a] * _ONE + self._hashes[self._b] * _OTHER
        drawn = (drawn ^ (drawn >> np.uint64(32))) * _MIX
        while (kept := drawn <= self._bound).sum() > MOST:
            self._bound //= 2
        self._a, self._b = self._a[kept], self._b[kept]

    def pairs(self) -> tuple[Integers, Integers]:
        """The sample, in the order of its pairs."""
        order = np.lexsort((self._b, self._a))
        return self._a[order], self._b[order]
