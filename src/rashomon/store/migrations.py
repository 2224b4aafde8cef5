"""Numbered migrations: how a case of any earlier version becomes one of this version.

In: a connection in a transaction. Out: the same case with every migration applied, each written down.
Never: half a migration (each is one transaction), nor a change to a migration that has been released.
"""

from collections import defaultdict
from collections.abc import Callable
from dataclasses import dataclass

from sqlalchemy import Connection, Engine, MetaData, Table, bindparam, delete, func, inspect, select, update

from rashomon.errors import CaseError
from rashomon.records import MatchWeight
from rashomon.store import clock, dialect, schema
from rashomon.store.carry import judged_ids
from rashomon.store.judged import note_judged
from rashomon.store.judgements import iter_judgements
from rashomon.store.links import CHUNK, WeightNumbers
from rashomon.store.overview import GATHER_SPOTS, TELLINGS_OF_ACTORS
from rashomon.store.overview_tables import OVERVIEW, actor_tellings, incident_lines, spots, views


@dataclass(frozen=True, slots=True)
class Migration:
    """One step: its number, a name for people, and what it does."""

    number: int
    name: str
    apply: Callable[[Connection], None]


def _create_tables(connection: Connection) -> None:
    schema.metadata.create_all(connection)
    dialect.create_extras(connection)


def _create_overview(connection: Connection) -> None:
    schema.metadata.create_all(connection, tables=[*OVERVIEW, views])
    for index in schema.pages.indexes:
        index.create(connection, checkfirst=True)


def _note_judged(connection: Connection) -> None:
    schema.metadata.create_all(connection, tables=[schema.judged_tellings])
    for judgement in iter_judgements(connection):
        note_judged(connection, judged_ids(judgement))


def _add_ranges(connection: Connection) -> None:
    if "range" not in _columns(connection, schema.incident_fields):
        connection.exec_driver_sql('ALTER TABLE incident_fields ADD COLUMN "range" JSON')


def _columns(connection: Connection, table: Table) -> set[str]:
    return {column["name"] for column in inspect(connection).get_columns(table.name)}


def _create_relations(connection: Connection) -> None:
    schema.metadata.create_all(connection, tables=[schema.relations])


def _create_linked(connection: Connection) -> None:
    schema.metadata.create_all(connection, tables=[schema.linked])


def _widen_overview(connection: Connection) -> None:
    schema.metadata.create_all(connection, tables=[actor_tellings, spots])
    if "spot" not in _columns(connection, incident_lines):
        connection.exec_driver_sql("ALTER TABLE incident_lines ADD COLUMN spot BIGINT")
    for narrow in ("fillers_by_actor", "articles_by_outlet", "incident_lines_by_judged"):
        connection.exec_driver_sql(f"DROP INDEX IF EXISTS {narrow}")
    for table in (schema.fillers, schema.articles, schema.judgements, incident_lines):
        for index in table.indexes:
            index.create(connection, checkfirst=True)
    for made_again in (actor_tellings, spots):
        connection.execute(delete(made_again))
    for statement in (TELLINGS_OF_ACTORS, *GATHER_SPOTS):
        connection.exec_driver_sql(statement)


def _pack_weights(connection: Connection) -> None:
    schema.metadata.create_all(connection, tables=[schema.match_weights])
    if "weights" not in _columns(connection, schema.links):
        kind = schema.links.c.weights.type.compile(connection.dialect)
        connection.exec_driver_sql(f"ALTER TABLE links ADD COLUMN weights {kind}")
    if "link_weights" not in inspect(connection).get_table_names():
        return
    old = Table("link_weights", MetaData(), autoload_with=connection).c
    link = schema.links.c
    numbers = WeightNumbers()
    last = connection.execute(select(func.max(link.number))).scalar() or 0
    for first in range(1, last + 1, CHUNK):
        held: dict[int, list[MatchWeight]] = defaultdict(list)
        query = select(old.link, old.comparison, old.level, old.weight).order_by(old.link, old.ordinal)
        for row in connection.execute(query.where(old.link.between(first, first + CHUNK - 1))):
            held[row.link].append(MatchWeight(row.comparison, row.level, row.weight))
        if held:
            packed = zip(held, numbers.pack(list(held.values())), strict=True)
            connection.execute(
                update(schema.links).where(link.number == bindparam("of")).values(weights=bindparam("packed")),
                [{"of": n, "packed": weights} for n, weights in packed],
            )
    none = numbers.pack([()])[0]
    connection.execute(update(schema.links).where(link.weights.is_(None)).values(weights=none))
    numbers.save(connection)
    connection.exec_driver_sql("DROP TABLE link_weights")


MIGRATIONS: tuple[Migration, ...] = (
    Migration(1, "tables, full-text search, guards", _create_tables),
    Migration(2, "the overview and views of the web app", _create_overview),
    Migration(3, "where judged tellings stand", _note_judged),
    Migration(4, "the range of counts", _add_ranges),
    Migration(5, "relations between incidents", _create_relations),
    Migration(6, "what was linked", _create_linked),
    Migration(7, "the tellings of each actor, the spots of the map, wider indexes", _widen_overview),
    Migration(8, "the weights of links packed", _pack_weights),
)


def migrate(engine: Engine, migrations: tuple[Migration, ...] = MIGRATIONS) -> int:
    """Apply what is missing, each in its own transaction; returns the case's version.

    Raises CaseError("newer_case") if the case was made by a later version of the program.
    """
    newest = migrations[-1].number
    version = read_version(engine)
    if version > newest:
        raise CaseError("newer_case", f"it has version {version}, this program knows up to {newest}")
    for migration in migrations:
        if migration.number <= version:
            continue
        with dialect.for_writing(engine).begin() as connection:
            # another process may have applied it while we waited for the lock
            if _version(connection) < migration.number:
                migration.apply(connection)
                connection.execute(
                    schema.migrations.insert().values(
                        number=migration.number, name=migration.name, applied_at=clock.now()
                    )
                )
    return newest


def read_version(engine: Engine) -> int:
    """The number of the last migration applied; 0 for an empty database."""
    with engine.connect() as connection:
        return _version(connection)


def _version(connection: Connection) -> int:
    tables = inspect(connection).get_table_names()
    if schema.migrations.name not in tables:
        if tables:
            raise CaseError("not_a_case", "a database of something else")
        return 0
    return int(connection.execute(select(func.coalesce(func.max(schema.migrations.c.number), 0))).scalar_one())
