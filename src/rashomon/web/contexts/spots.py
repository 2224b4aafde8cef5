"""Incidents on a map and on a line of time, counted by the database.

In: filters. Out: cells and periods with counts. Never: an incident at a point more precise than its telling.
"""

from collections import defaultdict
from collections.abc import Sequence
from dataclasses import dataclass

from msgspec import Struct
from sqlalchemy import ColumnElement, Connection, Integer, cast, func, select

from rashomon.store.overview_tables import incident_lines
from rashomon.store.overview_tables import spots as spots_table
from rashomon.web.contexts.filters import conditions
from rashomon.web.contexts.params import IncidentsParams

CELLS_ACROSS = 30
MOST_CELLS = 400
MOST_SPOTS = 20_000
MOST_PERIODS = 90
_LEAST_SPAN = 0.5
MOST = 0.8
FAR = 3
"""The map shows the middle alone if the whole is at least so many times as wide: one name mistaken for a place on
another continent would shrink it to a dot. What is elsewhere is listed."""


class Cell(Struct, frozen=True):
    """Incidents told to be in one part of the map: `box` west, south, east, north in degrees; the middle of theirs."""

    lat: float
    lon: float
    incidents: int
    contested: int
    place: str
    precision: str | None
    radius_km: float | None
    box: tuple[float, float, float, float]


class Period(Struct, frozen=True):
    """Incidents told to begin in one year, month or day (`since`, as it stands in a URL)."""

    since: str
    incidents: int
    contested: int


class Extent(Struct, frozen=True):
    """Degrees."""

    west: float
    south: float
    east: float
    north: float


class MapShape(Struct, frozen=True):
    """Cells of a map; `elsewhere`: far from where most are told; `placeless`: whose place no gazetteer knows."""

    extent: Extent | None
    cells: tuple[Cell, ...]
    elsewhere: tuple[Cell, ...]
    placeless: int


class TimelineShape(Struct, frozen=True):
    """Periods of one length (`unit`: year, month, day); `timeless`: incidents of which no time is told."""

    unit: str
    periods: tuple[Period, ...]
    timeless: int


@dataclass(frozen=True, slots=True)
class Tally:
    """Incidents that the filters leave, those of them with a place on the map, those with a time, and the first and
    last of these.
    """

    total: int
    placed: int
    timed: int
    first: str | None
    last: str | None


def load_tally(connection: Connection, params: IncidentsParams) -> Tally:
    """The tally of the incidents that the filters leave."""
    line = incident_lines.c
    counted = (func.count(), func.count(line.spot), func.count(line.start), func.min(line.start), func.max(line.start))
    return Tally(*connection.execute(select(*counted).where(*conditions(params))).one())


def load_map(connection: Connection, params: IncidentsParams, tally: Tally) -> MapShape:
    """The incidents that the filters leave, by where they are told to have been."""
    placeless = tally.total - tally.placed
    spots = _load_spots(connection, conditions(params)) if tally.placed else []
    if not spots:
        return MapShape(None, (), (), placeless)
    whole = _measure(spots)
    cells = _gather(spots, whole)
    middle = _trim(cells)
    inside = [spot for spot in spots if _holds(middle, spot)]
    if not inside or _span(_measure(inside)) * FAR > _span(whole):
        return MapShape(whole, cells, (), placeless)
    far = [spot for spot in spots if not _holds(middle, spot)]
    near = _measure(inside)
    return MapShape(near, _gather(inside, near), _gather(far, whole), placeless)


@dataclass(frozen=True, slots=True)
class _Spot:
    """Incidents told to be at one place; degrees."""

    lat: float
    lon: float
    place: str
    precision: str | None
    radius_km: float | None
    incidents: int
    contested: int


def _load_spots(connection: Connection, filters: Sequence[ColumnElement[bool]]) -> list[_Spot]:
    spot, line = spots_table.c, incident_lines.c
    where = (spot.lat, spot.lon, spot.place, spot.place_precision, spot.radius_km)
    query = select(*where, spot.incidents, spot.contested).order_by(spot.incidents.desc(), spot.place)
    if filters:
        told = select(line.spot, func.count().label("incidents"), func.sum(_contested()).label("contested"))
        held = told.where(*filters, line.spot.is_not(None)).group_by(line.spot).subquery()
        query = select(*where, held.c.incidents, held.c.contested).join(held, held.c.spot == spot.number)
        query = query.order_by(held.c.incidents.desc(), spot.place)
    return [_Spot(*row) for row in connection.execute(query.limit(MOST_SPOTS))]


def _measure(spots: Sequence[_Spot]) -> Extent:
    lons, lats = [s.lon for s in spots], [s.lat for s in spots]
    return Extent(min(lons), min(lats), max(lons), max(lats))


def _gather(spots: Sequence[_Spot], extent: Extent) -> tuple[Cell, ...]:
    """Spots in the cells of a grid; a cell is named after the place in it that most are told of."""
    size = _span(extent) / CELLS_ACROSS
    held: dict[tuple[int, int], list[_Spot]] = defaultdict(list)
    for spot in spots:
        held[int((spot.lon - extent.west) / size), int((spot.lat - extent.south) / size)].append(spot)
    cells = []
    for inside in held.values():
        total, first, kinds = sum(s.incidents for s in inside), inside[0], {s.precision for s in inside}
        # just around what it holds: a neighbour's spots are not meant when it is chosen
        box = _measure(inside)
        cells.append(
            Cell(
                lat=sum(s.lat * s.incidents for s in inside) / total,
                lon=sum(s.lon * s.incidents for s in inside) / total,
                incidents=total,
                contested=sum(s.contested for s in inside),
                place=first.place,
                precision=first.precision if len(kinds) == 1 else None,
                radius_km=max((s.radius_km for s in inside if s.radius_km), default=None),
                box=(_round_down(box.west), _round_down(box.south), _round_up(box.east), _round_up(box.north)),
            )
        )
    return tuple(sorted(cells, key=lambda c: (-c.incidents, c.place))[:MOST_CELLS])


def _trim(cells: Sequence[Cell]) -> Extent:
    """Around the narrowest strip either way that holds a share of MOST of the incidents."""
    (west, east), (south, north) = (
        _find_strip([(c.box[axis], c.box[axis + 2], c.incidents) for c in cells]) for axis in (0, 1)
    )
    # what is near to where most are is shown too
    reach = max(east - west, north - south, _LEAST_SPAN)
    return Extent(west - reach, south - reach, east + reach, north + reach)


def _find_strip(parts: Sequence[tuple[float, float, int]]) -> tuple[float, float]:
    """The narrowest range that holds a share of MOST of the weights of these ranges (low, high, weight).

    >>> _find_strip([(0, 1, 1), (90, 91, 5), (92, 93, 5)])
    (90, 93)
    """
    ordered = sorted(parts)
    needed = MOST * sum(weight for _, _, weight in ordered)
    best = (ordered[0][0], max(high for _, high, _ in ordered))
    held, first = 0, 0
    for _, high, weight in ordered:
        held += weight
        while held - ordered[first][2] >= needed:
            held -= ordered[first][2]
            first += 1
        if held >= needed and high - ordered[first][0] < best[1] - best[0]:
            best = (ordered[first][0], high)
    return best


def _span(extent: Extent) -> float:
    return max(extent.east - extent.west, extent.north - extent.south, _LEAST_SPAN)


def _holds(extent: Extent, spot: _Spot) -> bool:
    return extent.west <= spot.lon <= extent.east and extent.south <= spot.lat <= extent.north


def load_timeline(connection: Connection, params: IncidentsParams, tally: Tally) -> TimelineShape:
    """The incidents that the filters leave, by when they are told to have begun."""
    timeless = tally.total - tally.timed
    if tally.first is None or tally.last is None:
        return TimelineShape("year", (), timeless)
    line, low, high = incident_lines.c, tally.first, tally.last
    years = int(high[:4]) - int(low[:4]) + 1
    unit, width = ("day", 10) if low[:7] == high[:7] else ("month", 7) if years * 12 <= MOST_PERIODS else ("year", 4)
    # by time first: an index has the incidents in that order, and the times are few
    told = select(line.start, func.count().label("incidents"), func.sum(_contested()).label("contested"))
    held = told.where(*conditions(params), line.start.is_not(None)).group_by(line.start).subquery().c
    since = func.substr(held.start, 1, width)
    query = select(since, func.sum(held.incidents), func.sum(held.contested)).group_by(since).order_by(since.desc())
    rows = connection.execute(query.limit(MOST_PERIODS)).all()
    return TimelineShape(unit, tuple(Period(period, int(n), int(c)) for period, n, c in reversed(rows)), timeless)


def _contested() -> ColumnElement[int]:
    return cast(incident_lines.c.contested > 0, Integer)


def _round_down(degrees: float) -> float:
    return round(degrees - 0.00005, 4)


def _round_up(degrees: float) -> float:
    return round(degrees + 0.00005, 4)
