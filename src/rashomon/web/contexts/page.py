"""One page: the article as captured, with what was read in it, its other sections, its versions.

In: a page's id. Out: one screen. Never: the page's own markup, nor a teaser read as the page's account.
"""

from msgspec import Struct
from sqlalchemy import Connection, column, func, or_, select, text

from rashomon.errors import NotFoundError
from rashomon.present import queries
from rashomon.present import shapes as s
from rashomon.present.judgements import JudgementShape, load_judgements
from rashomon.store import schema
from rashomon.store.overview_tables import views
from rashomon.web.contexts.compare import Aligned, align
from rashomon.web.contexts.filters import SEARCH, SEARCHED, full_text_query
from rashomon.web.contexts.front import ArticleLine, article_columns
from rashomon.web.contexts.params import Nothing, SearchParams

MOST_ECHOES = 60
MOST_VERSIONS = 50
MOST_DIFFERENCE_CHARS = 60_000
PAGE_ARTICLES = 40


class VersionShape(Struct, frozen=True):
    """A capture of the same address or file."""

    id: str
    version: int
    captured_at: str
    sha256: str


class EchoSide(Struct, frozen=True, kw_only=True):
    """A passage of this page that another page repeats, or repeats from it."""

    start_char: int
    end_char: int
    page: str
    outlet: str
    words: str
    similarity: float


class PageScreen(Struct, frozen=True, kw_only=True):
    """One page; `changed` is what became of the version before, word by word."""

    page: s.WholePageShape
    versions: tuple[VersionShape, ...]
    changed: tuple[Aligned, ...]
    echoes: tuple[EchoSide, ...]
    origin: tuple[ArticleLine, ...]
    rejected: s.RejectedShape | None
    judgements: tuple[JudgementShape, ...]
    views: int


class PagesScreen(Struct, frozen=True, kw_only=True):
    """The list of articles, newest first (or best match first)."""

    params: SearchParams
    total: int
    pages: int
    articles: tuple[ArticleLine, ...]


def load_page_screen(connection: Connection, identifier: str, _params: Nothing) -> PageScreen:
    """The page with this id. Raises NotFoundError."""
    p = schema.pages.c
    row = connection.execute(select(p.number, p.previous).where(p.id == identifier)).first()
    if row is None:
        raise NotFoundError("no_page", "the case has no page with this id")
    page = queries.find_shown(connection, identifier)
    assert isinstance(page, s.WholePageShape)
    return PageScreen(
        page=page,
        versions=_load_versions(connection, page),
        changed=_load_changed(connection, row.previous, page.text),
        echoes=_load_echoes(connection, row.number),
        origin=_load_origin(connection, identifier),
        rejected=_load_rejected(connection, identifier),
        judgements=load_judgements(connection, [identifier, *(t.id for t in page.tellings)]),
        views=int(connection.execute(select(func.count()).where(views.c.page == identifier)).scalar_one()),
    )


def _load_versions(connection: Connection, page: s.WholePageShape) -> tuple[VersionShape, ...]:
    p = schema.pages.c
    same = p.url == page.url if page.url else (p.source == page.source) & p.url.is_(None)
    if page.source == "-" and not page.url:
        same = p.id == page.id
    query = select(p.id, p.version, p.captured_at, p.sha256).where(same).order_by(p.version).limit(MOST_VERSIONS)
    return tuple(VersionShape(*row) for row in connection.execute(query))


def _load_changed(connection: Connection, previous: str | None, text: str) -> tuple[Aligned, ...]:
    if previous is None:
        return ()
    query = select(schema.articles.c.text).join(schema.pages, schema.pages.c.number == schema.articles.c.page)
    before = connection.execute(query.where(schema.pages.c.id == previous)).scalar()
    if before is None or len(before) + len(text) > MOST_DIFFERENCE_CHARS:
        return ()
    return align(before, text)


def _load_echoes(connection: Connection, number: int) -> tuple[EchoSide, ...]:
    e, a, p = schema.echoes.c, schema.articles.c, schema.pages.c
    query = (
        select(schema.echoes).where(or_(e.a_page == number, e.b_page == number)).order_by(e.number).limit(MOST_ECHOES)
    )
    found = []
    for row in connection.execute(query).all():
        mine, other = ("a", "b") if row.a_page == number else ("b", "a")
        held = row._mapping
        start, end = held[f"{other}_start_char"], held[f"{other}_end_char"]
        named = select(p.id, func.coalesce(a.outlet, p.source), func.substr(a.text, start + 1, end - start))
        named = named.join(schema.articles, a.page == p.number).where(p.number == held[f"{other}_page"])
        page, outlet, words = connection.execute(named).one()
        found.append(
            EchoSide(
                start_char=held[f"{mine}_start_char"], end_char=held[f"{mine}_end_char"], page=page, outlet=outlet,
                words=words, similarity=row.similarity,
            )
        )  # fmt: skip
    return tuple(sorted(found, key=lambda x: (x.start_char, x.page)))


def _load_origin(connection: Connection, identifier: str) -> tuple[ArticleLine, ...]:
    """The other pages of this page's origin."""
    o = schema.origin_pages.c
    number = connection.execute(select(o.origin).where(o.page == identifier)).scalar()
    others = select(o.page).where(o.origin == number, o.page != identifier)
    query = select(*article_columns()).join(schema.articles, schema.articles.c.page == schema.pages.c.number)  # type: ignore[call-overload]
    query = query.where(schema.pages.c.id.in_(others)).order_by(schema.articles.c.published_start).limit(MOST_VERSIONS)
    return tuple(ArticleLine(**row._mapping) for row in connection.execute(query))


def _load_rejected(connection: Connection, identifier: str) -> s.RejectedShape | None:
    r = schema.rejected.c
    row = connection.execute(select(r.source, r.stage, r.reason, r.detail, r.page).where(r.page == identifier)).first()
    return None if row is None else s.RejectedShape(*row)


def load_pages_screen(connection: Connection, params: SearchParams) -> PagesScreen:
    """One page of the list of articles."""
    p, a = schema.pages.c, schema.articles.c
    query = select(*article_columns()).join(schema.articles, a.page == p.number)  # type: ignore[call-overload]
    counted = select(func.count()).select_from(schema.articles)
    if asked := full_text_query(params.q):
        matching = text(SEARCH).bindparams(asked=asked, most=SEARCHED)
        held = matching.columns(column("rowid")).subquery()
        query = query.where(p.number.in_(select(held)))
        counted = counted.where(a.page.in_(select(held)))
    query = query.order_by(a.published_start.desc().nulls_last(), a.page.desc())
    total = int(connection.execute(counted).scalar_one())
    rows = connection.execute(query.limit(PAGE_ARTICLES).offset((params.page - 1) * PAGE_ARTICLES))
    articles = tuple(ArticleLine(**row._mapping) for row in rows)
    return PagesScreen(params=params, total=total, pages=max(1, -(-total // PAGE_ARTICLES)), articles=articles)
