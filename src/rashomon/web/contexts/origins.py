"""The tellings of one incident, folded by origin.

In: an incident's tellings. Out: groups of tellings whose pages copy from each other. Never: another origin than the
one by which the incident was weighed (weigh.incident_origins decides both).
"""

from collections.abc import Mapping, Sequence
from typing import Any

from sqlalchemy import Connection, func, select

from rashomon import weigh
from rashomon.records import Echo, Origin, PagePassage, Telling
from rashomon.spans import Span
from rashomon.store import schema


def find_origins(connection: Connection, ids: Sequence[str]) -> dict[str, Origin]:
    """Page id → its origin among the pages of these tellings."""
    t, p, a = schema.tellings.c, schema.pages.c, schema.articles.c
    quoted = func.substr(a.text, t.attributed_start_char + 1, t.attributed_end_char - t.attributed_start_char)
    query = select(t.id, t.passages, p.number, p.id.label("page"), a.text, a.published_start, quoted.label("quoted"))
    query = query.join(schema.pages, p.number == t.page).join(schema.articles, a.page == t.page)
    rows = connection.execute(query.where(t.id.in_(ids)).order_by(t.number)).all()
    page_of = {row.number: row.page for row in rows}
    lengths = {row.page: len(row.text) for row in rows}
    published = {row.page: row.published_start for row in rows}
    echoes = _load_echoes(connection, page_of)
    tellings = [_light(row) for row in rows]
    return weigh.incident_origins(tellings, echoes, weigh.copying_pages(echoes, lengths), published)


def _light(row: Any) -> Telling:
    """A telling with what origins are found by: its page, where its passages stand, whom it quotes."""
    spans = tuple(Span(start, end, "") for start, end in row.passages)
    quoted = Span(0, 0, row.quoted) if row.quoted else None
    return Telling(row.id, row.page, Span(0, 0, ""), 0.0, (), (), "", "", passages=spans, attributed_to=quoted)


def _load_echoes(connection: Connection, page_of: Mapping[int, str]) -> list[Echo]:
    e = schema.echoes.c
    held = list(page_of)
    query = select(schema.echoes).where(e.a_page.in_(held), e.b_page.in_(held), e.a_page != e.b_page).order_by(e.number)
    return [
        Echo(
            PagePassage(page_of[r.a_page], Span(r.a_start_char, r.a_end_char, "")),
            PagePassage(page_of[r.b_page], Span(r.b_start_char, r.b_end_char, "")),
            r.similarity,
            (),
        )
        for r in connection.execute(query)
    ]
