"""Outlets: what each covers, whose words it shares, what it changes in them, what it leaves out.

In: an outlet's name. Out: a list, one outlet. Never: a verdict on an outlet; who copied from whom where dates do not
tell.
"""

from collections import Counter

import msgspec
from msgspec import Struct
from sqlalchemy import Connection, func, or_, select

from rashomon.errors import NotFoundError
from rashomon.present import shapes as s
from rashomon.present.shifts import iter_shifts
from rashomon.store import schema
from rashomon.store.overview_tables import facet_counts, incident_facets, incident_lines
from rashomon.web.contexts.front import ArticleLine, article_columns
from rashomon.web.contexts.lines import IncidentLine, load_lines

PAGE_OUTLETS = 50
PAGE_ARTICLES = 20
COUNTED_ECHOES = 5000
COUNTED_OF_ONE = 1000
"""Echoes that are counted for the list of outlets, and for one outlet."""
COUNTED_INCIDENTS = 300
MOST_EDITS = 30
MOST_SHIFTS = 20
SHOWN_INCIDENTS = 8


class OutletsParams(Struct, frozen=True, omit_defaults=True):
    """The list of outlets."""

    page: int = 1


class OutletParams(Struct, frozen=True, omit_defaults=True):
    """One outlet, by its name."""

    name: str
    page: int = 1


class OutletLine(Struct, frozen=True, kw_only=True):
    """An outlet in a list: how many articles of it the case holds, and of how many incidents they tell."""

    name: str
    articles: int
    incidents: int


class SharedWords(Struct, frozen=True, kw_only=True):
    """Passages shared with another outlet; `earlier`: those that this outlet published first, as far as dates tell."""

    outlet: str
    passages: int
    earlier: int
    later: int


class EditShape(Struct, frozen=True, kw_only=True):
    """A difference of wording between this outlet's passage (`mine`) and another outlet's."""

    kind: str
    mine: str
    theirs: str
    page: str
    other_page: str
    other_outlet: str


class LeftOut(Struct, frozen=True, kw_only=True):
    """A field that others tell of incidents which this outlet tells too, without telling that field."""

    field: str
    incidents: int
    of: int


class OutletsScreen(Struct, frozen=True, kw_only=True):
    """One page of the list of outlets, the most articles first; `unnamed` articles name no outlet. `shifts` are those
    of the first COUNTED_ECHOES echoes, with the first page alone.
    """

    params: OutletsParams
    total: int
    pages: int
    outlets: tuple[OutletLine, ...]
    unnamed: int
    shifts: tuple[s.ShiftShape, ...]


class OutletScreen(Struct, frozen=True, kw_only=True):
    """One outlet."""

    params: OutletParams
    outlet: OutletLine
    pages: int
    articles: tuple[ArticleLine, ...]
    incidents: tuple[IncidentLine, ...]
    shared: tuple[SharedWords, ...]
    edits: tuple[EditShape, ...]
    shifts: tuple[s.ShiftShape, ...]
    left_out: tuple[LeftOut, ...]


def load_outlets_screen(connection: Connection, params: OutletsParams) -> OutletsScreen:
    """One page of the list."""
    a = schema.articles.c
    total = int(connection.execute(select(func.count(a.outlet.distinct()))).scalar_one())
    query = select(a.outlet, func.count()).where(a.outlet.is_not(None)).group_by(a.outlet)
    query = query.order_by(func.count().desc(), a.outlet).limit(PAGE_OUTLETS)
    rows = connection.execute(query.offset((max(1, params.page) - 1) * PAGE_OUTLETS)).all()
    counted = facet_counts.c
    told = select(counted.value, counted.incidents).where(
        counted.facet == "outlet", counted.value.in_([row[0] for row in rows])
    )
    incidents = {row[0]: row[1] for row in connection.execute(told)}
    outlets = tuple(OutletLine(name=r[0], articles=r[1], incidents=incidents.get(r[0], 0)) for r in rows)
    unnamed = connection.execute(select(func.count()).where(a.outlet.is_(None))).scalar_one()
    pages = max(1, -(-total // PAGE_OUTLETS))
    shifts = tuple(iter_shifts(connection, most_echoes=COUNTED_ECHOES, most=MOST_SHIFTS)) if params.page == 1 else ()
    return OutletsScreen(params=params, total=total, pages=pages, outlets=outlets, unnamed=int(unnamed), shifts=shifts)


def load_outlet_screen(connection: Connection, params: OutletParams) -> OutletScreen:
    """The outlet of this name. Raises NotFoundError."""
    p, a, counted = schema.pages.c, schema.articles.c, facet_counts.c
    articles = int(connection.execute(select(func.count()).where(a.outlet == params.name)).scalar_one())
    if not articles:
        raise NotFoundError("no_outlet", "no article of the case names this outlet")
    told = select(counted.incidents).where(counted.facet == "outlet", counted.value == params.name)
    query = select(*article_columns()).join(schema.articles, a.page == p.number)  # type: ignore[call-overload]
    query = query.where(a.outlet == params.name).order_by(a.published_start.desc().nulls_last(), a.page.desc())
    rows = connection.execute(query.limit(PAGE_ARTICLES).offset((max(1, params.page) - 1) * PAGE_ARTICLES))
    numbers = _list_incidents(connection, params.name)
    shared, edits = _load_shared(connection, params.name)
    return OutletScreen(
        params=params,
        outlet=OutletLine(name=params.name, articles=articles, incidents=int(connection.execute(told).scalar() or 0)),
        pages=max(1, -(-articles // PAGE_ARTICLES)),
        articles=tuple(ArticleLine(**row._mapping) for row in rows),
        incidents=load_lines(connection, numbers[:SHOWN_INCIDENTS]),
        shared=shared,
        edits=edits,
        shifts=tuple(iter_shifts(connection, outlet=params.name, most_echoes=COUNTED_OF_ONE, most=MOST_SHIFTS)),
        left_out=_load_left_out(connection, params.name, numbers),
    )


def _list_incidents(connection: Connection, name: str) -> list[int]:
    line, facet = incident_lines.c, incident_facets.c
    query = select(line.incident).join(incident_facets, facet.incident == line.incident)
    query = query.where(facet.facet == "outlet", facet.value == name)
    query = query.order_by(line.contested.desc(), line.origins.desc(), line.incident).limit(COUNTED_INCIDENTS)
    return list(connection.execute(query).scalars())


def _load_shared(connection: Connection, name: str) -> tuple[tuple[SharedWords, ...], tuple[EditShape, ...]]:
    """Whose words it shares, and what differs; of its first COUNTED_OF_ONE echoes."""
    e = schema.echoes.c
    a_text, b_text = schema.articles.alias("a_text").c, schema.articles.alias("b_text").c
    a_page, b_page = schema.pages.alias("a_of").c, schema.pages.alias("b_of").c
    mine = select(schema.articles.c.page).where(schema.articles.c.outlet == name)
    query = (
        select(e.number, a_text.outlet, b_text.outlet, a_text.published_start, b_text.published_start, a_page.id,
               b_page.id)
        .where(or_(e.a_page.in_(mine), e.b_page.in_(mine)), a_text.page == e.a_page, b_text.page == e.b_page,
               a_page.number == e.a_page, b_page.number == e.b_page)
        .order_by(e.number)
        .limit(COUNTED_OF_ONE)
    )  # fmt: skip
    passages: Counter[str] = Counter()
    earlier: Counter[str] = Counter()
    later: Counter[str] = Counter()
    sides: dict[int, tuple[bool, str, str, str]] = {}
    for number, a_outlet, b_outlet, a_date, b_date, a_id, b_id in connection.execute(query):
        first = a_outlet == name
        if a_outlet == b_outlet:
            continue
        other = (b_outlet if first else a_outlet) or "outlet not named"
        my_date, their_date = (a_date, b_date) if first else (b_date, a_date)
        passages[other] += 1
        if my_date and their_date and my_date != their_date:
            (earlier if my_date < their_date else later)[other] += 1
        sides[number] = (first, other, *((a_id, b_id) if first else (b_id, a_id)))
    shared = tuple(
        SharedWords(outlet=o, passages=n, earlier=earlier[o], later=later[o]) for o, n in passages.most_common()
    )
    return shared, _load_edits(connection, sides)


def _load_edits(connection: Connection, sides: dict[int, tuple[bool, str, str, str]]) -> tuple[EditShape, ...]:
    edit = schema.echo_edits.c
    query = select(edit.echo, edit.kind, edit.a, edit.b).where(edit.echo.in_(list(sides)))
    found = []
    for number, kind, a, b in connection.execute(query.order_by(edit.echo, edit.ordinal).limit(MOST_EDITS)):
        first, outlet, page, other = sides[number]
        left, right = (a, b) if first else (b, a)
        shown = {"inserted": "dropped", "dropped": "inserted"}.get(kind, kind) if not first else kind
        found.append(EditShape(kind=shown, mine=left, theirs=right, page=page, other_page=other, other_outlet=outlet))
    return tuple(found)


def _load_left_out(connection: Connection, name: str, numbers: list[int]) -> tuple[LeftOut, ...]:
    """Fields told by others alone; of its COUNTED_INCIDENTS incidents with most origins."""
    it, t, a, field = schema.incident_tellings.c, schema.tellings.c, schema.articles.c, schema.incident_fields.c
    tellings = select(it.telling).join(schema.tellings, t.id == it.telling)
    of_outlet = t.page.in_(select(a.page).where(a.outlet == name))
    mine = set(connection.execute(tellings.where(it.incident.in_(numbers), of_outlet)).scalars())
    of: Counter[str] = Counter()
    without: Counter[str] = Counter()
    query = select(field.field, field.told).where(field.incident.in_(numbers))
    for label, told in connection.execute(query):
        values = msgspec.convert(told, tuple[s.ToldShape, ...])
        tellers = {i for value in values for i in value.tellings}
        if tellers - mine:
            of[label] += 1
            without[label] += not tellers & mine
    found = (LeftOut(field=label, incidents=without[label], of=n) for label, n in of.most_common())
    return tuple(x for x in found if x.incidents)
