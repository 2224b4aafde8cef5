"""Middles of divisions, which no source of ours gives: from where their towns lie.

In: towns, and outlines of countries. Out: latitudes and longitudes. Never: a border finer than half a degree.
"""

import math
from collections import defaultdict
from collections.abc import Iterator, Sequence
from dataclasses import dataclass

from gazetteer.sources import Ring

GAP = 10
"""Half degrees without a town across which land still counts as one piece."""
SMALL = 2.0
"""Degrees: what is no wider has no far pieces."""
CELL = 0.5
"""Degrees: the land is cut into such cells, each held to belong to where its nearest town does."""
FEWEST_CELLS = 4
"""A division of fewer cells has its middle from the box around its towns."""


@dataclass(frozen=True, slots=True)
class Spot:
    """Where a town lies (degrees)."""

    lat: float
    lon: float


def find_middle(spots: Sequence[Spot]) -> tuple[float, float]:
    """The middle of the box around the largest group of half-degree cells with towns that has no wide gaps.

    >>> find_middle([Spot(10.0, 20.0), Spot(12.0, 22.0)])
    (11.0, 21.0)
    """
    south, north = min(s.lat for s in spots), max(s.lat for s in spots)
    west, east = min(s.lon for s in spots), max(s.lon for s in spots)
    if north - south <= SMALL and east - west <= SMALL:
        return round((south + north) / 2, 5), round((west + east) / 2, 5)
    left = {(round(2 * s.lat), round(2 * s.lon)) for s in spots}
    largest: list[tuple[int, int]] = []
    while len(left) > len(largest):
        group, edge = [], [left.pop()]
        while edge:
            lat, lon = edge.pop()
            group.append((lat, lon))
            near = {c for c in left if abs(c[0] - lat) <= GAP and abs(c[1] - lon) <= GAP}
            left -= near
            edge += near
        largest = max(largest, group, key=len)
    lats, lons = zip(*largest, strict=True)
    return (min(lats) + max(lats)) / 4, (min(lons) + max(lons)) / 4


def find_land_middles(rings: Sequence[Ring], towns: Sequence[tuple[str, Spot]]) -> dict[str, tuple[float, float]]:
    """Middles of the larger divisions of one country: the centre of the land that lies nearest to their towns.

    >>> square = [(0.0, -2.0), (8.0, -2.0), (8.0, 2.0), (0.0, 2.0)]
    >>> middles = find_land_middles([square], [("west", Spot(0.5, 2.0)), ("east", Spot(0.5, 6.0))])
    >>> middles["west"]
    (0.0, 2.0)
    """
    nearest = _Nearest(towns)
    land: dict[str, list[Spot]] = defaultdict(list)
    for ring in rings:
        for spot in _iter_cells(ring):
            land[nearest.find(spot)].append(spot)
    return {
        name: (_mean(spots, [s.lat for s in spots]), _mean(spots, [s.lon for s in spots]))
        for name, spots in land.items()
        if len(spots) >= FEWEST_CELLS
    }


def _mean(spots: Sequence[Spot], values: Sequence[float]) -> float:
    """Cells are the smaller the nearer to a pole."""
    sizes = [math.cos(math.radians(s.lat)) for s in spots]
    return round(sum(v * w for v, w in zip(values, sizes, strict=True)) / sum(sizes), 4) + 0.0


def _iter_cells(ring: Ring) -> Iterator[Spot]:
    """The cells whose centres lie in the ring (even-odd rule)."""
    lats = [lat for _, lat in ring]
    for row in range(math.floor(min(lats) / CELL), math.ceil(max(lats) / CELL)):
        lat = (row + 0.5) * CELL
        crossings = sorted(
            x0 + (lat - y0) * (x1 - x0) / (y1 - y0)
            for (x0, y0), (x1, y1) in zip(ring, [*ring[1:], ring[0]], strict=True)
            if (y0 > lat) != (y1 > lat)
        )
        for west, east in zip(crossings[::2], crossings[1::2], strict=True):
            for column in range(math.ceil(west / CELL - 0.5), math.floor(east / CELL - 0.5) + 1):
                yield Spot(lat, (column + 0.5) * CELL)


class _Nearest:
    """Finds the nearest town's division, by degrees squeezed towards the poles."""

    def __init__(self, towns: Sequence[tuple[str, Spot]]) -> None:
        self._cells: dict[tuple[int, int], list[tuple[str, Spot]]] = defaultdict(list)
        for name, spot in towns:
            self._cells[math.floor(spot.lat), math.floor(spot.lon)].append((name, spot))

    def find(self, at: Spot) -> str:
        """Rings of one-degree cells are looked through until no nearer town can come."""
        row, column, squeeze = math.floor(at.lat), math.floor(at.lon), max(0.05, math.cos(math.radians(at.lat)))
        best, found = math.inf, ""
        for reach in range(360):
            for cell in _iter_square(row, column, reach):
                for name, spot in self._cells.get(cell, ()):
                    far = math.hypot(spot.lat - at.lat, (spot.lon - at.lon) * squeeze)
                    if far < best:
                        best, found = far, name
            if best <= reach * squeeze:
                break
        return found


def _iter_square(row: int, column: int, reach: int) -> Iterator[tuple[int, int]]:
    if reach == 0:
        yield row, column
        return
    for step in range(-reach, reach + 1):
        yield row - reach, column + step
        yield row + reach, column + step
    for step in range(-reach + 1, reach):
        yield row + step, column - reach
        yield row + step, column + reach
