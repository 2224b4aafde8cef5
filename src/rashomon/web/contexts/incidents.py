"""The list of incidents: facets, search, sorting, pages.

In: filters. Out: one page of lines, with counts. Never: more lines in memory than are shown.
"""

from collections.abc import Sequence

import msgspec
from msgspec import Struct
from sqlalchemy import Connection, func, select

from rashomon.store import schema
from rashomon.store.overview_tables import facet_counts, incident_facets, incident_lines
from rashomon.web.contexts.filters import FACETS, conditions, count_lines, order
from rashomon.web.contexts.lines import IncidentLine, load_lines
from rashomon.web.contexts.params import IncidentsParams

PAGE_LINES = 30
FACET_VALUES = 12
COUNTED = 20_000


class FacetValue(Struct, frozen=True):
    """A value to filter by, with the incidents that have it among those that the other filters leave."""

    value: str
    label: str
    incidents: int
    chosen: bool


class Facet(Struct, frozen=True):
    """What can be filtered by; `at_least`: only the first COUNTED incidents were counted."""

    name: str
    values: tuple[FacetValue, ...]
    at_least: bool


class IncidentsScreen(Struct, frozen=True, kw_only=True):
    """One page of the list of incidents."""

    params: IncidentsParams
    total: int
    pages: int
    incidents: tuple[IncidentLine, ...]
    facets: tuple[Facet, ...]


def load_incidents_screen(connection: Connection, params: IncidentsParams) -> IncidentsScreen:
    """The page of the list that the parameters ask for."""
    total = int(connection.execute(count_lines(params)).scalar_one())
    return IncidentsScreen(
        params=params,
        total=total,
        pages=max(1, -(-total // PAGE_LINES)),
        incidents=load_lines(connection, list_numbers(connection, params, PAGE_LINES)),
        facets=tuple(_load_facet(connection, params, name, total) for name in FACETS),
    )


def list_numbers(connection: Connection, params: IncidentsParams, most: int) -> Sequence[int]:
    """Numbers of the incidents on the page that is asked for."""
    query = select(incident_lines.c.incident).where(*conditions(params)).order_by(*order(params))
    return list(connection.execute(query.limit(most).offset((params.page - 1) * most)).scalars())


def _load_facet(connection: Connection, params: IncidentsParams, name: str, total: int) -> Facet:
    chosen: tuple[str, ...] = getattr(params, name)
    filters = conditions(params, but=name)
    if filters:
        held = select(incident_lines.c.incident).where(*filters).limit(COUNTED).subquery()
        facet = incident_facets.c
        query = select(facet.value, func.count()).join(held, held.c.incident == facet.incident)
        query = query.where(facet.facet == name).group_by(facet.value).order_by(func.count().desc(), facet.value)
    else:
        counted = facet_counts.c
        query = select(counted.value, counted.incidents).where(counted.facet == name)
        query = query.order_by(counted.incidents.desc(), counted.value)
    found: dict[str, int] = {row[0]: row[1] for row in connection.execute(query.limit(FACET_VALUES))}
    for value in chosen:
        found.setdefault(value, 0)
    labels = actor_names(connection, list(found)) if name == "actor" else {}
    values = tuple(FacetValue(v, labels.get(v, v), n, v in chosen) for v, n in found.items())
    return Facet(name, values, bool(filters) and total >= COUNTED)


def actor_names(connection: Connection, ids: Sequence[str]) -> dict[str, str]:
    """Names of actors by id."""
    query = select(schema.actors.c.id, schema.actors.c.name).where(schema.actors.c.id.in_(ids))
    return {row[0]: row[1] for row in connection.execute(query)}


def without_page(params: IncidentsParams) -> IncidentsParams:
    """The same filters, on the first page."""
    return msgspec.structs.replace(params, page=1)
