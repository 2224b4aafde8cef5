"""Actors: who is behind the mentions of all pages.

In: all `Actor`s of the case at once. Out: the same again. Never: an actor that a person made (judgements.py).
"""

from collections import defaultdict
from collections.abc import Iterable, Iterator

from sqlalchemy import Connection, delete, func, select

from rashomon.records import Actor
from rashomon.store.batches import iter_batches
from rashomon.store.rows import insert
from rashomon.store.schema import actor_aliases, actors


def replace_actors(connection: Connection, found: Iterable[Actor]) -> int:
    """Keep these actors in place of those that were there; returns how many."""
    connection.execute(delete(actor_aliases))
    connection.execute(delete(actors))
    count = 0
    for batch in iter_batches(found):
        numbered = list(enumerate(batch, start=count + 1))
        count += len(batch)
        insert(connection, actors, [
            {"number": n, "id": a.id, "name": a.name, "kind": a.kind, "mentions": a.mentions, "suggested": a.suggested}
            for n, a in numbered
        ])  # fmt: skip
        insert(connection, actor_aliases, [
            {"actor": n, "ordinal": i, "alias": alias} for n, a in numbered for i, alias in enumerate(a.aliases)
        ])  # fmt: skip
    return count


def iter_actors(connection: Connection, chunk: int = 2000) -> Iterator[Actor]:
    """All actors, in the order they were saved, `chunk` of them in memory at a time."""
    last = connection.execute(select(func.max(actors.c.number))).scalar() or 0
    for first in range(1, last + 1, chunk):
        held = (first, first + chunk - 1)
        named: dict[int, list[str]] = defaultdict(list)
        query = select(actor_aliases.c.actor, actor_aliases.c.alias).where(actor_aliases.c.actor.between(*held))
        for number, alias in connection.execute(query.order_by(actor_aliases.c.actor, actor_aliases.c.ordinal)):
            named[number].append(alias)
        for row in connection.execute(select(actors).where(actors.c.number.between(*held)).order_by(actors.c.number)):
            aliases = tuple(named.get(row.number, ()))
            yield Actor(row.id, row.name, row.kind, aliases, row.mentions, tuple(row.suggested))
