"""Readings: all that was read in one article.

In: a `Reading` and the article it is of. Out: the same again, by page or by a range of pages.
Never: two readings of one article; reading again puts the new one in place of the old (the article stays).
"""

from collections.abc import Iterator
from dataclasses import dataclass

from sqlalchemy import Connection, delete, func, select

from rashomon.records import Alias, Article, LoadedWord, Mention, Reading
from rashomon.store import clock
from rashomon.store.articles import load_articles
from rashomon.store.rows import CHUNK_PAGES, PageRange, TableRows, by_page, insert, iter_ranges, within
from rashomon.store.schema import aliases, loaded_words, mentions, readings, statements, tellings
from rashomon.store.spans import SpanKeeper
from rashomon.store.statements import load_statements, statement_rows
from rashomon.store.tellings import iter_telling_rows, load_tellings, next_telling


@dataclass(frozen=True, slots=True)
class ReadPage:
    """A page that was read: its number, its article and what was read in it."""

    number: int
    article: Article
    reading: Reading


@dataclass(frozen=True, slots=True)
class ReadingStamp:
    """By what, when and as which a reading was kept; `serial` counts the readings of the case it comes from."""

    read_by: str
    resolved_by: str
    read_at: str
    serial: int


def save_reading(
    connection: Connection, number: int, article: Article, reading: Reading, *, read_by: str, resolved_by: str
) -> None:
    """Keep what the versions `read_by` and `resolved_by` read in the article of page `number`.

    Raises CaseError("span_not_in_text") if a span's words are not in the article's text where it says.
    """
    drop_reading(connection, number)
    serial = 1 + (connection.execute(select(func.max(readings.c.serial))).scalar() or 0)
    stamp = ReadingStamp(read_by, resolved_by, clock.now(), serial)
    for rows in iter_reading_rows(number, article, reading, stamp, next_telling(connection)):
        insert(connection, *rows)


def iter_reading_rows(
    number: int, article: Article, reading: Reading, stamp: ReadingStamp, first_telling: int
) -> Iterator[TableRows]:
    """The rows of what was read in the article of page `number`, its tellings numbered from `first_telling`.

    Raises CaseError("span_not_in_text").
    """
    keeper = SpanKeeper(article.text)
    yield readings, [{
        "page": number, "read_by": stamp.read_by, "resolved_by": stamp.resolved_by, "read_at": stamp.read_at,
        "serial": stamp.serial, "vectors": reading.vectors,
    }]  # fmt: skip
    yield (
        mentions,
        [
            {"page": number, "ordinal": i, "kind": m.kind, "score": m.score} | _span(keeper.offsets(m.span))
            for i, m in enumerate(reading.mentions)
        ],
    )
    yield from iter_telling_rows(number, reading.tellings, keeper, first_telling)
    yield statement_rows(number, reading.statements, keeper)
    yield loaded_words, [
        {"page": number, "ordinal": i, "score": w.score, "neutral": w.neutral} | _span(keeper.offsets(w.span))
        for i, w in enumerate(reading.loaded)
    ]  # fmt: skip
    yield aliases, [
        {"page": number, "ordinal": i, "reason": a.reason, "score": a.score}
        | _span(keeper.offsets(a.a), "a_") | _span(keeper.offsets(a.b), "b_")
        for i, a in enumerate(reading.aliases)
    ]  # fmt: skip


def _span(offsets: tuple[int, int], prefix: str = "") -> dict[str, int]:
    return {f"{prefix}start_char": offsets[0], f"{prefix}end_char": offsets[1]}


def drop_reading(connection: Connection, number: int) -> None:
    """Take away what was read in page `number`, before it is read again."""
    for table in (readings, mentions, tellings, statements, loaded_words, aliases):
        connection.execute(delete(table).where(table.c.page == number))


def load_read_pages(connection: Connection, held: PageRange, *, parts: bool = True) -> list[ReadPage]:
    """Articles and readings of these pages, in order of arrival; `parts` as for `load_articles`."""
    found = load_articles(connection, held, parts=parts)
    keepers = {number: SpanKeeper(article.text) for number, article in found.items()}
    query = select(readings.c.page, readings.c.vectors).where(within(readings.c.page, held)).order_by(readings.c.page)
    rows = connection.execute(query).all()
    told = load_tellings(connection, held, keepers)
    said = load_statements(connection, held, keepers)
    mention_rows = by_page(connection, mentions, held)
    loaded_rows = by_page(connection, loaded_words, held)
    alias_rows = by_page(connection, aliases, held)
    result = []
    for number, vectors in rows:
        keeper = keepers[number]
        reading = Reading(
            page=found[number].page,
            mentions=tuple(
                Mention(keeper.cut(r.start_char, r.end_char), r.kind, r.score) for r in mention_rows.get(number, ())
            ),
            tellings=told.get(number, ()),
            statements=said.get(number, ()),
            loaded=tuple(
                LoadedWord(keeper.cut(r.start_char, r.end_char), r.score, r.neutral)
                for r in loaded_rows.get(number, ())
            ),
            aliases=tuple(
                Alias(keeper.cut(r.a_start_char, r.a_end_char), keeper.cut(r.b_start_char, r.b_end_char), r.reason,
                      r.score)
                for r in alias_rows.get(number, ())
            ),
            vectors=vectors,
        )  # fmt: skip
        result.append(ReadPage(number, found[number], reading))
    return result


def iter_read_pages(connection: Connection, *, parts: bool = True, size: int = CHUNK_PAGES) -> Iterator[ReadPage]:
    """All pages that were read, in order of arrival, `size` of them in memory at a time."""
    for held in iter_ranges(connection, size):
        yield from load_read_pages(connection, held, parts=parts)
