"""Pages from lines, each with its article, reading, tellings and statements.

In: lines of pages, in the order of lines.py. Out: rows of the case. Never: a line that belongs to another page than the
one before it.
"""

from collections.abc import Iterable
from dataclasses import dataclass, field
from typing import Protocol

from sqlalchemy import Connection

from rashomon import store
from rashomon.errors import CaseError
from rashomon.present.exports import lines as x
from rashomon.records import Article, Page, Reading, Statement, Telling
from rashomon.store import PageEntry, restore
from rashomon.store.pages import STATUSES


class Counts(Protocol):
    """What is counted."""

    pages: int
    known: int
    tellings: int


@dataclass(slots=True)
class _Open:
    """The page whose lines are being read; `number` is None if the case had it before."""

    id: str
    number: int | None
    article: Article | None = None
    reading: x.ReadingLine | None = None
    tellings: list[Telling] = field(default_factory=list)
    statements: list[Statement] = field(default_factory=list)


class PageKeeper:
    """Keeps pages; with `exact` each gets the version and the serial that its line gives."""

    def __init__(self, connection: Connection, counts: Counts, *, exact: bool) -> None:
        self._connection = connection
        self._counts = counts
        self._exact = exact
        self._open: _Open | None = None

    def take_all(self, held: Iterable[x.Line]) -> None:
        """Keep these lines' pages, all of them."""
        for line in held:
            if isinstance(line, x.PageLine):
                self._close()
                self._open = self._begin(line)
            else:
                self._add(line)
        self._close()

    def _begin(self, line: x.PageLine) -> _Open:
        if line.status not in STATUSES:
            raise CaseError("wrong_line", f"a page cannot be {line.status!r}")
        page = Page(
            line.id, line.source, line.sha256, line.captured_at, line.media_type, line.raw, line.url, line.hints
        )
        if not self._exact:
            entry = store.save_page(self._connection, page)
            if entry is None:
                self._counts.known += 1
                return _Open(line.id, None)
            if line.tried_by is not None:
                store.set_status(self._connection, entry.number, line.status, line.tried_by)
            self._counts.pages += 1
            return _Open(line.id, entry.number)
        entry = PageEntry(
            0, line.id, line.source, line.url, line.sha256, line.captured_at, line.media_type, line.version,
            line.previous, line.status, line.tried_by,
        )  # fmt: skip
        self._counts.pages += 1
        return _Open(line.id, restore.restore_page(self._connection, entry, page))

    def _add(self, line: x.Line) -> None:
        held = self._open
        if held is None:
            raise CaseError("wrong_line", "no page before it")
        if isinstance(line, x.ArticleLine):
            self._belongs(line.article.page)
            held.article = line.article
            if held.number is not None:
                store.save_article(self._connection, held.number, line.article, line.made_by)
        elif isinstance(line, x.ReadingLine):
            self._belongs(line.page)
            held.reading = line
        elif isinstance(line, x.TellingLine):
            self._belongs(line.telling.page)
            held.tellings.append(line.telling)
        elif isinstance(line, x.StatementLine):
            self._belongs(line.statement.page)
            held.statements.append(line.statement)

    def _belongs(self, page: str) -> None:
        assert self._open is not None
        if page != self._open.id:
            raise CaseError("wrong_line", f"it is of page {page}, but stands below page {self._open.id}")

    def _close(self) -> None:
        held, self._open = self._open, None
        if held is None or held.number is None:
            return
        line = held.reading
        if line is None or held.article is None:
            if line is not None or held.tellings or held.statements:
                raise CaseError("wrong_line", f"page {held.id} is read without an article or a reading")
            return
        reading = Reading(
            page=held.id, mentions=line.mentions, tellings=tuple(held.tellings), statements=tuple(held.statements),
            loaded=line.loaded, aliases=line.aliases, vectors=line.vectors,
        )  # fmt: skip
        made = {"read_by": line.read_by, "resolved_by": line.resolved_by}
        store.save_reading(self._connection, held.number, held.article, reading, **made)
        if self._exact:
            stamp = restore.ReadingStamp(line.read_by, line.resolved_by, line.read_at, line.serial)
            restore.restore_stamp(self._connection, held.number, stamp)
        self._counts.tellings += len(held.tellings)
