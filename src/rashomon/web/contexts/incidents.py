"""The list of incidents: facets, search, sorting, pages.

In: filters. Out: one page of lines, with counts. Never: more lines in memory than are shown.
"""

from collections.abc import Sequence

import msgspec
from msgspec import Struct
from sqlalchemy import ColumnElement, Connection, func, select

from rashomon.store import schema
from rashomon.store.overview_tables import facet_counts, incident_facets, incident_lines
from rashomon.web.contexts.filters import FACETS, conditions, count_lines, order, searches_all
from rashomon.web.contexts.lines import IncidentLine, load_lines
from rashomon.web.contexts.params import IncidentsParams

PAGE_LINES = 30
FACET_VALUES = 12
COUNTED = 5_000


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
    """One page of the list of incidents; `searched_all` unless too many articles hold the words searched for."""

    params: IncidentsParams
    total: int
    pages: int
    incidents: tuple[IncidentLine, ...]
    facets: tuple[Facet, ...]
    searched_all: bool


def load_incidents_screen(connection: Connection, params: IncidentsParams) -> IncidentsScreen:
    """The page of the list that the parameters ask for."""
    total = int(connection.execute(count_lines(params)).scalar_one())
    return IncidentsScreen(
        params=params,
        total=total,
        pages=max(1, -(-total // PAGE_LINES)),
        incidents=load_lines(connection, list_numbers(connection, params, PAGE_LINES)),
        facets=_load_facets(connection, params, total),
        searched_all=searches_all(connection, params),
    )


def list_numbers(connection: Connection, params: IncidentsParams, most: int) -> Sequence[int]:
    """Numbers of the incidents on the page that is asked for."""
    query = select(incident_lines.c.incident).where(*conditions(params)).order_by(*order(params))
    return list(connection.execute(query.limit(most).offset((params.page - 1) * most)).scalars())


def _load_facets(connection: Connection, params: IncidentsParams, total: int) -> tuple[Facet, ...]:
    """All facets; a facet with a chosen value is counted as if it had none, so that others can be added."""
    chosen = [name for name in FACETS if getattr(params, name)]
    counts = _count_values(connection, conditions(params), [name for name in FACETS if name not in chosen])
    for name in chosen:
        counts |= _count_values(connection, conditions(params, but=name), [name])
    names = actor_names(connection, [*counts["actor"], *params.actor])
    found = []
    for name in FACETS:
        picked: tuple[str, ...] = getattr(params, name)
        held = counts[name] | {v: 0 for v in picked if v not in counts[name]}
        values = (FacetValue(v, names.get(v, v) if name == "actor" else v, n, v in picked) for v, n in held.items())
        found.append(Facet(name, tuple(values), bool(conditions(params, but=name)) and total >= COUNTED))
    return tuple(found)


def _count_values(
    connection: Connection, filters: Sequence[ColumnElement[bool]], names: Sequence[str]
) -> dict[str, dict[str, int]]:
    """The most frequent values of these facets among (the first COUNTED of) the incidents that the filters leave."""
    found: dict[str, dict[str, int]] = {name: {} for name in names}
    if filters:
        held = select(incident_lines.c.incident).where(*filters).limit(COUNTED).subquery()
        facet = incident_facets.c
        query = select(facet.facet, facet.value, func.count()).join(held, held.c.incident == facet.incident)
        query = query.where(facet.facet.in_(names)).group_by(facet.facet, facet.value)
        for name, value, number in connection.execute(query.order_by(func.count().desc(), facet.value)):
            if len(found[name]) < FACET_VALUES:
                found[name][value] = number
        return found
    counted = facet_counts.c
    for name in names:
        top = select(counted.value, counted.incidents).where(counted.facet == name)
        top = top.order_by(counted.incidents.desc(), counted.value).limit(FACET_VALUES)
        found[name] = {row[0]: row[1] for row in connection.execute(top)}
    return found


def actor_names(connection: Connection, ids: Sequence[str]) -> dict[str, str]:
    """Names of actors by id."""
    query = select(schema.actors.c.id, schema.actors.c.name).where(schema.actors.c.id.in_(ids))
    return {row[0]: row[1] for row in connection.execute(query)}


def without_page(params: IncidentsParams) -> IncidentsParams:
    """The same filters, on the first page."""
    return msgspec.structs.replace(params, page=1)
