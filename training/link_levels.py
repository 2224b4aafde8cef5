"""Pairs of tellings with the levels that they reach: compared once by the database, then scored by any weights.

In: rows, and what is known of them. Out: the pairs' levels as arrays; links as `score_pairs` would give them.
Never: a comparison that linking does not make.
"""

from collections import defaultdict
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, replace
from itertools import combinations

import numpy as np
from numpy.typing import NDArray

from rashomon.link import LinkRow, Links
from rashomon.link.common import Common, usual
from rashomon.link.comparisons import COMPARISONS, LinkWeights, labels_of, load_weights
from rashomon.link.contrast import Company
from rashomon.link.known import Digest
from rashomon.link.score import compare, iter_candidates, open_tellings

LABELS = {name: labels_of(name) for name in COMPARISONS}
"""The levels of each comparison that weigh, in order: what the numbers in `Compared.levels` mean."""

Numbers = NDArray[np.int64]
Flags = NDArray[np.bool_]


@dataclass(frozen=True, slots=True)
class Compared:
    """n pairs `ids[a[i]]`, `ids[b[i]]` (in the order of ids): `levels` `(n, comparisons)`, -1 where nothing is known;
    `met`: whether linking compares the two (keys.py). `pages` and `company` are those of the tellings.
    """

    ids: list[str]
    pages: list[str]
    company: Company
    a: Numbers
    b: Numbers
    levels: NDArray[np.int8]
    met: Flags

    def among(self, kept: Flags) -> "Compared":
        """Only the pairs of which both tellings are kept (`kept`: by their places in `ids`)."""
        pairs = kept[self.a] & kept[self.b]
        return replace(self, a=self.a[pairs], b=self.b[pairs], levels=self.levels[pairs], met=self.met[pairs])


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
        levels = compare(tellings, a.astype(np.int32), b.astype(np.int32))
        pages, company = tellings.pages, tellings.company()
    return Compared(ids, pages, company, a, b, levels, np.array([pair in met for pair in pairs], dtype=bool))


def make_links(compared: Compared, weights: LinkWeights, least: float, common: Common) -> Links:
    """Links of the pairs that share a key and are at least so likely by the weights; `common`: what is in the case."""
    probability = usual(weights).likely(compared.levels)
    kept = np.flatnonzero(compared.met & (probability >= least))
    a, b = (side[kept].astype(np.int32) for side in (compared.a, compared.b))
    levels = compared.levels[kept]
    part = (a, b, np.round(probability[kept], 6), levels)
    return Links(compared.ids, part, common.likely(levels), weights, {}, compared.company)
