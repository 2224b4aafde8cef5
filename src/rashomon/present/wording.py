"""Wording: the loaded words of each outlet, with what others say instead of them.

In: a case. Out: loaded words counted per outlet, the most frequent first. Never: a verdict on the outlet, or on what
happened.
"""

from collections import defaultdict
from collections.abc import Iterator

from sqlalchemy import Connection, func, select

from rashomon.present import shapes as s
from rashomon.store import schema

MOST_SPANS = 3


def iter_wording(connection: Connection) -> Iterator[s.WordingShape]:
    """Every loaded word of every outlet with its counterpart, if others use one."""
    w, a, p = schema.loaded_words.c, schema.articles.c, schema.pages.c
    words = func.substr(a.text, w.start_char + 1, w.end_char - w.start_char)
    query = (
        select(func.coalesce(a.outlet, p.source), words, w.neutral, p.id, w.start_char, w.end_char)
        .select_from(schema.loaded_words)
        .join(schema.articles, a.page == w.page)
        .join(schema.pages, p.number == w.page)
        .order_by(w.page, w.ordinal)
    )
    found: dict[tuple[str, str, str | None], list[s.PagePassageShape]] = defaultdict(list)
    for outlet, text, neutral, page, start, end in connection.execute(query):
        key = (outlet, " ".join(text.casefold().split()), neutral)
        found[key].append(s.PagePassageShape(page, text, start, end))
    for key in sorted(found, key=lambda k: (-len(found[k]), k[0], k[1], k[2] or "")):
        outlet, text, neutral = key
        spans = found[key]
        yield s.WordingShape(
            outlet=outlet, words=text, neutral=neutral, count=len(spans), spans=tuple(spans[:MOST_SPANS])
        )
