"""Loaded words of the whole case, and what others say instead of them.

In: counterparts. Out: loaded words by page; the incidents whose pages have some.
Never: a loaded word that was not read; what others say instead is forgotten when a page is read again.
"""

from collections import defaultdict
from collections.abc import Collection, Iterable, Iterator

from sqlalchemy import Connection, bindparam, func, select, update

from rashomon.records import LoadedWord
from rashomon.spans import Span
from rashomon.store.schema import articles, incident_tellings, loaded_words, pages, tellings


def load_loaded(connection: Connection, held: Collection[str] | None = None) -> dict[str, list[LoadedWord]]:
    """Page id → its loaded words, in their order; of all pages, or of those with these ids."""
    w = loaded_words.c
    words = func.substr(articles.c.text, w.start_char + 1, w.end_char - w.start_char)
    query = select(pages.c.id, w.start_char, w.end_char, words, w.score, w.neutral)
    query = query.join(pages, pages.c.number == w.page).join(articles, articles.c.page == w.page)
    if held is not None:
        query = query.where(pages.c.id.in_(held))
    found: dict[str, list[LoadedWord]] = defaultdict(list)
    for page, start, end, text, score, neutral in connection.execute(query.order_by(w.page, w.ordinal)):
        found[page].append(LoadedWord(Span(start, end, text), score, neutral))
    return dict(found)


def iter_loaded_incidents(connection: Connection) -> Iterator[list[str]]:
    """The ids of the tellings of each incident that is told in a page with loaded words."""
    it, t = incident_tellings.c, tellings.c
    held = select(t.id).where(t.page.in_(select(loaded_words.c.page)))
    query = select(it.incident).where(it.telling.in_(held)).distinct().order_by(it.incident)
    for number in list(connection.execute(query).scalars()):
        told = select(it.telling).where(it.incident == number).order_by(it.ordinal)
        yield list(connection.execute(told).scalars())


def replace_counterparts(connection: Connection, found: Iterable[tuple[LoadedWord, str]]) -> None:
    """Keep what others say instead of these words (with the id of their page) in place of what was kept before."""
    connection.execute(update(loaded_words).values(neutral=None))
    rows = [
        {"id": page, "start": word.span.start_char, "end": word.span.end_char, "neutral_": word.neutral}
        for word, page in found
    ]
    if rows:
        w = loaded_words.c
        number = select(pages.c.number).where(pages.c.id == bindparam("id")).scalar_subquery()
        held = update(loaded_words).where(
            w.page == number, w.start_char == bindparam("start"), w.end_char == bindparam("end")
        )
        connection.execute(held.values(neutral=bindparam("neutral_")), rows)
