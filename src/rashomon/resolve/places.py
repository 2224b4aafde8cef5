"""Places of one page, resolved.

In: the page's text and the spans of places in it. Out: a `Located` for each. Never: coordinates for a place that no
gazetteer has, or when several places of its name are about as likely.
"""

import re
from collections import Counter
from collections.abc import Sequence
from dataclasses import dataclass, replace
from math import cos, hypot, radians

from rashomon.records import PlaceCandidate
from rashomon.resolve.candidates import candidates_of
from rashomon.resolve.choose import Named, Scored, choose
from rashomon.resolve.countries import country_of_demonym
from rashomon.resolve.gazetteer import Entry, Gazetteer
from rashomon.resolve.toponyms import Toponym, move, parse_toponym, possessor, words_before

LIKELY = 0.4
"""The least score of the best candidate for which its coordinates are given."""
FARTHEST_KM = 500
"""What lies between places farther apart is not an area worth giving."""
_KEPT = 8
_WITHIN = re.compile(r"\s*(?:,|\(|, in|in)\s*((?:[A-Z][\w.'’-]*)(?: (?:and |of |the )?[A-Z][\w.'’-]*){0,3})")
_LISTED = re.compile(
    r"(?:(?:,|,? and|,? or|/| &) [A-Z][\w.'’-]*(?: [A-Z][\w.'’-]*){0,2}){0,6} "
    r"(?:[Cc]ount(?:y|ies)|[Pp]arish(?:es)?|[Pp]rovinces?|[Dd]istricts?|[Gg]overnorates?|[Oo]blasts?|[Dd]epartments)\b"
)
"""What may follow a name that is a division's: "Clarke and Oconee counties"."""
_WORD = re.compile(r"\b[A-Z][a-z]{2,}\b")
_PRECISION = {"country": "country", "region": "region", "district": "region", "site": "site", "area": "area"}


@dataclass(frozen=True, slots=True)
class Located:
    """One span's place. `lat`, `lon` in degrees, `radius_km` for an area; `precision` as in `records.PlaceFiller`."""

    name: str
    country: str | None = None
    admin1: str | None = None
    lat: float | None = None
    lon: float | None = None
    precision: str = "unknown"
    radius_km: float | None = None
    candidates: tuple[PlaceCandidate, ...] = ()


def locate_places(
    gazetteer: Gazetteer, text: str, spans: Sequence[tuple[int, int]], likely: float = LIKELY
) -> list[Located]:
    """The place of each span of `text` (code points, half-open)."""
    toponyms = [_read_around(_level(_parse(gazetteer, text[a:b]), text, b), text, a) for a, b in spans]
    named: dict[str, Named] = {}
    for (_, end), toponym in zip(spans, toponyms, strict=True):
        after = _WITHIN.match(text, end, end + 60)
        within = (after[1].rstrip("."), after[1]) if after else ()
        key = f"{toponym.name} {toponym.level}"
        held = named.get(key)
        named[key] = Named(toponym.name, toponym.level, (*(held.within if held else ()), *within))
    at_home: Counter[str] = Counter()
    for word in _WORD.findall(text):
        code = country_of_demonym(word)
        if code is not None:
            at_home[code] += 1
    weights = {code: min(count, 4) / 2 for code, count in at_home.items()}
    for toponym in toponyms:
        if toponym.other:
            named.setdefault(f"{toponym.other} ", Named(toponym.other))
    chosen = dict(zip(named, choose(gazetteer, list(named.values()), weights), strict=True))
    found = [_locate(gazetteer, t, chosen[f"{t.name} {t.level}"], likely) for t in toponyms]
    return [
        _between(p, _locate(gazetteer, Toponym(t.other), chosen[f"{t.other} "], likely)) if t.other else p
        for p, t in zip(found, toponyms, strict=True)
    ]


def _parse(gazetteer: Gazetteer, words: str) -> Toponym:
    """The whole of the words if a gazetteer has them, else what they are made of."""
    bare = re.sub(r"^(?:the|a|an)\s+", "", " ".join(words[:160].split()), flags=re.IGNORECASE)
    if candidates_of(gazetteer, bare):
        return Toponym(bare)
    parsed = parse_toponym(words)
    owner = possessor(bare)
    if owner is not None and not candidates_of(gazetteer, parsed.name) and candidates_of(gazetteer, owner):
        return Toponym(owner, part=True)
    return parsed


def _level(toponym: Toponym, text: str, end: int) -> Toponym:
    """A name that the words after it ask to be a division's."""
    if toponym.level or toponym.part or not _LISTED.match(text, end, end + 120):
        return toponym
    return replace(toponym, level="region")


def _read_around(toponym: Toponym, text: str, start: int) -> Toponym:
    """A bare name with the words before it, if they say that the place only lies near it."""
    if toponym.level or toponym.part:
        return toponym
    before = words_before(text[max(0, start - 80) : start])
    around = parse_toponym(before + toponym.name) if before else toponym
    return replace(around, name=toponym.name) if around.radius_km else toponym


def _locate(gazetteer: Gazetteer, toponym: Toponym, found: Sequence[Scored], likely: float) -> Located:
    kept = tuple(_candidate(e, score) for e, score in found[:_KEPT])
    if not found or found[0][1] < likely:
        return Located(toponym.name, candidates=kept)
    best = found[0][0]
    lat, lon = best.lat, best.lon
    precision, radius = _PRECISION.get(best.kind, "town"), None
    if toponym.level == "region" and best.kind == "town" and best.country and best.admin1:
        middle = gazetteer.region(best.country, best.admin1)
        precision = "region"
        if middle is not None:
            lat, lon = middle[0], middle[1]
    elif toponym.radius_km:
        precision, radius = "area", toponym.radius_km
        if toponym.bearing is not None:
            lat, lon = move(lat, lon, toponym.distance_km, toponym.bearing)
    return Located(best.name, best.country, best.admin1, lat, lon, precision, radius, kept)


def _between(first: Located, second: Located) -> Located:
    """The area half way between two places; that around the first where the second is not known, or on another side."""
    if first.lat is None or first.lon is None or second.lat is None or second.lon is None:
        return first
    north, east = (second.lat - first.lat) * 111.2, (second.lon - first.lon) * 111.2 * cos(radians(first.lat))
    apart = hypot(north, east)
    if apart > FARTHEST_KM:
        return first
    lat, lon = round((first.lat + second.lat) / 2, 4), round((first.lon + second.lon) / 2, 4)
    return replace(first, lat=lat, lon=lon, precision="area", radius_km=round(max(1.0, apart / 2), 2))


def _candidate(e: Entry, score: float) -> PlaceCandidate:
    return PlaceCandidate(e.id, e.name, e.country, e.admin1, e.kind, e.lat, e.lon, score)
