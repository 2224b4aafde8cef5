"""Pictures of a map that a server elsewhere draws, where whoever serves the case named one; otherwise none.

In: what part of the world is seen, the address of the tiles. Out: which pictures go where. Never: a request of ours:
the browser asks, and tells that server which part of the world is looked at, but not from which page.
"""

import math
from dataclasses import dataclass
from urllib.parse import urlsplit

from rashomon.errors import SettingsError
from rashomon.web.projection import HEIGHT, WIDTH, View

SIZE = 256
"""Picture units that a tile is wide at the least: half as much is taken, since screens have finer dots."""
DEEPEST = 17
_PARTS = ("{z}", "{x}", "{y}")


@dataclass(frozen=True, slots=True)
class Tile:
    """One picture; place and size in the map's units."""

    address: str
    x: float
    y: float
    width: float
    height: float


def read_address(address: str) -> str:
    """The address if it is one of tiles. Raises SettingsError("wrong_tiles")."""
    parts = urlsplit(address)
    plain = address.isascii() and address.isprintable() and not set(address) & set(" ;,'\"<>\\")
    if (
        parts.scheme not in ("http", "https")
        or not parts.hostname
        or not plain
        or any(p not in address for p in _PARTS)
    ):
        raise SettingsError("wrong_tiles", "https://SERVER/{z}/{x}/{y}.png, or the like", source=address)
    return address


def origin_of(address: str) -> str:
    """Scheme and host: what the browser is allowed to ask.

    >>> origin_of("https://tiles.example:8443/a/{z}/{x}/{y}.png")
    'https://tiles.example:8443'
    """
    parts = urlsplit(address)
    return f"{parts.scheme}://{parts.netloc.rpartition('@')[2]}"


def list_tiles(view: View, address: str) -> tuple[Tile, ...]:
    """The tiles (Web Mercator) that cover a view, each stretched to where its corners lie on this map."""
    depth = max(0, min(DEEPEST, math.ceil(math.log2(360 * view.x_scale / SIZE))))
    count = 2**depth
    half_lon, half_lat = WIDTH / 2 / view.x_scale, HEIGHT / 2 / view.y_scale
    first, last = (math.floor((view.lon + side * half_lon + 180) / 360 * count) for side in (-1, 1))
    top, bottom = (min(count - 1, max(0, math.floor(_row(view.lat + side * half_lat) * count))) for side in (1, -1))
    found = []
    for row in range(top, bottom + 1):
        for column in range(first, last + 1):
            west, east = (c / count * 360 - 180 for c in (column, column + 1))
            left, upper = view.place(_latitude(row / count), west)
            right, lower = view.place(_latitude((row + 1) / count), east)
            named = address.replace("{z}", str(depth)).replace("{x}", str(column % count)).replace("{y}", str(row))
            found.append(Tile(named, left, upper, round(right - left, 1), round(lower - upper, 1)))
    return tuple(found)


def _row(latitude: float) -> float:
    """How far down the square map of the world a latitude lies, 0 to 1."""
    held = math.radians(max(-85.0511, min(85.0511, latitude)))
    return (1 - math.asinh(math.tan(held)) / math.pi) / 2


def _latitude(row: float) -> float:
    return math.degrees(math.atan(math.sinh(math.pi * (1 - 2 * row))))
