"""PLOVER events as JSON lines: one a telling and type told.

In: told incidents. Out: structs. Never: tellings folded into one event: an event's `id` is that of the telling and the
type, `incident` and `origin` say which of them are of one happening and which copy from each other.

PLOVER has no room for a stance: `stance` and `stage` stand beside its own fields. A telling that denies, alleges or
imagines an act has the act's event type all the same.
"""

from collections.abc import Iterator

from msgspec import Struct

from rashomon.present.exports.clean import clean, clean_known
from rashomon.present.exports.schemes import name_plover
from rashomon.present.exports.summary import place_name
from rashomon.present.exports.told import Told, ToldIncident
from rashomon.records import ActorFiller, PlaceFiller, TargetFiller


class Party(Struct, frozen=True):
    """A source or target: `text` as told, `actor` the id of who it is held to be."""

    text: str
    actor: str | None
    kind: str
    start_char: int
    end_char: int


class Location(Struct, frozen=True):
    """Where; degrees."""

    name: str
    country: str | None
    admin1: str | None
    lat: float | None
    lon: float | None
    precision: str


class PloverEvent(Struct, frozen=True, kw_only=True):
    """One event as one page tells it; `start_char` and `end_char` are the span of `text` in the page's article."""

    id: str
    incident: str
    telling: str
    origin: str
    event: str
    mode: str | None
    context: tuple[str, ...]
    date: str | None
    date_end: str | None
    date_precision: str
    source: tuple[Party, ...]
    target: tuple[Party, ...]
    location: tuple[Location, ...]
    dead: int | None
    injured: int | None
    stance: str
    stage: str
    judged: tuple[str, ...]
    type: str
    score: float
    attributed_to: str | None
    text: str
    start_char: int
    end_char: int
    page: str
    url: str | None
    sha256: str
    publisher: str
    published: str | None
    language: str | None


def iter_events(told: ToldIncident) -> Iterator[PloverEvent]:
    """The events of an incident's tellings."""
    for one in told.tellings:
        for kind, score in zip(one.telling.types, one.telling.type_scores, strict=False):
            yield _event(told.incident.id, one, kind, score)


def _event(incident: str, told: Told, kind: str, score: float) -> PloverEvent:
    telling, teller = told.telling, told.teller
    named = name_plover(kind, telling)
    time = telling.time
    return PloverEvent(
        id=f"{telling.id}:{kind}",
        incident=incident,
        telling=telling.id,
        origin=told.origin,
        event=named.event,
        mode=named.mode,
        context=named.contexts,
        date=time.start if time else None,
        date_end=time.end if time else None,
        date_precision=time.precision if time else "unknown",
        source=tuple(map(_party, telling.perpetrators)),
        target=tuple(map(_party, telling.targets)),
        location=tuple(map(_location, telling.places)),
        dead=_count(told, "killed"),
        injured=_count(told, "injured"),
        stance=telling.stance,
        stage=telling.stage,
        judged=tuple(map(clean, told.judged)),
        type=kind,
        score=score,
        attributed_to=clean(telling.attributed_to.text) if telling.attributed_to else None,
        text=clean(telling.span.text),
        start_char=telling.span.start_char,
        end_char=telling.span.end_char,
        page=teller.page,
        url=clean_known(teller.url),
        sha256=teller.sha256,
        publisher=clean(teller.name),
        published=teller.published.start if teller.published else None,
        language=teller.language,
    )


def _party(filler: ActorFiller | TargetFiller) -> Party:
    span = filler.span
    return Party(clean(span.text), clean_known(filler.actor), filler.kind, span.start_char, span.end_char)


def _location(place: PlaceFiller) -> Location:
    name, country, admin1 = clean(place_name(place)), clean_known(place.country), clean_known(place.admin1)
    return Location(name, country, admin1, place.lat, place.lon, place.precision)


def _count(told: Told, what: str) -> int | None:
    bests = [c.best if c.best is not None else c.low for c in told.telling.counts if c.what == what]
    return max((x for x in bests if x is not None), default=None)
