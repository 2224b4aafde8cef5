"""Maps as numbers for an SVG: an equirectangular picture with circles that say how precisely a place is told.

In: degrees, kilometres. Out: coordinates in the picture's units. Never: a tile from elsewhere; a point where an area
was told.
"""

import math
from collections.abc import Iterable
from dataclasses import dataclass, replace
from functools import lru_cache

from rashomon.present import shapes as s
from rashomon.resolve import find_largest
from rashomon.web.contexts.spots import Cell, Extent, MapShape
from rashomon.web.outlines import Outlines, draw_outlines
from rashomon.web.projection import HEIGHT, KM_PER_DEGREE, WIDTH, View, choose_view
from rashomon.web.words import count, spell_place

PICTURES_KEPT = 32
"""Of screens that are remembered: their maps are not drawn again."""
_LEAST_RADIUS = 4.0
_LETTER, _ROW = 6.6, 13.0
TOWNS = 12
"""Names of the gazetteer's largest towns on a map, of four times as many: most have another's name in their way."""
_STEPS = (0.1, 0.2, 0.5, 1, 2, 5, 10, 15, 30, 60)
_RADIUS_KM = {"site": 1.0, "town": 5.0, "area": 15.0, "region": 60.0, "country": 250.0}
"""Drawn radius of a place whose telling gives none: what the word usually covers."""


@dataclass(frozen=True, slots=True)
class Line:
    """A line of the graticule with its label in degrees."""

    x1: float
    y1: float
    x2: float
    y2: float
    label: str


@dataclass(frozen=True, slots=True)
class Circle:
    """`spread` is the radius of the area that is meant; `radius` of the mark itself; `box` for filtering;
    `named` if there is room for its name.
    """

    x: float
    y: float
    radius: float
    spread: float
    label: str
    name: str
    contested: bool
    box: str
    named: bool = False


@dataclass(frozen=True, slots=True)
class TownMark:
    """A town of the gazetteer, to find one's way by."""

    x: float
    y: float
    name: str


@dataclass(frozen=True, slots=True)
class Picture:
    """A map: outlines lowest, then lines, then towns, then circles, the largest first so that none is hidden."""

    width: float
    height: float
    view: View
    outlines: Outlines | None
    lines: tuple[Line, ...]
    towns: tuple[TownMark, ...]
    circles: tuple[Circle, ...]


@lru_cache(maxsize=PICTURES_KEPT)
def draw_map(shape: MapShape) -> Picture | None:
    """The map of many incidents; None if no place is known."""
    if shape.extent is None:
        return None
    view = choose_view(shape.extent)
    most = max((cell.incidents for cell in shape.cells), default=1)
    circles = [_draw_cell(cell, view, most) for cell in shape.cells]
    return _compose(view, circles)


def draw_places(places: Iterable[s.IncidentPlaceShape], radius_km: float | None) -> Picture | None:
    """The map of one incident: every place told, as the area that its precision means."""
    held = [p for p in places if p.lat is not None and p.lon is not None]
    if not held:
        return None
    lats, lons = [float(p.lat or 0) for p in held], [float(p.lon or 0) for p in held]
    reach = max(_reach(p.precision, radius_km) for p in held) / KM_PER_DEGREE
    view = choose_view(Extent(min(lons) - reach, min(lats) - reach, max(lons) + reach, max(lats) + reach))
    circles = []
    for place, lat, lon in zip(held, lats, lons, strict=True):
        x, y = view.place(lat, lon)
        told = count(len(place.tellings), "telling")
        words = f"{place.name}: {spell_place(place.precision, radius_km, lat)}; told by {told}"
        spread = view.length(_reach(place.precision, radius_km))
        circles.append(Circle(x, y, _LEAST_RADIUS, spread, words, place.name, contested=False, box=""))
    return _compose(view, circles)


def _compose(view: View, circles: list[Circle]) -> Picture:
    """The largest circles lowest; the names that find room, those of the largest marks first."""
    room = _Room()
    named = [
        replace(circle, named=room.take(circle.x + circle.radius, circle.y, circle.name))
        for circle in sorted(circles, key=lambda c: (-c.radius, c.name))
    ]
    named.sort(key=lambda c: (-max(c.spread, c.radius), c.name))
    for circle in named:
        room.fill(circle.x - circle.radius, circle.x + circle.radius, circle.y)
    told = {circle.name.casefold() for circle in named}
    towns = [mark for mark in _find_towns(view) if mark.name.casefold() not in told]
    seen = [mark for mark in towns if room.take(mark.x, mark.y, mark.name)]
    lines = tuple(_draw_graticule(view))
    return Picture(WIDTH, HEIGHT, view, draw_outlines(view), lines, tuple(seen[:TOWNS]), tuple(named))


class _Room:
    """The parts of a picture that names and marks have taken."""

    def __init__(self) -> None:
        self._taken: list[tuple[float, float, float]] = []

    def fill(self, start: float, end: float, y: float) -> None:
        """Take a row's part, whatever stands there."""
        self._taken.append((start, end, y))

    def take(self, start: float, y: float, name: str) -> bool:
        """Take the room of a name that begins at `start`, if it is free and inside the picture."""
        end = start + _LETTER * len(name)
        free = all(y + _ROW < other or other + _ROW < y or end < x or ends < start for x, ends, other in self._taken)
        if free and end < WIDTH:
            self.fill(start, end, y)
            return True
        return False


@lru_cache(maxsize=PICTURES_KEPT)
def _find_towns(view: View) -> tuple[TownMark, ...]:
    half_lon, half_lat = (WIDTH / 2 - _ROW) / view.x_scale, (HEIGHT / 2 - _ROW) / view.y_scale
    box = (view.lon - half_lon, view.lat - half_lat, view.lon + half_lon, view.lat + half_lat)
    return tuple(TownMark(*view.place(t.lat, t.lon), t.name) for t in find_largest(*box, 4 * TOWNS))


def _reach(precision: str | None, radius_km: float | None) -> float:
    if precision == "area" and radius_km:
        return radius_km
    return _RADIUS_KM.get(precision or "", 20.0)


def _draw_cell(cell: Cell, view: View, most: int) -> Circle:
    x, y = view.place(cell.lat, cell.lon)
    radius = round(_LEAST_RADIUS + 13 * math.sqrt(cell.incidents / most), 1)
    spread = view.length(_reach(cell.precision, cell.radius_km)) if cell.precision else 0.0
    words = f"{count(cell.incidents, 'incident')} told at or near {cell.place}"
    if cell.contested:
        words += f", {cell.contested} contested"
    box = ",".join(f"{edge:g}" for edge in cell.box)
    return Circle(x, y, radius, spread, words, cell.place, bool(cell.contested), box)


def _draw_graticule(view: View) -> Iterable[Line]:
    half_lat, half_lon = HEIGHT / 2 / view.y_scale, WIDTH / 2 / view.x_scale
    step = next((one for one in _STEPS if 2 * half_lon / one <= 8), _STEPS[-1])
    for i in range(math.ceil((view.lon - half_lon) / step), math.floor((view.lon + half_lon) / step) + 1):
        x, _ = view.place(view.lat, i * step)
        yield Line(x, 0, x, HEIGHT, _degrees(i * step, "E", "W"))
    for i in range(math.ceil((view.lat - half_lat) / step), math.floor((view.lat + half_lat) / step) + 1):
        if abs(i * step) <= 90:
            _, y = view.place(i * step, view.lon)
            yield Line(0, y, WIDTH, y, _degrees(i * step, "N", "S"))


def _degrees(degrees: float, positive: str, negative: str) -> str:
    """Degrees as maps write them.

    >>> _degrees(-33.5, "N", "S"), _degrees(0, "N", "S")
    ('33.5° S', '0°')
    """
    rounded = round(abs(degrees), 2)
    return f"{rounded:g}°" + (f" {positive if degrees > 0 else negative}" if rounded else "")
