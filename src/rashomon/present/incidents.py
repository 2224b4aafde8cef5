"""Incidents as they are shown: with when and where, as their tellings tell it, and who tells it.

In: a case. Out: incident shapes. Never: a value that is not told, nor one value chosen over another where they differ.
"""

from collections import defaultdict
from collections.abc import Iterator

import msgspec
from sqlalchemy import Connection, Join, func, select

from rashomon import store
from rashomon.present import shapes as s
from rashomon.records import Incident
from rashomon.store import schema
from rashomon.vocabulary import TIME_PRECISIONS

CHUNK = 500


def iter_incident_shapes(connection: Connection, first: int = 1, last: int | None = None) -> Iterator[s.IncidentShape]:
    """The incidents of these row numbers, by default all."""
    if last is None:
        last = connection.execute(select(func.max(schema.incidents.c.number))).scalar() or 0
    for start in range(first, last + 1, CHUNK):
        held = (start, min(last, start + CHUNK - 1))
        times, places, outlets = _times(connection, *held), _places(connection, *held), _outlets(connection, *held)
        for incident in store.load_incidents(connection, *held):
            i = incident.id
            yield _describe(incident, times.get(i), tuple(places.get(i, {}).values()), tuple(outlets.get(i, {})))


def _describe(
    incident: Incident,
    time: s.IncidentTimeShape | None,
    places: tuple[s.IncidentPlaceShape, ...],
    outlets: tuple[str, ...],
) -> s.IncidentShape:
    return s.IncidentShape(
        id=incident.id,
        types=incident.types,
        time=time,
        places=places,
        tellings=incident.tellings,
        origins=incident.origins,
        contested=incident.contested,
        outlets=outlets,
        fields=msgspec.convert(incident.fields, tuple[s.FieldShape, ...], from_attributes=True),
        weakest=None
        if incident.weakest is None
        else msgspec.convert(incident.weakest, s.LinkShape, from_attributes=True),
    )


def _times(connection: Connection, first: int, last: int) -> dict[str, s.IncidentTimeShape]:
    t = schema.tellings.c
    query = select(schema.incidents.c.id, t.time_start, t.time_end, t.time_precision)
    query = query.select_from(_told()).where(schema.incidents.c.number.between(first, last), t.time_start.is_not(None))
    told: dict[str, list[tuple[int, str, str]]] = defaultdict(list)
    for incident, start, end, precision in connection.execute(query):
        fineness = TIME_PRECISIONS.index(precision) if precision in TIME_PRECISIONS else len(TIME_PRECISIONS)
        told[incident].append((fineness, start, end or start))
    found = {}
    for incident, times in told.items():
        finest = min(times)[0]
        most = [x for x in times if x[0] == finest]
        precision = TIME_PRECISIONS[finest] if finest < len(TIME_PRECISIONS) else "unknown"
        found[incident] = s.IncidentTimeShape(min(x[1] for x in most), max(x[2] for x in most), precision)
    return found


def _places(connection: Connection, first: int, last: int) -> dict[str, dict[str, s.IncidentPlaceShape]]:
    f = schema.fillers.c
    query = (
        select(
            schema.incidents.c.id, schema.tellings.c.id, func.coalesce(f.name, f.text), f.kind, f.lat, f.lon,
            f.precision, f.country, f.admin1,
        )
        .select_from(_told().join(schema.fillers, f.telling == schema.tellings.c.number))
        .where(schema.incidents.c.number.between(first, last), f.role == "place")
        .order_by(schema.incidents.c.number, schema.incident_tellings.c.ordinal, f.ordinal)
    )  # fmt: skip
    found: dict[str, dict[str, s.IncidentPlaceShape]] = defaultdict(dict)
    for incident, telling, name, kind, lat, lon, precision, country, admin1 in connection.execute(query):
        known = found[incident].get(name)
        tellings = (*known.tellings, telling) if known else (telling,)
        found[incident][name] = s.IncidentPlaceShape(name, kind, lat, lon, precision, country, admin1, tellings)
    return found


def _outlets(connection: Connection, first: int, last: int) -> dict[str, dict[str, None]]:
    outlet = func.coalesce(schema.articles.c.outlet, schema.pages.c.source)
    told = _told().join(schema.pages, schema.pages.c.number == schema.tellings.c.page)
    query = select(schema.incidents.c.id, outlet)
    query = query.select_from(told.join(schema.articles, schema.articles.c.page == schema.tellings.c.page))
    query = query.where(schema.incidents.c.number.between(first, last))
    found: dict[str, dict[str, None]] = defaultdict(dict)
    for incident, name in connection.execute(
        query.order_by(schema.incidents.c.number, schema.incident_tellings.c.ordinal)
    ):
        found[incident][name] = None
    return found


def _told() -> Join:
    return schema.incidents.join(
        schema.incident_tellings, schema.incident_tellings.c.incident == schema.incidents.c.number
    ).join(schema.tellings, schema.tellings.c.id == schema.incident_tellings.c.telling)
