"""Spans borrowed from another layer: who is told to suffer one act may be told to have done another.

In: tagged spans, tag probabilities. Out: the same spans as candidates of further layers, marked as borrowed.
Never: a borrowed span as a mention; it only becomes a filler, where the pair head ties it to an act.
"""

from collections import defaultdict
from collections.abc import Mapping, Sequence
from dataclasses import replace

import numpy as np
from numpy.typing import NDArray

from rashomon.read.decode import TaggedSpan
from rashomon.read.heads import LAYERS

Floats = NDArray[np.float32]

_PEOPLE = ("by", "source", "audience", "mention_person")
LENDERS: dict[str, tuple[str, ...]] = {
    "perp_actor": ("target_human", "beneficiary", *_PEOPLE),
    "perp_org": ("target_human", "beneficiary", "perp_actor", "mention_organisation", "by", "source"),
    "target_human": ("perp_actor", "perp_org", "beneficiary", *_PEOPLE),
    "target_physical": ("place", "instrument", "perp_org"),
    "instrument": ("target_physical", "perp_actor", "mention_weapon", "mention_vehicle"),
    "place": ("target_physical", "mention_place"),
    "beneficiary": ("perp_org", "perp_actor", "target_human", "mention_organisation", "mention_person", "by"),
    "time": ("mention_time",),
}
"""The layers whose spans a layer may borrow."""


def borrow_spans(spans: Sequence[TaggedSpan], tags: Floats, thresholds: Mapping[str, float]) -> list[TaggedSpan]:
    """The spans that a layer borrows: those that it has none of its own at, and is likely enough to hold.

    `tags` `(N, layers, 3)`; a span's score in the borrowing layer is the mean probability of its tokens to be in it.
    """
    least = thresholds.get("borrowed", 1.01)
    if least > 1 or not spans:
        return []
    own: dict[str, list[TaggedSpan]] = defaultdict(list)
    for span in spans:
        own[span.layer].append(span)
    found: list[TaggedSpan] = []
    for layer, lenders in LENDERS.items():
        taken = np.zeros(len(tags) + 1, dtype=bool)
        for span in own[layer]:
            taken[span.first : span.last] = True
        within = np.concatenate([[0.0], np.cumsum(1.0 - tags[:, LAYERS.index(layer), 0], dtype=np.float64)])
        for span in (s for lender in lenders for s in own[lender]):
            score = float(within[span.last] - within[span.first]) / (span.last - span.first)
            if score >= least and not taken[span.first : span.last].any():
                found.append(replace(span, layer=layer, score=score, borrowed=True))
                taken[span.first : span.last] = True
    return found
