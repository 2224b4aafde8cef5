"""How common each level is in the case at hand, and how likely links are in view of that.

In: a sample of the pairs of a case that share a key, with the levels that they reach, and the weights. Out: what each
level adds to the odds in this case, by which tellings are grouped.
Never: a figure that depends on the order in which pages came; a change of the weights or probabilities that are shown.

The weights come from other cases. Where every second pair names the same capital, or a radio tells of ten attacks of
one day, sharing those says less than it did there. So m is kept, and u (how often pairs of two incidents reach a level)
and the share of pairs that are of one incident are those that make the sample likeliest: expectation–maximisation, as
Splink does it (Winkler 2000).
"""

import math
from dataclasses import dataclass, replace

import numpy as np
from numpy.typing import NDArray

from rashomon.link.comparisons import COMPARISONS, LinkWeights, labels_of
from rashomon.link.components import Floats

POWER = 0.75
"""How far the weights follow the case's own u: not at all (0) or all the way (1). Of 0, 0.5, 0.75 and 1 on two dense
cases, as two variants of the reader read them (2026-11-30): B³ 71.6, 72.5, 73.3, 70.7; MUC-4's 1,500 messages 82.8,
83.5, 83.5, 83.7."""
FEW = 500
"""Pairs as the weights expect them that every case is given for nothing, so that a small one is not judged by its
chances."""
_ROUNDS, _STEPS, _CLOSE = 4, 100, 1e-3

Levels = NDArray[np.int8]


@dataclass(frozen=True, slots=True)
class Common:
    """By comparison what each level adds to the log odds (the last one: where nothing is known), and the log odds of a
    pair of which nothing is known.
    """

    factors: list[Floats]
    odds: float

    def likely(self, levels: Levels) -> Floats:
        """How likely pairs that reach these levels `(pairs, comparisons)` are of one incident."""
        odds = np.full(len(levels), self.odds)
        for column, factors in enumerate(self.factors):
            odds += factors[levels[:, column]]
        return np.asarray(1 / (1 + np.exp(-odds)))


def usual(weights: LinkWeights) -> Common:
    """What the weights say, whatever the case."""
    return Common([_factors(weights, name) for name in COMPARISONS], _log_odds(weights.prior))


def learn_common(levels: Levels, weights: LinkWeights) -> Common:
    """What is common in a case of which these pairs `(pairs, comparisons)` are a sample."""
    common = general = usual(weights)
    for _ in range(_ROUNDS):
        two = 1 - common.likely(levels)
        shifts = [_shift(weights, name, levels[:, n], two) for n, name in enumerate(COMPARISONS)]
        factors = [a + b for a, b in zip(general.factors, shifts, strict=True)]
        common = _with_odds(Common(factors, general.odds), levels, weights.prior)
    return common


def _factors(weights: LinkWeights, name: str) -> Floats:
    return np.array([*(math.log(weights.m[name][x] / weights.u[name][x]) for x in labels_of(name)), 0.0])


def _shift(weights: LinkWeights, name: str, reached: NDArray[np.int8], two: Floats) -> Floats:
    """What is added at each level of one comparison, never more than nothing: comparisons repeat each other, and where
    all say more, all would say it again. `two`: how likely each pair is of two incidents.
    """
    u = np.array([weights.u[name][x] for x in labels_of(name)])
    known = reached >= 0
    held = np.bincount(reached[known], two[known], len(u)) + FEW * u / u.sum()
    by = np.minimum(0, np.log(u / u.sum()) - np.log(held / held.sum()))
    return np.append(POWER * weights.exponents[name] * by, 0.0)


def _with_odds(common: Common, levels: Levels, prior: float) -> Common:
    """The same with the odds that make the sample likeliest. They are never raised: in a dense case many tell one
    incident, which makes two of one kind no likelier to be one.
    """
    found = common
    for _ in range(_STEPS):
        share = (float(found.likely(levels).sum()) + FEW * prior) / (len(levels) + FEW)
        odds = min(common.odds, _log_odds(share))
        if abs(odds - found.odds) < _CLOSE:
            break
        found = replace(found, odds=odds)
    return found


def _log_odds(probability: float) -> float:
    return math.log(probability / (1 - probability))
