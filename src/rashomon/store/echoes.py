"""Echoes with their differences, and origins.

In: all `Echo`es and `Origin`s of the case at once. Out: the same again.
Never: the words of an echo, which are cut from the articles again.
"""

from collections import defaultdict
from collections.abc import Iterable, Iterator

from sqlalchemy import Connection, delete, func, select

from rashomon.records import Echo, Edit, Origin, PagePassage
from rashomon.spans import Span
from rashomon.store.batches import iter_batches
from rashomon.store.rows import insert
from rashomon.store.schema import articles, echo_edits, echoes, origin_pages, origins, pages


def replace_echoes(connection: Connection, found: Iterable[Echo]) -> int:
    """Keep these echoes in place of those that were there; returns how many."""
    connection.execute(delete(echo_edits))
    connection.execute(delete(echoes))
    numbers = {row.id: row.number for row in connection.execute(select(pages.c.id, pages.c.number))}
    count = 0
    for batch in iter_batches(found):
        numbered = list(enumerate(batch, start=count + 1))
        count += len(batch)
        insert(connection, echoes, [
            {"number": n, "a_page": numbers[e.a.page], "a_start_char": e.a.span.start_char,
             "a_end_char": e.a.span.end_char, "b_page": numbers[e.b.page], "b_start_char": e.b.span.start_char,
             "b_end_char": e.b.span.end_char, "similarity": e.similarity}
            for n, e in numbered
        ])  # fmt: skip
        insert(connection, echo_edits, [
            {"echo": n, "ordinal": i, "kind": d.kind, "a": d.a, "b": d.b}
            for n, e in numbered for i, d in enumerate(e.differences)
        ])  # fmt: skip
    return count


def iter_echoes(connection: Connection, chunk: int = 2000) -> Iterator[Echo]:
    """All echoes, in the order they were saved."""
    a_text, b_text = articles.alias("a_text"), articles.alias("b_text")
    a_page, b_page = pages.alias("a_page_of"), pages.alias("b_page_of")
    e = echoes.c
    query = (
        select(
            e.number, a_page.c.id, e.a_start_char, e.a_end_char, b_page.c.id, e.b_start_char, e.b_end_char,
            e.similarity, func.substr(a_text.c.text, e.a_start_char + 1, e.a_end_char - e.a_start_char),
            func.substr(b_text.c.text, e.b_start_char + 1, e.b_end_char - e.b_start_char),
        )
        .join(a_page, a_page.c.number == e.a_page).join(b_page, b_page.c.number == e.b_page)
        .join(a_text, a_text.c.page == e.a_page).join(b_text, b_text.c.page == e.b_page)
        .order_by(e.number)
    )  # fmt: skip
    last = connection.execute(select(func.max(e.number))).scalar() or 0
    for first in range(1, last + 1, chunk):
        held = (first, first + chunk - 1)
        edits: dict[int, list[Edit]] = defaultdict(list)
        edit_query = select(echo_edits).where(echo_edits.c.echo.between(*held))
        for row in connection.execute(edit_query.order_by(echo_edits.c.echo, echo_edits.c.ordinal)):
            edits[row.echo].append(Edit(row.kind, row.a, row.b))
        for number, a_id, a_start, a_end, b_id, b_start, b_end, similarity, a_words, b_words in connection.execute(
            query.where(e.number.between(*held))
        ):
            a = PagePassage(a_id, Span(a_start, a_end, a_words))
            b = PagePassage(b_id, Span(b_start, b_end, b_words))
            yield Echo(a, b, similarity, tuple(edits.get(number, ())))


def replace_origins(connection: Connection, found: Iterable[Origin]) -> int:
    """Keep these origins in place of those that were there; returns how many."""
    connection.execute(delete(origin_pages))
    connection.execute(delete(origins))
    count = 0
    for batch in iter_batches(found):
        numbered = list(enumerate(batch, start=count + 1))
        count += len(batch)
        insert(connection, origins, [
            {"number": n, "id": o.id, "first": o.first, "named": o.named} for n, o in numbered
        ])  # fmt: skip
        insert(connection, origin_pages, [
            {"origin": n, "ordinal": i, "page": page} for n, o in numbered for i, page in enumerate(o.pages)
        ])  # fmt: skip
    return count


def iter_origins(connection: Connection, chunk: int = 2000) -> Iterator[Origin]:
    """All origins, in the order they were saved, `chunk` of them in memory at a time."""
    last = connection.execute(select(func.max(origins.c.number))).scalar() or 0
    for first in range(1, last + 1, chunk):
        held = (first, first + chunk - 1)
        pages_of: dict[int, list[str]] = defaultdict(list)
        query = select(origin_pages.c.origin, origin_pages.c.page).where(origin_pages.c.origin.between(*held))
        for number, page in connection.execute(query.order_by(origin_pages.c.origin, origin_pages.c.ordinal)):
            pages_of[number].append(page)
        query = select(origins).where(origins.c.number.between(*held)).order_by(origins.c.number)
        for row in connection.execute(query):
            yield Origin(row.id, tuple(pages_of.get(row.number, ())), row.first, row.named)
