"""How many incidents were told by none: Chao's lower bound, or why nothing can be said.

In: how many incidents were told by one, two, … independent origins; who tells together. Out: an estimate with an
interval, or the reason for refusing it. Never: a number without its assumptions; a number that the case cannot bear.

Chao (1987), "Estimating the population size for capture-recapture data with unequal catchability", Biometrics 43, for
m lists and in the bias-corrected form ("Chao2", Colwell et al. 2012): (m-1)/m * f1(f1-1) / (2(f2+1)) incidents unseen
at least, f1 told by one origin, f2 by two; with its variance and log-normal interval.
"""

import math
from collections import Counter
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from itertools import combinations

LEAST_ORIGINS = 3
LEAST_INCIDENTS = 10
LEAST_SHARED = 3
Z_95 = 1.959964
ASSUMPTIONS = (
    "the origins tell independently of each other: copies were found and count once",
    "every origin could have told every incident: they cover the same places and times",
    "tellings of one incident are linked: where they are not, the estimate is too high",
    "nothing was told that did not happen: a false report told once makes the estimate too high",
    "some incidents are told more readily than others, which the estimate allows for: it is a lower bound",
)


@dataclass(frozen=True, slots=True)
class Untold:
    """How many incidents no origin tells, at least: `untold`, with a 95% interval from `low` to `high`; or why that
    cannot be said (`refused`). `incidents` are told, by so many independent `lists`; `told_once` and `told_twice` by
    origins.
    """

    incidents: int
    lists: int
    told_once: int
    told_twice: int
    untold: float | None = None
    low: float | None = None
    high: float | None = None
    refused: str | None = None
    assumptions: tuple[str, ...] = ()


def estimate_untold(told_by: Iterable[int], together: Mapping[str, Sequence[str]]) -> Untold:
    """What the incidents' numbers of independent origins (`told_by`) say of those that none tells.

    `together` are the ids of the incidents that each list (an outlet, or outlets that copy from each other) tells.
    """
    counts = Counter(told_by)
    total, once, twice = sum(counts.values()), counts[1], counts[2]
    refused = _refuse(counts, together)
    if refused:
        return Untold(total, len(together), once, twice, refused=refused)
    unseen, low, high = _bound(once, twice, len(together))
    return Untold(total, len(together), once, twice, round(unseen, 1), round(low, 1), round(high, 1), None, ASSUMPTIONS)


def _refuse(counts: Counter[int], together: Mapping[str, Sequence[str]]) -> str | None:
    """Why nothing can be said, as a slug."""
    if len(together) < LEAST_ORIGINS:
        return "few_origins"
    if sum(counts.values()) < LEAST_INCIDENTS:
        return "few_incidents"
    if sum(n for told_by, n in counts.items() if told_by > 1) < LEAST_SHARED:
        return "hardly_shared"
    return "covers_apart" if len(_largest_circle(together)) < LEAST_ORIGINS else None


def _largest_circle(together: Mapping[str, Sequence[str]]) -> set[str]:
    """The most lists that are joined by incidents which two of them tell."""
    tellers: dict[str, list[str]] = {}
    for name in sorted(together):
        for incident in together[name]:
            tellers.setdefault(incident, []).append(name)
    joined: dict[str, set[str]] = {name: {name} for name in together}
    for names in tellers.values():
        for a, b in combinations(names, 2):
            if joined[a] is not joined[b]:
                joined[a] |= joined[b]
                for name in joined[b]:
                    joined[name] = joined[a]
    return max(joined.values(), key=len, default=set())


def _bound(once: int, twice: int, lists: int) -> Sequence[float]:
    """The number unseen, and its log-normal 95% interval.

    >>> [round(x, 1) for x in _bound(20, 10, 5)]
    [13.8, 4.6, 41.3]
    """
    some = (lists - 1) / lists
    unseen = some * once * (once - 1) / (2 * (twice + 1))
    if not unseen:
        return 0.0, 0.0, 0.0
    variance = (
        unseen
        + some**2 * once * (2 * once - 1) ** 2 / (4 * (twice + 1) ** 2)
        + some**2 * once**2 * twice * (once - 1) ** 2 / (4 * (twice + 1) ** 4)
    )
    spread = math.exp(Z_95 * math.sqrt(math.log(1 + variance / unseen**2)))
    return unseen, unseen / spread, unseen * spread
