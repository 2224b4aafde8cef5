"""Tellings with who tells them: the words, the page they stand on, what is loaded in them.

In: ids of tellings. Out: shapes. Never: a telling without its page's outlet (or source), date and hash.
"""

from collections import defaultdict
from collections.abc import Iterable, Sequence

from msgspec import Struct
from sqlalchemy import Connection, func, select

from rashomon import store
from rashomon.present import describe
from rashomon.present import shapes as s
from rashomon.present.judgements import JudgementShape, load_judgements
from rashomon.records import LoadedWord
from rashomon.store import schema


class Teller(Struct, frozen=True, kw_only=True):
    """Who tells: the page, its outlet (or where it came from, if it names none), when, and the hash of its bytes."""

    page: str
    outlet: str
    named: bool
    title: str | None
    published: str | None
    published_precision: str | None
    language: str | None
    sha256: str
    url: str | None


class ToldTelling(Struct, frozen=True, kw_only=True):
    """A telling, who tells it, its loaded words, and what people judged of it; `words` is the text of its passages."""

    telling: s.TellingShape
    teller: Teller
    words: tuple[s.SpanShape, ...]
    loaded: tuple[s.LoadedShape, ...]
    judgements: tuple[JudgementShape, ...]


def load_tellers(connection: Connection, pages: Iterable[str]) -> dict[str, Teller]:
    """Tellers by page id."""
    p, a = schema.pages.c, schema.articles.c
    query = select(p.id, func.coalesce(a.outlet, p.source), a.outlet, a.title, a.published_start,
                   a.published_precision, a.language, p.sha256, p.url)  # fmt: skip
    query = query.outerjoin(schema.articles, a.page == p.number).where(p.id.in_(list(pages)))
    return {
        row[0]: Teller(
            page=row[0], outlet=row[1], named=row[2] is not None, title=row[3], published=row[4],
            published_precision=row[5], language=row[6], sha256=row[7], url=row[8],
        )
        for row in connection.execute(query)
    }  # fmt: skip


def load_told(connection: Connection, ids: Sequence[str]) -> tuple[ToldTelling, ...]:
    """These tellings in this order; one that the case does not have is left out."""
    it, i = schema.incident_tellings.c, schema.incidents.c
    joined = select(it.telling, i.id).join(schema.incidents, i.number == it.incident).where(it.telling.in_(ids))
    incident_of = {row[0]: row[1] for row in connection.execute(joined)}
    held = store.load_tellings_by_id(connection, ids)
    loaded = store.load_loaded(connection, {telling.page for telling in held.values()})
    found = {x: describe.describe_telling(telling, incident_of.get(x)) for x, telling in held.items()}
    tellers = load_tellers(connection, {x.page for x in found.values()})
    judged: dict[str, list[JudgementShape]] = defaultdict(list)
    for judgement in load_judgements(connection, list(found)):
        for about in {judgement.about, judgement.other}:
            if about in found:
                judged[about].append(judgement)
    return tuple(
        ToldTelling(
            telling=x,
            teller=tellers[x.page],
            words=_words(x),
            loaded=_loaded_within(x, loaded.get(x.page, ())),
            judgements=tuple(judged[x.id]),
        )
        for x in (found[i] for i in ids if i in found)
    )


def _loaded_within(telling: s.TellingShape, loaded: Sequence[LoadedWord]) -> tuple[s.LoadedShape, ...]:
    """Those of its page's loaded words that stand in the telling's passages."""
    return tuple(
        s.LoadedShape(w.span.text, w.span.start_char, w.span.end_char, w.score, w.neutral)
        for w in loaded
        if any(p.start_char <= w.span.start_char and w.span.end_char <= p.end_char for p in _words(telling))
    )


def _words(telling: s.TellingShape) -> tuple[s.SpanShape, ...]:
    return telling.passages or (s.SpanShape(telling.text, telling.start_char, telling.end_char),)
