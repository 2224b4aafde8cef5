"""Who is told to have done something to whom, counted by origins.

In: told incidents. Out: edges between actors, and the actors. Never: all edges in memory (they are counted in a file of
their own that goes when it is closed), copies counted apart, nor an edge from a telling that denies or imagines it.
"""

import sqlite3
import tempfile
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path

from sqlalchemy import Connection, select

from rashomon.present.exports.summary import NOT_HAPPENED
from rashomon.present.exports.told import ToldIncident
from rashomon.store import schema

_AT_ONCE = 500


@dataclass(frozen=True, slots=True)
class ActorEdge:
    """Actor `a` is told to have done acts of this `type` to actor `b`; `first` locates the first telling of it.

    `origins` sums, over the incidents, how many independent origins tell it.
    """

    a: str
    b: str
    type: str
    origins: int
    tellings: int
    first: str


@dataclass(frozen=True, slots=True)
class ActorNode:
    """An actor that acts or is acted on; `state` if any telling says that it is of a state."""

    id: str
    name: str
    kind: str
    state: bool


class EdgeCounter:
    """Counts edges; `iter_edges` and `iter_nodes` read what was counted."""

    def __init__(self, path: Path) -> None:
        self._held = sqlite3.connect(path, isolation_level=None)
        self._held.execute("PRAGMA journal_mode=OFF")
        self._held.execute("PRAGMA synchronous=OFF")
        self._held.execute(
            "CREATE TABLE edges(a TEXT, b TEXT, type TEXT, origins INT, tellings INT, first TEXT,"
            " PRIMARY KEY (a, b, type)) WITHOUT ROWID"
        )
        self._held.execute("CREATE TABLE nodes(id TEXT PRIMARY KEY, state INT, name TEXT, kind TEXT) WITHOUT ROWID")
        self._held.execute("BEGIN")

    def count(self, told: ToldIncident) -> None:
        """Count the edges that an incident's tellings tell."""
        origins: dict[tuple[str, str, str], set[str]] = {}
        first: dict[tuple[str, str, str], list[str]] = {}
        for one in told.tellings:
            telling = one.telling
            kind = telling.types[0] if telling.types else ""
            for doer in telling.perpetrators:
                if doer.actor:
                    self._note(doer.actor, doer.span.text, doer.kind, state=doer.side == "state")
            for target in telling.targets:
                if target.actor:
                    self._note(target.actor, target.span.text, "person", state=False)
            if telling.stance in NOT_HAPPENED:
                continue
            pairs = {(x.actor, y.actor) for x in telling.perpetrators for y in telling.targets}
            for a, b in sorted((a, b) for a, b in pairs if a and b and a != b):
                origins.setdefault((a, b, kind), set()).add(one.origin)
                first.setdefault((a, b, kind), []).append(one.locator)
        self._held.executemany(
            "INSERT INTO edges VALUES (?, ?, ?, ?, ?, ?) ON CONFLICT DO UPDATE SET"
            " origins = origins + excluded.origins, tellings = tellings + excluded.tellings",
            [(*key, len(found), len(first[key]), first[key][0]) for key, found in origins.items()],
        )

    def _note(self, actor: str, name: str, kind: str, *, state: bool) -> None:
        self._held.execute(
            "INSERT INTO nodes VALUES (?, ?, ?, ?) ON CONFLICT DO UPDATE SET state = max(state, excluded.state)",
            (actor, int(state), name, kind),
        )

    def iter_edges(self) -> Iterator[ActorEdge]:
        """All edges, by their ends and type."""
        for row in self._held.execute("SELECT a, b, type, origins, tellings, first FROM edges ORDER BY a, b, type"):
            yield ActorEdge(*row)

    def iter_nodes(self, connection: Connection) -> Iterator[ActorNode]:
        """All actors of the tellings counted, with the names that the case gives them (else the words of the text)."""
        last = ""
        while True:
            query = "SELECT id, name, kind, state FROM nodes WHERE id > ? ORDER BY id LIMIT ?"
            rows = self._held.execute(query, (last, _AT_ONCE)).fetchall()
            if not rows:
                return
            actors = schema.actors.c
            known = select(actors.id, actors.name, actors.kind).where(actors.id.in_([row[0] for row in rows]))
            names = {row[0]: (row[1], row[2]) for row in connection.execute(known)}
            for identifier, name, kind, state in rows:
                yield ActorNode(identifier, *names.get(identifier, (name, kind)), bool(state))
            last = rows[-1][0]

    def close(self) -> None:
        """Give up what was counted."""
        self._held.close()


@contextmanager
def count_edges() -> Iterator[EdgeCounter]:
    """An empty counter, gone at the end."""
    with tempfile.TemporaryDirectory(prefix="rashomon-") as folder:
        counter = EdgeCounter(Path(folder) / "edges.db")
        try:
            yield counter
        finally:
            counter.close()
