"""Pairs of tellings with the levels that they reach: compared once by the database, then scored by any weights.

In: rows, and what is known of them. Out: the pairs' levels as arrays; links as `score_pairs` would give them.
Never: a comparison that linking does not make.
"""

from collections import defaultdict
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from itertools import combinations

import numpy as np
from numpy.typing import NDArray

from rashomon.link import LinkRow
from rashomon.link.comparisons import COMPARISONS, LinkWeights, labels_of, load_weights
from rashomon.link.known import Digest
from rashomon.link.score import compare, iter_candidates, open_tellings
from rashomon.records import Link

LABELS = {name: labels_of(name) for name in COMPARISONS}
"""The levels of each comparison that weigh, in order: what the numbers in `Compared.levels` mean."""

Floats = NDArray[np.float64]
Numbers = NDArray[np.int64]
Flags = NDArray[np.bool_]


@dataclass(frozen=True, slots=True)
class Compared:
    """n pairs `ids[a[i]]`, `ids[b[i]]` (in the order of ids): `levels` `(n, comparisons)`, -1 where nothing is known;
    `met`: whether linking compares the two (keys.py).
    """

    ids: list[str]
    a: Numbers
    b: Numbers
    levels: Numbers
    met: Flags

    def among(self, kept: Flags) -> "Compared":
        """Only the pairs of which both tellings are kept (`kept`: by their places in `ids`)."""
        pairs = kept[self.a] & kept[self.b]
        return Compared(self.ids, self.a[pairs], self.b[pairs], self.levels[pairs], self.met[pairs])


def compare_pairs(rows: Sequence[LinkRow], label: Mapping[str, object]) -> Compared:
    """All pairs that linking compares, and those of one label and two pages that it does not."""
    page = {r.unique_id: r.page for r in rows}
    with open_tellings(rows, Digest(load_weights(), "")) as tellings:
        ids = tellings.ids
        met = {(x, y) for a, b in iter_candidates(tellings) for x, y in zip(a.tolist(), b.tolist(), strict=True)}
        alike: dict[object, list[int]] = defaultdict(list)
        for place, i in enumerate(ids):
            if i in label:
                alike[label[i]].append(place)
        same = (pair for held in alike.values() for pair in combinations(held, 2))
        pairs = sorted(met | {(x, y) for x, y in same if page[ids[x]] != page[ids[y]]})
        a, b = (np.array([pair[side] for pair in pairs], dtype=np.int64) for side in (0, 1))
        levels = compare(tellings, a.astype(np.int32), b.astype(np.int32)).astype(np.int64)
    return Compared(ids, a, b, levels, np.array([pair in met for pair in pairs], dtype=bool))


def score_levels(compared: Compared, weights: LinkWeights) -> Floats:
    """The probability of each pair, as Splink has it: prior odds times the Bayes factors of all levels."""
    odds = np.full(len(compared.a), np.log(weights.prior / (1 - weights.prior)))
    for i, (name, labels) in enumerate(LABELS.items()):
        factors = [np.log(weights.m[name][x] / weights.u[name][x]) for x in labels]
        odds += np.array([*factors, 0.0])[compared.levels[:, i]]
    return np.asarray(1 / (1 + np.exp(-odds)))


def make_links(compared: Compared, probabilities: Floats, least: float) -> list[Link]:
    """Links (without their weights) of the pairs that share a key and are at least so likely."""
    kept = np.flatnonzero(compared.met & (probabilities >= least))
    ids, a, b = compared.ids, compared.a, compared.b
    return [Link(ids[a[i]], ids[b[i]], float(probabilities[i]), ()) for i in kept]
