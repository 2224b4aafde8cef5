"""Runs, and what the stages over the whole case were last made from.

In: a command's start and end; a stage's version and input. Out: the same again. Never: what was made.
"""

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any

from sqlalchemy import Connection, delete, func, select, update

from rashomon.store import clock
from rashomon.store.rows import insert_one
from rashomon.store.schema import judgements, products, readings, runs


@dataclass(frozen=True, slots=True)
class Product:
    """What a stage over the whole case was last made by (`version`) and from (`made_from`, a fingerprint)."""

    stage: str
    version: str
    made_from: str


def start_run(connection: Connection, command: str, versions: Mapping[str, str]) -> int:
    """Note that a command begins, with the versions of its stages; returns the run's number."""
    row = {"command": command, "started_at": clock.now(), "versions": dict(versions)}
    return insert_one(connection, runs, row)


def end_run(connection: Connection, run: int, done: Mapping[str, Any]) -> None:
    """Note that a run came to its end, and what it counted."""
    connection.execute(update(runs).where(runs.c.number == run).values(ended_at=clock.now(), done=dict(done)))


def load_product(connection: Connection, stage: str) -> Product | None:
    """What the stage was last made by and from, if ever."""
    row = connection.execute(select(products).where(products.c.stage == stage)).first()
    return None if row is None else Product(row.stage, row.version, row.made_from)


def save_product(connection: Connection, product: Product) -> None:
    """Note what a stage was made by and from."""
    connection.execute(delete(products).where(products.c.stage == product.stage))
    connection.execute(
        products.insert().values(
            stage=product.stage, version=product.version, made_from=product.made_from, made_at=clock.now()
        )
    )


def fingerprint_input(connection: Connection) -> str:
    """A short text that changes when a page is added or read again, or a person judges."""
    # two questions: alone, each is answered without going through the readings
    count = connection.execute(select(func.count()).select_from(readings)).scalar_one()
    newest = connection.execute(select(func.max(readings.c.serial))).scalar()
    judged = connection.execute(select(func.max(judgements.c.id))).scalar()
    return f"{count} readings, the newest with serial {newest or 0}; {judged or 0} judgements"
