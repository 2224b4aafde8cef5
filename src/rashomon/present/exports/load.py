"""Incidents with their tellings, streamed from a case.

In: a case, filters. Out: told incidents, in the case's order; pages that tell them. Never: more than a batch in memory,
but for the row numbers of incidents and pages.
"""

from array import array
from collections.abc import Iterator, Mapping, Sequence
from typing import Any

from sqlalchemy import Connection, Row, func, select

from rashomon import store
from rashomon.present.exports.told import Teller, Told, ToldIncident
from rashomon.present.filters import Filters, select_incidents
from rashomon.present.origins import PageFacts, find_origins, load_echoes_among
from rashomon.records import Published
from rashomon.store import schema
from rashomon.store.batches import iter_batches
from rashomon.store.tellings import load_tellings_by_id

TELLINGS_AT_ONCE = 250
INCIDENTS_AT_ONCE = 2_000
PAGES_AT_ONCE = 1_000
ABOUT_ONE = ("right", "wrong", "corrected")


def iter_told(connection: Connection, filters: Filters) -> Iterator[ToldIncident]:
    """The incidents that the filters leave, each whole."""
    judged = _load_judged(connection)
    for numbers in _iter_batches(connection, filters):
        yield from _load_batch(connection, numbers, judged)


def iter_tellers(connection: Connection, filters: Filters) -> Iterator[Teller]:
    """The pages that tell these incidents, each once, in order of arrival."""
    for numbers in iter_batches(_list_pages(connection, filters), PAGES_AT_ONCE):
        query = _tellers_query().where(schema.pages.c.number.in_(numbers)).order_by(schema.pages.c.number)
        for row in connection.execute(query).all():
            yield _teller(row)


def _list_pages(connection: Connection, filters: Filters) -> "array[int]":
    """The numbers of the pages that tell these incidents, in order of arrival."""
    it, t = schema.incident_tellings.c, schema.tellings.c
    query = select(t.page).join(schema.incident_tellings, it.telling == t.id).distinct().order_by(t.page)
    if filters != Filters():
        query = query.where(it.incident.in_(select_incidents(filters)))
    return array("q", connection.execute(query.execution_options(yield_per=10_000)).scalars())


def count_unlinked(connection: Connection) -> int:
    """How many tellings are of no incident yet: adding was stopped before it came to its end."""
    t, it = schema.tellings.c, schema.incident_tellings.c
    query = select(func.count()).select_from(schema.tellings)
    return int(connection.execute(query.where(~select(1).where(it.telling == t.id).exists())).scalar_one())


def _iter_batches(connection: Connection, filters: Filters) -> Iterator[list[int]]:
    """Row numbers of incidents whose tellings can be held at once (a larger incident comes alone)."""
    it = schema.incident_tellings.c
    held: list[int] = []
    size = 0
    for some in iter_batches(_list_incidents(connection, filters), INCIDENTS_AT_ONCE):
        query = select(it.incident, func.count()).where(it.incident.in_(some)).group_by(it.incident)
        tellings = {row[0]: row[1] for row in connection.execute(query)}
        for number in some:
            if held and size + tellings.get(number, 0) > TELLINGS_AT_ONCE:
                yield held
                held, size = [], 0
            held.append(number)
            size += tellings.get(number, 0)
    if held:
        yield held


def _list_incidents(connection: Connection, filters: Filters) -> "array[int]":
    """The row numbers of the incidents that the filters leave, in order; eight bytes each."""
    # all at once: a filter (a search, say) is asked once, and no open cursor is in the way of the queries between
    query = select_incidents(filters)
    query = query.order_by(query.selected_columns[0]).execution_options(yield_per=10_000)
    return array("q", connection.execute(query).scalars())


def _load_judged(connection: Connection) -> dict[str, tuple[str, ...]]:
    """What people decided about single records, in words, by the record's id."""
    found: dict[str, tuple[str, ...]] = {}
    for j in store.load_standing(connection):
        if j.verdict in ABOUT_ONE:
            to = " to" if j.field and j.value else ""
            words = " ".join(x for x in (j.verdict, f"{j.field or ''}{to}", j.value or "") if x)
            found[j.about] = (*found.get(j.about, ()), f"{words} ({j.who})")
    return found


def _load_batch(
    connection: Connection, numbers: Sequence[int], judged: Mapping[str, tuple[str, ...]]
) -> Iterator[ToldIncident]:
    incidents = store.load_incidents_by_number(connection, numbers)
    ids = [i for incident in incidents for i in incident.tellings]
    tellings = load_tellings_by_id(connection, ids)
    sentences = _sentences(connection, ids)
    tellers = {t.page: t for t in _load_tellers(connection, {t.page for t in tellings.values()})}
    facts = {t.page: PageFacts(t.number, t.chars, t.published.start if t.published else None) for t in tellers.values()}
    echoes = load_echoes_among(connection, {f.number: page for page, f in facts.items()})
    for number, incident in zip(numbers, incidents, strict=True):
        told = [tellings[i] for i in incident.tellings if i in tellings]
        origin_of = find_origins(told, facts, echoes)
        yield ToldIncident(
            number,
            incident,
            tuple(Told(t, tellers[t.page], origin_of[t.page].id, sentences[t.id], judged.get(t.id, ())) for t in told),
        )


def _load_tellers(connection: Connection, pages: set[str]) -> Iterator[Teller]:
    for row in connection.execute(_tellers_query().where(schema.pages.c.id.in_(pages))):
        yield _teller(row)


def _tellers_query() -> Any:
    p, a = schema.pages.c, schema.articles.c
    return select(
        p.id, p.number, p.source, p.url, p.sha256, p.captured_at, p.media_type, p.version, a.outlet, a.title, a.byline,
        a.published_start, a.published_end, a.published_precision, a.published_found, a.language,
        func.length(a.text).label("chars"),
    ).join(schema.articles, a.page == p.number)  # fmt: skip


def _teller(row: Row[Any]) -> Teller:
    published = None
    if row.published_start is not None:
        published = Published(row.published_start, row.published_end, row.published_precision, row.published_found)
    return Teller(
        page=row.id, number=row.number, source=row.source, url=row.url, sha256=row.sha256, captured_at=row.captured_at,
        media_type=row.media_type, version=row.version, outlet=row.outlet, title=row.title, byline=row.byline,
        published=published, language=row.language, chars=row.chars,
    )  # fmt: skip


def _sentences(connection: Connection, ids: Sequence[str]) -> dict[str, int]:
    t, p = schema.tellings.c, schema.passages.c
    before = select(func.count()).where(p.page == t.page, p.start_char <= t.start_char).scalar_subquery()
    return {row[0]: row[1] for row in connection.execute(select(t.id, before).where(t.id.in_(ids)))}
