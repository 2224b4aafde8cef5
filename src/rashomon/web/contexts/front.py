"""The front page: what the case holds, where and when, what is new, what is read most.

In: filters. Out: one screen. Never: an estimate where the case can count.
"""

import msgspec
from msgspec import Struct
from sqlalchemy import Connection, func, select

from rashomon import store
from rashomon.store import schema
from rashomon.store.overview_tables import views
from rashomon.web.contexts.filters import list_numbers
from rashomon.web.contexts.lines import IncidentLine, load_lines
from rashomon.web.contexts.params import IncidentsParams
from rashomon.web.contexts.spots import MapShape, TimelineShape, load_map, load_tally, load_timeline

SHOWN = 8
NEW_ARTICLES = 8
COUNTED = ("pages", "tellings", "incidents", "statements", "actors", "origins", "rejected")


class ArticleLine(Struct, frozen=True, kw_only=True):
    """An article in a list; `views`: how often it was read in this case."""

    id: str
    title: str | None
    outlet: str | None
    source: str
    published: str | None
    captured_at: str
    language: str | None
    status: str
    views: int = 0


class FrontScreen(Struct, frozen=True, kw_only=True):
    """The front page; `counts` of what the case holds, `total` of the incidents that the filters leave."""

    params: IncidentsParams
    counts: dict[str, int]
    unread: int
    total: int
    map: MapShape
    timeline: TimelineShape
    incidents: tuple[IncidentLine, ...]
    new: tuple[ArticleLine, ...]
    viewed: tuple[ArticleLine, ...]


def load_front(connection: Connection, params: IncidentsParams) -> FrontScreen:
    """The front page with these filters."""
    counts = {name: _count(connection, name) for name in COUNTED}
    statuses = store.count_statuses(connection)
    unread = sum(n for status, n in statuses.items() if status not in ("read", "no_article"))
    return _load_filtered(connection, params, counts, unread)


def narrow_front(connection: Connection, params: IncidentsParams, whole: FrontScreen) -> FrontScreen:
    """The front page with these filters; what they do not touch is taken from the one without."""
    return _load_filtered(connection, params, whole.counts, whole.unread)


def _load_filtered(connection: Connection, params: IncidentsParams, counts: dict[str, int], unread: int) -> FrontScreen:
    tally = load_tally(connection, params)
    return FrontScreen(
        params=params,
        counts=counts,
        unread=unread,
        total=tally.total,
        map=load_map(connection, params, tally),
        timeline=load_timeline(connection, params, tally),
        incidents=load_lines(connection, list_numbers(connection, params, SHOWN, tally.total)),
        new=_load_new(connection),
        viewed=_load_viewed(connection),
    )


def refresh_front(connection: Connection, screen: FrontScreen) -> FrontScreen:
    """The same screen with what was added and read since."""
    return msgspec.structs.replace(screen, new=_load_new(connection), viewed=_load_viewed(connection))


def article_columns() -> tuple[object, ...]:
    """The columns of an ArticleLine, but `views`, of pages joined with articles."""
    p, a = schema.pages.c, schema.articles.c
    return (
        p.id,
        a.title,
        a.outlet,
        p.source,
        a.published_start.label("published"),
        p.captured_at,
        a.language,
        p.status,
    )


def _count(connection: Connection, name: str) -> int:
    return int(connection.execute(select(func.count()).select_from(schema.metadata.tables[name])).scalar_one())


def _load_new(connection: Connection) -> tuple[ArticleLine, ...]:
    p, a = schema.pages.c, schema.articles.c
    query = select(*article_columns()).join(schema.articles, a.page == p.number)  # type: ignore[call-overload]
    dated = query.where(a.published_start.is_not(None)).order_by(a.published_start.desc(), a.page.desc())
    found = [ArticleLine(**row._mapping) for row in connection.execute(dated.limit(NEW_ARTICLES))]
    if len(found) < NEW_ARTICLES:
        undated = query.where(a.published_start.is_(None)).order_by(a.page.desc()).limit(NEW_ARTICLES - len(found))
        found += [ArticleLine(**row._mapping) for row in connection.execute(undated)]
    return tuple(found)


def _load_viewed(connection: Connection) -> tuple[ArticleLine, ...]:
    most = select(views.c.page, func.count().label("views")).group_by(views.c.page)
    held = most.order_by(func.count().desc(), views.c.page).limit(NEW_ARTICLES).subquery()
    query = select(*article_columns(), held.c.views).join(held, held.c.page == schema.pages.c.id)  # type: ignore[call-overload]
    query = query.join(schema.articles, schema.articles.c.page == schema.pages.c.number)
    query = query.order_by(held.c.views.desc(), schema.pages.c.id)
    return tuple(ArticleLine(**row._mapping) for row in connection.execute(query))
