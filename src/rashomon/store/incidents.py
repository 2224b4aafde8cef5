"""Links between tellings, and incidents with every value told.

In: all `Link`s and `Incident`s of the case at once. Out: the same again.
Never: a link that a person made (judgements.py): it is given to linking, which returns what follows from it.
"""

from collections import defaultdict
from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from typing import Any

import msgspec
from sqlalchemy import Column, ColumnElement, Connection, delete, func, select

from rashomon.records import CountRange, Incident, Link, MatchWeight, ToldValue, WeighedField
from rashomon.store.batches import iter_batches
from rashomon.store.columns import clean_text
from rashomon.store.rows import insert, insert_tuples
from rashomon.store.schema import incident_fields, incident_tellings, incidents, link_weights, linked, links

CHUNK = 1000


def replace_links(connection: Connection, found: Iterable[Link], digests: Mapping[str, str] | None = None) -> int:
    """Keep these links, and the `digests` of the tellings that were linked (none: not known), in place of those that
    were there; returns how many links.
    """
    for table in (linked, link_weights, links):
        connection.execute(delete(table))
    for told in iter_batches((digests or {}).items()):
        insert(connection, linked, [{"telling": telling, "digest": digest} for telling, digest in told])
    count = 0
    for batch in iter_batches(found):
        numbered = list(enumerate(batch, start=count + 1))
        count += len(batch)
        insert(connection, links, [
            {"number": n, "a": link.a, "b": link.b, "probability": link.probability} for n, link in numbered
        ])  # fmt: skip
        insert_tuples(connection, link_weights, ("link", "ordinal", "comparison", "level", "weight"), [
            (n, i, clean_text(w.comparison), clean_text(w.level), w.weight)
            for n, link in numbered for i, w in enumerate(link.weights)
        ])  # fmt: skip
    return count


def iter_links(
    connection: Connection, chunk: int = CHUNK, *, where: ColumnElement[bool] | None = None
) -> Iterator[Link]:
    """All links (or those of which `where` holds), in the order they were saved."""
    last = connection.execute(select(func.max(links.c.number))).scalar() or 0
    for first in range(1, last + 1, chunk):
        held = (first, first + chunk - 1)
        weights: dict[int, list[MatchWeight]] = defaultdict(list)
        query = select(link_weights).where(link_weights.c.link.between(*held))
        for row in connection.execute(query.order_by(link_weights.c.link, link_weights.c.ordinal)):
            weights[row.link].append(MatchWeight(row.comparison, row.level, row.weight))
        some = select(links).where(links.c.number.between(*held))
        if where is not None:
            some = some.where(where)
        for row in connection.execute(some.order_by(links.c.number)):
            yield Link(row.a, row.b, row.probability, tuple(weights.get(row.number, ())))


def load_linked(connection: Connection) -> dict[str, str]:
    """The digest of each telling that was linked."""
    return {row.telling: row.digest for row in connection.execute(select(linked))}


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
