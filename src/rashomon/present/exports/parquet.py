"""Parquet: the three tables, a row group for every batch.

In: a case, filters, a folder. Out: incidents.parquet, tellings.parquet, sources.parquet in it. Never: a whole table in
memory.
"""

from pathlib import Path

import pyarrow.parquet as pq
from sqlalchemy import Connection

from rashomon.present.exports.arrow import TABLES, iter_record_batches, make_schema
from rashomon.present.filters import Filters


def write_parquet(connection: Connection, filters: Filters, folder: Path) -> int:
    """Write the three files; returns how many rows they have."""
    count = 0
    for table in TABLES:
        with pq.ParquetWriter(folder / f"{table}.parquet", make_schema(table), compression="zstd") as writer:
            for batch in iter_record_batches(connection, filters, table):
                writer.write_batch(batch)
                count += batch.num_rows
    return count
