"""Statements: attributed speech.

In: the statements of one reading. Out: their rows; the same again, by ranges of pages.
Never: the tellings that they hold.
"""

from collections import defaultdict

from sqlalchemy import Connection, select

from rashomon.records import Statement
from rashomon.store.rows import PageRange, TableRows, within
from rashomon.store.schema import pages, statements
from rashomon.store.spans import SpanKeeper


def statement_rows(number: int, found: tuple[Statement, ...], keeper: SpanKeeper) -> TableRows:
    """The rows of the statements of page `number`."""
    rows = []
    for ordinal, statement in enumerate(found):
        source, cue = keeper.maybe(statement.source), keeper.maybe(statement.cue)
        content, audience = keeper.offsets(statement.content), keeper.maybe(statement.audience)
        rows.append({
            "id": statement.id, "page": number, "ordinal": ordinal, "source_start_char": source[0],
            "source_end_char": source[1], "cue_start_char": cue[0], "cue_end_char": cue[1], "start_char": content[0],
            "end_char": content[1], "audience_start_char": audience[0], "audience_end_char": audience[1],
            "stance": statement.stance, "score": statement.score, "source_actor": statement.source_actor,
            "within": statement.within,
        })  # fmt: skip
    return statements, rows


def load_statements(
    connection: Connection, held: PageRange, keepers: dict[int, SpanKeeper]
) -> dict[int, tuple[Statement, ...]]:
    """The statements of these pages by page number, in their order; `keepers` hold the pages' texts."""
    query = select(statements, pages.c.id.label("page_id")).join(pages, pages.c.number == statements.c.page)
    query = query.where(within(statements.c.page, held)).order_by(statements.c.page, statements.c.ordinal)
    found: dict[int, list[Statement]] = defaultdict(list)
    for row in connection.execute(query):
        keeper = keepers[row.page]
        found[row.page].append(
            Statement(
                row.id,
                row.page_id,
                keeper.cut_maybe(row.source_start_char, row.source_end_char),
                keeper.cut_maybe(row.cue_start_char, row.cue_end_char),
                keeper.cut(row.start_char, row.end_char),
                keeper.cut_maybe(row.audience_start_char, row.audience_end_char),
                row.stance,
                row.score,
                row.source_actor,
                row.within,
            )
        )
    return {page: tuple(held_statements) for page, held_statements in found.items()}
