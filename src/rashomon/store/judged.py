"""Where the tellings stand that people judged, so that a judgement holds when its page is read again.

In: judgements; the tellings that are read now. Out: which telling of today a judged one is.
Never: a change to a judgement; a guess: a telling with which nothing of today shares a place on its page has none.

What decides which one it is: carry.py.
"""

from collections import defaultdict
from collections.abc import Iterable, Iterator, Sequence
from typing import Any

from sqlalchemy import Connection, func, select, update

from rashomon.store.batches import iter_batches
from rashomon.store.carry import JudgedTelling, Range, TellingNow, find_now
from rashomon.store.rows import insert
from rashomon.store.schema import articles, judged_tellings, pages, tellings


def note_judged(connection: Connection, ids: Iterable[str]) -> None:
    """Note where these tellings stand, as far as the case has them and did not note them before."""
    wanted = set(ids)
    for batch in iter_batches(sorted(wanted), 500):
        known = select(judged_tellings.c.telling).where(judged_tellings.c.telling.in_(batch))
        missing = set(batch) - set(connection.execute(known).scalars())
        t, p = tellings.c, pages.c
        words = func.substr(articles.c.text, t.start_char + 1, t.end_char - t.start_char)
        query = select(t.id, p.id, p.sha256, t.start_char, t.end_char, words, t.anchors, t.types)
        query = query.join(pages, p.number == t.page).join(articles, articles.c.page == t.page)
        rows = connection.execute(query.where(t.id.in_(missing)).order_by(t.number)).all()
        restore_judged(connection, [_judged(r) for r in rows])


def restore_judged(connection: Connection, found: Sequence[JudgedTelling]) -> None:
    """Keep what was noted (here, or in another case) of tellings that are not noted yet."""
    known = set(connection.execute(select(judged_tellings.c.telling)).scalars()) if found else set()
    rows = {f.telling: f for f in found if f.telling not in known}
    insert(connection, judged_tellings, [
        {name: getattr(f, name) for name in JudgedTelling.__slots__} | {"now": f.telling} for f in rows.values()
    ])  # fmt: skip


def iter_judged(connection: Connection, ids: Sequence[str] | None = None) -> Iterator[JudgedTelling]:
    """All that was noted, or what was noted of these tellings."""
    j = judged_tellings.c
    query = select(*(j[name] for name in JudgedTelling.__slots__)).order_by(j.telling)
    for row in connection.execute(query if ids is None else query.where(j.telling.in_(ids))):
        yield _judged(row)


def carry_judged(connection: Connection) -> int:
    """Find again which telling of today every judged one is; returns how many have none."""
    by_page: dict[str, list[JudgedTelling]] = defaultdict(list)
    for judged in iter_judged(connection):
        by_page[judged.page].append(judged)
    lost = 0
    for held in by_page.values():
        row = _find_page(connection, held[0])
        text, now = _load_now(connection, row) if row is not None else ("", [])
        for judged in held:
            found = find_now(judged, text, now)
            lost += found is None
            kept = update(judged_tellings).where(judged_tellings.c.telling == judged.telling)
            connection.execute(kept.values(now=found))
    return lost


def load_carried(connection: Connection) -> dict[str, str | None]:
    """Judged telling → the telling of today that it is, or None."""
    j = judged_tellings.c
    return {row[0]: row[1] for row in connection.execute(select(j.telling, j.now))}


def _find_page(connection: Connection, judged: JudgedTelling) -> int | None:
    """The page by its id; else one of the same bytes (from another source)."""
    p = pages.c
    for condition in (p.id == judged.page, p.sha256 == judged.sha256):
        found = connection.execute(select(p.number).where(condition).order_by(p.number).limit(1)).scalar()
        if found is not None:
            return int(found)
    return None


def _load_now(connection: Connection, page: int) -> tuple[str, list[TellingNow]]:
    text = connection.execute(select(articles.c.text).where(articles.c.page == page)).scalar()
    t = tellings.c
    query = select(t.id, t.start_char, t.end_char, t.anchors, t.types).where(t.page == page).order_by(t.ordinal)
    rows = connection.execute(query).all()
    now = [TellingNow(r.id, (r.start_char, r.end_char), _ranges(r.anchors), frozenset(r.types)) for r in rows]
    return str(text or ""), now


def _judged(row: Any) -> JudgedTelling:
    telling, page, sha256, start_char, end_char, words, anchors, types = row
    return JudgedTelling(telling, page, sha256, start_char, end_char, words, _ranges(anchors), tuple(types))


def _ranges(held: Any) -> tuple[Range, ...]:
    return tuple((int(s), int(e)) for s, e in held)
