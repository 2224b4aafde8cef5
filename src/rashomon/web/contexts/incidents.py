"""The list of incidents: facets, search, sorting, pages.

In: filters. Out: one page of lines, with counts. Never: more lines in memory than are shown.
"""

from collections.abc import Sequence

import msgspec
from msgspec import Struct
from sqlalchemy import Connection, func, select

from rashomon.store import schema
from rashomon.store.overview_tables import facet_counts, incident_facets, incident_lines
from rashomon.web.contexts.filters import FACETS, conditions, count_lines, list_numbers, searches_all
from rashomon.web.contexts.lines import IncidentLine, load_lines
from rashomon.web.contexts.params import IncidentsParams

PAGE_LINES = 30
FACET_VALUES = 12
COUNTED = 2_000


class FacetValue(Struct, frozen=True):
    """A value to filter by, with the incidents that have it among those that the other filters leave."""

    value: str
    label: str
    incidents: int
    chosen: bool


class Facet(Struct, frozen=True):
    """What can be filtered by; `at_least`: only COUNTED of the incidents were counted."""

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
    total = count_lines(connection, params)
    return IncidentsScreen(
        params=params,
        total=total,
        pages=max(1, -(-total // PAGE_LINES)),
        incidents=load_lines(connection, list_numbers(connection, params, PAGE_LINES, total)),
        facets=_load_facets(connection, params, total),
        searched_all=searches_all(connection, params),
    )


def _load_facets(connection: Connection, params: IncidentsParams, total: int) -> tuple[Facet, ...]:
    """All facets; a facet with a chosen value is counted as if it had none, so that others can be added."""
    chosen = [name for name in FACETS if getattr(params, name)]
    counts = _count_values(connection, params, [name for name in FACETS if name not in chosen])
    partial = dict.fromkeys(counts, bool(conditions(params)) and total >= COUNTED)
    for name in chosen:
        others = msgspec.structs.replace(params, **{name: ()})
        counts |= _count_values(connection, others, [name])
        partial[name] = bool(conditions(others)) and _are_many(connection, others)
    names = actor_names(connection, [*counts["actor"], *params.actor])
    found = []
    for name in FACETS:
        picked: tuple[str, ...] = getattr(params, name)
        held = counts[name] | {v: 0 for v in picked if v not in counts[name]}
        values = (FacetValue(v, names.get(v, v) if name == "actor" else v, n, v in picked) for v, n in held.items())
        found.append(Facet(name, tuple(values), partial[name]))
    return tuple(found)


def _are_many(connection: Connection, params: IncidentsParams) -> bool:
    """Whether the filters leave at least COUNTED incidents."""
    held = select(incident_lines.c.incident).where(*conditions(params)).limit(COUNTED).subquery()
    return int(connection.execute(select(func.count()).select_from(held)).scalar_one()) >= COUNTED


def _count_values(connection: Connection, params: IncidentsParams, names: Sequence[str]) -> dict[str, dict[str, int]]:
    """The most frequent values of these facets among (the first COUNTED of) the incidents that the filters leave."""
    found: dict[str, dict[str, int]] = {name: {} for name in names}
    if filters := conditions(params):
        held = select(incident_lines.c.incident).where(*filters).limit(COUNTED)
        facet = incident_facets.c
        query = select(facet.facet, facet.value, func.count()).where(facet.incident.in_(held))
        # no index knows the expression: the few incidents are looked up, not every incident of a facet
        query = query.where(facet.facet.concat("").in_(names)).group_by(facet.facet, facet.value)
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
