"""Tellings of one page that it may only tell again: a lead and a paragraph further down.

In: rows. Out: pairs of one page that nothing in them tells apart. Never: a decision that they are of one incident.
"""

import math
from collections import defaultdict
from collections.abc import Iterable
from itertools import combinations

from rashomon.link.table import LinkRow

_FAR_KM = 25.0


def find_again(rows: Iterable[LinkRow]) -> set[tuple[str, str]]:
    """Pairs `(a, b)`, `a < b`, of tellings of one page that are not told apart."""
    held: dict[str, list[LinkRow]] = defaultdict(list)
    for row in rows:
        held[row.page].append(row)
    pairs = (pair for told in held.values() for pair in combinations(sorted(told, key=lambda r: r.unique_id), 2))
    return {(a.unique_id, b.unique_id) for a, b in pairs if not told_apart(a, b)}


def told_apart(a: LinkRow, b: LinkRow) -> bool:
    """Whether a list, their types, their times or their places say that these are two incidents.

    What the reader has taken for two tellings mostly is: of the pairs of our dev texts that link at 0.35 and more, 9 of
    19 with the same types were one in the annotation, 6 of 72 of the others (2026-11-29).
    """
    if a.types != b.types:
        return True
    if a.item is not None and b.item is not None and a.item != b.item:
        return True
    return _times_exclude(a, b) or _far_apart(a, b)


def _times_exclude(a: LinkRow, b: LinkRow) -> bool:
    if a.first_day is None or a.last_day is None or b.first_day is None or b.last_day is None:
        return False
    return a.last_day < b.first_day or b.last_day < a.first_day


def _far_apart(a: LinkRow, b: LinkRow) -> bool:
    """Whether both places are known and neither name nor distance lets them be one."""
    if a.lat is None or a.lon is None or b.lat is None or b.lon is None or set(a.places) & set(b.places):
        return False
    lat_a, lon_a, lat_b, lon_b = (math.radians(x) for x in (a.lat, a.lon, b.lat, b.lon))
    h = math.sin((lat_a - lat_b) / 2) ** 2 + math.cos(lat_a) * math.cos(lat_b) * math.sin((lon_a - lon_b) / 2) ** 2
    return 2 * 6371.0 * math.asin(math.sqrt(h)) > _FAR_KM + a.radius_km + b.radius_km
