"""What part of the world a map shows, and where on the picture a place lies (equirectangular).

In: degrees, kilometres. Out: the picture's units. Never: a map of less than LEAST_SPAN degrees.
"""

import math
from dataclasses import dataclass

from rashomon.web.contexts.spots import Extent

WIDTH, HEIGHT = 640.0, 400.0
KM_PER_DEGREE = 111.32
LEAST_SPAN = 0.6
_MARGIN = 34.0


@dataclass(frozen=True, slots=True)
class View:
    """What part of the world is seen: its middle, and units per degree either way."""

    lon: float
    lat: float
    x_scale: float
    y_scale: float

    @property
    def across_km(self) -> float:
        """How wide the picture is, measured on the ground at its middle."""
        return WIDTH / self.y_scale * KM_PER_DEGREE

    def place(self, lat: float, lon: float) -> tuple[float, float]:
        """Where on the picture."""
        return (
            round(WIDTH / 2 + (lon - self.lon) * self.x_scale, 1),
            round(HEIGHT / 2 - (lat - self.lat) * self.y_scale, 1),
        )

    def length(self, km: float) -> float:
        """How long on the picture."""
        return round(km / KM_PER_DEGREE * self.y_scale, 1)


def choose_view(extent: Extent) -> View:
    """The view that holds the extent and a margin around it."""
    lat, lon = (extent.south + extent.north) / 2, (extent.west + extent.east) / 2
    narrowing = max(0.15, math.cos(math.radians(lat)))
    tall = max(extent.north - extent.south, LEAST_SPAN)
    wide = max(extent.east - extent.west, LEAST_SPAN)
    y_scale = min((HEIGHT - 2 * _MARGIN) / tall, (WIDTH - 2 * _MARGIN) / (wide * narrowing))
    return View(lon, lat, y_scale * narrowing, y_scale)
