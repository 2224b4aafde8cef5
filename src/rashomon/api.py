"""A case in Python: typed records, and Arrow tables of them.

In: a path. Out: records as they are read from the case, one after the other. Never: a change to the case; all of it in
memory, unless an Arrow table of all of it is asked for.

    import rashomon

    with rashomon.open("case.db") as case:
        for one in case.tellings("type=killing", "since=2019"):
            print(one.teller.name, one.telling.stance, one.telling.span.text)
        table = case.incidents().arrow()      # a pyarrow.Table; table.to_pandas() where pandas is there
"""

from collections.abc import Callable, Iterator
from pathlib import Path
from types import TracebackType
from typing import TYPE_CHECKING, Generic, TypeVar

from sqlalchemy import Connection

from rashomon import store
from rashomon.errors import NotFoundError
from rashomon.present.exports import record_tables, tables
from rashomon.present.exports.load import iter_tellers, iter_told
from rashomon.present.exports.told import Teller, ToldIncident
from rashomon.present.exports.write import Written, write_export
from rashomon.present.filters import Filters, parse_where
from rashomon.records import Actor, Article, Echo, Judgement, Link, Origin, Rejected, Relation, Statement
from rashomon.store import PageRange

if TYPE_CHECKING:
    import pyarrow as pa

T = TypeVar("T")


class Rows(Generic[T]):
    """Records of one kind: iterate them (as often as you like), or have them as an Arrow table."""

    def __init__(
        self, case: store.Case, read: Callable[[Connection], Iterator[T]], columns: tuple[tables.Column[T], ...]
    ) -> None:
        self._case = case
        self._read = read
        self._columns = columns

    def __iter__(self) -> Iterator[T]:
        with self._case.read() as connection:
            yield from self._read(connection)

    @property
    def columns(self) -> dict[str, str]:
        """The Arrow table's columns, and what each means."""
        return {column.name: column.about for column in self._columns}

    def batches(self) -> "Iterator[pa.RecordBatch]":
        """The rows as Arrow record batches, a few thousand at a time."""
        from rashomon.present.exports.arrow import batches_of

        yield from batches_of(self._columns, (tables.make_row(self._columns, item) for item in self))

    def arrow(self) -> "pa.Table":
        """All rows as one `pyarrow.Table`."""
        import pyarrow

        from rashomon.present.exports.arrow import schema_of

        return pyarrow.Table.from_batches(list(self.batches()), schema=schema_of(self._columns))


class CaseReader:
    """An open case. `where` takes the filters of the web app and of `export --where`: `"type=killing"`, `"since=2019"`,
    several of one name mean any of them.
    """

    def __init__(self, path: str | Path) -> None:
        self._case = store.open_case(path)
        self.path = Path(path)

    def incidents(self, *where: str) -> Rows[ToldIncident]:
        """Incidents with their tellings: `.incident` is what was linked and weighed, `.tellings` who tells it."""
        filters = parse_where(where)
        return Rows(self._case, lambda connection: iter_told(connection, filters), tables.INCIDENTS)

    def tellings(self, *where: str) -> Rows[tables.TellingOf]:
        """Tellings (`.telling`) with the page that tells (`.teller`), the `.origin` and the id of their `.incident`."""
        filters = parse_where(where)
        return Rows(self._case, lambda connection: _iter_tellings(connection, filters), tables.TELLINGS)

    def sources(self, *where: str) -> Rows[Teller]:
        """The pages that tell these incidents, each once."""
        filters = parse_where(where)
        return Rows(self._case, lambda connection: iter_tellers(connection, filters), tables.SOURCES)

    def statements(self) -> Rows[Statement]:
        """Attributed speech."""
        return Rows(self._case, _iter_statements, record_tables.STATEMENTS)

    def actors(self) -> Rows[Actor]:
        """Actors, with all their names."""
        return Rows(self._case, store.iter_actors, record_tables.ACTORS)

    def origins(self) -> Rows[Origin]:
        """Pages that descend from one telling, over the whole case."""
        return Rows(self._case, store.iter_origins, record_tables.ORIGINS)

    def echoes(self) -> Rows[Echo]:
        """Passages that repeat each other, with the differences of wording."""
        return Rows(self._case, store.iter_echoes, record_tables.ECHOES)

    def links(self) -> Rows[Link]:
        """Pairs of tellings held to be of the same happening, with how likely that is."""
        return Rows(self._case, store.iter_links, record_tables.LINKS)

    def relations(self) -> Rows[Relation]:
        """How incidents stand to each other: before, because of, part of."""
        return Rows(self._case, store.iter_relations, record_tables.RELATIONS)

    def rejected(self) -> Rows[Rejected]:
        """What could not be read, and why."""
        return Rows(self._case, store.iter_rejected, record_tables.REJECTED)

    def judgements(self) -> Rows[Judgement]:
        """What people decided, in the order they did."""
        return Rows(self._case, store.iter_judgements, record_tables.JUDGEMENTS)

    def article(self, page: str) -> Article:
        """The article of a page, in whose `text` all offsets count. Raises errors.NotFoundError."""
        with self._case.read() as connection:
            entry = store.find_page(connection, page)
            held = store.load_articles(connection, PageRange(entry.number, entry.number)) if entry else {}
        if entry is None or entry.number not in held:
            raise NotFoundError("no_page", page)
        return held[entry.number]

    def export(self, name: str, path: str | Path, *where: str) -> Written:
        """Write a format of `rashomon export`; returns how many rows were written and what was left out."""
        with self._case.read() as connection:
            return write_export(connection, name, Path(path), parse_where(where), self.path.stem)

    def close(self) -> None:
        """Close the case."""
        self._case.close()

    def __enter__(self) -> "CaseReader":
        return self

    def __exit__(
        self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None
    ) -> None:
        self.close()

    def __repr__(self) -> str:
        return f"<case {self.path}>"


def _iter_tellings(connection: Connection, filters: Filters) -> Iterator[tables.TellingOf]:
    for told in iter_told(connection, filters):
        for one in told.tellings:
            yield tables.TellingOf(told.incident.id, one)


def _iter_statements(connection: Connection) -> Iterator[Statement]:
    for page in store.iter_read_pages(connection, parts=False):
        yield from page.reading.statements
