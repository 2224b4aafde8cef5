"""Krippendorff's alpha for two annotators and nominal values.

In: a pair of values for each unit that both judged. Out: alpha, 1 for full agreement, 0 for what chance gives.
Never: missing values; a unit that only one of them judged is left out by the caller.
"""

from collections import Counter
from collections.abc import Sequence
from math import nan


def krippendorff_alpha(pairs: Sequence[tuple[str, str]]) -> float:
    """1 - observed/expected disagreement (Krippendorff 2019, ch. 12.3.1); nan where all values are the same or none is.

    >>> first, second = "0100000010", "1110010000"
    >>> round(krippendorff_alpha(list(zip(first, second))), 3)
    0.095
    """
    values = Counter(v for pair in pairs for v in pair)
    n = values.total()
    expected = sum(c * (n - c) for c in values.values())
    if not expected:
        return nan
    observed = sum(2 for a, b in pairs if a != b)
    return 1 - (n - 1) * observed / expected
