"""Which of two pages was published first.

In: the first and last day that each may have been published. Out: an order, or that nobody can tell.
Never: an order by when pages were captured.
"""

from sqlalchemy import Connection, or_, select

from rashomon.store import schema

DateRange = tuple[str | None, str | None]


def compare_dates(a: DateRange, b: DateRange) -> int:
    """-1 if `a` (first and last day of publishing) is surely before `b`, 1 if after, 0 if nobody can tell.

    >>> compare_dates(("2020-05-01", "2020-05-31"), ("2020-05-03", "2020-05-03"))
    0
    >>> compare_dates(("2020-05-01", "2020-05-01"), ("2020-05-03", None)), compare_dates((None, None), ("2020", "2020"))
    (-1, 0)
    """
    if not a[0] or not b[0]:
        return 0
    if (a[1] or a[0]) < b[0]:
        return -1
    return 1 if (b[1] or b[0]) < a[0] else 0


def load_echoing(connection: Connection) -> dict[str, DateRange]:
    """When the pages that have echoes were published, by their ids."""
    p, a, e = schema.pages.c, schema.articles.c, schema.echoes.c
    query = select(p.id, a.published_start, a.published_end).join(schema.articles, a.page == p.number)
    query = query.where(or_(p.number.in_(select(e.a_page)), p.number.in_(select(e.b_page))))
    return {row[0]: (row[1], row[2]) for row in connection.execute(query)}
