"""What differs between kinds of database, in one place.

In: an engine or a connection. Out: pragmas, full-text search, guards. Never: a table of records (schema.py has them).
"""

import sqlite3
from pathlib import Path
from typing import Any

import msgspec
from sqlalchemy import Connection, Engine, create_engine, event

from rashomon.errors import CaseError

BUSY_TIMEOUT_S = 60.0
CACHE_MB = 64
_WRITES = "rashomon_writes"

_FULL_TEXT = """
CREATE VIRTUAL TABLE article_index USING fts5(
    title, text, content='articles', content_rowid='page', tokenize='unicode61 remove_diacritics 2');
CREATE TRIGGER article_index_insert AFTER INSERT ON articles BEGIN
    INSERT INTO article_index(rowid, title, text) VALUES (new.page, new.title, new.text);
END;
CREATE TRIGGER article_index_delete AFTER DELETE ON articles BEGIN
    INSERT INTO article_index(article_index, rowid, title, text) VALUES ('delete', old.page, old.title, old.text);
END;
CREATE TRIGGER article_index_update AFTER UPDATE ON articles BEGIN
    INSERT INTO article_index(article_index, rowid, title, text) VALUES ('delete', old.page, old.title, old.text);
    INSERT INTO article_index(rowid, title, text) VALUES (new.page, new.title, new.text);
END;
"""
_GUARDS = """
CREATE TRIGGER judgements_never_change BEFORE UPDATE ON judgements
    WHEN NOT EXISTS (SELECT 1 FROM unlocked WHERE what = 'judgements')
BEGIN SELECT RAISE(ABORT, 'judgements are append-only'); END;
CREATE TRIGGER judgements_never_go BEFORE DELETE ON judgements
BEGIN SELECT RAISE(ABORT, 'judgements are append-only'); END;
"""


def connect_sqlite(path: Path, cache_mb: int = CACHE_MB) -> Engine:
    """An engine on the SQLite file `path`: WAL, foreign keys, explicit transactions; `cache_mb` a connection.

    `synchronous=NORMAL` with WAL: a kill at any moment loses nothing committed; a power cut may lose the last moments
    but never the file's soundness.
    """
    engine = create_engine(
        f"sqlite:///{path}",
        connect_args={"timeout": BUSY_TIMEOUT_S},
        json_serializer=lambda value: msgspec.json.encode(value).decode(),
        json_deserializer=msgspec.json.decode,
    )

    @event.listens_for(engine, "connect")
    def prepare(connection: Any, _record: object) -> None:
        connection.isolation_level = None  # the driver would begin only before the first change; we begin ourselves
        for pragma in ("journal_mode=WAL", "foreign_keys=ON", "synchronous=NORMAL", f"cache_size=-{cache_mb * 1024}",
                       "temp_store=MEMORY", "journal_size_limit=67108864"):  # fmt: skip
            connection.execute(f"PRAGMA {pragma}")

    @event.listens_for(engine, "begin")
    def begin(connection: Connection) -> None:
        # IMMEDIATE: a writer waits its turn at the start instead of failing when it first writes
        kind = "IMMEDIATE" if connection.get_execution_options().get(_WRITES) else "DEFERRED"
        connection.exec_driver_sql(f"BEGIN {kind}")

    return engine


def for_writing(engine: Engine) -> Engine:
    """The same engine, whose transactions take the write lock when they begin."""
    return engine.execution_options(**{_WRITES: True})


def create_extras(connection: Connection) -> None:
    """Full-text search over articles, and the guards that keep judgements append-only; within the transaction."""
    for statement in _statements(_FULL_TEXT + _GUARDS):
        connection.exec_driver_sql(statement)


def search_sql() -> str:
    """SQL from a full-text query (`:query`) to page numbers, best first."""
    return "SELECT rowid AS page FROM article_index WHERE article_index MATCH :query ORDER BY rank LIMIT :most"


def scrub(connection: Connection) -> None:
    """Make the search index anew, so that none of its segments holds words that are not in any article."""
    connection.exec_driver_sql("INSERT INTO article_index(article_index) VALUES ('rebuild')")


def compact(engine: Engine) -> None:
    """Write the file anew without what was deleted, and empty the write-ahead log."""
    connection = engine.raw_connection()
    try:
        cursor = connection.cursor()
        cursor.execute("VACUUM")
        cursor.execute("PRAGMA wal_checkpoint(TRUNCATE)")
        cursor.close()
    finally:
        connection.close()


def check_file(path: Path) -> None:
    """Raise CaseError if `path` exists and is no SQLite file (an empty file is a new case)."""
    try:
        with path.open("rb") as file:
            head = file.read(16)
    except OSError as error:
        raise CaseError("unreadable_case", str(error), source=str(path)) from error
    if head and head != b"SQLite format 3\x00":
        raise CaseError("not_a_case", "the file is something else", source=str(path))


def _statements(script: str) -> list[str]:
    found, held = [], ""
    for line in script.strip().splitlines():
        held += line + "\n"
        if sqlite3.complete_statement(held):
            found.append(held.strip())
            held = ""
    return found
