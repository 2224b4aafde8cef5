"""Land and borders under a map, from the package's own file (Natural Earth, 1:110 million; `scripts/outlines.py`).

In: what part of the world is seen. Out: paths in the picture's units, cut to the picture, without what is too small to
be seen. Never: an outline where the map shows less than the outlines know; a request to anywhere.
"""

import json
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from functools import lru_cache
from importlib import resources

from rashomon.web.projection import HEIGHT, WIDTH, View

LEAST_KM = 300.0
"""A map less wide has none: of 1,000 points, 50 lay more than 23 km (coasts) or 15 km (borders) from Natural Earth's
outlines at 1:10 million, the worst 52 km (measured November 2026)."""
COARSE_KM = 1000.0
"""A map less wide has them faintly, as a hint."""
VIEWS_KEPT = 64
_BEYOND = 8.0
"""The paths end so far outside the picture, that the edge is not drawn as a coast."""
_SEEN = 2.0
"""Points nearer to one another than so many units are one."""

Point = tuple[float, float]


@dataclass(frozen=True, slots=True)
class Outlines:
    """SVG paths; `coarse` if they are a hint only, not to be compared with a place on the map."""

    land: str
    borders: str
    coarse: bool


@dataclass(frozen=True, slots=True)
class _Line:
    """A ring or a border with the box that it fills, in degrees: east and north are positive."""

    west: float
    south: float
    east: float
    north: float
    points: tuple[Point, ...]


@dataclass(frozen=True, slots=True)
class _World:
    land: tuple[_Line, ...]
    borders: tuple[_Line, ...]


@lru_cache(maxsize=VIEWS_KEPT)
def draw_outlines(view: View) -> Outlines | None:
    """What of the world's land is seen, empty on open sea; None where the outlines are too coarse for the map."""
    if view.across_km < LEAST_KM:
        return None
    world = _load_world()
    land = "".join(_write(ring, closed=True) for line in _iter_seen(world.land, view) for ring in _cut_ring(line))
    borders = "".join(_write(part) for line in _iter_seen(world.borders, view) for part in _cut_line(line))
    return Outlines(land, borders, view.across_km < COARSE_KM)


@lru_cache(maxsize=1)
def _load_world() -> _World:
    raw = json.loads((resources.files("rashomon.web") / "data" / "outlines.json").read_bytes())
    grid = raw["per_degree"]
    return _World(*(tuple(_unpack(line, grid) for line in raw[kind]) for kind in ("land", "borders")))


def _unpack(packed: list[int], per_degree: int) -> _Line:
    x, y, points = 0, 0, []
    for east, north in zip(packed[::2], packed[1::2], strict=True):
        x, y = x + east, y + north
        points.append((x / per_degree, y / per_degree))
    xs, ys = zip(*points, strict=True)
    return _Line(min(xs), min(ys), max(xs), max(ys), tuple(points))


def _iter_seen(lines: Iterable[_Line], view: View) -> Iterator[list[Point]]:
    """The lines that may reach into the picture, in its units; again where the map goes around the earth."""
    half_lon, half_lat = (WIDTH / 2 + _BEYOND) / view.x_scale, (HEIGHT / 2 + _BEYOND) / view.y_scale
    x_scale, y_scale, top = view.x_scale, view.y_scale, HEIGHT / 2 + view.lat * view.y_scale
    for line in lines:
        if line.north < view.lat - half_lat or line.south > view.lat + half_lat:
            continue
        for turn in (-360, 0, 360) if line.east - line.west < 360 else (0,):
            if line.west + turn <= view.lon + half_lon and line.east + turn >= view.lon - half_lon:
                left = WIDTH / 2 + (turn - view.lon) * x_scale
                yield _thin([(left + lon * x_scale, top - lat * y_scale) for lon, lat in line.points])


def _thin(points: list[Point]) -> list[Point]:
    """Without points that cannot be told from the one before; the last stays, since other lines meet there."""
    kept = points[:1]
    last_x, last_y = kept[0]
    for point in points[1:-1]:
        x, y = point
        if x - last_x >= _SEEN or last_x - x >= _SEEN or y - last_y >= _SEEN or last_y - y >= _SEEN:
            kept.append(point)
            last_x, last_y = point
    return [*kept, points[-1]]


_EDGES = ((0, -_BEYOND, 1), (0, WIDTH + _BEYOND, -1), (1, -_BEYOND, 1), (1, HEIGHT + _BEYOND, -1))
"""Axis, where the edge is, and the sign of what lies inside of it."""


def _is_in(point: Point, edge: tuple[int, float, int]) -> bool:
    axis, limit, sign = edge
    return (point[axis] - limit) * sign >= 0


def _cross(a: Point, b: Point, edge: tuple[int, float, int]) -> Point:
    axis, limit, _ = edge
    share = (limit - a[axis]) / (b[axis] - a[axis])
    other = a[1 - axis] + share * (b[1 - axis] - a[1 - axis])
    return (limit, other) if axis == 0 else (other, limit)


def _cut_ring(ring: list[Point]) -> Iterator[list[Point]]:
    """The part of the ring inside the edges (Sutherland and Hodgman, 1974), if it is large enough to be seen."""
    for edge in _EDGES:
        axis, limit, sign = edge
        if min((point[axis] - limit) * sign for point in ring) >= 0:
            continue
        cut: list[Point] = []
        for before, point in zip([ring[-1], *ring], ring, strict=False):
            if _is_in(before, edge) != _is_in(point, edge):
                cut.append(_cross(before, point, edge))
            if _is_in(point, edge):
                cut.append(point)
        ring = cut
        if not ring:
            return
    if len(ring) > 2:
        yield ring


def _cut_line(line: list[Point]) -> Iterator[list[Point]]:
    """The parts of the line inside the edges."""
    parts = [line]
    for edge in _EDGES:
        axis, limit, sign = edge
        if parts and min((point[axis] - limit) * sign for part in parts for point in part) < 0:
            parts = [part for one in parts for part in _cut_at(one, edge)]
    return (part for part in parts if len(part) > 1)


def _cut_at(line: list[Point], edge: tuple[int, float, int]) -> Iterator[list[Point]]:
    part: list[Point] = []
    for i, point in enumerate(line):
        inside = _is_in(point, edge)
        if i and inside != _is_in(line[i - 1], edge):
            part.append(_cross(line[i - 1], point, edge))
        if inside:
            part.append(point)
        elif part:
            yield part
            part = []
    if part:
        yield part


def _write(points: list[Point], *, closed: bool = False) -> str:
    """A path of steps from point to point, in tenths of a unit.

    >>> _write([(1.0, 2.0), (4.5, 1.0), (4.0, 3.0)], closed=True)
    'M1 2l3.5-1-.5 2z'
    """
    tenths = [(round(x * 10), round(y * 10)) for x, y in points]
    (x, y), *rest = tenths
    steps = "".join(f"{_tenth(a - c)}{_tenth(b - d)}" for (c, d), (a, b) in zip(tenths, rest, strict=False))
    first = f"M{_tenth(x).strip()}{_tenth(y)}"
    return f"{first}l{steps.strip()}{'z' if closed else ''}"


@lru_cache(maxsize=4096)
def _tenth(tenths: int) -> str:
    """The shortest that SVG reads, with what keeps it apart from the number before."""
    written = f"{tenths / 10:g}"
    if written.startswith(("0.", "-0.")):
        written = written.replace("0.", ".", 1)
    return written if written.startswith("-") else f" {written}"
