"""GeoJSON (RFC 7946): a Point for every incident, at the place told most precisely.

In: told incidents. Out: features. Never: a position that no telling names (its geometry is null then), nor a position
without its precision and, for an area, its radius.
"""

from msgspec import Struct

from rashomon.present.exports import summary as told_as
from rashomon.present.exports.clean import clean, clean_known
from rashomon.present.exports.told import Told, ToldIncident

HEAD, BETWEEN, TAIL = b'{"type":"FeatureCollection","features":[\n', b",\n", b"\n]}\n"


class Point(Struct, frozen=True, tag_field="type", tag="Point"):
    """Longitude and latitude, WGS 84."""

    coordinates: tuple[float, float]


class ToldHow(Struct, frozen=True, kw_only=True):
    """One telling: by whom, in which words, where they stand (code points of the article's text, half-open)."""

    id: str
    origin: str
    stance: str
    stage: str
    judged: tuple[str, ...]
    told_by: str
    quote: str
    page: str
    url: str | None
    sha256: str
    start_char: int
    end_char: int


class Properties(Struct, frozen=True, kw_only=True):
    """What is told; `origins` counts independent origins, `others` names every value of each contested field."""

    id: str
    types: tuple[str, ...]
    start: str | None
    end: str | None
    time_precision: str | None
    place: str | None
    country: str | None
    admin1: str | None
    place_precision: str | None
    radius_km: float | None
    origins: int
    contested: tuple[str, ...]
    others: tuple[str, ...]
    tellings: tuple[ToldHow, ...]


class Feature(Struct, frozen=True, tag_field="type", tag="Feature"):
    """An incident."""

    id: str
    geometry: Point | None
    properties: Properties


def describe_incident(told: ToldIncident) -> Feature:
    """The feature of an incident."""
    time, place = told_as.tell_time(told), told_as.tell_place(told)
    properties = Properties(
        id=told.incident.id,
        types=told.incident.types,
        start=time.start if time else None,
        end=time.end if time else None,
        time_precision=time.precision if time else None,
        place=clean(told_as.place_name(place)) if place else None,
        country=clean_known(place.country) if place else None,
        admin1=clean_known(place.admin1) if place else None,
        place_precision=place.precision if place else None,
        radius_km=place.radius_km if place else None,
        origins=len(told.incident.origins),
        contested=told.incident.contested,
        others=tuple(map(clean, told_as.describe_others(told))),
        tellings=tuple(map(_describe, told.tellings)),
    )
    if place is None or place.lat is None or place.lon is None:
        return Feature(told.incident.id, None, properties)
    return Feature(told.incident.id, Point((place.lon, place.lat)), properties)


def _describe(told: Told) -> ToldHow:
    telling, teller = told.telling, told.teller
    return ToldHow(
        id=telling.id, origin=told.origin, stance=telling.stance, stage=telling.stage,
        judged=tuple(map(clean, told.judged)),
        told_by=clean(teller.name),
        quote=clean(telling.span.text), page=teller.page, url=clean_known(teller.url),
        sha256=teller.sha256, start_char=telling.span.start_char, end_char=telling.span.end_char,
    )  # fmt: skip
