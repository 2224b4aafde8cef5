"""Floors under the scoreboard's figures: pinned with the checksum of the data, and only raised.

In: `floors.toml`, and figures. Out: which figures lie below, and floors raised to what was measured.
Never: a lowered floor; who has to lower one does so by hand, in a commit that says why.
"""

import math
import tomllib
from collections.abc import Mapping
from dataclasses import dataclass
from pathlib import Path

from bench.board_rows import ROWS, Row

FLOORS = Path(__file__).parent / "floors.toml"
_HEAD = """# Floors of the scoreboard: a figure measured on the same data (`data`: its checksum) may not lie below.
# They are raised by `python -m bench --raise-floors`, and lowered by hand only, in a commit that says why.
"""


@dataclass(frozen=True, slots=True)
class Floor:
    """The least that a figure may be (the most, where less is better), on data with this checksum."""

    value: float
    data: str


def read_floors(path: Path = FLOORS) -> dict[str, Floor]:
    """Floors by row; none where there is no file."""
    held = tomllib.loads(path.read_text(encoding="utf-8")) if path.exists() else {}
    return {name: Floor(float(f["floor"]), str(f["data"])) for name, f in held.items()}


def write_floors(floors: Mapping[str, Floor], path: Path = FLOORS) -> None:
    """Write the file, rows in the scoreboard's order."""
    order = {row.name: i for i, row in enumerate(ROWS)}
    parts = [
        f'\n[{name}]\nfloor = {floors[name].value:g}\ndata = "{floors[name].data}"\n'
        for name in sorted(floors, key=lambda n: (order.get(n, len(order)), n))
    ]
    path.write_text(_HEAD + "".join(parts), encoding="utf-8")


def is_below(row: Row, value: float, floor: Floor | None, data: str) -> bool:
    """Whether a figure is worse than its floor; figures on other data are not compared."""
    if floor is None or floor.data != data:
        return False
    return value < floor.value if row.higher else value > floor.value


def raised(row: Row, value: float, floor: Floor | None, data: str) -> Floor | None:
    """The floor after a measurement: the figure rounded towards worse, or the old floor where that is no better."""
    if not row.pinned:
        return floor
    new = math.floor(value * 10) / 10 if row.higher else math.ceil(value * 1000) / 1000
    if floor and floor.data == data and (floor.value >= new if row.higher else floor.value <= new):
        return floor
    return Floor(new, data)
