"""The largest towns of a part of the world, for finding one's way on a map.

In: a box in degrees. Out: the bundled gazetteer's towns in it (GeoNames, CC BY 4.0) of 5,000 people and more, those
that its index holds (gazetteer/build.py). Never: what pages tell: nothing is told of these.
"""

import sqlite3
from dataclasses import dataclass
from functools import cache

from rashomon.resolve.gazetteer import BUNDLED

_QUERY = """
select name, lat, lon, population from places indexed by larger_towns
where kind = 'town' and population >= 5000 and lat between ? and ? and lon between ? and ?
order by population desc limit ?
"""


@dataclass(frozen=True, slots=True)
class Town:
    """A town; degrees WGS 84."""

    name: str
    lat: float
    lon: float
    population: int


def find_largest(west: float, south: float, east: float, north: float, most: int) -> list[Town]:
    """The `most` largest towns of the box, the largest first; a box may reach beyond 180 degrees either way."""
    found: list[Town] = []
    for turn in (-360, 0, 360):
        if west + turn > 180 or east + turn < -180:
            continue
        rows = _connect().execute(_QUERY, (south, north, west + turn, east + turn, most))
        found += [Town(name, lat, lon - turn, population) for name, lat, lon, population in rows]
    return sorted(found, key=lambda t: (-t.population, t.name))[:most]


@cache
def _connect() -> sqlite3.Connection:
    return sqlite3.connect(f"file:{BUNDLED}?mode=ro&immutable=1", uri=True, check_same_thread=False)
