"""Candidate pairs of tellings scored by Splink on DuckDB, in process.

In: rows. Out: links with their match weights. Never: pandas, a file that stays, or a pair that shares no key.
"""

import math
import tempfile
from collections.abc import Iterable, Iterator
from contextlib import contextmanager
from pathlib import Path

import duckdb
import msgspec
from splink import Linker
from splink.backends.duckdb import DuckDBAPI

from rashomon.link.comparisons import COMPARISONS, NULL, LinkWeights, load_weights, splink_settings
from rashomon.link.keys import keys_sql
from rashomon.link.table import LinkRow
from rashomon.records import Link, MatchWeight

THREADS = 2
LEAST_PROBABILITY = 0.05
_SAME_WEIGHT = 1e-6

_COLUMNS = {
    "unique_id": "VARCHAR", "page": "VARCHAR", "item": "BIGINT", "families": "VARCHAR[]", "types":
    "VARCHAR[]", "first_day": "BIGINT", "last_day": "BIGINT", "published_day": "BIGINT", "lat": "DOUBLE",
    "lon": "DOUBLE", "radius_km": "DOUBLE", "places": "VARCHAR[]", "broad_places": "VARCHAR[]", "within":
    "VARCHAR[]", "perpetrators": "BIGINT[]", "targets": "BIGINT[]", "killed_low": "BIGINT", "killed_high":
    "BIGINT", "injured_low": "BIGINT", "names": "BIGINT[]", "words": "BIGINT[]", "context": "BIGINT[]",
    "words_norm": "DOUBLE", "context_norm": "DOUBLE", "names_norm": "DOUBLE", "weekdays": "BIGINT[]",
    "days": "BIGINT[]", "numbers": "BIGINT[]", "sketch_0": "BIGINT",
    "sketch_1": "BIGINT", "sketch_2": "BIGINT", "sketch_3": "BIGINT",
}  # fmt: skip

BLOCKING_RULE = {"blocking_rule": "l.keys = r.keys", "arrays_to_explode": ["keys"]}


@contextmanager
def open_tellings(rows: Iterable[LinkRow]) -> Iterator[duckdb.DuckDBPyConnection]:
    """A database in memory with the table `tellings`: the rows, and of their keys those that bring together."""
    with tempfile.TemporaryDirectory() as folder, duckdb.connect(":memory:") as connection:
        path = Path(folder) / "rows.json"
        encoder = msgspec.json.Encoder()
        with path.open("wb") as file:
            for row in rows:
                file.write(encoder.encode(row) + b"\n")
        columns = ", ".join(f"{name}: '{kind}'" for name, kind in _COLUMNS.items())
        connection.execute(f"set threads = {THREADS}")
        connection.execute("set enable_progress_bar = false")
        connection.execute("set temp_directory = $folder", {"folder": folder})
        connection.execute(
            "create table rows as select * from "  # noqa: S608  (our own column names)
            f"read_json($path, format = 'newline_delimited', columns = {{{columns}}})",
            {"path": str(path)},
        )
        path.unlink()
        for statement in keys_sql():
            connection.execute(statement)
        connection.execute("drop table rows")
        yield connection


def score_pairs(
    rows: Iterable[LinkRow], min_probability: float = LEAST_PROBABILITY, weights: LinkWeights | None = None
) -> list[Link]:
    """Links of probability ≥ `min_probability`, each pair once (`a` < `b`), in order; `weights`: the packaged ones."""
    weights = weights or load_weights()
    with open_tellings(rows) as connection:
        if connection.execute("select count(*) from tellings").fetchall()[0][0] < 2:
            return []
        settings = splink_settings(weights, BLOCKING_RULE)
        api = DuckDBAPI(connection)
        linker = Linker(api.register("tellings"), settings, log_level=None, validate_settings=False)
        predicted = linker.inference.predict(threshold_match_probability=min_probability, warning_mode="never")
        columns = ", ".join(f'"mw_{name}"' for name in COMPARISONS)
        cursor = connection.execute(
            f"select unique_id_l, unique_id_r, match_probability, {columns} from {predicted.physical_name} "  # noqa: S608
            "order by unique_id_l, unique_id_r"
        )
        levels = _Levels(weights)
        found: list[Link] = []
        while batch := cursor.fetchmany(10_000):
            found += [_link(row, levels) for row in batch]
    return found


class _Levels:
    """Which level of a comparison has a weight (weights.json: they differ; 0 is a comparison that is not known)."""

    def __init__(self, weights: LinkWeights) -> None:
        self._named = {
            name: [(math.log2(m / weights.u[name][label]), label) for label, m in held.items()]
            for name, held in weights.m.items()
        }
        self._seen: dict[tuple[str, float], MatchWeight] = {}

    def find(self, name: str, weight: float) -> MatchWeight:
        """The level's label and weight."""
        key = (name, weight)
        if key not in self._seen:
            nearest, label = min((abs(w - weight), label) for w, label in self._named[name])
            known = weight != 0.0 and nearest < _SAME_WEIGHT
            self._seen[key] = MatchWeight(name, label, round(weight, 3)) if known else MatchWeight(name, NULL, 0.0)
        return self._seen[key]


def _link(row: tuple[object, ...], levels: _Levels) -> Link:
    left, right, probability, *told = row
    a, b = sorted((str(left), str(right)))
    weights = tuple(levels.find(name, float(str(w or 0.0))) for name, w in zip(COMPARISONS, told, strict=True))
    return Link(a, b, round(float(str(probability)), 6), weights)
