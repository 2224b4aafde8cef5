"""Incidents with every value told.

In: all `Incident`s of the case at once. Out: the same again. Never: what follows from a value (weigh does that).
"""

from collections import defaultdict
from collections.abc import Callable, Iterable, Iterator, Sequence
from typing import Any

import msgspec
from sqlalchemy import Column, ColumnElement, Connection, delete, func, select

from rashomon.records import CountRange, Incident, Link, ToldValue, WeighedField
from rashomon.store.batches import iter_batches
from rashomon.store.rows import insert
from rashomon.store.schema import incident_fields, incident_tellings, incidents

CHUNK = 1000


def replace_incidents(connection: Connection, found: Iterable[Incident]) -> int:
    """Keep these incidents in place of those that were there; returns how many."""
    for table in (incident_fields, incident_tellings, incidents):
        connection.execute(delete(table))
    count = 0
    for batch in iter_batches(found, CHUNK):
        numbered = list(enumerate(batch, start=count + 1))
        count += len(batch)
        insert(connection, incidents, [
            {"number": n, "id": i.id, "types": i.types, "origins": i.origins, "weakest": i.weakest,
             "contested": len(i.contested)}
            for n, i in numbered
        ])  # fmt: skip
        insert(connection, incident_tellings, [
            {"incident": n, "ordinal": o, "telling": telling}
            for n, i in numbered for o, telling in enumerate(i.tellings)
        ])  # fmt: skip
        insert(connection, incident_fields, [
            {"incident": n, "ordinal": o, "field": f.field, "status": f.status, "told": f.values, "range": f.range}
            for n, i in numbered for o, f in enumerate(i.fields)
        ])  # fmt: skip
    return count


def iter_incidents(connection: Connection, chunk: int = CHUNK) -> Iterator[Incident]:
    """All incidents, in the order they were saved."""
    last = connection.execute(select(func.max(incidents.c.number))).scalar() or 0
    for first in range(1, last + 1, chunk):
        yield from load_incidents(connection, first, min(last, first + chunk - 1))


def load_incidents(connection: Connection, first: int, last: int) -> list[Incident]:
    """The incidents of these row numbers, both included."""
    return _load(connection, lambda column: column.between(first, last))


def load_incidents_by_number(connection: Connection, numbers: Sequence[int]) -> list[Incident]:
    """The incidents of these row numbers, in the order of the numbers."""
    return _load(connection, lambda column: column.in_(numbers))


def _load(connection: Connection, held: Callable[[Column[Any]], ColumnElement[bool]]) -> list[Incident]:
    told_by: dict[int, list[str]] = defaultdict(list)
    query = select(incident_tellings).where(held(incident_tellings.c.incident))
    for row in connection.execute(query.order_by(incident_tellings.c.incident, incident_tellings.c.ordinal)):
        told_by[row.incident].append(row.telling)
    fields: dict[int, list[WeighedField]] = defaultdict(list)
    query = select(incident_fields).where(held(incident_fields.c.incident))
    for row in connection.execute(query.order_by(incident_fields.c.incident, incident_fields.c.ordinal)):
        values = msgspec.convert(row.told, tuple[ToldValue, ...])
        counted = msgspec.convert(row.range, CountRange | None)
        fields[row.incident].append(WeighedField(row.field, row.status, values, counted))
    query = select(incidents).where(held(incidents.c.number)).order_by(incidents.c.number)
    return [
        Incident(
            row.id,
            tuple(told_by.get(row.number, ())),
            tuple(row.types),
            tuple(row.origins),
            tuple(fields.get(row.number, ())),
            None if row.weakest is None else msgspec.convert(row.weakest, Link),
        )
        for row in connection.execute(query)
    ]
