"""The outlines that the web app's maps draw, made from Natural Earth's countries as world-atlas packs them.

In: `world-atlas-2.0.2.tgz` from npm (checked by its hash). Out: `src/rashomon/web/data/outlines.json`, the same bytes
each time. Never: a download; a line that only cuts the round earth open (along the 180th meridian).

    curl -O https://registry.npmjs.org/world-atlas/-/world-atlas-2.0.2.tgz
    .venv/bin/python scripts/outlines.py world-atlas-2.0.2.tgz
"""

import hashlib
import json
import sys
import tarfile
from collections import Counter
from collections.abc import Iterable, Iterator
from itertools import accumulate, chain, pairwise
from pathlib import Path
from typing import Any

ARCHIVE_SHA256 = "032e7765f2ce00edaeafec23ff22bc3b77e42987c257da944cc585b452c05b97"
MEMBER = "package/countries-110m.json"
TARGET = Path(__file__).parent.parent / "src" / "rashomon" / "web" / "data" / "outlines.json"
PER_DEGREE = 20
"""0.05 degrees, 5 km: the source itself is coarser."""

Line = list[tuple[int, int]]


def make_outlines(topology: dict[str, Any]) -> dict[str, Any]:
    """Rings of land, and borders between two countries, as differences from point to point.

    A ring or line is [lon, lat, step east, step north, …] in `PER_DEGREE` parts of a degree; rings are not closed by a
    point of their own. What crosses the 180th meridian goes on beyond it.
    """
    arcs = [_unpack(arc, topology["transform"]) for arc in topology["arcs"]]
    countries = topology["objects"]["countries"]["geometries"]
    used = Counter(_strip(arc) for country in countries for arc in set(_iter_arcs(country["arcs"])))
    rings = [_join(ring, arcs) for land in topology["objects"]["land"]["geometries"] for ring in _iter_rings(land)]
    borders = [_unroll(_thin(arcs[arc])) for arc, times in sorted(used.items()) if times > 1]
    return {
        "per_degree": PER_DEGREE,
        "land": [_pack(_close(_unroll(ring))) for ring in map(_thin, rings) if len(ring) > 3],
        "borders": [_pack(border) for border in borders if len(border) > 1],
    }


def _unpack(arc: list[list[int]], transform: dict[str, list[float]]) -> Line:
    """TopoJSON's quantised differences as places on our grid (https://github.com/topojson/topojson-specification)."""
    (x_scale, y_scale), (west, south) = transform["scale"], transform["translate"]
    xs, ys = (accumulate(steps) for steps in zip(*arc, strict=True))
    return [
        (round((x * x_scale + west) * PER_DEGREE), round((y * y_scale + south) * PER_DEGREE))
        for x, y in zip(xs, ys, strict=True)
    ]


def _strip(arc: int) -> int:
    """The arc that is meant, whichever way it is gone along."""
    return arc if arc >= 0 else ~arc


def _iter_arcs(nested: Iterable[Any]) -> Iterator[int]:
    for one in nested:
        if isinstance(one, int):
            yield _strip(one)
        else:
            yield from _iter_arcs(one)


def _iter_rings(geometry: dict[str, Any]) -> Iterable[list[int]]:
    polygons = geometry["arcs"] if geometry["type"] == "MultiPolygon" else [geometry["arcs"]]
    return chain.from_iterable(polygons)


def _join(ring: list[int], arcs: list[Line]) -> Line:
    joined: Line = []
    for arc in ring:
        points = arcs[arc] if arc >= 0 else arcs[~arc][::-1]
        joined += points[1:] if joined else points
    return joined


def _thin(line: Line) -> Line:
    """Without points that the grid puts where the one before stands."""
    return [point for i, point in enumerate(line) if not i or point != line[i - 1]]


def _unroll(line: Line) -> Line:
    """A line that goes on beyond the 180th meridian instead of leaping to the other side of the map.

    >>> _unroll([(179 * PER_DEGREE, 0), (-179 * PER_DEGREE, 0)])
    [(3580, 0), (3620, 0)]
    """
    turn, unrolled = 360 * PER_DEGREE, line[:1]
    for x, y in line[1:]:
        unrolled.append((x + turn * round((unrolled[-1][0] - x) / turn), y))
    return unrolled


def _close(ring: Line) -> Line:
    """The ring without its last point, which is its first; Antarctica, which goes around the pole, three times around
    and closed along the pole, so that no seam of it is ever seen.
    """
    across = ring[-1][0] - ring[0][0]
    if not across:
        return ring[:-1]
    coast = [(x + across * times, y) for times in (-1, 0, 1) for x, y in ring[:-1]]
    pole = -90 * PER_DEGREE
    return [*coast, (coast[-1][0], pole), (coast[0][0], pole)]


def _pack(line: Line) -> list[int]:
    packed = list(line[0])
    for (x, y), (x2, y2) in pairwise(line):
        packed += [x2 - x, y2 - y]
    return packed


def main(archive: str) -> None:
    """Write the outlines; a file that is not the archive meant is refused."""
    raw = Path(archive).read_bytes()
    if hashlib.sha256(raw).hexdigest() != ARCHIVE_SHA256:
        sys.exit(f"{archive} is not world-atlas 2.0.2 as npm has it")
    with tarfile.open(archive) as held:
        member = held.extractfile(MEMBER)
        assert member is not None
        outlines = make_outlines(json.load(member))
    TARGET.parent.mkdir(exist_ok=True)
    TARGET.write_text(json.dumps(outlines, separators=(",", ":")) + "\n", encoding="ascii")


if __name__ == "__main__":
    main(sys.argv[1])
