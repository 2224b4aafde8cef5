"""Judgements: what people decided.

In: a decision. Out: `Judgement`s in the order they were made. Never: a change to one that was made (the database
itself refuses), except that a redaction blanks what must not be readable any more.
"""

from collections.abc import Iterator

from sqlalchemy import Connection, delete, or_, select, update

from rashomon.records import Judgement
from rashomon.store.carry import carry_judgements, judged_ids
from rashomon.store.judged import load_carried, note_judged
from rashomon.store.rows import insert_one
from rashomon.store.schema import judgements, unlocked
from rashomon.store.standing import standing_judgements

REDACTED = "[redacted]"


def append_judgement(connection: Connection, judgement: Judgement) -> Judgement:
    """Keep a judgement under the next number (its own `id` is not used) and return it with that number; where the
    tellings stand that it is about is noted.
    """
    note_judged(connection, judged_ids(judgement))
    row = {name: getattr(judgement, name) for name in Judgement.__slots__ if name != "id"}
    return Judgement(id=insert_one(connection, judgements, row), **row)


def iter_judgements(connection: Connection, about: str | None = None) -> Iterator[Judgement]:
    """All judgements in the order they were made, or those `about` one record."""
    query = select(*(judgements.c[name] for name in Judgement.__slots__)).order_by(judgements.c.id)
    if about is not None:
        query = query.where(or_(judgements.c.about == about, judgements.c.other == about))
    for row in connection.execute(query.execution_options(yield_per=500)):
        yield Judgement(*row)


def load_standing(connection: Connection) -> list[Judgement]:
    """The judgements that stand, about the tellings as they are read now; what is not read any more is left out."""
    return carry_judgements(standing_judgements(iter_judgements(connection)), load_carried(connection))


def redact_judgements(connection: Connection, about: str) -> int:
    """Blank values and reasons of all judgements about a record; returns how many. Who decided, and when, stays."""
    connection.execute(unlocked.insert().values(what="judgements"))
    blank = update(judgements).where(or_(judgements.c.about == about, judgements.c.other == about))
    count = connection.execute(blank.values(value=REDACTED, why=REDACTED)).rowcount
    connection.execute(delete(unlocked))
    return count
