"""Tables as Arrow batches: for Parquet files and for notebooks.

In: columns and rows. Out: record batches and their schemas. Never: a whole table in memory.
"""

from collections.abc import Iterable, Iterator, Sequence
from typing import Any

import pyarrow as pa

from rashomon.present.exports import tables
from rashomon.present.exports.clean import clean
from rashomon.present.exports.sheets import Row, Value
from rashomon.store.batches import iter_batches

ROWS_AT_ONCE = 5_000
_TYPES = {"string": pa.string(), "strings": pa.list_(pa.string()), "integer": pa.int64(), "number": pa.float64()}


def schema_of(columns: tuple[tables.Column[Any], ...]) -> pa.Schema:
    """The schema of these columns; what each means is in its metadata."""
    return pa.schema([
        pa.field(c.name, _TYPES[c.kind], nullable=not c.key, metadata={"description": c.about})
        for c in columns
    ])  # fmt: skip


def batches_of(columns: tuple[tables.Column[Any], ...], found: Iterable[Row]) -> Iterator[pa.RecordBatch]:
    """Rows of these columns, ROWS_AT_ONCE at a time."""
    schema = schema_of(columns)
    for rows in iter_batches(found, ROWS_AT_ONCE):
        yield batch_of(schema, rows)


def batch_of(schema: pa.Schema, rows: Sequence[Row]) -> pa.RecordBatch:
    """These rows, with their words made safe."""
    return pa.RecordBatch.from_pylist([_cleaned(row) for row in rows], schema=schema)


def _cleaned(row: Row) -> Row:
    return {name: _clean(value) for name, value in row.items()}


def _clean(value: Value) -> Value:
    if isinstance(value, str):
        return clean(value)
    if value is None or isinstance(value, int | float):
        return value
    return [clean(one) for one in value]
