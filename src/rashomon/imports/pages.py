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
from rashomon.records import Page, Reading, Statement, Telling
from rashomon.store import PageEntry
from rashomon.store.pages import STATUSES
from rashomon.store.readings import ReadingStamp
from rashomon.store.whole_pages import KeptArticle, KeptReading, PageRestorer, WholePage


class Counts(Protocol):
    """What is counted."""

    pages: int
    known: int
    tellings: int


@dataclass(slots=True)
class _Open:
    """The page whose lines are being read."""

    line: x.PageLine
    article: x.ArticleLine | None = None
    reading: x.ReadingLine | None = None
    tellings: list[Telling] = field(default_factory=list)
    statements: list[Statement] = field(default_factory=list)


class PageKeeper:
    """Keeps pages; with `exact` each gets the version and the serial that its line gives."""

    def __init__(self, connection: Connection, counts: Counts, *, exact: bool) -> None:
        self._connection = connection
        self._counts = counts
        self._restorer = PageRestorer(connection) if exact else None
        self._open: _Open | None = None

    def take_all(self, held: Iterable[x.Line]) -> None:
        """Keep these lines' pages, all of them."""
        for line in held:
            if isinstance(line, x.PageLine):
                self._close()
                if line.status not in STATUSES:
                    raise CaseError("wrong_line", f"a page cannot be {line.status!r}")
                self._open = _Open(line)
            else:
                self._add(line)
        self._close()
        if self._restorer is not None:
            self._restorer.flush()

    def _add(self, line: x.Line) -> None:
        held = self._open
        if held is None:
            raise CaseError("wrong_line", "no page before it")
        if isinstance(line, x.ArticleLine):
            _check_page(held, line.article.page)
            held.article = line
        elif isinstance(line, x.ReadingLine):
            _check_page(held, line.page)
            held.reading = line
        elif isinstance(line, x.TellingLine):
            _check_page(held, line.telling.page)
            held.tellings.append(line.telling)
        elif isinstance(line, x.StatementLine):
            _check_page(held, line.statement.page)
            held.statements.append(line.statement)

    def _close(self) -> None:
        held, self._open = self._open, None
        if held is None:
            return
        whole = _make_whole(held)
        if self._restorer is not None:
            self._restorer.restore(whole)
        elif not _save_new(self._connection, whole):
            self._counts.known += 1
            return
        self._counts.pages += 1
        self._counts.tellings += len(held.tellings)


def _check_page(held: _Open, page: str) -> None:
    if page != held.line.id:
        raise CaseError("wrong_line", f"it is of page {page}, but stands below page {held.line.id}")


def _make_whole(held: _Open) -> WholePage:
    line, read = held.line, held.reading
    if (read is None or held.article is None) and (read is not None or held.tellings or held.statements):
        raise CaseError("wrong_line", f"page {line.id} is read without an article or a reading")
    entry = PageEntry(
        0, line.id, line.source, line.url, line.sha256, line.captured_at, line.media_type, line.version,
        line.previous, line.status, line.tried_by,
    )  # fmt: skip
    page = Page(line.id, line.source, line.sha256, line.captured_at, line.media_type, line.raw, line.url, line.hints)
    article = KeptArticle(held.article.article, held.article.made_by) if held.article is not None else None
    return WholePage(entry, page, article, None if read is None else _make_read(held, read))


def _make_read(held: _Open, line: x.ReadingLine) -> KeptReading:
    reading = Reading(
        page=line.page, mentions=line.mentions, tellings=tuple(held.tellings), statements=tuple(held.statements),
        loaded=line.loaded, aliases=line.aliases, vectors=line.vectors,
    )  # fmt: skip
    return KeptReading(reading, ReadingStamp(line.read_by, line.resolved_by, line.read_at, line.serial))


def _save_new(connection: Connection, whole: WholePage) -> bool:
    """Keep a page among those that are there, with a version and a serial of this case; whether it is new."""
    entry = store.save_page(connection, whole.page)
    if entry is None:
        return False
    if whole.entry.tried_by is not None:
        store.set_status(connection, entry.number, whole.entry.status, whole.entry.tried_by)
    if whole.article is not None:
        article = whole.article.article
        store.save_article(connection, entry.number, article, whole.article.made_by)
        if whole.read is not None:
            made = {"read_by": whole.read.stamp.read_by, "resolved_by": whole.read.stamp.resolved_by}
            store.save_reading(connection, entry.number, article, whole.read.reading, **made)
    return True
