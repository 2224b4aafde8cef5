"""Articles with their sections, teasers and passages.

In: an `Article` of a page. Out: the same again, by page or by a range of pages. Never: what was read in it.
"""

from collections.abc import Iterator

from sqlalchemy import Connection, delete, or_, select

from rashomon.records import Article, Passage, Published, Section, Teaser
from rashomon.store.rows import PageRange, TableRows, by_page, insert, within
from rashomon.store.schema import articles, echoes, pages, passages, sections, teasers


def save_article(connection: Connection, number: int, article: Article, made_by: str) -> None:
    """Keep the article of page `number`, in place of one that an earlier version of capture (`made_by`) made of it."""
    drop_article(connection, number)
    for rows in iter_article_rows(number, article, made_by):
        insert(connection, *rows)


def iter_article_rows(number: int, article: Article, made_by: str) -> Iterator[TableRows]:
    """The rows of the article of page `number`."""
    published = article.published
    yield articles, [{
        "page": number, "text": article.text, "title": article.title, "byline": article.byline,
        "outlet": article.outlet, "outlet_found": article.outlet_found, "language": article.language,
        "made_by": made_by, "published_start": published and published.start,
        "published_end": published and published.end, "published_precision": published and published.precision,
        "published_found": published and published.found,
    }]  # fmt: skip
    yield sections, [
        {"page": number, "ordinal": i, "kind": s.kind, "name": s.name, "start_char": s.start_char,
         "end_char": s.end_char, "text": s.text}
        for i, s in enumerate(article.sections)
    ]  # fmt: skip
    yield teasers, [
        {"page": number, "ordinal": i, "list": t.list, "title": t.title, "summary": t.summary, "cut": int(t.cut),
         "url": t.url}
        for i, t in enumerate(article.teasers)
    ]  # fmt: skip
    yield passages, [
        {"page": number, "ordinal": i, "start_char": p.start_char, "end_char": p.end_char, "kind": p.kind,
         "marker": p.marker, "lead_start_char": p.lead and p.lead[0], "lead_end_char": p.lead and p.lead[1]}
        for i, p in enumerate(article.passages)
    ]  # fmt: skip


def drop_article(connection: Connection, number: int) -> None:
    """Take away what capture made of page `number`; its bytes stay."""
    for table in (articles, sections, teasers, passages):
        connection.execute(delete(table).where(table.c.page == number))
    # offsets of echoes count in the text that goes
    connection.execute(delete(echoes).where(or_(echoes.c.a_page == number, echoes.c.b_page == number)))


def find_article_version(connection: Connection, number: int) -> str | None:
    """The version of capture that made the article of page `number`, if there is one."""
    return connection.execute(select(articles.c.made_by).where(articles.c.page == number)).scalar()


def load_articles(connection: Connection, held: PageRange, *, parts: bool = True) -> dict[int, Article]:
    """The articles of these pages by page number; without `parts` no sections, teasers and passages."""
    query = select(articles, pages.c.id).join(pages, pages.c.number == articles.c.page)
    rows = connection.execute(query.where(within(articles.c.page, held)).order_by(articles.c.page)).all()
    section_rows = by_page(connection, sections, held) if parts else {}
    teaser_rows = by_page(connection, teasers, held) if parts else {}
    passage_rows = by_page(connection, passages, held) if parts else {}
    found: dict[int, Article] = {}
    for row in rows:
        published = None
        if row.published_start is not None:
            published = Published(row.published_start, row.published_end, row.published_precision, row.published_found)
        found[row.page] = Article(
            page=row.id, text=row.text, title=row.title, byline=row.byline, outlet=row.outlet,
            outlet_found=row.outlet_found, published=published, language=row.language,
            sections=tuple(
                Section(r.kind, r.name, r.start_char, r.end_char, r.text) for r in section_rows.get(row.page, ())
            ),
            teasers=tuple(
                Teaser(r.list, r.title, r.summary, bool(r.cut), r.url) for r in teaser_rows.get(row.page, ())
            ),
            passages=tuple(
                Passage(r.start_char, r.end_char, r.kind, r.marker,
                        None if r.lead_start_char is None else (r.lead_start_char, r.lead_end_char))
                for r in passage_rows.get(row.page, ())
            ),
        )  # fmt: skip
    return found
