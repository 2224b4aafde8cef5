"""Rows of many pages at a time.

In: a connection, a table, page numbers. Out: rows grouped by page; ranges of page numbers to go through a case with.
Never: the meaning of a column.
"""

from collections import defaultdict
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from typing import Any

from sqlalchemy import Column, Connection, Row, Table, func, select

from rashomon.store.schema import pages

CHUNK_PAGES = 250
TableRows = tuple[Table, list[dict[str, Any]]]
"""Rows of one table, all with the same keys."""


@dataclass(frozen=True, slots=True)
class PageRange:
    """Page numbers `first` to `last`, both included: what is loaded together."""

    first: int
    last: int


def insert(connection: Connection, table: Table, rows: Sequence[Mapping[str, Any]]) -> None:
    """Insert `rows` (all with the same keys), or nothing."""
    if rows:
        connection.execute(table.insert(), rows)


def insert_tuples(
    connection: Connection, table: Table, columns: Sequence[str], rows: Sequence[tuple[Any, ...]]
) -> None:
    """Insert `rows` of these columns as they are, in a third of the time: words must be storable (`clean_text`)."""
    if rows:
        statement = table.insert().compile(dialect=connection.dialect, column_keys=list(columns))
        assert statement.positiontup == list(columns)
        connection.exec_driver_sql(str(statement), list(rows))


def insert_one(connection: Connection, table: Table, row: Mapping[str, Any]) -> int:
    """Insert one row and return the number that the database gave it."""
    key = connection.execute(table.insert().values(**row)).inserted_primary_key
    assert key is not None
    return int(key[0])


def by_page(connection: Connection, table: Table, held: PageRange) -> dict[int, list[Row[Any]]]:
    """The rows of these pages, in the order of their ordinals."""
    query = select(table).where(within(table.c.page, held)).order_by(table.c.page, table.c.ordinal)
    found: dict[int, list[Row[Any]]] = defaultdict(list)
    for row in connection.execute(query):
        found[row.page].append(row)
    return found


def within(column: Column[Any], held: PageRange) -> Any:
    """The condition that a page number is in the range."""
    if held.first == held.last:
        return column == held.first
    return column.between(held.first, held.last)


def iter_ranges(connection: Connection, size: int = CHUNK_PAGES) -> Iterator[PageRange]:
    """Ranges that together hold all pages of the case, in order of arrival."""
    last = connection.execute(select(func.max(pages.c.number))).scalar() or 0
    for first in range(1, last + 1, size):
        yield PageRange(first, min(first + size - 1, last))
