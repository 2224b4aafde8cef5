"""What formats with one value a field can be given: chosen by precision or by a fixed rule, never by plausibility.

In: a told incident. Out: when, where, how many, who. Never: a value that no telling tells; what is left out of a field
is named by `describe_others`, for the place where a format has room.
"""

from collections import Counter
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from typing import TypeVar

from rashomon.present.exports.told import Told, ToldIncident
from rashomon.records import ActorFiller, PlaceFiller, TargetFiller
from rashomon.vocabulary import HUMAN_KINDS, TIME_PRECISIONS

_NARROW = ("site", "town", "area", "region", "country")
_LETHAL = ("killed",)
Filler = TypeVar("Filler", ActorFiller, TargetFiller)
NOT_HAPPENED = ("denies", "hypothetical")


@dataclass(frozen=True, slots=True)
class ToldTime:
    """From the earliest start to the latest end of the tellings that tell it most precisely; ISO dates."""

    start: str
    end: str
    precision: str


@dataclass(frozen=True, slots=True)
class ToldCount:
    """Over all tellings: the lowest number, the one that most origins tell, the highest."""

    low: int
    best: int
    high: int


def tell_time(told: ToldIncident) -> ToldTime | None:
    """When; None if no telling says."""
    times = [t.telling.time for t in told.tellings]
    known = [
        (TIME_PRECISIONS.index(x.precision) if x.precision in TIME_PRECISIONS else len(TIME_PRECISIONS),
         x.start, x.end or x.start)
        for x in times if x is not None and x.start is not None
    ]  # fmt: skip
    if not known:
        return None
    finest = min(known)[0]
    held = [x for x in known if x[0] == finest]
    precision = TIME_PRECISIONS[finest] if finest < len(TIME_PRECISIONS) else "unknown"
    return ToldTime(min(x[1] for x in held), max(x[2] for x in held), precision)


def tell_place(told: ToldIncident) -> PlaceFiller | None:
    """Where: of the places with coordinates the narrowest, of those the one that most tellings name; else any."""
    places = [p for t in told.tellings for p in t.telling.places]
    named = Counter(place_name(p) for p in places)

    def order(p: PlaceFiller) -> tuple[bool, int, int, str]:
        narrow = _NARROW.index(p.precision) if p.precision in _NARROW else len(_NARROW)
        return (p.lat is None or p.lon is None, narrow, -named[place_name(p)], place_name(p))

    return min(places, key=order, default=None)


def place_name(place: PlaceFiller) -> str:
    """The resolved name, or the words of the text."""
    return place.name or place.span.text


def tell_count(told: ToldIncident, what: str) -> ToldCount | None:
    """How many were `what` (one of EFFECTS), as the incident was weighed; None if no telling gives a number."""
    summed = next((f.range for f in told.incident.fields if f.field == f"count_{what}" and f.range), None)
    return ToldCount(summed.low.number, summed.best.number, summed.high.number) if summed else None


def is_told_as_happened(told: ToldIncident) -> bool:
    """Whether any telling tells it as something that happened or was tried: not denied, imagined or threatened."""
    return any(t.telling.stance not in NOT_HAPPENED and t.telling.stage != "threatened" for t in told.tellings)


def is_told_lethal(told: ToldIncident) -> bool:
    """Whether any telling tells of deaths."""
    if any(t in ("killing", "massacre") for t in told.incident.types):
        return True
    tellings = [t.telling for t in told.tellings]
    return any(c.what in _LETHAL and (c.high or c.best or c.low) for t in tellings for c in t.counts) or any(
        target.effect in _LETHAL and target.kind in HUMAN_KINDS for t in tellings for target in t.targets
    )


def list_perpetrators(told: ToldIncident) -> list[ActorFiller]:
    """Perpetrators told, one of each name, those that most origins name first."""
    return _by_origins((p, t.origin) for t in told.tellings for p in t.telling.perpetrators)


def list_targets(told: ToldIncident) -> list[TargetFiller]:
    """Human targets told, one of each name, those that most origins name first."""
    return _by_origins((x, t.origin) for t in told.tellings for x in t.telling.targets if x.kind in HUMAN_KINDS)


def _by_origins(named: Iterable[tuple[Filler, str]]) -> list[Filler]:
    first: dict[str, Filler] = {}
    origins: dict[str, set[str]] = {}
    for filler, origin in named:
        key = filler.actor or filler.span.text.casefold()
        first.setdefault(key, filler)
        origins.setdefault(key, set()).add(origin)
    return [first[key] for key in sorted(first, key=lambda key: (-len(origins[key]), key))]


def list_outlets(told: ToldIncident) -> list[str]:
    """Who tells it, each once, in the order of the tellings."""
    return list(dict.fromkeys(t.teller.name for t in told.tellings))


def describe_others(told: ToldIncident) -> Iterator[str]:
    """Every contested field with all values told, and from how many origins; then stances, if not all the same."""
    for field in told.incident.fields:
        if field.status == "contested" and field.field != "stance":
            values = "; ".join(f"{v.value} ({count_origins(v.origins)})" for v in field.values)
            yield f"contested {field.field.replace('_', ' ')}: {values}"
    stances: dict[str, set[str]] = {}
    for t in told.tellings:
        stances.setdefault(t.telling.stance, set()).add(t.origin)
    if set(stances) != {"asserts"}:
        yield "stance: " + "; ".join(f"{s} ({count_origins(tuple(o))})" for s, o in sorted(stances.items()))


def count_origins(origins: Sequence[str]) -> str:
    """A number of origins in words.

    >>> count_origins(("a",)), count_origins(("a", "b"))
    ('1 origin', '2 origins')
    """
    return f"{len(origins)} origin{'s' * (len(origins) != 1)}"


def describe_telling(told: Told) -> str:
    """Who tells it in which words, and where they stand."""
    said = f" (according to {told.telling.attributed_to.text})" if told.telling.attributed_to else ""
    stance = told.telling.stance.replace("_", " ")
    judged = f" (judged {', '.join(told.judged)})" if told.judged else ""
    return f"{told.teller.name} {stance}{said}{judged}: “{told.telling.span.text}” [{told.locator}]"
