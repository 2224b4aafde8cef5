"""Tellings with their fillers.

In: the tellings of one reading, and the article they were read in. Out: the same again, by ranges of pages.
Never: which incident a telling is of (incidents.py).
"""

from collections import defaultdict
from collections.abc import Iterator, Sequence
from typing import Any

from sqlalchemy import Connection, Row, func, select

from rashomon.records import Telling, TimeFiller
from rashomon.store.fillers import FillerSet, group_fillers, iter_filler_rows, load_fillers
from rashomon.store.rows import PageRange, TableRows, within
from rashomon.store.schema import articles, pages, telling_types, tellings
from rashomon.store.schema import fillers as filler_table
from rashomon.store.spans import SpanKeeper


def iter_telling_rows(number: int, found: tuple[Telling, ...], keeper: SpanKeeper, first: int) -> Iterator[TableRows]:
    """The rows of the tellings of page `number`, which are numbered from `first`."""
    numbered = list(enumerate(found, start=first))
    yield tellings, [_row(n, number, n - first, t, keeper) for n, t in numbered]
    yield telling_types, [{"telling": n, "type": kind} for n, t in numbered for kind in sorted({*t.types})]
    yield from iter_filler_rows(numbered, keeper)


def next_telling(connection: Connection) -> int:
    """The number of the next telling; it holds as long as the write lock is held."""
    return 1 + (connection.execute(select(func.max(tellings.c.number))).scalar() or 0)


def _row(number: int, page: int, ordinal: int, telling: Telling, keeper: SpanKeeper) -> dict[str, Any]:
    time = telling.time
    start_char, end_char = keeper.offsets(telling.span)
    time_span = keeper.maybe(time.span if time else None)
    time_from = keeper.maybe(time.inferred_from if time else None)
    outcome, attributed = keeper.maybe(telling.outcome), keeper.maybe(telling.attributed_to)
    return {
        "number": number, "id": telling.id, "page": page, "ordinal": ordinal, "start_char": start_char,
        "end_char": end_char, "score": telling.score, "types": telling.types, "type_scores": telling.type_scores,
        "stance": telling.stance, "stage": telling.stage, "anchors": keeper.many(telling.anchors),
        "passages": keeper.many(telling.passages), "time_start_char": time_span[0], "time_end_char": time_span[1],
        "time_score": time and time.score, "time_start": time and time.start, "time_end": time and time.end,
        "time_precision": time and time.precision, "time_from_start_char": time_from[0],
        "time_from_end_char": time_from[1], "outcome_start_char": outcome[0], "outcome_end_char": outcome[1],
        "attributed_start_char": attributed[0], "attributed_end_char": attributed[1],
    }  # fmt: skip


def load_tellings(
    connection: Connection, held: PageRange, keepers: dict[int, SpanKeeper]
) -> dict[int, tuple[Telling, ...]]:
    """The tellings of these pages by page number, in their order; `keepers` hold the pages' texts."""
    query = select(tellings, pages.c.id.label("page_id")).join(pages, pages.c.number == tellings.c.page)
    rows = connection.execute(query.where(within(tellings.c.page, held)).order_by(tellings.c.page, tellings.c.ordinal))
    fillers = load_fillers(connection, held, keepers)
    found: dict[int, list[Telling]] = defaultdict(list)
    for row in rows:
        found[row.page].append(_telling(row, keepers[row.page], fillers.get(row.number, FillerSet())))
    return {page: tuple(held_tellings) for page, held_tellings in found.items()}


def load_tellings_by_id(connection: Connection, ids: Sequence[str]) -> dict[str, Telling]:
    """These tellings by id, with their words; one that the case does not have is left out."""
    query = select(tellings, pages.c.id.label("page_id")).join(pages, pages.c.number == tellings.c.page)
    rows = connection.execute(query.where(tellings.c.id.in_(ids)).order_by(tellings.c.number)).all()
    texts = select(articles.c.page, articles.c.text).where(articles.c.page.in_({row.page for row in rows}))
    keepers = {page: SpanKeeper(text) for page, text in connection.execute(texts)}
    query = select(filler_table, tellings.c.page).join(tellings, tellings.c.number == filler_table.c.telling)
    query = query.where(filler_table.c.telling.in_([row.number for row in rows]))
    query = query.order_by(filler_table.c.telling, filler_table.c.role, filler_table.c.ordinal)
    fillers = group_fillers(connection.execute(query), keepers)
    return {row.id: _telling(row, keepers[row.page], fillers.get(row.number, FillerSet())) for row in rows}


def _telling(row: Row[Any], keeper: SpanKeeper, fillers: FillerSet) -> Telling:
    time_span = keeper.cut_maybe(row.time_start_char, row.time_end_char)
    time = None
    if time_span is not None:
        inferred_from = keeper.cut_maybe(row.time_from_start_char, row.time_from_end_char)
        time = TimeFiller(time_span, row.time_score, row.time_start, row.time_end, row.time_precision, inferred_from)
    return Telling(
        id=row.id, page=row.page_id, span=keeper.cut(row.start_char, row.end_char), score=row.score,
        types=tuple(row.types), type_scores=tuple(row.type_scores), stance=row.stance, stage=row.stage,
        anchors=keeper.cut_many(row.anchors), passages=keeper.cut_many(row.passages),
        perpetrators=tuple(fillers.perpetrators), targets=tuple(fillers.targets),
        instruments=tuple(fillers.instruments), places=tuple(fillers.places), time=time,
        counts=tuple(fillers.counts), beneficiaries=tuple(fillers.beneficiaries),
        outcome=keeper.cut_maybe(row.outcome_start_char, row.outcome_end_char),
        attributed_to=keeper.cut_maybe(row.attributed_start_char, row.attributed_end_char),
    )  # fmt: skip
