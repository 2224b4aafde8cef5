"""Relations between incidents.

In: all `Relation`s of the case at once. Out: the same again, all or those of one incident.
Never: a relation of an incident that is not there: they are replaced together with the incidents.
"""

from collections.abc import Iterable, Iterator

from sqlalchemy import Connection, delete, or_, select

from rashomon.records import Relation
from rashomon.spans import Span
from rashomon.store.batches import iter_batches
from rashomon.store.rows import insert
from rashomon.store.schema import relations


def replace_relations(connection: Connection, found: Iterable[Relation]) -> int:
    """Keep these relations in place of those that were there; returns how many."""
    connection.execute(delete(relations))
    count = 0
    for batch in iter_batches(found):
        count += len(batch)
        insert(connection, relations, [
            {"first": r.first, "then": r.then, "kind": r.kind, "reasons": r.reasons, "page": r.page,
             "start_char": None if r.cue is None else r.cue.start_char,
             "end_char": None if r.cue is None else r.cue.end_char,
             "words": None if r.cue is None else r.cue.text}
            for r in batch
        ])  # fmt: skip
    return count


def iter_relations(connection: Connection, incident: str | None = None) -> Iterator[Relation]:
    """All relations in the order they were saved, or those of one incident."""
    query = select(relations).order_by(relations.c.number)
    if incident is not None:
        query = query.where(or_(relations.c.first == incident, relations.c.then == incident))
    for row in connection.execute(query):
        cue = None if row.start_char is None else Span(row.start_char, row.end_char, row.words)
        yield Relation(row.first, row.then, row.kind, tuple(row.reasons), row.page, cue)
