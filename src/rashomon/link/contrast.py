"""Two incidents of one kind, told in nearly the same words, that average linkage alone would make one.

In: what links weigh within two groups and between them. Out: whether the groups stand apart. Never: a pair of groups
of which one is small: few tellings resemble each other more than others by chance alone.

How much two articles share differs from kind to kind: two arrests of two sportsmen share more than many tellings of one
riot. So no mean is high enough for all. But tellings of one incident resemble those that they are put together with
about as much as each other.
"""

import numpy as np
from numpy.typing import NDArray

from rashomon.link.components import Floats

FEWEST, GAP = 4, 1.7
"""From how many tellings a group can stand apart, and by how many bits, on average, the pairs within either group must
weigh more than those between them. Chosen on ECB+'s eleven topics of incidents (cross-fitted, 2026-11-29), where
without it the two incidents of four are one: with these one is (B³ of the documents 94.5), with 7 and 2.2 bits three
(89.5), with 3 and 2.2 three others (90.3). On the two cases for testing it makes no difference."""
LEAST, MOST = 0.05, 1 - 1e-6
"""A pair weighs nothing at a chance of `LEAST` (nor if no link of it is kept), and no more than at `MOST`."""


def weigh_chances(chance: Floats) -> Floats:
    """Probabilities as bits above `LEAST`.

    >>> weigh_chances(np.array([0.01, 0.05, 0.5])).round(2).tolist()
    [0.0, 0.0, 4.25]
    """
    held = np.clip(chance, LEAST, MOST)
    return np.asarray(np.log2(held / (1 - held)) - np.log2(LEAST / (1 - LEAST)), dtype=np.float64)


def stand_apart(
    sizes_a: Floats, within_a: Floats, sizes_b: Floats, within_b: Floats, between: Floats
) -> NDArray[np.bool_]:
    """For pairs of groups with these sums of weights, whether they are to stay two.

    >>> ten, close, far = np.array([10.0]), np.array([45 * 9.0]), np.array([100 * 5.0])
    >>> stand_apart(ten, close, ten, close, far).tolist(), stand_apart(ten, close, ten, close, 2 * far).tolist()
    ([True], [False])
    """
    many = np.minimum(sizes_a, sizes_b) >= FEWEST
    means = [within / np.maximum(1, n * (n - 1) / 2) for n, within in ((sizes_a, within_a), (sizes_b, within_b))]
    return np.asarray(many & (np.minimum(*means) - between / (sizes_a * sizes_b) > GAP))
