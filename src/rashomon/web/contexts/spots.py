"""Incidents on a map and on a line of time, counted by the database.

In: filters. Out: cells and periods with counts. Never: an incident at a point more precise than its telling.
"""

from collections.abc import Sequence

from msgspec import Struct
from sqlalchemy import ColumnElement, Connection, Float, Integer, cast, func, select

from rashomon.store.overview_tables import incident_lines
from rashomon.web.contexts.filters import conditions
from rashomon.web.contexts.params import IncidentsParams

CELLS_ACROSS = 30
MOST_CELLS = 400
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


def load_map(connection: Connection, params: IncidentsParams) -> MapShape:
    """The incidents that the filters leave, by where they are told to have been."""
    line, filters = incident_lines.c, conditions(params)
    total, placed = connection.execute(select(func.count(), func.count(line.lat)).where(*filters)).one()
    placeless = int(total) - int(placed)
    if not placed:
        return MapShape(None, (), (), placeless)
    whole = _measure(connection, filters)
    cells = _load_cells(connection, params, whole)
    middle = _trim(cells)
    if _span(middle) * FAR > _span(whole):
        return MapShape(whole, cells, (), placeless)
    far = tuple(c for c in cells if not _holds(middle, c))
    inside = _measure(connection, [*filters, *_within(middle)])
    return MapShape(inside, _load_cells(connection, params, inside), far, placeless)


def _measure(connection: Connection, filters: Sequence[ColumnElement[bool]]) -> Extent:
    line = incident_lines.c
    edges = (func.min(line.lon), func.min(line.lat), func.max(line.lon), func.max(line.lat))
    return Extent(*connection.execute(select(*edges).where(*filters)).one())


def _within(extent: Extent) -> tuple[ColumnElement[bool], ColumnElement[bool]]:
    line = incident_lines.c
    return line.lat.between(extent.south, extent.north), line.lon.between(extent.west, extent.east)


def _trim(cells: Sequence[Cell]) -> Extent:
    """The narrowest strip either way that holds a share of MOST of the incidents."""
    (west, east), (south, north) = (
        _find_strip([(c.box[axis], c.box[axis + 2], c.incidents) for c in cells]) for axis in (0, 1)
    )
    return Extent(west, south, east, north)


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


def _holds(extent: Extent, cell: Cell) -> bool:
    return extent.west <= cell.lon <= extent.east and extent.south <= cell.lat <= extent.north


def _load_cells(connection: Connection, params: IncidentsParams, extent: Extent) -> tuple[Cell, ...]:
    line, west, south = incident_lines.c, extent.west, extent.south
    filters = [*conditions(params), *_within(extent)]
    size = _span(extent) / CELLS_ACROSS
    # the minimum is taken away first: what is cut to a whole number is never negative
    column, row = _cell(line.lon - west, size), _cell(line.lat - south, size)
    query = (
        select(
            func.avg(line.lat), func.avg(line.lon), func.count(), func.sum(_contested()), func.min(line.place),
            func.min(line.place_precision), func.max(line.radius_km), column, row,
            func.count(line.place_precision.distinct()),
        )
        .where(*filters)
        .group_by(column, row)
        .order_by(func.count().desc())
        .limit(MOST_CELLS)
    )  # fmt: skip
    cells = []
    for lat, lon, number, contested, place, precision, radius, x, y, kinds in connection.execute(query):
        box = (west + x * size, south + y * size, west + (x + 1) * size, south + (y + 1) * size)
        kept = precision if kinds == 1 else None
        rounded = (_round_down(box[0]), _round_down(box[1]), _round_up(box[2]), _round_up(box[3]))
        cells.append(Cell(lat, lon, number, int(contested), place, kept, radius, rounded))
    return tuple(cells)


def load_timeline(connection: Connection, params: IncidentsParams) -> TimelineShape:
    """The incidents that the filters leave, by when they are told to have begun."""
    line, filters = incident_lines.c, conditions(params)
    low, high, timed, total = connection.execute(
        select(func.min(line.start), func.max(line.start), func.count(line.start), func.count()).where(*filters)
    ).one()
    if low is None:
        return TimelineShape("year", (), int(total))
    years = int(high[:4]) - int(low[:4]) + 1
    unit, width = ("day", 10) if low[:7] == high[:7] else ("month", 7) if years * 12 <= MOST_PERIODS else ("year", 4)
    since = func.substr(line.start, 1, width)
    query = select(since, func.count(), func.sum(_contested())).where(*filters, line.start.is_not(None))
    rows = connection.execute(query.group_by(since).order_by(since.desc()).limit(MOST_PERIODS)).all()
    periods = tuple(Period(period, number, int(contested)) for period, number, contested in reversed(rows))
    return TimelineShape(unit, periods, int(total) - int(timed))


def _contested() -> ColumnElement[int]:
    return cast(incident_lines.c.contested > 0, Integer)


def _cell(offset: ColumnElement[float], size: float) -> ColumnElement[int]:
    # floor, not a cast: casts round in PostgreSQL
    return cast(func.round(cast(offset / size - 0.4999, Float)), Integer)


def _round_down(degrees: float) -> float:
    return round(degrees - 0.00005, 4)


def _round_up(degrees: float) -> float:
    return round(degrees + 0.00005, 4)
