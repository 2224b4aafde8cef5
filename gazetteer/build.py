"""The gazetteer: a compact SQLite table of GeoNames' places (CC BY 4.0), made when the package is built.

In: records of `sources.py`. Out: `gazetteer.sqlite`. Never: a choice among places of one name.
"""

import importlib.util
import re
import sqlite3
import sys
import zlib
from collections import defaultdict
from collections.abc import Callable, Iterable
from pathlib import Path
from typing import Any

from gazetteer.middles import Spot, find_land_middles, find_middle
from gazetteer.sources import Area, Country, Division, Town, read_areas, read_countries, read_divisions, read_towns

ROOT = Path(__file__).parent.parent
RESOLVE = ROOT / "src" / "rashomon" / "resolve"
SHARED = ("folding", "prominence")
"""Files of the package that the build runs by themselves, so that both do the same."""
ALTERNATES_FROM = 2_000
"""Population from which a place's alternate names are held (below it only its own name is)."""
AREA_POPULATION = 5_000_000
"""What an area counts as, so that it is not taken for a village of its name."""

LEVEL_WORD = re.compile(
    r"^(?:(?:provincia|departamento|municipio|distrito|estado|muḩāfaz̧at|wilāyat?|shahrestān-e|ostān-e) (?:del? )?)"
    r"|\s+(?:province|governorate|region|district|department|county|oblast|state|prefecture|municipality)$",
    re.IGNORECASE,
)
POINTERS = {
    "north",
    "south",
    "east",
    "west",
    "northern",
    "southern",
    "eastern",
    "western",
    "central",
    "centre",
    "center",
}

SCHEMA = """
create table places (
  id integer primary key, name text, country text, admin1 text, kind text, lat real, lon real, population integer,
  capital integer
);
create table regions (
  country text, admin1 text, lat real, lon real, population integer, primary key (country, admin1)
) without rowid;
create table scopes (kind text, key text, weight real, primary key (kind, key)) without rowid;
create table names (name text, place integer, own integer, primary key (name, place)) without rowid;
create index larger_towns on places (lat, lon, population) where kind = 'town' and population >= 5000;
"""


def source_digest() -> int:
    """A number that changes when what makes the gazetteer does."""
    files = [
        *sorted(Path(__file__).parent.glob("*.py")),
        Path(__file__).parent / "areas.csv",
        *(RESOLVE / f"{name}.py" for name in SHARED),
    ]
    return zlib.crc32(b"".join(f.read_bytes() for f in files)) & 0x7FFFFFFF


def is_current(target: Path) -> bool:
    """Whether the gazetteer there was made by these sources."""
    if not target.exists():
        return False
    connection = sqlite3.connect(target)
    try:
        return bool(connection.execute("pragma user_version").fetchone()[0] == source_digest())
    except sqlite3.DatabaseError:
        return False
    finally:
        connection.close()


def build_gazetteer(target: Path) -> None:
    """Write the gazetteer to `target`."""
    target.parent.mkdir(parents=True, exist_ok=True)
    fresh = target.with_suffix(".new")
    fresh.unlink(missing_ok=True)
    towns, countries = list(read_towns()), list(read_countries())
    rows = Rows(_load("folding").fold_name)
    rows.add_towns(towns, {c.code: c.capital for c in countries})
    rows.add_countries(countries, towns)
    rows.add_divisions(read_divisions(), towns, {c.code: c for c in countries})
    rows.add_areas(read_areas())
    rows.save(fresh)
    fresh.replace(target)


def _load(name: str) -> Any:
    """A file of the package, without the package."""
    spec = importlib.util.spec_from_file_location(name, RESOLVE / f"{name}.py")
    assert spec is not None
    assert spec.loader is not None
    module = importlib.util.module_from_spec(spec)
    sys.modules[name] = module
    spec.loader.exec_module(module)
    return module


class Rows:
    """The rows while they are gathered."""

    def __init__(self, fold: Callable[[str], str]) -> None:
        self._fold = fold
        self._places: list[tuple[object, ...]] = []
        self._names: dict[tuple[str, int], int] = {}
        self._regions: dict[tuple[str, str], tuple[object, ...]] = {}

    def name(self, name: str, place: int, own: int) -> None:
        """`name` leads to `place`; `own` 1 if it is its main name."""
        key = (self._fold(name), place)
        if len(key[0]) >= 2 and key[0].isascii():
            self._names[key] = max(own, self._names.get(key, 0))

    def add_towns(self, towns: Iterable[Town], capitals: dict[str, str]) -> None:
        """All towns; a country's capital is marked."""
        largest: dict[str, Town] = {}
        for town in towns:
            if self._fold(town.name) == self._fold(capitals.get(town.country, "")):
                largest[town.country] = max(largest.get(town.country, town), town, key=lambda t: t.population)
        seats = {t.number for t in largest.values()}
        for t in towns:
            self._places.append(
                (t.number, t.name, t.country, t.admin1, "town", t.lat, t.lon, t.population, int(t.number in seats))
            )
            self.name(t.name, t.number, 1)
            if t.population >= ALTERNATES_FROM:
                for other in t.others:
                    if len(other) > 3:
                        self.name(other, t.number, 0)

    def add_countries(self, countries: Iterable[Country], towns: Iterable[Town]) -> None:
        """Countries, by a source's middle or that of their towns."""
        spots: dict[str, list[Spot]] = defaultdict(list)
        for t in towns:
            spots[t.country].append(Spot(t.lat, t.lon))
        for c in countries:
            if c.code in spots:
                lat, lon = c.middle or find_middle(spots[c.code])
                self._places.append((c.number, c.name, c.code, None, "country", lat, lon, c.population, 0))
                self.name(c.name, c.number, 1)
                self.name(re.sub(r"^The ", "", c.name), c.number, 1)

    def add_divisions(
        self, divisions: dict[int, Division], towns: Iterable[Town], countries: dict[str, Country]
    ) -> None:
        """Divisions that have towns, with their other names, and without the word for what they are."""
        members: dict[int, list[Town]] = defaultdict(list)
        for t in towns:
            for i in t.divisions:
                members[i].append(t)
        middles = _land_middles(divisions, members, countries)
        for i, d in divisions.items():
            if not members[i]:
                continue
            lat, lon = middles.get(i) or find_middle([Spot(t.lat, t.lon) for t in members[i]])
            people = sum(t.population for t in members[i])
            self._places.append((d.number, d.name, d.country, d.admin1, d.kind, lat, lon, people, 0))
            if d.kind == "region":
                self._regions[d.country, d.admin1] = (d.country, d.admin1, lat, lon, people)
            self.name(d.name, d.number, 1)
            self.name(LEVEL_WORD.sub("", d.name), d.number, int(d.kind == "region"))
            for other in d.others:
                bare = LEVEL_WORD.sub("", other)
                if bare.casefold() not in POINTERS:
                    self.name(other, d.number, 0)
                    self.name(bare, d.number, 0)

    def add_areas(self, areas: Iterable[Area]) -> None:
        """Continents, landscapes, seas: as regions, which they are to a reader."""
        for a in areas:
            self._places.append((a.number, a.name, a.country, None, "region", a.lat, a.lon, AREA_POPULATION, 0))
            for name in (a.name, *a.others):
                self.name(name, a.number, 1)

    def save(self, path: Path) -> None:
        """Write it all."""
        connection = sqlite3.connect(path)
        connection.executescript(SCHEMA)
        connection.executemany("insert into regions values (?, ?, ?, ?, ?)", sorted(self._regions.values()))
        connection.executemany("insert or ignore into places values (?, ?, ?, ?, ?, ?, ?, ?, ?)", self._places)
        connection.executemany(
            "insert into names values (?, ?, ?)", sorted((n, p, o) for (n, p), o in self._names.items())
        )
        connection.executemany("insert into scopes values (?, ?, ?)", sorted(_sum_scopes(self._places)))
        connection.execute(f"pragma user_version = {source_digest()}")
        connection.commit()
        connection.execute("vacuum")
        connection.close()


def _land_middles(
    divisions: dict[int, Division], members: dict[int, list[Town]], countries: dict[str, Country]
) -> dict[int, tuple[float, float]]:
    """Middles of first-order divisions by the land around their towns."""
    towns: dict[str, list[tuple[str, Spot]]] = defaultdict(list)
    for i, d in divisions.items():
        if d.kind == "region":
            towns[d.country] += [(str(i), Spot(t.lat, t.lon)) for t in members[i]]
    found = {}
    for code, spots in towns.items():
        if code in countries and countries[code].rings and spots:
            found.update({int(i): m for i, m in find_land_middles(countries[code].rings, spots).items()})
    return found


def _sum_scopes(places: Iterable[tuple[Any, ...]]) -> list[tuple[str, str, float]]:
    """How much is named in the world, each country, each first-order division, and around each cell."""
    prominence = _load("prominence")
    sums: dict[tuple[str, str], float] = defaultdict(float)
    cells: dict[tuple[int, int], float] = defaultdict(float)
    for _, _, country, admin1, kind, lat, lon, population, capital in places:
        weight = prominence.weigh_place(kind, population, bool(capital))
        sums["world", ""] += weight
        if country and kind != "country":
            sums["country", country] += weight
        if country and admin1 and kind != "region":
            sums["region", f"{country}.{admin1}"] += weight
        if kind in ("town", "district"):
            cells[prominence.cell_of(lat, lon)] += weight
    for row, column in cells:
        around = sum(cells.get((row + i, column + j), 0.0) for i in (-1, 0, 1) for j in (-1, 0, 1))
        sums["near", f"{row} {column}"] = around
    return [(kind, key, round(weight, 2)) for (kind, key), weight in sums.items()]
