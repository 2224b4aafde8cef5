"""How likely each filler belongs to each telling, by a closer look at the telling.

In: an article's evidence, its anchors in groups, its fillers. Out: a likelihood for each filler and group.
Never: a decision which group a filler goes to, nor a span that was not there before (those that a closer look would add
were right one time in six, on our dev texts).
"""

from collections.abc import Sequence

import numpy as np
from numpy.typing import NDArray

from rashomon.read.closer import enter, look_closer, mark
from rashomon.read.evidence import Evidence
from rashomon.read.heads import CLOSER_ROLES

Floats = NDArray[np.float32]
Range = tuple[int, int]
_AROUND = 128
"""Tokens on either side of an anchor that are looked at."""
_MOST = 384
"""Anchors of one telling are looked at together as long as no more tokens than these stand around them."""


def likelihoods(evidence: Evidence, groups: Sequence[Sequence[int]], fillers: Sequence[int]) -> Floats:
    """`(fillers, groups)`: how likely, on the mean, the words of a filler have its role in the telling of a group; nan
    if that is not asked of its layer. Groups and fillers are indexes of spans.
    """
    roles = [CLOSER_ROLES.index(layer) if (layer := evidence.spans[f].layer) in CLOSER_ROLES else -1 for f in fillers]
    asked = [(row, role, *evidence.where[f].tolist()) for row, (f, role) in enumerate(zip(fillers, roles, strict=True))]
    asked = [a for a in asked if a[1] >= 0]
    out = np.full((len(fillers), len(groups)), np.nan, dtype=np.float32)
    out[[a[0] for a in asked]] = 0.0
    anchors = [[_range(evidence, i) for i in group] for group in groups]
    looked = np.zeros(len(evidence.hidden), dtype=bool)
    for first, last in [r for own in anchors for r in own] + [(a, b) for _, _, a, b in asked]:
        looked[first:last] = True
    entered = enter(evidence.weights, evidence.hidden)
    for column, own in enumerate(anchors):
        others = [r for n, ranges in enumerate(anchors) if n != column for r in ranges]
        for first, last in _pieces(own, len(looked)):
            kept = np.flatnonzero(looked[first:last])
            marks = mark(last - first, _within(own, first, last), _within(others, first, last))
            tags = look_closer(evidence.weights, evidence.hidden[first:last], entered[first:last], marks, kept)
            inside = np.zeros((last - first, len(CLOSER_ROLES)), dtype=np.float32)
            inside[kept] = 1 - tags[:, :, 0]
            for row, role, a, b in asked:
                if first <= a and b <= last:
                    out[row, column] = max(out[row, column], inside[a - first : b - first, role].mean())
    return out


def _range(evidence: Evidence, index: int) -> Range:
    first, last = evidence.where[index].tolist()
    return first, last


def _within(ranges: Sequence[Range], first: int, last: int) -> list[Range]:
    """Those that lie in the piece, counted from its first token."""
    return [(a - first, b - first) for a, b in ranges if first <= a and b <= last]


def _pieces(own: Sequence[Range], length: int) -> list[Range]:
    """Token ranges around anchors; near ones share one.

    >>> _pieces([(10, 12), (100, 103), (900, 901)], 1000)
    [(0, 231), (772, 1000)]
    """
    held: list[Range] = []
    for a, b in sorted(own):
        first, last = max(0, a - _AROUND), min(length, b + _AROUND)
        if held and last - held[-1][0] <= _MOST:
            held[-1] = (held[-1][0], last)
        else:
            held.append((first, last))
    return held
