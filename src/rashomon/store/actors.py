"""Actors: who is behind the mentions of all pages.

In: all `Actor`s of the case at once. Out: the same again. Never: an actor that a person made (judgements.py).
"""

from collections import defaultdict
from collections.abc import Iterable, Iterator

from sqlalchemy import Connection, delete, select

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


def iter_actors(connection: Connection) -> Iterator[Actor]:
    """All actors, in the order they were saved."""
    query = select(actor_aliases.c.actor, actor_aliases.c.alias)
    named: dict[int, list[str]] = defaultdict(list)
    for number, alias in connection.execute(query.order_by(actor_aliases.c.actor, actor_aliases.c.ordinal)):
        named[number].append(alias)
    for row in connection.execute(select(actors).order_by(actors.c.number)):
        yield Actor(row.id, row.name, row.kind, tuple(named.get(row.number, ())), row.mentions, tuple(row.suggested))
