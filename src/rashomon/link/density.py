"""How likely tellings that share a key are of one incident, in the case at hand.

In: the probabilities of a case's links, how many pairs shared a key, and the share of pairs that is expected to be of
one incident in the cases that taught the weights. Out: what the odds of this case's links are to be multiplied with
before they are grouped.
Never: another order of the links, or a figure that depends on the order in which pages came.

One prior fits no two cases: in a collection about one week of riots every tenth pair that shares a key is of one
incident, in a year of radio bulletins every hundredth. What its links expect by the general prior tells the two apart.
"""

import numpy as np

from rashomon.link.components import Floats

POWER = 0.5
"""How far the odds follow the share of pairs: not at all (0) or as they are (1). Of 0, 0.2, 0.3, 0.4 and 0.5 on MUC-4's
tst1 and tst2, whose density is a fifth of the others' (2026-11-29): B³ 92.7, 93.9, 94.3, 94.3, 94.7, CoNLL 71 to 75."""
FEW = 500
"""Pairs of the usual share that every case is given for nothing, so that a small one is not judged by its chances."""
LEAST, MOST = 0.2, 1.0
"""Bounds of what the odds are multiplied with. They are never raised: in a dense case many tell one incident, which
makes two of one kind no likelier to be one (on ECB+ 92.2 B³, and 91.9 with 2.0)."""


def measure_density(probability: Floats, met: int, usual: float) -> float:
    """The share of `met` pairs that links of these probabilities expect to be of one incident.

    >>> round(measure_density(np.array([0.9, 0.5]), 9_500, 0.1), 4)
    0.0051
    """
    return float((probability.sum() + FEW * usual) / (met + FEW))


def odds_of_case(probability: Floats, met: int, usual: float) -> float:
    """What the odds of the links are to be multiplied with; 1 in a case of the usual density or a greater one.

    >>> odds_of_case(np.full(100, 0.5), 500, 0.1), round(odds_of_case(np.full(100, 0.5), 9_500, 0.1), 2)
    (1.0, 0.32)
    """
    return float(np.clip((measure_density(probability, met, usual) / usual) ** POWER, LEAST, MOST))


def multiply_odds(probability: Floats, by: float) -> Floats:
    """The probabilities whose odds are `by` times as high.

    >>> multiply_odds(np.array([0.5, 0.9]), 0.25).round(2).tolist()
    [0.2, 0.69]
    """
    return np.asarray(probability * by / (1 - probability + probability * by), dtype=np.float64)
