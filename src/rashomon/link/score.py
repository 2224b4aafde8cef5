"""Candidate pairs of tellings scored by Splink on DuckDB, in process.

In: rows. Out: links with their match weights. Never: pandas, a file that stays, or a pair that shares no key.

The pairs are made, compared and scored for some ten thousand tellings at a time, so that memory is bounded. Splink is
given the levels that each pair reaches: a table of pairs, each "linked" with one empty record.
"""

import tempfile
from collections.abc import Iterable, Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import duckdb
import msgspec
import numpy as np
from numpy.typing import NDArray
from splink import Linker
from splink.backends.duckdb import DuckDBAPI

from rashomon.link.common import learn_common
from rashomon.link.comparisons import (
    COMPARISONS,
    UNKNOWN,
    LinkWeights,
    level_column,
    levels_sql,
    load_weights,
    splink_settings,
)
from rashomon.link.contrast import Company
from rashomon.link.keys import MEET, keys_sql, least_bits
from rashomon.link.known import Digest, Known, Part, Scored, join_parts
from rashomon.link.links import Links
from rashomon.link.sample import Sample
from rashomon.link.shared import SUMMED, SharedWords, WordLists
from rashomon.link.table import LinkRow

THREADS = 2
LEAST_PROBABILITY = 0.1
"""Of links that are kept. 0.05, 0.1 and 0.15 make no difference to ECB+ (73,000, 56,000, 49,000 links; 2026-11-29)."""
MEMORY = "2GB"
"""What the database may hold before it uses the disk."""
SLICE = 25_000
"""Tellings whose pairs are held at a time."""

_COLUMNS = {
    "unique_id": "VARCHAR", "page": "VARCHAR", "item": "BIGINT", "families": "VARCHAR[]", "types":
    "VARCHAR[]", "first_day": "BIGINT", "last_day": "BIGINT", "published_day": "BIGINT", "lat": "DOUBLE",
    "lon": "DOUBLE", "radius_km": "DOUBLE", "places": "VARCHAR[]", "broad_places": "VARCHAR[]", "within":
    "VARCHAR[]", "perpetrators": "BIGINT[]", "targets": "BIGINT[]", "victims": "BIGINT[]",
    "killed_low": "BIGINT", "killed_high": "BIGINT", "injured_low": "BIGINT",
    "names": "BIGINT[]", "words": "BIGINT[]", "context": "BIGINT[]",
    "roster": "BIGINT[]", "words_norm": "DOUBLE", "context_norm": "DOUBLE", "roster_norm": "DOUBLE",
    "names_norm": "DOUBLE", "weekdays": "BIGINT[]", "days": "BIGINT[]", "years": "BIGINT[]",
    "numbers": "BIGINT[]", "sketch_0": "BIGINT",
    "sketch_1": "BIGINT", "sketch_2": "BIGINT", "sketch_3": "BIGINT",
}  # fmt: skip

Integers = NDArray[np.int32]


@dataclass(frozen=True, slots=True)
class Tellings:
    """A database with the tables `tellings` and `keyed` (keys.py); the ids by place, with the digests, pages and words
    of the rows.
    """

    connection: duckdb.DuckDBPyConnection
    ids: list[str]
    digests: list[str]
    pages: list[str]
    words: SharedWords

    def company(self) -> Company:
        """What they stand in."""
        _, first, page = np.unique(np.array(self.pages, dtype=np.str_), return_index=True, return_inverse=True)
        words = self.words
        articles, passages = words.words("context", first), words.words("words", np.arange(len(page)))
        return Company(page.astype(np.int64), articles, passages, words.weights)


@contextmanager
def open_tellings(rows: Iterable[LinkRow], digest: Digest) -> Iterator[Tellings]:
    """A database in memory with the rows and their keys; what does not fit lies in a folder that does not stay."""
    with tempfile.TemporaryDirectory() as folder, duckdb.connect(":memory:") as connection:
        path = Path(folder) / "rows.json"
        encoder = msgspec.json.Encoder()
        words, ids, digests, pages = WordLists(), [], [], []
        with path.open("wb") as file:
            for row in rows:
                encoded = encoder.encode(row)
                file.write(encoded + b"\n")
                words.add(row)
                ids.append(row.unique_id)
                pages.append(row.page)
                digests.append(digest.of(encoded))
        columns = ", ".join(f"{name}: '{kind}'" for name, kind in _COLUMNS.items())
        connection.execute(f"set threads = {THREADS}")
        connection.execute(f"set memory_limit = '{MEMORY}'")
        connection.execute("set preserve_insertion_order = false")
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
        order = sorted(range(len(ids)), key=ids.__getitem__)
        ids, digests, pages = ([held[n] for n in order] for held in (ids, digests, pages))
        yield Tellings(connection, ids, digests, pages, words.in_order(order))


def iter_candidates(tellings: Tellings) -> Iterator[tuple[Integers, Integers]]:
    """The pairs that share enough, by place, `a` < `b`, in order; a slice of the tellings at a time."""
    for first in range(0, len(tellings.ids), SLICE):
        found = tellings.connection.execute(
            f"select a, b from ({MEET}) order by a, b",  # noqa: S608
            {"first": first, "last": first + SLICE, "least": least_bits(len(tellings.ids))},
        ).fetchnumpy()
        yield np.asarray(found["a"]), np.asarray(found["b"])


def compare(tellings: Tellings, a: Integers, b: Integers) -> NDArray[np.int8]:
    """The levels that the pairs reach, `(pairs, comparisons)`; they stay in the table `compared`, by the `number` of
    the pairs (from 0).
    """
    connection = tellings.connection
    sums = tellings.words.sums(a, b)
    pairs: dict[str, NDArray[Any]] = {"a": a, "b": b, "number": np.arange(len(a), dtype=np.int32)}
    pairs |= {f"{name}_shared": sums[:, n] for n, name in enumerate(SUMMED)}
    connection.register("pairs", pairs)
    columns = [c[0] for c in connection.execute("describe tellings").fetchall() if c[0] not in ("unique_id", "place")]
    sides = ", ".join(f"{side}.{c} as {c}_{side}" for side in "lr" for c in columns)
    connection.execute(
        f"create or replace table compared as select number, {levels_sql()} from ("  # noqa: S608
        f"select pairs.* exclude (a, b), {sides} from pairs "
        "join tellings l on pairs.a = l.place join tellings r on pairs.b = r.place)"
    )
    connection.unregister("pairs")
    names = [level_column(name) for name in COMPARISONS]
    held = connection.execute(f"select {', '.join(names)} from compared order by number").fetchnumpy()  # noqa: S608
    return np.stack([np.asarray(held[name]) for name in names], axis=1)


def score_pairs(
    rows: Iterable[LinkRow],
    min_probability: float = LEAST_PROBABILITY,
    weights: LinkWeights | None = None,
    scored: Scored | None = None,
    version: str = "",
) -> Links:
    """Links of probability ≥ `min_probability`, each pair once (`a` < `b`), in order; `weights`: the packaged ones.

    `scored` is what an earlier scoring gave, with the same `min_probability`: only pairs with a telling that is new
    since then are compared. `version` is that of whatever makes the rows.
    """
    weights = weights or load_weights()
    with open_tellings(rows, Digest(weights, version)) as tellings:
        known, sample = Known(scored, tellings.ids, tellings.digests), Sample(tellings.digests)
        parts = [known.links(*_NOBODY)]
        for a, b in iter_candidates(tellings):
            sample.add(a, b)
            held = known.holds(a, b)
            parts.append(known.links(a[held], b[held]))
            if not held.all():
                parts.append(_score(tellings, a[~held], b[~held], weights, min_probability))
        common = learn_common(compare(tellings, *sample.pairs()), weights)
        company = tellings.company()
    digests = dict(zip(tellings.ids, tellings.digests, strict=True))
    part = join_parts(parts)
    return Links(tellings.ids, part, common.likely(part[-1]), weights, digests, company)


_NOBODY = (np.zeros(0, np.int32), np.zeros(0, np.int32))


def _score(tellings: Tellings, a: Integers, b: Integers, weights: LinkWeights, least: float) -> Part:
    levels = compare(tellings, a, b)
    number, probability = _predict(tellings.connection, weights, least)
    return a[number], b[number], probability, levels[number]


def _predict(
    connection: duckdb.DuckDBPyConnection, weights: LinkWeights, least: float
) -> tuple[NDArray[np.int64], NDArray[np.float64]]:
    """The numbers of those in `compared` that are at least so likely, in order, and how likely they are."""
    nothing = ", ".join(f"{UNKNOWN}::tinyint as {level_column(name)}" for name in COMPARISONS)
    connection.execute(
        "create or replace table records as select number as unique_id, * exclude (number) from compared "  # noqa: S608
        f"union all select -1, {nothing}"
    )
    connection.execute(
        "create or replace table blocked as "
        "select number as join_key_l, -1 as join_key_r, '0' as match_key from compared"
    )
    api = DuckDBAPI(connection)
    linker = Linker(api.register("records"), splink_settings(weights), log_level=None, validate_settings=False)
    linker.table_management.register_blocked_pairs_for_predict(api.register("blocked"))
    predicted = linker.inference.predict(threshold_match_probability=least, warning_mode="never")
    found = connection.execute(
        f"select unique_id_l, match_probability from {predicted.physical_name} order by unique_id_l"  # noqa: S608
    ).fetchnumpy()
    connection.execute(f"drop table {predicted.physical_name}")
    return np.asarray(found["unique_id_l"], dtype=np.int64), np.round(np.asarray(found["match_probability"]), 6)
