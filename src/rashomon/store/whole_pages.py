"""Whole pages as they were, many at a time: a page with its bytes, its article and all that was read in it.

In: pages as another case gave them. Out: rows, written some hundred pages at a time. Never: a page that is held in the
case already, a new version, status or time where one was given; more in memory than HELD_PAGES or HELD_CHARS.
"""

from collections.abc import Iterable, Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from typing import Any

from sqlalchemy import Connection, Table, func, select

from rashomon.records import Article, Page, Reading
from rashomon.store.articles import iter_article_rows
from rashomon.store.packing import pack
from rashomon.store.pages import PageEntry
from rashomon.store.readings import ReadingStamp, iter_reading_rows
from rashomon.store.rows import TableRows, insert
from rashomon.store.schema import page_bytes, pages
from rashomon.store.tellings import next_telling

HELD_PAGES = 500
HELD_CHARS = 8_000_000
_ENTRY = tuple(name for name in PageEntry.__slots__ if name != "number")


@dataclass(frozen=True, slots=True)
class KeptArticle:
    """An article, and which version of capture made it."""

    article: Article
    made_by: str


@dataclass(frozen=True, slots=True)
class KeptReading:
    """What was read in an article, and when and by what."""

    reading: Reading
    stamp: ReadingStamp


@dataclass(frozen=True, slots=True)
class WholePage:
    """A page with the version and status that `entry` gives (its number is not used); `read` only with an article."""

    entry: PageEntry
    page: Page
    article: KeptArticle | None = None
    read: KeptReading | None = None


class PageRestorer:
    """Writes whole pages; what `flush` has not written yet is in memory."""

    def __init__(self, connection: Connection) -> None:
        self._connection = connection
        self._page = 1 + (connection.execute(select(func.max(pages.c.number))).scalar() or 0)
        self._telling = next_telling(connection)
        self._rows: dict[tuple[Table, frozenset[str]], list[dict[str, Any]]] = {}
        self._pages = self._chars = 0

    def restore(self, whole: WholePage) -> None:
        """Keep a page. Raises CaseError("span_not_in_text")."""
        for table, rows in _iter_rows(whole, self._page, self._telling):
            if rows:
                # tables come after those that they refer to, and rows of one statement have the same keys
                self._rows.setdefault((table, frozenset(rows[0])), []).extend(rows)
        self._page += 1
        self._telling += len(whole.read.reading.tellings) if whole.read else 0
        self._pages += 1
        self._chars += len(whole.page.raw) + (len(whole.article.article.text) if whole.article else 0)
        if self._pages >= HELD_PAGES or self._chars >= HELD_CHARS:
            self.flush()

    def flush(self) -> None:
        """Write what is held."""
        for (table, _), rows in self._rows.items():
            insert(self._connection, table, rows)
        self._rows = {}
        self._pages = self._chars = 0


@contextmanager
def restore_pages(connection: Connection) -> Iterator[PageRestorer]:
    """A writer of whole pages, within the transaction of `connection`; all are written at the end."""
    restorer = PageRestorer(connection)
    yield restorer
    restorer.flush()


def _iter_rows(whole: WholePage, number: int, telling: int) -> Iterable[TableRows]:
    hints = whole.page.hints
    yield pages, [{"number": number, "hints": hints} | {name: getattr(whole.entry, name) for name in _ENTRY}]
    packing, body = pack(whole.page.raw)
    yield page_bytes, [{"page": number, "packing": packing, "size": len(whole.page.raw), "body": body}]
    if whole.article is None:
        return
    yield from iter_article_rows(number, whole.article.article, whole.article.made_by)
    if whole.read is not None:
        yield from iter_reading_rows(number, whole.article.article, whole.read.reading, whole.read.stamp, telling)
