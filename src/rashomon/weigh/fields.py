"""Fields of an incident: every value told, by which origins, and whether they can all be so.

In: the tellings of one incident and each page's origin. Out: weighed fields: agreed, told once, or contested.
Never: a choice between values; nor a count of pages.
"""

import math
from collections import defaultdict
from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass
from typing import Any

from rashomon.records import PlaceFiller, Telling, ToldValue, WeighedField

_NARROW = ("site", "town", "area")
_FAR_KM = 25.0
_DAY_PRECISIONS = ("hour", "day")


@dataclass(frozen=True, slots=True)
class Told:
    """One value as one telling gives it: its label, and what decides whether two can both be so."""

    label: str
    telling: str
    origin: str
    value: Any


def _conflict_ranges(a: Any, b: Any) -> bool:
    return bool(a[1] < b[0] or b[1] < a[0])


def _conflict_names(a: frozenset[str], b: frozenset[str]) -> bool:
    return a.isdisjoint(b)


def _distance_km(a: PlaceFiller, b: PlaceFiller) -> float:
    """Great-circle distance (haversine)."""
    lat_a, lon_a, lat_b, lon_b = (math.radians(float(x or 0)) for x in (a.lat, a.lon, b.lat, b.lon))
    h = math.sin((lat_a - lat_b) / 2) ** 2 + math.cos(lat_a) * math.cos(lat_b) * math.sin((lon_a - lon_b) / 2) ** 2
    return 2 * 6371.0 * math.asin(math.sqrt(h))


def _conflict_places(a: Sequence[PlaceFiller], b: Sequence[PlaceFiller]) -> bool:
    """Whether no place of one is near a place of the other; unknown coordinates conflict with nothing."""
    for x in a:
        for y in b:
            if (x.name or x.span.text).casefold() == (y.name or y.span.text).casefold():
                return False
            if x.lat is None or y.lat is None:
                return False
            if _distance_km(x, y) <= _FAR_KM + (x.radius_km or 0) + (y.radius_km or 0):
                return False
    return True


def _conflict_stance(a: str, b: str) -> bool:
    return (a == "denies") != (b == "denies")


def _weigh(field: str, told: Sequence[Told], conflict: Callable[[Any, Any], bool]) -> WeighedField | None:
    if not told:
        return None
    by_label: dict[str, list[Told]] = defaultdict(list)
    for t in told:
        by_label[t.label].append(t)
    values = tuple(
        ToldValue(label, tuple(sorted({t.telling for t in held})), tuple(sorted({t.origin for t in held})))
        for label, held in sorted(by_label.items())
    )
    firsts = [held[0] for _, held in sorted(by_label.items())]
    contested = any(
        conflict(a.value, b.value) and {t.origin for label in (a.label, b.label) for t in by_label[label]} != {a.origin}
        for i, a in enumerate(firsts)
        for b in firsts[i + 1 :]
    )
    origins = {t.origin for t in told}
    status = "contested" if contested else "told_once" if len(origins) == 1 else "agreed"
    return WeighedField(field, status, values)


def _counts(told: Sequence[Telling], origin_of: Mapping[str, str]) -> dict[str, list[Told]]:
    found: dict[str, list[Told]] = defaultdict(list)
    for telling in told:
        for count in telling.counts:
            low = count.low if count.low is not None else count.best
            high = count.high if count.high is not None else (count.best if count.low is None else None)
            if low is None and high is None:
                continue
            bounds = (low if low is not None else 0, high if high is not None else math.inf)
            label = str(low) if low == high else f"{low}-{high}" if high is not None else f"{low}+"
            found[count.what].append(Told(label, telling.id, origin_of[telling.page], bounds))
    return found


def _names(telling: Telling) -> frozenset[str]:
    return frozenset(
        (p.actor or p.span.text).casefold()
        for p in telling.perpetrators
        if p.kind == "organisation" or (p.actor is not None and p.span.text[:1].isupper())
    )


def weigh_fields(tellings: Sequence[Telling], origin_of: Mapping[str, str]) -> tuple[WeighedField, ...]:
    """All fields of one incident; `origin_of` maps page ids to origin ids."""
    ordered = sorted(tellings, key=lambda t: t.id)
    times: list[Told] = []
    places: list[Told] = []
    doers: list[Told] = []
    stances: list[Told] = []
    for t in ordered:
        origin = origin_of[t.page]
        if t.time and t.time.start and t.time.end and t.time.precision in _DAY_PRECISIONS:
            label = t.time.start if t.time.start == t.time.end else f"{t.time.start}..{t.time.end}"
            times.append(
                Told(label[:10] if ".." not in label else label, t.id, origin, (t.time.start[:10], t.time.end[:10]))
            )
        narrow = [p for p in t.places if p.precision in _NARROW or (p.precision == "unknown" and p.lat is None)]
        if narrow:
            places.append(Told(", ".join(p.name or p.span.text for p in narrow), t.id, origin, narrow))
        if names := _names(t):
            doers.append(Told(", ".join(sorted(names)), t.id, origin, names))
        stances.append(Told(t.stance, t.id, origin, t.stance))
    fields = [
        _weigh("time", times, _conflict_ranges),
        _weigh("place", places, _conflict_places),
        _weigh("perpetrator", doers, _conflict_names),
        _weigh("stance", stances, _conflict_stance),
        *(
            _weigh(f"count_{what}", told, _conflict_ranges)
            for what, told in sorted(_counts(ordered, origin_of).items())
        ),
    ]
    return tuple(f for f in fields if f is not None)
