"""What was scored before: pairs of which both tellings are as they were are not compared again.

In: an earlier scoring, and the rows of now. Out: which pairs are known, and the links among them.
Never: a link of a pair that nothing brings together any more; nor any at all if a telling of then has changed or is
gone: keys that it shared may now bring others together. (Where tellings only come, keys are shared by more and say
less.)
"""

import hashlib
from array import array
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass

import msgspec
import numpy as np
from numpy.typing import NDArray

from rashomon.link.comparisons import COMPARISONS, NULL, UNKNOWN, LinkWeights, labels_of
from rashomon.records import Link

Places = NDArray[np.int32]
Part = tuple[Places, Places, NDArray[np.float64], NDArray[np.int8]]
"""Links: places of both tellings, probability, and the levels reached `(links, comparisons)`."""


@dataclass(frozen=True, slots=True)
class Scored:
    """An earlier scoring: the digest of each telling's row (`Digest`), and its links."""

    digests: Mapping[str, str]
    links: Iterable[Link]


class Digest:
    """A short text that changes with a row, with the weights and with the version of what scores."""

    def __init__(self, weights: LinkWeights, version: str) -> None:
        self._salt = hashlib.blake2b(msgspec.json.encode(weights) + version.encode(), digest_size=16).digest()

    def of(self, row: bytes) -> str:
        """The digest of an encoded row."""
        return hashlib.blake2b(row, digest_size=8, key=self._salt).hexdigest()


class Known:
    """The links of an earlier scoring by the places of the tellings in `ids` (sorted); `digests` are those of now."""

    def __init__(self, scored: Scored | None, ids: Sequence[str], digests: Sequence[str]) -> None:
        self._old = np.zeros(len(ids), dtype=bool)
        self._codes, self._part = np.zeros(0, dtype=np.int64), _arrays((), {})
        if scored is None or not scored.digests:
            return
        then = np.array([scored.digests.get(i) == now for i, now in zip(ids, digests, strict=True)], dtype=bool)
        if then.sum() < len(scored.digests):
            return
        self._old = then
        self._part = _arrays(scored.links, {telling: n for n, telling in enumerate(ids)})
        self._codes = self._encode(*self._part[:2])

    def _encode(self, a: Places, b: Places) -> NDArray[np.int64]:
        return a.astype(np.int64) * len(self._old) + b

    def holds(self, a: Places, b: Places) -> NDArray[np.bool_]:
        """Whether both tellings of each pair are as they were."""
        return np.asarray(self._old[a] & self._old[b])

    def links(self, a: Places, b: Places) -> Part:
        """The links of then among these pairs."""
        return _among(self._part, np.flatnonzero(np.isin(self._codes, self._encode(a, b))))


def join_parts(parts: Sequence[Part]) -> Part:
    """All of the links, in order of their pairs."""
    a, b, probability, levels = (np.concatenate(held) for held in zip(*parts, strict=True))
    return _among((a, b, probability, levels), np.lexsort((b, a)))


def _among(part: Part, which: NDArray[np.int64]) -> Part:
    a, b, probability, levels = part
    return a[which], b[which], probability[which], levels[which]


def _arrays(links: Iterable[Link], place: Mapping[str, int]) -> Part:
    number = [{label: n for n, label in enumerate(labels_of(name))} | {NULL: UNKNOWN} for name in COMPARISONS]
    a, b, probability, levels = array("i"), array("i"), array("d"), array("b")
    for link in links:
        a.append(place[link.a])
        b.append(place[link.b])
        probability.append(link.probability)
        levels.extend([of[w.level] for of, w in zip(number, link.weights, strict=True)])
    reached = np.array(levels, dtype=np.int8).reshape(-1, len(number))
    return np.array(a, np.int32), np.array(b, np.int32), np.array(probability), reached
