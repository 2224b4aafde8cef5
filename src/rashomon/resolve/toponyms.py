"""Place names taken apart: "12 km south of Belu", "the outskirts of Sanu", "Kermanshah province".

In: the words of a place. Out: a `Toponym`: the name to look up and how the place lies to it. Never: a gazetteer.
"""

import math
import re
from dataclasses import dataclass

_KM = {"km": 1.0, "kms": 1.0, "kilometer": 1.0, "kilometre": 1.0, "mile": 1.609, "mi": 1.609, "metre": 0.001,
       "meter": 0.001, "m": 0.001, "yard": 0.0009}  # fmt: skip
_BEARINGS = {"north": 0, "northeast": 45, "east": 90, "southeast": 135, "south": 180, "southwest": 225, "west": 270,
             "northwest": 315}  # fmt: skip
_WAY = r"(?:due )?((?:north|south)?[ -]?(?:east|west)|north|south)"
_DISTANCE = re.compile(
    rf"\b(\d[\d.,]*)[ -]?(km|kms|kilomet(?:er|re)s?|miles?|mi|m|met(?:er|re)s?|yards?)\b"
    rf"(?:\s+(?:to the )?{_WAY}(?:ern)?)?\s+(?:of|from|outside|away from|inside|off|beyond)\s+(.+)",
    re.IGNORECASE,
)
_SIDE = re.compile(rf"\b(?:(?:just|far|further) )?(?:to the )?{_WAY} of (.+)", re.IGNORECASE)
_AROUND = re.compile(
    r"\b(?:the )?(?:(?:\w+ )?(?:outskirts|suburbs?|vicinity|surroundings|environs|edges?|approaches|area|countryside) (?:of|around|near)"  # noqa: E501
    r"|near(?:by)?|around|outside|close to|not far from|on the (?:road|way) to|off|next to|between|along|beyond)\s+(.+)",  # noqa: E501
    re.IGNORECASE,
)
_PART = re.compile(
    r"^(?:the )?(?:(?:far |deep )?(?:north|south)?[ -]?(?:eastern|western)|northern|southern|central|upper|lower|greater"  # noqa: E501
    r"|rural|downtown|inner|old)\s+(.+)",
    re.IGNORECASE,
)
_REGION = r"provinces?|governorates?|districts?|departments?|states?|regions?|oblasts?|count(?:y|ies)|prefectures?|cantons?|divisions?|territor(?:y|ies)|wilayah?|voivodeships?|municipalit(?:y|ies)"  # noqa: E501
_REGION_AFTER = re.compile(rf"^(?:the )?(.+?)\s+(?:{_REGION})$", re.IGNORECASE)
_REGION_BEFORE = re.compile(rf"^(?:the )?(?:{_REGION}) of (.+)", re.IGNORECASE)
_TOWN_AFTER = re.compile(
    r"^(?:the )?(.+?)\s+(?:city|town|village|township|hamlet|settlement|municipality)$", re.IGNORECASE
)
_TOWN_BEFORE = re.compile(
    r"^(?:the |his |her |their )?(?:[\w-]+ ){0,3}?(?:city|town|village|township|hamlet|settlement|port|capital|oasis)(?: of|,)? (.+)", re.IGNORECASE)  # fmt: skip  # noqa: E501
_INSIDE = re.compile(r"^.+?\s(?:of|in|at|inside|within|from)\s+(?:the\s+)?((?:[A-Z]|al-|el-|d').*)$")
_POSSESSIVE = re.compile(r"^(.+?)['’]s?\s+(?=\S)")


@dataclass(frozen=True, slots=True)
class Toponym:
    """`name` to look up; `level` the kind that the words ask for ("" if none); the place lies within `radius_km` of a
    point `distance_km` from it towards `bearing` (degrees); `part` if only a part or the inside of it is meant.
    """

    name: str
    level: str = ""
    radius_km: float = 0.0
    distance_km: float = 0.0
    bearing: float | None = None
    part: bool = False


def parse_toponym(text: str) -> Toponym:
    """The parts of a place's words.

    >>> parse_toponym("12 km south of Belu Harbour")
    Toponym(name='Belu Harbour', level='', radius_km=3.6, distance_km=12.0, bearing=180.0, part=True)
    >>> parse_toponym("Kermanshah province").level, parse_toponym("the village of Sanu").name
    ('region', 'Sanu')
    >>> parse_toponym("the fish market of Belu Harbour")
    Toponym(name='Belu Harbour', level='', radius_km=0.0, distance_km=0.0, bearing=None, part=True)
    """
    words = " ".join(text[:160].split()).strip(" ,.;:\"'“”‘’()[]")
    words = re.sub(r"^(?:in|at|from|to|on|inside|across)\s+", "", words)
    match = _DISTANCE.search(words)
    if match:
        km = float(match[1].replace(",", "").rstrip(".")) * _KM[match[2].casefold().rstrip("s") or "m"]
        way = re.sub(r"[ -]", "", (match[3] or "").casefold())
        bearing = float(_BEARINGS[way]) if way in _BEARINGS else None
        around = round(max(1.0, 0.3 * km) if bearing is not None else max(1.0, km), 2)
        return Toponym(_core(match[4]), "", around, km if bearing is not None else 0.0, bearing, part=True)
    match = _SIDE.search(words)
    if match:
        return Toponym(
            _core(match[2]), "", 15.0, 10.0, float(_BEARINGS[re.sub(r"[ -]", "", match[1].casefold())]), part=True
        )
    match = _AROUND.search(words)
    if match:
        return Toponym(_core(match[1]), "", 10.0, part=True)
    for pattern in (_REGION_AFTER, _REGION_BEFORE):
        match = pattern.match(words)
        if match:
            return Toponym(_core(match[1]), "region")
    for pattern in (_TOWN_AFTER, _TOWN_BEFORE):
        match = pattern.match(words)
        if match and match[1][:1].isupper():
            return Toponym(_core(match[1]), "town")
    match = _PART.match(words)
    if match:
        return Toponym(_core(match[1]), "", part=True)
    match = _INSIDE.match(words)
    if match:
        return Toponym(_core(match[1]), "", part=True)
    return Toponym(_core(words))


def _core(words: str) -> str:
    words = re.sub(r"^(?:the|a|an)\s+", "", words.strip(" ,.;:"), flags=re.IGNORECASE)
    return re.split(r"\s*(?:,|\(|;| - )\s*", words, maxsplit=1)[0]


def possessor(text: str) -> str | None:
    """Whose place it is: "Belu's main square".

    >>> possessor("Belu's main square"), possessor("the square")
    ('Belu', None)
    """
    match = _POSSESSIVE.match(text)
    return _core(match[1]) if match else None


def move(lat: float, lon: float, km: float, bearing: float) -> tuple[float, float]:
    """The point `km` away from a point towards `bearing` (degrees from north), on a sphere.

    >>> move(0.0, 0.0, 111.2, 90.0)
    (0.0, 1.0)
    """
    arc, way = km / 6371.0, math.radians(bearing)
    phi = math.radians(lat)
    new = math.asin(math.sin(phi) * math.cos(arc) + math.cos(phi) * math.sin(arc) * math.cos(way))
    turn = math.atan2(math.sin(way) * math.sin(arc) * math.cos(phi), math.cos(arc) - math.sin(phi) * math.sin(new))
    return round(math.degrees(new), 4), round((lon + math.degrees(turn) + 540) % 360 - 180, 4)
