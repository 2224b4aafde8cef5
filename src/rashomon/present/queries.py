"""What `show` shows, streamed from the case.

In: a case. Out: shapes in the case's own order. Never: the whole case in memory, nor a change to it.
"""

from collections.abc import Callable, Iterator
from typing import Any

from msgspec import Struct, structs
from sqlalchemy import Connection, func, select

from rashomon import store
from rashomon.errors import NotFoundError
from rashomon.present import describe
from rashomon.present import shapes as s
from rashomon.present.dates import load_echoing
from rashomon.present.incidents import iter_incident_shapes
from rashomon.present.shifts import iter_shifts
from rashomon.present.silences import iter_silences
from rashomon.present.untold import iter_untold
from rashomon.present.wording import iter_wording
from rashomon.store import schema
from rashomon.store.rows import PageRange, within

WHATS = (
    "pages",
    "tellings",
    "incidents",
    "statements",
    "echoes",
    "shifts",
    "silences",
    "relations",
    "actors",
    "rejected",
    "untold",
    "wording",
)
COMPUTED = ("shifts", "silences", "untold", "wording")
"""What no table holds: it is worked out when it is asked for."""


def iter_shown(connection: Connection, what: str) -> Iterator[Struct]:
    """All records of one kind (of WHATS)."""
    return _SHOWN[what](connection)


def count_shown(connection: Connection, what: str) -> int:
    """How many records of this kind (of WHATS, but none of COMPUTED) the case has."""
    return int(connection.execute(select(func.count()).select_from(schema.metadata.tables[what])).scalar_one())


def _iter_pages(connection: Connection) -> Iterator[s.PageShape]:
    for held in store.iter_ranges(connection):
        articles = store.load_articles(connection, held)
        for entry in store.load_entries(connection, held):
            yield describe.describe_page(entry, articles.get(entry.number))


def _iter_tellings(connection: Connection) -> Iterator[s.TellingShape]:
    for held in store.iter_ranges(connection):
        incident_of = incidents_of(connection, held)
        for page in store.load_read_pages(connection, held, parts=False):
            for telling in page.reading.tellings:
                yield describe.describe_telling(telling, incident_of.get(telling.id))


def incidents_of(connection: Connection, held: PageRange) -> dict[str, str]:
    """Telling id → incident id, for the tellings of these pages."""
    told, incidents, tellings = schema.incident_tellings.c, schema.incidents.c, schema.tellings.c
    query = (
        select(tellings.id, incidents.id)
        .join(schema.incident_tellings, told.telling == tellings.id)
        .join(schema.incidents, incidents.number == told.incident)
        .where(within(tellings.page, held))
    )
    return {row[0]: row[1] for row in connection.execute(query)}


def _iter_statements(connection: Connection) -> Iterator[s.StatementShape]:
    for held in store.iter_ranges(connection):
        for page in store.load_read_pages(connection, held, parts=False):
            yield from describe.describe_statements(page.reading.statements)


def _iter_echoes(connection: Connection) -> Iterator[s.EchoShape]:
    published = load_echoing(connection)
    for echo in store.iter_echoes(connection):
        yield describe.describe_echo(echo, published)


_SHOWN: dict[str, Callable[[Connection], Iterator[Struct]]] = {
    "pages": _iter_pages,
    "tellings": _iter_tellings,
    "incidents": iter_incident_shapes,
    "statements": _iter_statements,
    "echoes": _iter_echoes,
    "shifts": iter_shifts,
    "silences": iter_silences,
    "untold": iter_untold,
    "wording": iter_wording,
    "relations": lambda connection: map(describe.describe_relation, store.iter_relations(connection)),
    "actors": lambda connection: map(describe.describe_actor, store.iter_actors(connection)),
    "rejected": lambda connection: map(describe.describe_rejected, store.iter_rejected(connection)),
}


def find_shown(connection: Connection, identifier: str) -> Struct:
    """The record with this id, whole: a page, telling, statement, incident, actor or origin. Raises NotFoundError."""
    entry = store.find_page(connection, identifier)
    if entry is not None:
        return _whole_page(connection, entry)
    for table in (schema.tellings, schema.statements):
        page = _value(connection, table.c.page, table.c.id == identifier)
        if page is not None:
            held = PageRange(page, page)
            reading = store.load_read_pages(connection, held, parts=False)[0].reading
            if table is schema.tellings:
                telling = next(t for t in reading.tellings if t.id == identifier)
                return describe.describe_telling(telling, incidents_of(connection, held).get(identifier))
            return next(x for x in describe.describe_statements(reading.statements) if x.id == identifier)
    number = _value(connection, schema.incidents.c.number, schema.incidents.c.id == identifier)
    if number is not None:
        return _whole_incident(connection, number)
    for actor in store.iter_actors(connection):
        if actor.id == identifier:
            return describe.describe_actor(actor)
    for origin in store.iter_origins(connection):
        if origin.id == identifier:
            return describe.describe_origin(origin)
    raise NotFoundError(
        "not_found", f"the case has no record with the id {identifier!r}, nor is it one of {', '.join(WHATS)}"
    )


def _whole_incident(connection: Connection, number: int) -> s.WholeIncidentShape:
    held = next(iter_incident_shapes(connection, number, number))
    silences = tuple(iter_silences(connection, number))
    relations = tuple(map(describe.describe_relation, store.iter_relations(connection, held.id)))
    return s.WholeIncidentShape(**structs.asdict(held), silences=silences, relations=relations)


def _value(connection: Connection, column: Any, condition: Any) -> int | None:
    found = connection.execute(select(column).where(condition)).scalar()
    return None if found is None else int(found)


def _whole_page(connection: Connection, entry: store.PageEntry) -> s.WholePageShape:
    held = PageRange(entry.number, entry.number)
    read = store.load_read_pages(connection, held)
    article = read[0].article if read else store.load_articles(connection, held).get(entry.number)
    incident_of = incidents_of(connection, held)
    return describe.describe_whole_page(entry, article, read[0].reading if read else None, incident_of)
