"""A case: the database that holds what was captured, read, linked and judged.

In: a path. Out: transactions on it. Never: SQL of a record family (each has its own file), nor a connection left open.
"""

from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from types import TracebackType

from sqlalchemy import Connection, Engine
from sqlalchemy.exc import DatabaseError

from rashomon.errors import CaseError
from rashomon.store import dialect
from rashomon.store.migrations import migrate


class Case:
    """An open case. `write()` is one transaction that holds the write lock, `read()` one consistent view."""

    def __init__(self, engine: Engine, name: str) -> None:
        self.name = name
        self._engine = engine
        self._writer = dialect.for_writing(engine)

    @contextmanager
    def write(self) -> Iterator[Connection]:
        """A transaction: all of it is kept, or (on any exception) nothing."""
        with self._writer.begin() as connection:
            yield connection

    @contextmanager
    def read(self) -> Iterator[Connection]:
        """A view of the case as it is now; what others write meanwhile is not seen."""
        with self._engine.connect() as connection:
            yield connection

    def compact(self) -> None:
        """Leave nothing of deleted rows in the file: after a redaction."""
        dialect.compact(self._engine)

    def close(self) -> None:
        """Close every connection; SQLite folds its write-ahead log into the file."""
        self._engine.dispose()

    def __enter__(self) -> "Case":
        return self

    def __exit__(
        self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None
    ) -> None:
        self.close()


def open_case(path: Path | str, *, create: bool = False, cache_mb: int = dialect.CACHE_MB) -> Case:
    """Open the case at `path`, brought up to this version's tables; with `create` a new one is made if none is there.

    Each connection to it keeps up to `cache_mb` MB of it in memory.

    Raises CaseError: no_case, not_a_case, unreadable_case, newer_case, broken_case.
    """
    path = Path(path)
    if not path.exists():
        if not create:
            raise CaseError("no_case", "there is no such file; `rashomon add` makes one", source=str(path))
        if not path.parent.is_dir():
            raise CaseError("no_folder", f"{path.parent} is no folder", source=str(path))
    elif path.is_dir():
        raise CaseError("not_a_case", "it is a folder", source=str(path))
    else:
        dialect.check_file(path)
    engine = dialect.connect_sqlite(path, cache_mb)
    try:
        migrate(engine)
    except DatabaseError as error:
        engine.dispose()
        raise CaseError("broken_case", str(error.orig), source=str(path)) from error
    except CaseError as error:
        engine.dispose()
        raise CaseError(error.reason, error.detail, source=str(path)) from error
    return Case(engine, path.name)
