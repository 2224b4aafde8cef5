"""Actors: who is told to have done what to whom.

In: filters, an actor's id. Out: a list, one actor, the network of the most told. Never: a score of a person.
"""

from collections.abc import Sequence

from msgspec import Struct
from sqlalchemy import Connection, exists, func, or_, select

from rashomon.errors import NotFoundError
from rashomon.store import schema
from rashomon.store.overview_tables import actor_edges, actor_tellings
from rashomon.web.contexts.incidents import actor_names
from rashomon.web.contexts.params import Nothing, PagedParams, SearchParams
from rashomon.web.contexts.tellings import Teller, ToldTelling, load_tellers, load_told

PAGE_ACTORS = 50
PAGE_TELLINGS = 10
MOST_EDGES = 60
MOST_REASONS = 30
REASONED = 300
_LIKE = str.maketrans({"%": r"\%", "_": r"\_", "\\": r"\\"})


class ActorLine(Struct, frozen=True, kw_only=True):
    """An actor in a list."""

    id: str
    name: str
    kind: str
    mentions: int


class Edge(Struct, frozen=True, kw_only=True):
    """Actor `a` is told to have done something to actor `b`."""

    a: str
    a_name: str
    b: str
    b_name: str
    tellings: int


class AliasReason(Struct, frozen=True, kw_only=True):
    """Two spellings on one page held to name one actor, and why."""

    a: str
    b: str
    reason: str
    score: float
    page: str
    outlet: str


class RoleTold(Struct, frozen=True, kw_only=True):
    """A role that tellings give the actor, and how many do."""

    role: str
    tellings: int


class ActorsScreen(Struct, frozen=True, kw_only=True):
    """One page of the list of actors."""

    params: SearchParams
    total: int
    pages: int
    actors: tuple[ActorLine, ...]


class ActorScreen(Struct, frozen=True, kw_only=True):
    """One actor: names, roles as told, whom it is told to have done something to and who to it, the tellings."""

    params: PagedParams
    actor: ActorLine
    aliases: tuple[str, ...]
    suggested: tuple[ActorLine, ...]
    reasons: tuple[AliasReason, ...]
    roles: tuple[RoleTold, ...]
    did: tuple[Edge, ...]
    suffered: tuple[Edge, ...]
    total: int
    pages: int
    tellings: tuple[ToldTelling, ...]
    statements: int


class NetworkScreen(Struct, frozen=True, kw_only=True):
    """The edges that most tellings tell."""

    edges: tuple[Edge, ...]


class EdgeParams(Struct, frozen=True, omit_defaults=True):
    """Ids of two actors."""

    a: str
    b: str
    page: int = 1


class EdgeScreen(Struct, frozen=True, kw_only=True):
    """The tellings in which `a` is told to have done something to `b`."""

    params: EdgeParams
    edge: Edge
    pages: int
    tellings: tuple[ToldTelling, ...]


def load_actors_screen(connection: Connection, params: SearchParams) -> ActorsScreen:
    """One page of the list, most mentioned first; `q` is part of a name or alias."""
    a, alias = schema.actors.c, schema.actor_aliases.c
    filters = []
    if params.q:
        part = f"%{params.q.translate(_LIKE)}%"
        named = select(alias.actor).where(alias.alias.ilike(part, escape="\\"))
        filters.append(or_(a.name.ilike(part, escape="\\"), a.number.in_(named)))
    total = int(connection.execute(select(func.count()).select_from(schema.actors).where(*filters)).scalar_one())
    query = select(a.id, a.name, a.kind, a.mentions).where(*filters).order_by(a.mentions.desc(), a.number)
    rows = connection.execute(query.limit(PAGE_ACTORS).offset((params.page - 1) * PAGE_ACTORS))
    actors = tuple(ActorLine(**row._mapping) for row in rows)
    return ActorsScreen(params=params, total=total, pages=max(1, -(-total // PAGE_ACTORS)), actors=actors)


def load_actor_screen(connection: Connection, identifier: str, params: PagedParams) -> ActorScreen:
    """The actor with this id. Raises NotFoundError."""
    a, f = schema.actors.c, schema.fillers.c
    row = connection.execute(select(schema.actors).where(a.id == identifier)).first()
    if row is None:
        raise NotFoundError("no_actor", "the case has no actor with this id")
    roles = select(f.role, func.count(f.telling.distinct())).where(f.actor == identifier).group_by(f.role)
    total = _count_tellings(connection, identifier)
    said = select(func.count()).where(schema.statements.c.source_actor == identifier)
    alias = schema.actor_aliases.c
    names = connection.execute(select(alias.alias).where(alias.actor == row.number).order_by(alias.ordinal)).scalars()
    return ActorScreen(
        params=params,
        actor=ActorLine(id=row.id, name=row.name, kind=row.kind, mentions=row.mentions),
        aliases=tuple(names),
        suggested=_load_lines(connection, list(row.suggested)),
        reasons=_load_reasons(connection, identifier),
        roles=tuple(RoleTold(role=r, tellings=n) for r, n in connection.execute(roles)),
        did=_load_edges(connection, actor_edges.c.a == identifier),
        suffered=_load_edges(connection, actor_edges.c.b == identifier),
        total=total,
        pages=max(1, -(-total // PAGE_TELLINGS)),
        tellings=load_told(connection, _list_tellings(connection, identifier, params.page)),
        statements=int(connection.execute(said).scalar_one()),
    )


def _count_tellings(connection: Connection, identifier: str) -> int:
    at = actor_tellings.c
    return int(connection.execute(select(func.max(at.ordinal)).where(at.actor == identifier)).scalar() or 0)


def _list_tellings(connection: Connection, identifier: str, page: int) -> list[str]:
    """Ids of the tellings on one page of the actor's."""
    at, t, f = actor_tellings.c, schema.tellings.c, schema.fillers.c
    first = (page - 1) * PAGE_TELLINGS + 1
    # a page may have been read again since: a telling is the actor's only if it still says so
    named = exists().where(f.telling == at.telling, f.actor == identifier)
    query = select(t.id).join(actor_tellings, at.telling == t.number).where(at.actor == identifier, named)
    query = query.where(at.ordinal.between(first, first + PAGE_TELLINGS - 1)).order_by(at.ordinal)
    return list(connection.execute(query).scalars())


def load_network(connection: Connection, _params: Nothing) -> NetworkScreen:
    """The edges that most tellings tell."""
    return NetworkScreen(edges=_load_edges(connection, None))


def load_edge(connection: Connection, params: EdgeParams) -> EdgeScreen:
    """The tellings behind one edge. Raises NotFoundError."""
    found = _load_edges(connection, (actor_edges.c.a == params.a) & (actor_edges.c.b == params.b))
    if not found:
        raise NotFoundError("no_edge", "no telling tells that the one did something to the other")
    doer, done_to, t = schema.fillers.alias("doer").c, schema.fillers.alias("done_to").c, schema.tellings.c
    first = select(doer.telling).where(doer.role == "perpetrator", doer.actor == params.a)
    second = select(done_to.telling).where(done_to.role == "target", done_to.actor == params.b)
    query = select(t.id).where(t.number.in_(first), t.number.in_(second)).order_by(t.number)
    ids = connection.execute(query.limit(PAGE_TELLINGS).offset((max(1, params.page) - 1) * PAGE_TELLINGS)).scalars()
    pages = max(1, -(-found[0].tellings // PAGE_TELLINGS))
    return EdgeScreen(params=params, edge=found[0], pages=pages, tellings=load_told(connection, list(ids)))


def _load_lines(connection: Connection, ids: Sequence[str]) -> tuple[ActorLine, ...]:
    a = schema.actors.c
    query = select(a.id, a.name, a.kind, a.mentions).where(a.id.in_(ids)).order_by(a.mentions.desc())
    return tuple(ActorLine(**row._mapping) for row in connection.execute(query))


def _load_edges(connection: Connection, condition: object) -> tuple[Edge, ...]:
    e = actor_edges.c
    query = select(e.a, e.b, e.tellings)
    if condition is not None:
        query = query.where(condition)  # type: ignore[arg-type]
    rows = connection.execute(query.order_by(e.tellings.desc(), e.a, e.b).limit(MOST_EDGES)).all()
    names = actor_names(connection, [i for row in rows for i in (row.a, row.b)])
    return tuple(
        Edge(a=r.a, a_name=names.get(r.a, r.a), b=r.b, b_name=names.get(r.b, r.b), tellings=r.tellings) for r in rows
    )


def _load_reasons(connection: Connection, identifier: str) -> tuple[AliasReason, ...]:
    """Why spellings were held to be one name on the pages of the actor's REASONED latest tellings."""
    f, t, x, art, at = (
        schema.fillers.c, schema.tellings.c, schema.aliases.c, schema.articles.c, actor_tellings.c
    )  # fmt: skip
    latest = select(at.telling).where(at.actor == identifier, at.ordinal <= REASONED)
    pages = select(t.page).where(t.number.in_(latest))
    names = select(f.text).where(f.telling.in_(latest), f.actor == identifier)
    a = func.substr(art.text, x.a_start_char + 1, x.a_end_char - x.a_start_char)
    b = func.substr(art.text, x.b_start_char + 1, x.b_end_char - x.b_start_char)
    query = (
        select(a, b, x.reason, x.score, schema.pages.c.id)
        .join(schema.articles, art.page == x.page)
        .join(schema.pages, schema.pages.c.number == x.page)
        .where(x.page.in_(pages), or_(a.in_(names), b.in_(names)))
        .order_by(x.page, x.ordinal)
        .limit(MOST_REASONS)
    )
    rows = connection.execute(query).all()
    tellers: dict[str, Teller] = load_tellers(connection, {row[4] for row in rows})
    return tuple(
        AliasReason(a=r[0], b=r[1], reason=r[2], score=r[3], page=r[4], outlet=tellers[r[4]].outlet) for r in rows
    )
