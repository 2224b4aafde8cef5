"""Counts of an incident summed up as UCDP does: lowest, best and highest number told, with who tells each.

In: tellings, the origin of each page for this count. Out: a range. Never: a number that nobody tells; a number of a
telling that imagines or threatens it. A telling that denies something may still say how many died, and counts.
"""

from collections.abc import Callable, Iterable, Mapping, Sequence
from dataclasses import dataclass

from rashomon.records import CountFiller, CountRange, Telling, ToldNumber


@dataclass(frozen=True, slots=True)
class _Bounds:
    """One telling's own lowest, best and highest number."""

    telling: str
    origin: str
    low: int
    best: int
    high: int


def sum_up_counts(tellings: Sequence[Telling], what: str, origin_of: Mapping[str, str]) -> CountRange | None:
    """How many were `what` (one of EFFECTS), over all tellings; None if none gives a number.

    A telling that gives several numbers ("14 dead, three of them children") counts with its greatest. The best is the
    number that most origins have for theirs, of several the lowest; never the one that most pages repeat.
    """
    told = [b for t in tellings if (b := _bounds(t, what, origin_of)) is not None]
    if not told:
        return None
    origins: dict[int, set[str]] = {}
    for b in told:
        origins.setdefault(b.best, set()).add(b.origin)
    best = min(origins, key=lambda number: (-len(origins[number]), number))
    return CountRange(
        _who_tells(told, min(b.low for b in told), lambda b: b.low),
        _who_tells(told, best, lambda b: b.best),
        _who_tells(told, max(b.high for b in told), lambda b: b.high),
    )


def _bounds(telling: Telling, what: str, origin_of: Mapping[str, str]) -> _Bounds | None:
    if telling.stance == "hypothetical" or telling.stage == "threatened":
        return None
    counts = [c for c in telling.counts if c.what == what and _low(c) is not None]
    if not counts:
        return None
    low = max(_known(_low(c) for c in counts))
    best = max(_known(c.best if c.best is not None else _low(c) for c in counts))
    high = max(_known(x for c in counts for x in (c.high, c.best, c.low)))
    return _Bounds(telling.id, origin_of[telling.page], low, best, high)


def _low(count: CountFiller) -> int | None:
    return next((x for x in (count.low, count.best, count.high) if x is not None), None)


def _known(numbers: Iterable[int | None]) -> list[int]:
    return [n for n in numbers if n is not None]


def _who_tells(told: Sequence[_Bounds], number: int, of: Callable[[_Bounds], int]) -> ToldNumber:
    held = [b for b in told if of(b) == number]
    return ToldNumber(number, tuple(sorted(b.telling for b in held)), tuple(sorted({b.origin for b in held})))
