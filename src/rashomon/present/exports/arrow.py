"""The three tables as Arrow batches: for Parquet files and for notebooks.

In: told incidents, tellers. Out: record batches and their schemas. Never: a whole table in memory.
"""

from collections.abc import Iterable, Iterator
from typing import Any

import pyarrow as pa
from sqlalchemy import Connection

from rashomon.present.exports import tables
from rashomon.present.exports.clean import clean
from rashomon.present.exports.load import iter_tellers, iter_told
from rashomon.present.exports.sheets import Row, Value
from rashomon.present.filters import Filters
from rashomon.store.batches import iter_batches

ROWS_AT_ONCE = 5_000
TABLES = ("incidents", "tellings", "sources")
_COLUMNS: dict[str, tuple[tables.Column[Any], ...]] = {
    "incidents": tables.INCIDENTS, "tellings": tables.TELLINGS, "sources": tables.SOURCES,
}  # fmt: skip
_TYPES = {"string": pa.string(), "strings": pa.list_(pa.string()), "integer": pa.int64(), "number": pa.float64()}


def make_schema(table: str) -> pa.Schema:
    """The schema of one of TABLES."""
    return schema_of(_COLUMNS[table])


def schema_of(columns: tuple[tables.Column[Any], ...]) -> pa.Schema:
    """The schema of these columns; what each means is in its metadata."""
    return pa.schema([
        pa.field(c.name, _TYPES[c.kind], nullable=not c.key, metadata={"description": c.about})
        for c in columns
    ])  # fmt: skip


def iter_record_batches(connection: Connection, filters: Filters, table: str) -> Iterator[pa.RecordBatch]:
    """The rows of one of TABLES, ROWS_AT_ONCE at a time."""
    yield from batches_of(_COLUMNS[table], _iter_rows(connection, filters, table))


def batches_of(columns: tuple[tables.Column[Any], ...], found: Iterable[Row]) -> Iterator[pa.RecordBatch]:
    """Rows of these columns, ROWS_AT_ONCE at a time."""
    schema = schema_of(columns)
    for rows in iter_batches(found, ROWS_AT_ONCE):
        yield pa.RecordBatch.from_pylist([_cleaned(row) for row in rows], schema=schema)


def _iter_rows(connection: Connection, filters: Filters, table: str) -> Iterable[Row]:
    if table == "sources":
        return (tables.make_row(tables.SOURCES, teller) for teller in iter_tellers(connection, filters))
    if table == "tellings":
        return (row for told in iter_told(connection, filters) for row in tables.iter_telling_rows(told))
    return (tables.make_row(tables.INCIDENTS, told) for told in iter_told(connection, filters))


def _cleaned(row: Row) -> Row:
    return {name: _clean(value) for name, value in row.items()}


def _clean(value: Value) -> Value:
    if isinstance(value, str):
        return clean(value)
    if value is None or isinstance(value, int | float):
        return value
    return [clean(one) for one in value]
