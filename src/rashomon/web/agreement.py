"""How far people agree beyond chance.

In: what was said of each unit. Out: Krippendorff's alpha. Never: a unit that only one person judged.
"""

from collections import Counter
from collections.abc import Iterable, Sequence


def alpha(units: Iterable[Sequence[str]]) -> float | None:
    """Krippendorff's alpha for nominal values; None if it is not defined (nothing shared, or one value alone).

    K. Krippendorff, Computing Krippendorff's Alpha-Reliability (2011), section C: the coincidences of a unit's pairs,
    each weighted by 1 / (number of its values - 1).

    >>> alpha([["a", "a"], ["b", "b"]])
    1.0
    >>> round(alpha([["a", "a"], ["a", "b"], ["b", "b"]]), 4)
    0.4444
    >>> alpha([["a"]]) is None
    True
    """
    weights: dict[tuple[str, str], float] = {}
    for values in units:
        if len(values) < 2:
            continue
        counted = Counter(values)
        for a, n in counted.items():
            for b, m in counted.items():
                pairs = n * (m - (a == b))
                weights[a, b] = weights.get((a, b), 0.0) + pairs / (len(values) - 1)
    total = sum(weights.values())
    margins: dict[str, float] = {}
    for (a, _), weight in weights.items():
        margins[a] = margins.get(a, 0.0) + weight
    expected = total**2 - sum(n**2 for n in margins.values())
    if total <= 1 or expected == 0:
        return None
    observed = sum(weight for (a, b), weight in weights.items() if a != b)
    return 1 - (total - 1) * observed / expected
