"""How often a place is named, before anything is known of who names it: by its size and by what it is.

In: kind and population. Out: a weight. Never: an import of ours; the gazetteer's build runs this file by itself.
"""

import math

SIZE = 0.434
"""A place ten times as large is named e times as often (10 ** 0.434 = e)."""
_KINDS = {"country": math.exp(2.5), "region": math.exp(1.5), "district": math.exp(-1.0)}
_CAPITAL = math.exp(2.5)
"""A capital stands for its government besides itself."""
_FEWEST = 100
CELL = 0.5
"""Degrees: the side of the cells of which three by three are the surroundings of a place."""


def weigh_place(kind: str, population: int, capital: bool) -> float:
    """The weight of a place.

    >>> round(weigh_place("town", 1_000_000, False)), round(weigh_place("town", 100_000, False))
    (402, 148)
    """
    small = kind == "region" and population < 200_000
    return (
        math.pow(max(population, _FEWEST), SIZE)
        * (1.0 if small else _KINDS.get(kind, 1.0))
        * (_CAPITAL if capital else 1.0)
    )


def cell_of(lat: float, lon: float) -> tuple[int, int]:
    """Row and column of a place's cell.

    >>> cell_of(51.51, -0.13)
    (103, -1)
    """
    return math.floor(lat / CELL), math.floor(lon / CELL)
