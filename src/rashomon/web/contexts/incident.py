"""One incident: every telling with who tells it, what is agreed and contested, why these are linked.

In: an incident's id. Out: one screen. Never: a value chosen over another; more tellings in whole than one page of them.
"""

from collections.abc import Mapping, Sequence

from msgspec import Struct
from sqlalchemy import Connection, or_, select

from rashomon import store
from rashomon.errors import NotFoundError
from rashomon.present import shapes as s
from rashomon.present.describe import describe_span
from rashomon.present.incidents import iter_incident_shapes
from rashomon.present.judgements import JudgementShape, load_judgements
from rashomon.present.silences import iter_silences
from rashomon.present.terminal import iter_range
from rashomon.records import MatchWeight, Origin
from rashomon.store import schema
from rashomon.store.overview_tables import incident_lines
from rashomon.web.contexts.lines import IncidentLine, load_lines
from rashomon.web.contexts.origins import find_origins
from rashomon.web.contexts.params import PagedParams
from rashomon.web.contexts.tellings import ToldTelling, load_tellers, load_told

PAGE_TELLINGS = 30
MOST_WEIGHED = 2000
MOST_LINKS = 40
NEAR = 4


class ToldBy(Struct, frozen=True):
    """A telling and who tells it."""

    telling: str
    page: str
    outlet: str


class ValueTold(Struct, frozen=True):
    """One value told, by whom, and from how many origins."""

    value: str
    told_by: tuple[ToldBy, ...]
    origins: int


class NumberTold(Struct, frozen=True):
    """The lowest, best or highest number told (`name`), and by whom."""

    name: str
    number: int
    told_by: tuple[ToldBy, ...]


class FieldTold(Struct, frozen=True):
    """A field of the incident: agreed, told once or contested; `origins` tell it, `range` sums up a contested count."""

    field: str
    status: str
    values: tuple[ValueTold, ...]
    origins: int
    range: tuple[NumberTold, ...]


class OriginGroup(Struct, frozen=True):
    """Tellings whose pages copy from each other: one source. `first`: the page that is the earliest, if dates tell;
    `named`: the news agency that they quote.
    """

    id: str
    first: str | None
    named: str | None
    tellings: tuple[ToldTelling, ...]


class LinkWhy(Struct, frozen=True):
    """Two tellings that are linked: how likely they are of the same happening, and what speaks for and against it."""

    a: ToldBy
    b: ToldBy
    probability: float
    weights: tuple[MatchWeight, ...]


class RelatedLine(Struct, frozen=True, kw_only=True):
    """Another incident to which this one is told to stand so; `first`: this one is the first of the two."""

    kind: str
    first: bool
    other: IncidentLine
    reasons: tuple[str, ...]
    page: str | None
    cue: s.SpanShape | None


class IncidentScreen(Struct, frozen=True, kw_only=True):
    """One incident; `groups` are one page of its tellings, `pages` how many such pages there are."""

    params: PagedParams
    incident: s.IncidentShape
    line: IncidentLine
    groups: tuple[OriginGroup, ...]
    pages: int
    fields: tuple[FieldTold, ...]
    links: tuple[LinkWhy, ...]
    silences: tuple[s.SilenceShape, ...]
    relations: tuple[RelatedLine, ...]
    earlier: tuple[IncidentLine, ...]
    later: tuple[IncidentLine, ...]
    judgements: tuple[JudgementShape, ...]


def find_incident_number(connection: Connection, identifier: str) -> int:
    """The row number of an incident. Raises NotFoundError."""
    found = connection.execute(select(schema.incidents.c.number).where(schema.incidents.c.id == identifier)).scalar()
    if found is None:
        raise NotFoundError("no_incident", "judgements may have merged or split it; its tellings are in others now")
    return int(found)


def load_incident_screen(connection: Connection, identifier: str, params: PagedParams) -> IncidentScreen:
    """The incident with this id. Raises NotFoundError."""
    number = find_incident_number(connection, identifier)
    incident = next(iter_incident_shapes(connection, number, number))
    weighed = incident.tellings[:MOST_WEIGHED]
    page_of = _pages_of(connection, weighed)
    origins = find_origins(connection, weighed)
    ordered = sorted(weighed, key=lambda i: _standing(origins.get(page_of.get(i, "")), page_of.get(i, ""), i))
    shown = ordered[(params.page - 1) * PAGE_TELLINGS : params.page * PAGE_TELLINGS]
    tellers = load_tellers(connection, set(page_of.values()))
    by = {i: ToldBy(i, page, tellers[page].outlet) for i, page in page_of.items() if page in tellers}
    before, after = _find_near(connection, number)
    line, *near = load_lines(connection, [number, *before, *after])
    return IncidentScreen(
        params=params,
        incident=incident,
        line=line,
        groups=_fold(load_told(connection, shown), origins),
        pages=max(1, -(-len(ordered) // PAGE_TELLINGS)),
        fields=_describe_fields(incident, by),
        links=load_links(connection, weighed, by),
        silences=tuple(iter_silences(connection, number)),
        relations=_load_relations(connection, identifier),
        earlier=tuple(near[: len(before)]),
        later=tuple(near[len(before) :]),
        judgements=load_judgements(connection, weighed),
    )


def _standing(origin: Origin | None, page: str, telling: str) -> tuple[int, str, bool, str, str]:
    """Large origins first; within one its earliest page first."""
    if origin is None:
        return (0, "", False, page, telling)
    return (-len(origin.pages), origin.id, page != origin.first, page, telling)


def _pages_of(connection: Connection, ids: Sequence[str]) -> dict[str, str]:
    t = schema.tellings.c
    query = select(t.id, schema.pages.c.id).join(schema.pages, schema.pages.c.number == t.page).where(t.id.in_(ids))
    return {row[0]: row[1] for row in connection.execute(query)}


def _fold(told: Sequence[ToldTelling], origins: Mapping[str, Origin]) -> tuple[OriginGroup, ...]:
    groups: dict[str, list[ToldTelling]] = {}
    found: dict[str, Origin] = {}
    for telling in told:
        origin = origins[telling.teller.page]
        groups.setdefault(origin.id, []).append(telling)
        found[origin.id] = origin
    return tuple(OriginGroup(i, found[i].first, found[i].named, tuple(held)) for i, held in groups.items())


def _describe_fields(incident: s.IncidentShape, by: Mapping[str, ToldBy]) -> tuple[FieldTold, ...]:
    rank = {"contested": 0, "agreed": 1, "told_once": 2}
    fields = (
        FieldTold(
            f.field,
            f.status,
            tuple(ValueTold(v.value, tuple(by[i] for i in v.tellings if i in by), len(v.origins)) for v in f.values),
            len(f.origins),
            tuple(NumberTold(name, n.number, tuple(by[i] for i in n.tellings if i in by)) for name, n in iter_range(f)),
        )
        for f in incident.fields
    )
    return tuple(sorted(fields, key=lambda f: rank.get(f.status, len(rank))))


def load_links(connection: Connection, ids: Sequence[str], by: Mapping[str, ToldBy]) -> tuple[LinkWhy, ...]:
    """The links between these tellings, the least likely first: those are what a reader doubts."""
    return tuple(
        LinkWhy(by[link.a], by[link.b], link.probability, link.weights)
        for link in store.least_likely_links(connection, ids, MOST_LINKS)
        if link.a in by and link.b in by
    )


def _load_relations(connection: Connection, identifier: str) -> tuple[RelatedLine, ...]:
    found = list(store.iter_relations(connection, identifier))
    ids = {i for r in found for i in (r.first, r.then)} - {identifier}
    query = select(incident_lines.c.incident).where(incident_lines.c.id.in_(ids))
    lines = {line.id: line for line in load_lines(connection, list(connection.execute(query).scalars()))}
    return tuple(
        RelatedLine(
            kind=r.kind,
            first=r.first == identifier,
            other=lines[other],
            reasons=r.reasons,
            page=r.page,
            cue=describe_span(r.cue),
        )
        for r in found
        if (other := r.then if r.first == identifier else r.first) in lines
    )


def _find_near(connection: Connection, number: int) -> tuple[list[int], list[int]]:
    """Numbers of incidents told at the same place before and after this one."""
    line = incident_lines.c
    here = connection.execute(select(line.place, line.start).where(line.incident == number)).first()
    if here is None or here.place is None or here.start is None:
        return [], []
    same = select(line.incident).where(line.place == here.place, line.incident != number)
    before = same.where(line.start < here.start).order_by(line.start.desc(), line.incident.desc()).limit(NEAR)
    after = same.where(line.start >= here.start).order_by(line.start, line.incident).limit(NEAR)
    return list(connection.execute(before).scalars()), list(connection.execute(after).scalars())


def find_telling_incident(connection: Connection, telling: str) -> str:
    """The id of the incident that a telling is held to be of. Raises NotFoundError."""
    it, i = schema.incident_tellings.c, schema.incidents.c
    query = select(i.id).join(schema.incident_tellings, it.incident == i.number).where(it.telling == telling)
    found = connection.execute(query).scalar()
    if found is None:
        raise NotFoundError("no_telling", "the case has no telling with this id, or its incident is being made")
    return str(found)


def find_similar(connection: Connection, number: int, most: int = 8) -> tuple[IncidentLine, ...]:
    """Other incidents with a telling that is linked to one of this incident: what it could be merged with."""
    it, link = schema.incident_tellings.c, schema.links.c
    mine = select(it.telling).where(it.incident == number)
    other = schema.incident_tellings.alias("other")
    query = (
        select(other.c.incident)
        .select_from(schema.links)
        .join(other, or_(other.c.telling == link.a, other.c.telling == link.b))
        .where(or_(link.a.in_(mine), link.b.in_(mine)), other.c.incident != number)
        .order_by(link.probability.desc())
        .limit(most * 5)
    )
    return load_lines(connection, list(dict.fromkeys(connection.execute(query).scalars()))[:most])
