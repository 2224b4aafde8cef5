"""Parquet: the three tables, a row group for every batch.

In: a case, filters, a folder. Out: incidents.parquet, tellings.parquet, sources.parquet in it. Never: a whole table in
memory.
"""

from contextlib import ExitStack
from pathlib import Path
from typing import Any

import pyarrow.parquet as pq
from sqlalchemy import Connection

from rashomon.present.exports import tables
from rashomon.present.exports.arrow import ROWS_AT_ONCE, batch_of, schema_of
from rashomon.present.exports.sheets import Row
from rashomon.present.filters import Filters


class _File:
    """A file of one table; rows are held until there are ROWS_AT_ONCE of them."""

    def __init__(self, path: Path, columns: tuple[tables.Column[Any], ...]) -> None:
        self.count = 0
        self._rows: list[Row] = []
        self._schema = schema_of(columns)
        self._writer = pq.ParquetWriter(path, self._schema, compression="zstd")

    def write(self, row: Row) -> None:
        self._rows.append(row)
        if len(self._rows) >= ROWS_AT_ONCE:
            self._flush()

    def _flush(self) -> None:
        if self._rows:
            self._writer.write_batch(batch_of(self._schema, self._rows))
        self.count += len(self._rows)
        self._rows = []

    def close(self) -> None:
        self._flush()
        self._writer.close()


def write_parquet(connection: Connection, filters: Filters, folder: Path) -> int:
    """Write the three files; returns how many rows they have."""
    with ExitStack() as opened:
        files = {name: _File(folder / f"{name}.parquet", columns) for name, columns in tables.TABLES.items()}
        for file in files.values():
            opened.callback(file.close)
        for one in tables.iter_table_rows(connection, filters):
            files[one.table].write(one.row)
    return sum(file.count for file in files.values())
