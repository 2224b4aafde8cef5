"""Places of one page, resolved.

In: the page's text and the spans of places in it. Out: a `Located` for each. Never: coordinates for a place that no
gazetteer has, or when several places of its name are about as likely.
"""

import re
from collections import Counter
from collections.abc import Sequence
from dataclasses import dataclass

from rashomon.records import PlaceCandidate
from rashomon.resolve.choose import Named, Scored, candidates_of, choose
from rashomon.resolve.countries import country_of_demonym
from rashomon.resolve.gazetteer import Entry, Gazetteer
from rashomon.resolve.toponyms import Toponym, move, parse_toponym, possessor

LIKELY = 0.4
"""The least score of the best candidate for which its coordinates are given."""
_KEPT = 8
_WITHIN = re.compile(r"\s*(?:,|\(|, in|in)\s*((?:[A-Z][\w.'’-]*)(?: (?:and |of |the )?[A-Z][\w.'’-]*){0,3})")
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
    toponyms = [_parse(gazetteer, text[a:b]) for a, b in spans]
    named: dict[str, Named] = {}
    for (_, end), toponym in zip(spans, toponyms, strict=True):
        key = f"{toponym.name} {toponym.level}"
        after = _WITHIN.match(text, end, end + 60)
        within = (after[1].rstrip("."), after[1]) if after else ()
        held = named.get(key)
        named[key] = Named(toponym.name, toponym.level, (*(held.within if held else ()), *within))
    at_home: Counter[str] = Counter()
    for word in _WORD.findall(text):
        code = country_of_demonym(word)
        if code is not None:
            at_home[code] += 1
    weights = {code: min(count, 4) / 2 for code, count in at_home.items()}
    chosen = dict(zip(named, choose(gazetteer, list(named.values()), weights), strict=True))
    return [_locate(gazetteer, t, chosen[f"{t.name} {t.level}"], likely) for t in toponyms]


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


def _candidate(e: Entry, score: float) -> PlaceCandidate:
    return PlaceCandidate(e.id, e.name, e.country, e.admin1, e.kind, e.lat, e.lon, score)
