"""Average linkage of any number of groups at once.

In: links as arrays, pairs that are held apart, and what tells whether two groups are (contrast.py). Out: the group of
each telling. Never: another result than merging the best pair again and again, or holding it apart for good.

Two groups that are each other's best may be merged whatever happens elsewhere: no merge brings a third group nearer to
one of them than the nearer of its parts was (Bruynooghe 1978). So all such pairs are merged at once, in rounds. And a
group of which no mean is high enough never merges again: its links are forgotten.
"""

from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

from rashomon.link.components import AnyPlaces, Floats, Numbers, find_components, iter_runs
from rashomon.link.dense import Apart, Held, merge_dense

MOST_DENSE = 6000
"""Groups that still fit a matrix."""
FEW = 0.1
"""If fewer of the groups than this merge in a round, they are taken to a matrix."""


@dataclass(frozen=True, slots=True)
class _Groups:
    """Tellings in the `order` of their owners, and these."""

    order: Numbers
    owner: Numbers

    def of(self, owners: AnyPlaces) -> list[Numbers]:
        """The tellings of these owners."""
        sides = (np.searchsorted(self.owner, owners, side) for side in ("left", "right"))
        return [self.order[first:last] for first, last in zip(*sides, strict=True)]


@dataclass(slots=True)
class _State:
    """`owner` of each telling: the lowest of its group. Links between owners `low` < `high` that can still matter, with
    the sums of their probabilities; `barred` pairs of owners.
    """

    owner: Numbers
    sizes: Floats
    low: AnyPlaces
    high: AnyPlaces
    sums: Floats
    barred: Numbers

    def code(self, low: Numbers, high: Numbers) -> Numbers:
        """A pair as one number."""
        return low * len(self.owner) + high

    def move(self, to: Numbers) -> None:
        """Merge groups: the new owner of each owner."""
        self.owner = to[self.owner]
        self.sizes = np.bincount(to, self.sizes, len(to)).astype(np.float64)
        barred = np.sort(to[self.barred], axis=1)
        self.barred = barred[barred[:, 0] != barred[:, 1]]
        self.join(to[self.low], to[self.high])

    def join(self, a: Numbers, b: Numbers) -> None:
        """Links between owners, summed by pair; those of one group or of two that are held apart are forgotten."""
        apart = a != b
        code = self.code(np.minimum(a, b)[apart], np.maximum(a, b)[apart])
        order = np.argsort(code, kind="stable")
        code, sums = code[order], self.sums[apart][order]
        starts = np.flatnonzero(np.diff(code, prepend=-1))
        if len(starts):
            code, sums = code[starts], np.add.reduceat(sums, starts)
        barred = self.code(self.barred[:, 0], self.barred[:, 1])
        at = np.searchsorted(code, barred)
        allowed = np.ones(len(code) + 1, dtype=bool)
        allowed[at[np.append(code, -1)[at] == barred]] = False
        allowed = allowed[:-1]
        self.low, self.high = np.divmod(code[allowed], len(self.owner))
        self.sums = sums[allowed]

    def keep(self, which: NDArray[np.bool_]) -> None:
        """Forget the other links."""
        self.low, self.high, self.sums = self.low[which], self.high[which], self.sums[which]

    def groups(self) -> "_Groups":
        """The tellings of each group as it is now."""
        order = np.argsort(self.owner, kind="stable")
        return _Groups(order, self.owner[order])

    def contrasted(self, which: Numbers, apart: Apart) -> NDArray[np.bool_]:
        """Of these links, which are of two groups that stand apart."""
        held = np.zeros(len(which), dtype=bool)
        low, high = self.low[which], self.high[which]
        several = np.flatnonzero(np.minimum(self.sizes[low], self.sizes[high]) > 1)
        groups = self.groups()
        pairs = zip(groups.of(low[several]), groups.of(high[several]), strict=True)
        held[several] = [apart(a, b) for a, b in pairs]
        return held


def link_average(count: int, forced: Numbers, a: AnyPlaces, b: AnyPlaces, chance: Floats, barred: Numbers,
                 merge_at: float, apart: Apart) -> Numbers:  # fmt: skip
    """For each of `count` tellings the lowest of its group. `forced` pairs are together, those in `barred` are not, nor
    are two groups of several tellings that are `apart`.
    """
    owner = find_components(count, forced[:, 0], forced[:, 1])
    state = _State(np.arange(count), np.ones(count), a, b, chance, barred)
    state.move(owner)
    while True:
        means = state.sums / (state.sizes[state.low] * state.sizes[state.high])
        best = np.zeros(count)
        np.maximum.at(best, state.low, means)
        np.maximum.at(best, state.high, means)
        alive = (best[state.low] >= merge_at) & (best[state.high] >= merge_at)
        state.keep(alive)
        means = means[alive]
        if not len(means):
            return state.owner
        mutual = np.flatnonzero((means == best[state.low]) & (means == best[state.high]))
        first = np.full(count, len(means))
        np.minimum.at(first, state.low[mutual], mutual)
        np.minimum.at(first, state.high[mutual], mutual)
        chosen = mutual[(first[state.low[mutual]] == mutual) & (first[state.high[mutual]] == mutual)]
        held = state.contrasted(chosen, apart)
        to, merged, parted = np.arange(count), chosen[~held], chosen[held]
        to[state.high[merged]] = state.low[merged]
        state.barred = np.concatenate([state.barred, np.stack([state.low[parted], state.high[parted]], axis=1)])
        state.move(to)
        if len(chosen) < FEW * (best >= merge_at).sum():
            _merge_matrices(state, merge_at, apart)


def _merge_matrices(state: _State, merge_at: float, apart: Apart) -> None:
    """Finish those parts of what is left that fit a matrix."""
    part = find_components(len(state.owner), state.low, state.high)
    order = np.argsort(part[state.low], kind="stable")
    low, high, sums = state.low[order], state.high[order], state.sums[order]
    to = np.arange(len(state.owner))
    barred = state.barred[part[state.barred[:, 0]] == part[state.barred[:, 1]]]
    barred = barred[np.argsort(part[barred[:, 0]], kind="stable")]
    barred_part = part[barred[:, 0]] if len(barred) else np.zeros(0, np.int64)
    done, held_by = np.zeros(len(state.owner), dtype=bool), state.groups()
    for start, end in iter_runs(part[low]):
        inside = slice(start, end)
        groups = np.unique(np.append(low[inside], high[inside]))
        if len(groups) > MOST_DENSE:
            continue
        here = slice(*np.searchsorted(barred_part, [part[low[start]], part[low[start]] + 1]))
        pairs = barred[here][np.isin(barred[here], groups).all(axis=1)]
        x, y, p, q = (np.searchsorted(groups, z) for z in (low[inside], high[inside], pairs[:, 0], pairs[:, 1]))
        held = Held(held_by.of(groups), x, y, sums[inside], (p, q))
        to[groups] = groups[merge_dense(held, merge_at, apart)]
        done[groups] = True
    state.keep(~done[state.low])
    state.move(to)
