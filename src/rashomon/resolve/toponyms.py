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
_NUMBERS = {"a": 1.0, "one": 1.0, "two": 2.0, "three": 3.0, "four": 4.0, "five": 5.0, "six": 6.0, "seven": 7.0,
            "eight": 8.0, "nine": 9.0, "ten": 10.0, "twelve": 12.0, "fifteen": 15.0, "twenty": 20.0, "thirty": 30.0,
            "forty": 40.0, "fifty": 50.0, "sixty": 60.0, "a hundred": 100.0, "one hundred": 100.0}  # fmt: skip
_COUNTED = "|".join(sorted(_NUMBERS, key=len, reverse=True))
_WAY = r"(?:due )?((?:north|south)?[ -]?(?:east|west)|north|south)"
_DISTANCE = re.compile(
    rf"\b(\d[\d.,]*|{_COUNTED})[ -]?(km|kms|kilomet(?:er|re)s?|miles?|mi|m|met(?:er|re)s?|yards?)\b"
    rf"(?:\s*\([^)]{{1,30}}\))?(?:\s+(?:to the )?{_WAY}(?:ern)?)?"
    r"\s+(?:of|from|outside|away from|inside|off|beyond)\s+(.+)",
    re.IGNORECASE,
)
_SIDE = re.compile(rf"(?<!\bthe )(?<!\bfar )\b(?:(?:just|further) )?(?:to the )?{_WAY} of (.+)", re.IGNORECASE)
_BETWEEN = re.compile(r"\b(?:between|linking) (.+?) (?:and|to|with) (?:the )?([A-Z].+)$")
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
_REGION_OF = re.compile(rf"^(?:the )?([A-Z].*?)\s+(?:{_REGION}) (?:of|in) [A-Z]", re.IGNORECASE)
_AREA_AFTER = re.compile(r"^(?:the )?([A-Z].+?)\s+(?:area|vicinity|countryside|suburbs|outskirts)$")
_REGION_BEFORE = re.compile(rf"^(?:the )?(?:{_REGION}) of (.+)", re.IGNORECASE)
_TOWN_AFTER = re.compile(
    r"^(?:the )?(.+?)\s+(?:city|town|village|township|hamlet|settlement|municipality)$", re.IGNORECASE
)
_TOWN_BEFORE = re.compile(
    r"^(?:the |his |her |their )?(?:[\w-]+ ){0,3}?(?:city|town|village|township|hamlet|settlement|port|capital|oasis)(?: of|,)? (.+)", re.IGNORECASE)  # fmt: skip  # noqa: E501
_TOWN_OF = r"(?:city|town|village|township|hamlet|settlement|port|district|province) of (?:the )?"
_TOWN_IN = re.compile(rf"^(?:the )?(?:[\w-]+ ){{0,2}}{_TOWN_OF}([A-Z].+?),? (?:in|of) (?:the )?[A-Z]")
_INSIDE = re.compile(r"^.+?\s(?:of|in|at|inside|within|from)\s+(?:the\s+)?((?:[A-Z]|al-|el-|d').*)$")
_POSSESSIVE = re.compile(r"^(.+?)['’]s?\s+(?=\S)")


_BEFORE = re.compile(
    rf"(?:\b(?:\d[\d.,]*|{_COUNTED})[ -]?(?:km|kms|kilomet(?:er|re)s?|miles?|met(?:er|re)s?)\b(?:\s*\([^)]{{1,30}}\))?"
    rf"(?:\s+(?:to the )?{_WAY})?\s+(?:of|from|outside|away from)"
    rf"|\b(?:just )?(?<!the )(?<!far )(?:to the )?{_WAY} of|\b(?:near|just outside|outside|close to|not far from)"
    rf"|\b(?:outskirts|suburbs|vicinity|surroundings|countryside) of)\s+(?:the\s+)?(?:{_TOWN_OF})?$",
    re.IGNORECASE,
)


@dataclass(frozen=True, slots=True)
class Toponym:
    """`name` to look up; `level` the kind that the words ask for ("" if none); the place lies within `radius_km` of a
    point `distance_km` from it towards `bearing` (degrees); `part` if only a part or the inside of it is meant; `other`
    the name of the second place where it lies between two.
    """

    name: str
    level: str = ""
    radius_km: float = 0.0
    distance_km: float = 0.0
    bearing: float | None = None
    part: bool = False
    other: str = ""


def parse_toponym(text: str) -> Toponym:
    """The parts of a place's words.

    >>> parse_toponym("12 km south of Belu Harbour")
    Toponym(name='Belu Harbour', level='', radius_km=3.6, distance_km=12.0, bearing=180.0, part=True, other='')
    >>> parse_toponym("Kermanshah province").level, parse_toponym("the village of Sanu").name
    ('region', 'Sanu')
    >>> parse_toponym("the fish market of Belu Harbour")
    Toponym(name='Belu Harbour', level='', radius_km=0.0, distance_km=0.0, bearing=None, part=True, other='')
    >>> between = parse_toponym("the road between Sanu and Belu Harbour")
    >>> between.name, between.other, parse_toponym("five miles outside the town of Sanu").name
    ('Sanu', 'Belu Harbour', 'Sanu')
    """
    words = " ".join(text[:160].split()).strip(" ,.;:\"'“”‘’()[]")
    words = re.sub(r"^(?:in|at|from|to|on|inside|across)\s+", "", words)
    match = _DISTANCE.search(words)
    if match:
        km = (_NUMBERS.get(match[1].casefold()) or _read_figure(match[1])) * _KM[match[2].casefold().rstrip("s") or "m"]
        way = re.sub(r"[ -]", "", (match[3] or "").casefold())
        bearing = float(_BEARINGS[way]) if way in _BEARINGS else None
        around = round(max(1.0, 0.3 * km) if bearing is not None else max(1.0, km), 2)
        return Toponym(_core(match[4]), "", around, km if bearing is not None else 0.0, bearing, part=True)
    match = _BETWEEN.search(words)
    if match and match[1][:1].isupper():
        return Toponym(_core(match[1]), "", 10.0, part=True, other=_core(match[2]))
    match = _SIDE.search(words)
    if match:
        return Toponym(
            _core(match[2]), "", 15.0, 10.0, float(_BEARINGS[re.sub(r"[ -]", "", match[1].casefold())]), part=True
        )
    match = _AROUND.search(words)
    if match:
        return Toponym(_core(match[1]), "", 10.0, part=True)
    match = _AREA_AFTER.match(words)
    if match:
        return Toponym(_core(match[1]), "", 10.0, part=True)
    match = _TOWN_IN.match(words)
    if match:
        return Toponym(_core(match[1]), "town")
    for pattern in (_REGION_AFTER, _REGION_OF, _REGION_BEFORE):
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


def words_before(text: str) -> str:
    """What at the end of `text` tells how the place named next lies to its name, and "" if nothing does.

    >>> words_before("A mine went off 20 km south of "), words_before("They were held near the town of ")
    ('20 km south of ', 'near the town of ')
    >>> words_before("The people of "), words_before("He was born north of here, in ")
    ('', '')
    """
    match = _BEFORE.search(text[-80:])
    return match[0] if match else ""


def _core(words: str) -> str:
    """The name alone: without "the town of" before it and what it lies in behind it."""
    words = re.sub(r"^(?:the|a|an)\s+", "", words.strip(" ,.;:"), flags=re.IGNORECASE)
    words = re.sub(rf"^(?:[a-z-]+ )?{_TOWN_OF}", "", words)
    return re.split(r"\s*(?:,|\(|;| - )\s*|\s+in\s+(?=[A-Z])", words, maxsplit=1)[0]


def _read_figure(figure: str) -> float:
    """A number in figures with commas or a point; 0 if it is none ("1.2.3")."""
    try:
        return float(figure.replace(",", "").rstrip("."))
    except ValueError:
        return 0.0


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
