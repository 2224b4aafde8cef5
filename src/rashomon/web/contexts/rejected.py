"""What could not be read on, and why.

In: a page number. Out: one page of the list. Never: a rejection without its reason.
"""

from msgspec import Struct
from sqlalchemy import Connection, func, select

from rashomon.present import shapes as s
from rashomon.store.schema import rejected
from rashomon.web.contexts.params import PagedParams

PAGE_REJECTED = 50


class RejectedScreen(Struct, frozen=True, kw_only=True):
    """One page of the list, newest first; `reasons` of all, with how many."""

    params: PagedParams
    total: int
    pages: int
    reasons: dict[str, int]
    rejected: tuple[s.RejectedShape, ...]


def load_rejected_screen(connection: Connection, params: PagedParams) -> RejectedScreen:
    """One page of the list."""
    r = rejected.c
    counted = select(r.reason, func.count()).group_by(r.reason).order_by(func.count().desc(), r.reason)
    reasons = {row[0]: row[1] for row in connection.execute(counted)}
    query = select(r.source, r.stage, r.reason, r.detail, r.page).order_by(r.number.desc())
    rows = connection.execute(query.limit(PAGE_REJECTED).offset((params.page - 1) * PAGE_REJECTED))
    total = sum(reasons.values())
    return RejectedScreen(
        params=params,
        total=total,
        pages=max(1, -(-total // PAGE_REJECTED)),
        reasons=reasons,
        rejected=tuple(s.RejectedShape(*row) for row in rows),
    )
