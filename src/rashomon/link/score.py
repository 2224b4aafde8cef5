"""Candidate pairs of tellings scored by Splink on DuckDB, in process.

In: rows. Out: links with their match weights. Never: pandas, a file that stays, or a pair that no blocking rule brings
together.
"""

import math
import tempfile
from collections.abc import Sequence
from pathlib import Path

import duckdb
import msgspec
from splink import Linker
from splink.backends.duckdb import DuckDBAPI

from rashomon.link.comparisons import COMPARISONS, NULL, splink_settings
from rashomon.link.table import LinkRow
from rashomon.records import Link, MatchWeight

_COLUMNS = {
    "unique_id": "VARCHAR", "page": "VARCHAR", "families": "VARCHAR[]", "types": "VARCHAR[]", "first_day": "BIGINT",
    "last_day": "BIGINT", "published_day": "BIGINT", "lat": "DOUBLE", "lon": "DOUBLE", "radius_km": "DOUBLE",
    "places": "VARCHAR[]", "broad_places": "VARCHAR[]", "perpetrators": "VARCHAR[]", "targets": "VARCHAR[]",
    "killed_low": "BIGINT", "killed_high": "BIGINT", "words": "VARCHAR[]",
}  # fmt: skip

_KEYS_SQL = """
create table tellings as
select *,
  flatten(list_transform(places, lambda p: list_transform(
    generate_series(
      coalesce(first_day, published_day - 7) // 7,
      coalesce(least(last_day, first_day + 31), published_day) // 7 + 1),
    lambda w: p || '|' || w))) as place_week,
  flatten(list_transform(targets, lambda t: list_transform(families, lambda f: t || '|' || f))) as target_family,
  case when first_day is null or published_day is null
    then flatten(list_transform(places, lambda p: list_transform(families, lambda f: p || '|' || f)))
    else [] end as place_family
from rows
"""


def score_pairs(rows: Sequence[LinkRow], min_probability: float = 0.05) -> list[Link]:
    """Links of probability ≥ `min_probability`, each pair once (`a` < `b`), in order."""
    if len(rows) < 2:
        return []
    with tempfile.TemporaryDirectory() as folder, duckdb.connect(":memory:") as connection:
        path = Path(folder) / "rows.json"
        path.write_bytes(b"\n".join(msgspec.json.encode(row) for row in sorted(rows, key=lambda r: r.unique_id)))
        columns = ", ".join(f"{name}: '{kind}'" for name, kind in _COLUMNS.items())
        connection.execute("set threads = 2")
        connection.execute(
            "create table rows as select * from "  # noqa: S608  (our own column names)
            f"read_json($path, format = 'newline_delimited', columns = {{{columns}}})",
            {"path": str(path)},
        )
        connection.execute(_KEYS_SQL)
        api = DuckDBAPI(connection)
        linker = Linker(api.register("tellings"), splink_settings(), log_level=None, validate_settings=False)
        predicted = linker.inference.predict(threshold_match_probability=min_probability, warning_mode="never")
        weights = ", ".join(f'"mw_{name}"' for name in COMPARISONS)
        found = connection.execute(
            f"select unique_id_l, unique_id_r, match_probability, {weights} from {predicted.physical_name} "  # noqa: S608
            "order by unique_id_l, unique_id_r"
        ).fetchall()
    return [_link(row) for row in found]


def _link(row: tuple[object, ...]) -> Link:
    left, right, probability, *weights = row
    told = tuple(_weight(name, float(str(w or 0.0))) for name, w in zip(COMPARISONS, weights, strict=True))
    a, b = sorted((str(left), str(right)))
    return Link(a, b, round(float(str(probability)), 6), told)


def _weight(name: str, weight: float) -> MatchWeight:
    """The level that has this weight (they differ within a comparison; 0 is a comparison without both values)."""
    levels = [level for level in COMPARISONS[name] if level.label != NULL]
    level = min(levels, key=lambda held: abs(math.log2(held.m / held.u) - weight))
    if abs(math.log2(level.m / level.u) - weight) > 0.01:
        return MatchWeight(name, "unknown", 0.0)
    return MatchWeight(name, level.label, round(weight, 3))
