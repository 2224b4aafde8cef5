"""Fields of an incident: every value told, by which origins, and whether they can all be so.

In: the tellings of one incident, each page's origin, their echoes. Out: fields: agreed, told once, or contested.
Never: a choice between values; nor a count of pages.
"""

import math
from collections import Counter, defaultdict
from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass, field, replace
from itertools import combinations
from typing import Any

from rashomon.records import ActorFiller, Echo, PlaceFiller, Telling, ToldValue, WeighedField
from rashomon.spans import Span
from rashomon.weigh.agencies import quoted_agencies
from rashomon.weigh.counts import sum_up_counts
from rashomon.weigh.names import conflict, is_named, names_of
from rashomon.weigh.origins import field_origins

_NARROW = ("site", "town", "area")
_FAR_KM = 25.0
_DAY_PRECISIONS = ("hour", "day")


@dataclass(frozen=True, slots=True)
class Told:
    """One value as one telling gives it: its label, what decides whether two can both be so, and where it stands."""

    label: str
    telling: str
    page: str
    value: Any
    spans: tuple[Span, ...]


@dataclass(frozen=True, slots=True)
class Sources:
    """What decides which tellings are independent: each page's origin for the whole incident, the echoes, and the
    agencies that pages quote.
    """

    whole: Mapping[str, str]
    echoes: Sequence[Echo] = ()
    named: Mapping[str, str] = field(default_factory=dict)

    def of(self, told: Sequence[Told]) -> dict[str, str]:
        """Page id → its origin for the field that this is told of."""
        spans: dict[str, list[Span]] = defaultdict(list)
        for t in told:
            spans[t.page] += t.spans
        return field_origins(spans, self.echoes, self.whole, self.named)


def _conflict_ranges(a: Any, b: Any) -> bool:
    return bool(a[1] < b[0] or b[1] < a[0])


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


def _weigh(
    name: str,
    told: Sequence[Told],
    contradict: Callable[[Any, Any], bool],
    origin_of: Mapping[str, str],
    compared: Sequence[Told] | None = None,
) -> WeighedField:
    """`compared` decides what is contested, where that is not each value for itself."""
    by_label: dict[str, list[Told]] = defaultdict(list)
    for t in told:
        by_label[t.label].append(t)
    origins = {label: {origin_of[t.page] for t in held} for label, held in by_label.items()}
    values = tuple(
        ToldValue(label, tuple(sorted({t.telling for t in held})), tuple(sorted(origins[label])))
        for label, held in sorted(by_label.items())
    )
    contested = _contradict(told if compared is None else compared, contradict, origin_of)
    once = len(set().union(*origins.values())) == 1
    return WeighedField(name, "contested" if contested else "told_once" if once else "agreed", values)


def _contradict(told: Sequence[Told], contradict: Callable[[Any, Any], bool], origin_of: Mapping[str, str]) -> bool:
    """Whether two values of different origins cannot both be so."""
    origins: dict[str, set[str]] = defaultdict(set)
    firsts: dict[str, Told] = {}
    for t in told:
        origins[t.label].add(origin_of[t.page])
        firsts.setdefault(t.label, t)
    return any(
        contradict(a.value, b.value) and len(origins[a.label] | origins[b.label]) > 1
        for a, b in combinations(firsts.values(), 2)
    )


def _whole_counts(told: Sequence[Told]) -> list[Told]:
    """The counts of each telling as one: a telling of "14 dead, 3 of them children" or of 14 men and 3 children."""
    of: dict[str, list[Told]] = defaultdict(list)
    for t in told:
        of[t.telling].append(t)
    whole = []
    for held in of.values():
        bounds = (max(t.value[0] for t in held), sum(t.value[1] for t in held))
        whole.append(replace(held[0], label=f"{bounds[0]}-{bounds[1]}", value=bounds))
    return whole


def _counts(told: Sequence[Telling]) -> dict[str, list[Told]]:
    found: dict[str, list[Told]] = defaultdict(list)
    for t in told:
        for count in t.counts:
            low = count.low if count.low is not None else count.best
            high = count.high if count.high is not None else (count.best if count.low is None else None)
            if low is None and high is None:
                continue
            bounds = (low if low is not None else 0, high if high is not None else math.inf)
            label = _label_bounds(low, high)
            found[count.what].append(Told(label, t.id, t.page, bounds, (count.span,)))
    return found


def _label_bounds(low: int | None, high: int | None) -> str:
    """Bounds in words.

    >>> _label_bounds(9, 9), _label_bounds(9, 12), _label_bounds(24, None), _label_bounds(None, 12)
    ('9', '9-12', '24+', 'up to 12')
    """
    if low is None:
        return f"up to {high}"
    return f"{low}+" if high is None else str(low) if low == high else f"{low}-{high}"


def _name(actor: ActorFiller) -> str:
    return (actor.actor or actor.span.text).casefold()


def _times(told: Sequence[Telling]) -> list[Told]:
    found = []
    for t in told:
        if t.time and t.time.start and t.time.end and t.time.precision in _DAY_PRECISIONS:
            one_day = t.time.start == t.time.end
            label = t.time.start[:10] if one_day else f"{t.time.start}..{t.time.end}"
            value = (t.time.start[:10], t.time.end[:10])
            found.append(Told(label, t.id, t.page, value, _words(t.time.span, t.time.inferred_from)))
    return found


def _places(told: Sequence[Telling]) -> list[Told]:
    found = []
    for t in told:
        narrow = [p for p in t.places if p.precision in _NARROW or (p.precision == "unknown" and p.lat is None)]
        if narrow:
            spans = tuple(s for p in narrow for s in _words(p.span, p.inferred_from, *p.mentions))
            found.append(Told(", ".join(p.name or p.span.text for p in narrow), t.id, t.page, narrow, spans))
    return found


def _perpetrators(told: Sequence[Telling]) -> list[Told]:
    found, shown = [], _names_as_told(told)
    for t in told:
        if named := [p for p in t.perpetrators if is_named(p, t)]:
            spans = tuple(s for p in named for s in _words(p.span, p.inferred_from, *p.mentions))
            actors = {_name(p): names_of(p) for p in named}
            label = ", ".join(sorted(map(shown.__getitem__, actors)))
            found.append(Told(label, t.id, t.page, actors, spans))
    return found


def _names_as_told(told: Sequence[Telling]) -> dict[str, str]:
    """The words by which these tellings most often name each actor."""
    words: dict[str, Counter[str]] = defaultdict(Counter)
    for p in (p for t in told for p in t.perpetrators if is_named(p, t)):
        words[_name(p)][p.span.text] += 1
    return {name: min(held, key=lambda w: (-held[w], w)) for name, held in words.items()}


def _words(*spans: Span | None) -> tuple[Span, ...]:
    return tuple(s for s in spans if s is not None)


def weigh_fields(
    tellings: Sequence[Telling], origin_of: Mapping[str, str], echoes: Sequence[Echo] = ()
) -> tuple[WeighedField, ...]:
    """All fields of one incident; `origin_of` maps page ids to origin ids, `echoes` are those between its pages."""
    ordered = sorted(tellings, key=lambda t: t.id)
    sources = Sources(origin_of, echoes, quoted_agencies(ordered))
    stances = [Told(t.stance, t.id, t.page, t.stance, t.passages or (t.span,)) for t in ordered]
    plain = (
        ("time", _times(ordered), _conflict_ranges),
        ("place", _places(ordered), _conflict_places),
        ("perpetrator", _perpetrators(ordered), conflict),
    )
    fields = [_weigh(name, told, differ, sources.of(told)) for name, told, differ in plain if told]
    if stances:
        fields.append(_weigh("stance", stances, _conflict_stance, origin_of))
    for what, told in sorted(_counts(ordered).items()):
        origins = sources.of(told)
        weighed = _weigh(f"count_{what}", told, _conflict_ranges, origins, _whole_counts(told))
        fields.append(replace(weighed, range=sum_up_counts(ordered, what, origins)))
    return tuple(fields)
