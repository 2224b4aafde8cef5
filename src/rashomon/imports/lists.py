"""Gazetteers and lists of aliases as others keep them, in the layout that `--gazetteer` and `--aliases` take.

In: a CSV or TSV with a header, or GeoNames' own files without one. Out: our CSV, written whole or not at all.
Never: a row with coordinates that are none; how many were passed over is said.
"""

import csv
import sys
from collections.abc import Iterator, Mapping, Sequence
from pathlib import Path

from rashomon.errors import CaptureError, SettingsError
from rashomon.imports.spreadsheets import find_delimiter, tell_why

GAZETTEER = ("name", "lat", "lon", "kind", "admin1", "country", "aliases")
ALIASES = ("name", "alias")
_NAMES: Mapping[str, tuple[str, ...]] = {
    "name": ("name", "caption", "label", "canonical", "toponym", "place"), "lat": ("lat", "latitude", "y"),
    "lon": ("lon", "lng", "long", "longitude", "x"), "kind": ("kind", "type"), "admin1": ("admin1", "adm1", "region"),
    "country": ("country", "country_code", "countrycode", "iso2", "cc"),
    "aliases": ("aliases", "alternatenames", "alternate_names", "alt_names", "also_known_as", "aka"),
    "alias": ("alias", "alternate", "variant", "aka"),
}  # fmt: skip
_GEONAMES = ("geonameid", "name", "asciiname", "aliases", "lat", "lon", "feature", "code", "country", "cc2", "admin1")
_GEONAMES_COLUMNS = 19
_GEONAMES_KINDS = {"P": "town", "A": "region", "S": "site", "L": "area"}


def import_list(path: Path, to: Path, kind: str) -> tuple[int, int]:
    """Write the list at `path` as `kind` ("gazetteer" or "aliases") to `to`; how many rows, how many passed over.

    Raises CaptureError("unreadable"), SettingsError("wrong_column").
    """
    columns, rows = (GAZETTEER, _iter_places) if kind == "gazetteer" else (ALIASES, _iter_aliases)
    part = to.with_name(f".{to.name}.part")
    count = passed = 0
    try:
        with part.open("w", encoding="utf-8", newline="") as out:
            writer = csv.writer(out, lineterminator="\n")
            writer.writerow(columns)
            for found in rows(_iter_rows(path, kind), path):
                passed += not found
                count += bool(found)
                if found:
                    writer.writerow(found)
        part.replace(to)
    finally:
        part.unlink(missing_ok=True)
    return count, passed


def _iter_rows(path: Path, kind: str) -> Iterator[dict[str, str]]:
    """Rows by our names of columns."""
    csv.field_size_limit(min(sys.maxsize, 10_000_000))
    try:
        with path.open(encoding="utf-8-sig", newline="") as file:
            delimiter = find_delimiter(file.readline())
            file.seek(0)
            first = next(csv.reader(file, delimiter=delimiter, quoting=csv.QUOTE_NONE), [])
            file.seek(0)
            if kind == "gazetteer" and len(first) == _GEONAMES_COLUMNS and first[0].isdigit():
                for row in csv.reader(file, delimiter=delimiter, quoting=csv.QUOTE_NONE):
                    held = dict(zip(_GEONAMES, row, strict=False))
                    held["kind"] = _GEONAMES_KINDS.get(held.get("feature", ""), "site")
                    held["aliases"] = held.get("aliases", "").replace(",", ";")
                    yield held
                return
            rows = csv.reader(file, delimiter=delimiter)
            ours = _map(next(rows, []))
            for row in rows:
                yield {name: row[at].strip() for name, at in ours.items() if at < len(row)}
    except (OSError, UnicodeDecodeError, csv.Error) as error:
        raise CaptureError("unreadable", tell_why(error), source=str(path)) from error


def _map(header: Sequence[str]) -> dict[str, int]:
    known = {name.strip().casefold(): i for i, name in reversed(list(enumerate(header)))}
    return {
        ours: at for ours, names in _NAMES.items() if (at := next((known[n] for n in names if n in known), -1)) >= 0
    }


def _iter_places(rows: Iterator[dict[str, str]], path: Path) -> Iterator[tuple[str, ...]]:
    for row in rows:
        if not {"name", "lat", "lon"} <= set(row):
            raise SettingsError("wrong_column", "a gazetteer needs name, latitude and longitude", source=str(path))
        try:
            located = abs(float(row["lat"])) <= 90 and abs(float(row["lon"])) <= 180
        except ValueError:
            located = False
        yield tuple(row.get(name, "") for name in GAZETTEER) if located and row["name"] else ()


def _iter_aliases(rows: Iterator[dict[str, str]], path: Path) -> Iterator[tuple[str, ...]]:
    for row in rows:
        if "name" not in row or not {"alias", "aliases"} & set(row):
            raise SettingsError("wrong_column", "a list of aliases needs name and alias", source=str(path))
        found = [row["alias"]] if "alias" in row else row["aliases"].split(";")
        kept = [alias.strip() for alias in found if alias.strip() and row["name"]]
        yield from ((row["name"], alias) for alias in kept)
        if not kept:
            yield ()
