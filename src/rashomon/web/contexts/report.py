"""The report: incidents with every telling, each sentence with page, span and hash.

In: filters or one incident. Out: incidents one at a time. Never: a sentence without its citation; the whole selection
in memory.
"""

from collections.abc import Iterator

from msgspec import Struct
from sqlalchemy import Connection, select

from rashomon.store.overview_tables import incident_lines
from rashomon.web.contexts.filters import conditions, count_lines, order
from rashomon.web.contexts.incident import IncidentScreen, find_incident_number, load_incident_screen
from rashomon.web.contexts.params import IncidentsParams, PagedParams


class ReportHead(Struct, frozen=True, kw_only=True):
    """What the report is of: one incident, or those that the filters leave."""

    incident: str | None
    params: IncidentsParams
    total: int


def load_report_head(connection: Connection, incident: str | None, params: IncidentsParams) -> ReportHead:
    """What the report is of. Raises NotFoundError."""
    if incident is not None:
        find_incident_number(connection, incident)
        return ReportHead(incident=incident, params=params, total=1)
    total = count_lines(connection, params)
    return ReportHead(incident=None, params=params, total=total)


def iter_report(connection: Connection, head: ReportHead) -> Iterator[IncidentScreen]:
    """Every incident, and of a large one every page of its tellings, one at a time."""
    if head.incident is not None:
        ids = [head.incident]
    else:
        query = select(incident_lines.c.id).where(*conditions(head.params)).order_by(*order(head.params))
        ids = list(connection.execute(query).scalars())
    for identifier in ids:
        screen = load_incident_screen(connection, identifier, PagedParams())
        yield screen
        for page in range(2, screen.pages + 1):
            yield load_incident_screen(connection, identifier, PagedParams(page))
