"""Silence: outlets of the case that cover the place and the time of an incident, and do not tell it.

In: a case with incidents. Out: silences, each with what the outlet tells of there and then. Never: why an outlet is
silent; a silence about an incident whose place or time nobody tells closely; one of an outlet that is not in the case.

An outlet covers a place and time if it tells of another incident within `NEAR_KM` (or at a place of the same name) and
within `NEAR_DAYS` of it.
"""

import math
from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date, timedelta
from typing import Any

from sqlalchemy import ColumnElement, Connection, Row, and_, func, or_, select

from rashomon.present import shapes as s
from rashomon.store import schema
from rashomon.store.overview_tables import incident_lines

NEAR_KM = 50.0
NEAR_DAYS = 30
MOST_SHOWN = 3
MOST_NEAR = 500
"""Incidents there and then that are looked at: who covers a place at war is found among the first of them."""
_KM_A_DEGREE = 111.2
_CLOSE_TIMES = ("hour", "day", "week", "month")
_CLOSE_PLACES = ("site", "town", "area")


@dataclass(frozen=True, slots=True)
class _Spot:
    """When and where an incident is told to be."""

    incident: int
    id: str
    first: date
    last: date
    place: str
    lat: float | None
    lon: float | None


def iter_silences(connection: Connection, incident: int | None = None) -> Iterator[s.SilenceShape]:
    """Silences about all incidents in the case's order, or about the one of this row number."""
    line = incident_lines.c
    last = incident
    if last is None:
        last = connection.execute(select(func.max(line.incident))).scalar() or 0
    for number in range(incident or 1, last + 1):
        row = connection.execute(select(incident_lines).where(line.incident == number)).first()
        spot = _close_spot(row) if row is not None else None
        if spot is not None:
            yield from _find_silences(connection, spot)


def _close_spot(row: Row[Any]) -> _Spot | None:
    """When and where, if both are told closely enough to say who covers them."""
    if row.precision not in _CLOSE_TIMES or row.place is None:
        return None
    if row.lat is not None and row.place_precision not in _CLOSE_PLACES:
        return None
    try:
        first, last = date.fromisoformat(row.start[:10]), date.fromisoformat((row.end or row.start)[:10])
    except ValueError:
        return None
    return _Spot(row.incident, row.id, first, last, row.place, row.lat, row.lon)


def _find_silences(connection: Connection, spot: _Spot) -> Iterator[s.SilenceShape]:
    it, t, a, line = schema.incident_tellings.c, schema.tellings.c, schema.articles.c, incident_lines.c
    tells = select(a.outlet).join(schema.tellings, t.page == a.page).join(
        schema.incident_tellings, it.telling == t.id
    )  # fmt: skip
    telling_it = set(connection.execute(tells.where(it.incident == spot.incident)).scalars())
    near = select(line.incident).where(line.incident != spot.incident, _is_near(spot), *_is_then(spot))
    near = near.order_by(line.incident).limit(MOST_NEAR)
    query = (
        select(a.outlet, t.id, line.id.label("incident"), line.lat, line.lon)
        .select_from(incident_lines)
        .join(schema.incident_tellings, it.incident == line.incident)
        .join(schema.tellings, t.id == it.telling)
        .join(schema.articles, a.page == t.page)
        .where(line.incident.in_(near), a.outlet.is_not(None))
        .order_by(a.outlet, line.incident, t.number)
    )
    tellings: dict[str, list[str]] = {}
    incidents: dict[str, dict[str, None]] = {}
    for row in connection.execute(query):
        if row.outlet not in telling_it and _is_within(spot, row.lat, row.lon):
            tellings.setdefault(row.outlet, []).append(row.id)
            incidents.setdefault(row.outlet, {})[row.incident] = None
    for outlet, held in incidents.items():
        yield s.SilenceShape(
            incident=spot.id, outlet=outlet, covers=tuple(held), tellings=tuple(tellings[outlet][:MOST_SHOWN])
        )


def _is_then(spot: _Spot) -> tuple[ColumnElement[bool], ...]:
    line = incident_lines.c
    after = spot.last + timedelta(days=NEAR_DAYS + 1) if spot.last.year < date.max.year else date.max
    before = spot.first - timedelta(days=NEAR_DAYS) if spot.first.year > date.min.year else date.min
    close = line.precision.in_(_CLOSE_TIMES)
    return close, line.start < after.isoformat(), func.coalesce(line.end, line.start) >= before.isoformat()


def _is_near(spot: _Spot) -> ColumnElement[bool]:
    """A box around it, or the same name where one of the two has no coordinates."""
    line = incident_lines.c
    named = line.place == spot.place
    if spot.lat is None or spot.lon is None:
        return named
    high = NEAR_KM / _KM_A_DEGREE
    wide = high / max(0.01, math.cos(math.radians(spot.lat)))
    box = and_(
        line.lat.between(spot.lat - high, spot.lat + high), line.lon.between(spot.lon - wide, spot.lon + wide),
        line.place_precision.in_(_CLOSE_PLACES),
    )  # fmt: skip
    return or_(box, and_(line.lat.is_(None), named))


def _is_within(spot: _Spot, lat: float | None, lon: float | None) -> bool:
    if spot.lat is None or spot.lon is None or lat is None or lon is None:
        return True
    lat_a, lon_a, lat_b, lon_b = (math.radians(x) for x in (spot.lat, spot.lon, lat, lon))
    h = math.sin((lat_a - lat_b) / 2) ** 2 + math.cos(lat_a) * math.cos(lat_b) * math.sin((lon_a - lon_b) / 2) ** 2
    return 2 * 6371.0 * math.asin(math.sqrt(h)) <= NEAR_KM
