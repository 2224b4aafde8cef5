"""Look-up of place names: the user's own gazetteer first, then the bundled one (GeoNames, CC BY 4.0).

In: a name. Out: the `Entry`s that bear it. Never: a choice among them (see places.py).
"""

import csv
import sqlite3
from collections import defaultdict
from collections.abc import Iterator
from dataclasses import dataclass
from functools import lru_cache
from pathlib import Path

from rashomon.errors import SettingsError
from rashomon.resolve.folding import fold_name

BUNDLED = Path(__file__).parent / "data" / "gazetteer.sqlite"
_MOST = 40


@dataclass(frozen=True, slots=True)
class Entry:
    """One place. `kind` is country, region, town or what the user's CSV says; degrees WGS 84; `own` if the name that
    was looked up is its main name; `country` is an ISO code (GeoNames) or whatever the user writes.
    """

    id: str
    name: str
    country: str | None
    admin1: str | None
    kind: str
    lat: float
    lon: float
    population: int
    own: bool
    capital: bool = False


class Gazetteer:
    """Both gazetteers; a connection of its own, read only."""

    def __init__(self, user: Path | None = None, bundled: Path = BUNDLED) -> None:
        self._user = _load_user(user) if user is not None else {}
        self._connection = sqlite3.connect(f"file:{bundled}?mode=ro&immutable=1", uri=True, check_same_thread=False)
        self.find = lru_cache(maxsize=20_000)(self._find)
        self.region = lru_cache(maxsize=2_000)(self._region)
        self.standing = lru_cache(maxsize=50_000)(self._standing)
        self.scope = lru_cache(maxsize=20_000)(self._scope)
        self._countries = dict(self._connection.execute("select country, name from places where kind = 'country'"))

    def country_name(self, code: str) -> str | None:
        """The main name of the country with this ISO code."""
        return self._countries.get(code)

    def _find(self, name: str) -> tuple[Entry, ...]:
        """All places of this name, whatever its case, diacritics, spaces and hyphens; the user's own come alone."""
        key = fold_name(name)
        if key in self._user:
            return tuple(self._user[key])
        rows = self._connection.execute(
            "select p.id, p.name, p.country, p.admin1, p.kind, p.lat, p.lon, p.population, n.own, p.capital"
            " from names n"
            " join places p on p.id = n.place where n.name = ? order by n.own desc, p.population desc limit ?",
            (key, _MOST),
        )
        return tuple(
            Entry(_identify(number), own_name, country, admin1, kind, lat, lon, population, bool(own), bool(capital))
            for number, own_name, country, admin1, kind, lat, lon, population, own, capital in rows
        )

    def _standing(self, name: str) -> str:
        """What is most prominent of those that bear a name, in a word: its kind, a town's with the figures of its size,
        "other" if the name is an alternate one; "" if none bears it.
        """
        key = fold_name(name)
        if key in self._user:
            return "user"
        row = self._connection.execute(
            "select p.kind, p.population, n.own from names n join places p on p.id = n.place where n.name = ?"
            " order by n.own desc, p.population desc limit 1",
            (key,),
        ).fetchone()
        if row is None:
            return ""
        kind = f"town{len(str(max(row[1], 1)))}" if row[0] == "town" else row[0]
        return str(kind) if row[2] else f"other {kind}"

    def _region(self, country: str, admin1: str) -> tuple[float, float, int] | None:
        """Latitude, longitude and population of a first-order division."""
        row = self._connection.execute(
            "select lat, lon, population from regions where country = ? and admin1 = ?", (country, admin1)
        ).fetchone()
        return (row[0], row[1], row[2]) if row else None

    def _scope(self, kind: str, key: str) -> float:
        """The weight of all places of a scope: "world", "country" (its code), "region" (codes, with a dot between),
        "near" (row and column of a cell, with a space between: the cell and those around it); 0 for an empty one.
        """
        row = self._connection.execute("select weight from scopes where kind = ? and key = ?", (kind, key)).fetchone()
        return float(row[0]) if row else 0.0


def _identify(number: int) -> str:
    """Landscapes and seas have numbers of ours, below zero."""
    return f"geonames:{number}" if number > 0 else f"area:{-number}"


def _load_user(path: Path) -> dict[str, list[Entry]]:
    """The CSV gazetteer: columns name, lat, lon; and, if there, kind, admin1, country, aliases (split at ";").

    Raises SettingsError("wrong_gazetteer") that names the first line at fault.
    """
    found: dict[str, list[Entry]] = defaultdict(list)
    try:
        with path.open(encoding="utf-8-sig", newline="") as file:
            for entry, names in _rows(csv.DictReader(file), path):
                for name in names:
                    found[fold_name(name)].append(entry)
    except (OSError, UnicodeDecodeError, csv.Error) as error:
        raise SettingsError("unreadable_gazetteer", str(error), source=str(path)) from error
    return dict(found)


def _rows(reader: "csv.DictReader[str]", path: Path) -> Iterator[tuple[Entry, set[str]]]:
    missing = {"name", "lat", "lon"} - set(reader.fieldnames or ())
    if missing:
        raise SettingsError("wrong_gazetteer", f"no column {', '.join(sorted(missing))}", source=str(path))
    for number, row in enumerate(reader, start=1):
        name = (row["name"] or "").strip()
        try:
            lat, lon = float(row["lat"]), float(row["lon"])
        except (TypeError, ValueError):
            lat = lon = float("nan")
        if not name or not (-90 <= lat <= 90 and -180 <= lon <= 180):
            raise SettingsError(
                "wrong_gazetteer", f"line {reader.line_num}: name, lat or lon cannot be used", source=str(path)
            )
        kind = (row.get("kind") or "town").strip()
        country, admin1 = (row.get("country") or "").strip() or None, (row.get("admin1") or "").strip() or None
        aliases = {a.strip() for a in (row.get("aliases") or "").split(";")} - {""}
        yield Entry(f"user:{number}", name, country, admin1, kind, lat, lon, 0, True), {name, *aliases}
