"""Links between tellings.

In: all `Link`s of the case at once. Out: the same again.
Never: a link that a person made (judgements.py): it is given to linking, which returns what follows from it.

A link has a match weight for each comparison, and millions of links have the same few hundred: each is kept once
(`match_weights`), and a link names its own by their numbers.
"""

from collections.abc import Iterable, Iterator, Mapping, Sequence
from typing import Any

import msgspec
from sqlalchemy import ColumnElement, Connection, Row, delete, func, select

from rashomon.records import Link, MatchWeight
from rashomon.store.batches import iter_batches
from rashomon.store.columns import clean_text
from rashomon.store.rows import insert, insert_tuples
from rashomon.store.schema import linked, links, match_weights

CHUNK = 1000
_LISTED = msgspec.msgpack.Encoder()
_NUMBERS = msgspec.msgpack.Decoder(tuple[int, ...])


class WeightNumbers:
    """Match weights by number, from 1, in the order in which they were first seen."""

    def __init__(self) -> None:
        self._number: dict[MatchWeight, int] = {}

    def pack(self, found: Sequence[Sequence[MatchWeight]]) -> list[bytes]:
        """The numbers of the weights of each of some links, as they are stored."""
        # links share their weights' records: each is looked up by its value once
        known: dict[int, int] = {}
        number = self._number
        packed = []
        for weights in found:
            listed = []
            for w in weights:
                at = known.get(id(w))
                if at is None:
                    at = known[id(w)] = number.setdefault(w, len(number) + 1)
                listed.append(at)
            packed.append(_LISTED.encode(listed))
        return packed

    def save(self, connection: Connection) -> None:
        """Keep them, where there are none yet."""
        insert(connection, match_weights, [
            {"number": n, "comparison": w.comparison, "level": w.level, "weight": w.weight}
            for w, n in self._number.items()
        ])  # fmt: skip


def replace_links(connection: Connection, found: Iterable[Link], digests: Mapping[str, str] | None = None) -> int:
    """Keep these links, and the `digests` of the tellings that were linked (none: not known), in place of those that
    were there; returns how many links.
    """
    for table in (linked, links, match_weights):
        connection.execute(delete(table))
    for told in iter_batches((digests or {}).items()):
        insert(connection, linked, [{"telling": telling, "digest": digest} for telling, digest in told])
    numbers = WeightNumbers()
    count = 0
    for batch in iter_batches(found):
        packed = numbers.pack([link.weights for link in batch])
        insert_tuples(connection, links, ("number", "a", "b", "probability", "weights"), [
            (n, clean_text(link.a), clean_text(link.b), link.probability, weights)
            for n, (link, weights) in enumerate(zip(batch, packed, strict=True), start=count + 1)
        ])  # fmt: skip
        count += len(batch)
    numbers.save(connection)
    return count


def iter_links(
    connection: Connection, chunk: int = CHUNK, *, where: ColumnElement[bool] | None = None
) -> Iterator[Link]:
    """All links (or those of which `where` holds), in the order they were saved."""
    weights = _load_weights(connection)
    last = connection.execute(select(func.max(links.c.number))).scalar() or 0
    for first in range(1, last + 1, chunk):
        some = select(links).where(links.c.number.between(first, first + chunk - 1))
        if where is not None:
            some = some.where(where)
        for row in connection.execute(some.order_by(links.c.number)):
            yield _link(row, weights)


def least_likely_links(connection: Connection, tellings: Sequence[str], most: int) -> list[Link]:
    """The links between these tellings, the least likely first, at most so many."""
    query = select(links).where(links.c.a.in_(tellings), links.c.b.in_(tellings))
    rows = connection.execute(query.order_by(links.c.probability, links.c.number).limit(most)).all()
    weights = _load_weights(connection)
    return [_link(row, weights) for row in rows]


def load_linked(connection: Connection) -> dict[str, str]:
    """The digest of each telling that was linked."""
    return {row.telling: row.digest for row in connection.execute(select(linked))}


def _load_weights(connection: Connection) -> dict[int, MatchWeight]:
    return {w.number: MatchWeight(w.comparison, w.level, w.weight) for w in connection.execute(select(match_weights))}


def _link(row: Row[Any], weights: Mapping[int, MatchWeight]) -> Link:
    return Link(row.a, row.b, row.probability, tuple([weights[n] for n in _NUMBERS.decode(row.weights)]))
