"""A case's rows as they were: what a case needs to be the same again elsewhere.

In: entries, stamps and numbers that another case gave. Out: the same again, and rows with them.
Never: a new number, version or time where one was given; see pages.py and readings.py for what is new, whole_pages.py
for pages.
"""

from collections.abc import Iterator
from dataclasses import asdict, dataclass
from typing import Any

from sqlalchemy import Connection, select

from rashomon.records import Judgement, Rejected
from rashomon.store.readings import ReadingStamp
from rashomon.store.rows import PageRange, insert, within
from rashomon.store.schema import articles, judgements, products, readings, rejected, runs


@dataclass(frozen=True, slots=True)
class DatedRejected:
    """A rejection with when it was noted."""

    rejected: Rejected
    rejected_at: str


@dataclass(frozen=True, slots=True)
class RunEntry:
    """What was done to the case; `ended_at` and `done` are None for a run that was stopped."""

    number: int
    command: str
    started_at: str
    ended_at: str | None
    versions: dict[str, Any]
    done: dict[str, Any] | None


@dataclass(frozen=True, slots=True)
class ProductEntry:
    """What a stage over the whole case was last made by, from and when."""

    stage: str
    version: str
    made_from: str
    made_at: str


def load_stamps(connection: Connection, held: PageRange) -> dict[int, ReadingStamp]:
    """The stamps of the readings of these pages, by page number."""
    r = readings.c
    query = select(r.page, r.read_by, r.resolved_by, r.read_at, r.serial).where(within(r.page, held))
    return {row[0]: ReadingStamp(*row[1:]) for row in connection.execute(query)}


def load_made_by(connection: Connection, held: PageRange) -> dict[int, str]:
    """Which version of capture made the articles of these pages, by page number."""
    query = select(articles.c.page, articles.c.made_by).where(within(articles.c.page, held))
    return {row[0]: row[1] for row in connection.execute(query)}


def iter_dated_rejected(connection: Connection) -> Iterator[DatedRejected]:
    """All rejections with their times, oldest first."""
    names = tuple(Rejected.__slots__)
    query = select(*(rejected.c[name] for name in names), rejected.c.rejected_at).order_by(rejected.c.number)
    for row in connection.execute(query.execution_options(yield_per=500)):
        yield DatedRejected(Rejected(*row[:-1]), row[-1])


def restore_rejected(connection: Connection, dated: DatedRejected) -> None:
    """Keep a rejection with its time."""
    insert(connection, rejected, [asdict(dated.rejected) | {"rejected_at": dated.rejected_at}])


def restore_judgement(connection: Connection, judgement: Judgement) -> None:
    """Keep a judgement under its own number."""
    insert(connection, judgements, [asdict(judgement)])


def iter_runs(connection: Connection) -> Iterator[RunEntry]:
    """All runs, oldest first."""
    query = select(*(runs.c[name] for name in RunEntry.__slots__)).order_by(runs.c.number)
    for row in connection.execute(query.execution_options(yield_per=500)):
        yield RunEntry(*row)


def restore_run(connection: Connection, entry: RunEntry) -> None:
    """Keep a run under its own number."""
    insert(connection, runs, [asdict(entry)])


def iter_products(connection: Connection) -> Iterator[ProductEntry]:
    """What every stage was last made by, by the stage's name."""
    query = select(*(products.c[name] for name in ProductEntry.__slots__)).order_by(products.c.stage)
    for row in connection.execute(query):
        yield ProductEntry(*row)


def restore_product(connection: Connection, entry: ProductEntry) -> None:
    """Keep what a stage was made by."""
    insert(connection, products, [asdict(entry)])
