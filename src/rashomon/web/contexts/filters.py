"""Filters of incidents as SQL.

In: parameters. Out: conditions on `incident_lines`, orders, a full-text query. Never: a value within the SQL's text.
"""

import re
from collections.abc import Sequence
from typing import Any

from sqlalchemy import ColumnElement, Connection, func, literal_column, select, text

from rashomon.store.overview_tables import facet_counts, incident_facets, incident_lines, incident_pages
from rashomon.web.contexts.params import IncidentsParams
from rashomon.web.words import last_day

FACETS = ("type", "place", "actor", "outlet")
SEARCHED = 10_000
"""Articles that a search goes through, those added last: a word that stands in all of a large case is no filter."""
SEARCH = "SELECT rowid FROM article_index WHERE article_index MATCH :asked ORDER BY rowid DESC LIMIT :most"
_TOKEN = re.compile(r'"([^"]+)"|(\S+)')


def full_text_query(words: str) -> str:
    """What the search index is asked: each word (or phrase in quotation marks) must be there; nothing is an operator.

    >>> full_text_query('raid "Vell Amar" OR -x* "')
    '"raid" "Vell Amar" "OR" "x"'
    """
    found = [m[1] or m[2] for m in _TOKEN.finditer(words)]
    cleaned = [" ".join(re.findall(r"\w+", one)) for one in found]
    return " ".join(f'"{one}"' for one in cleaned if one)


def conditions(params: IncidentsParams, *, but: str = "", walked: bool = False) -> list[ColumnElement[bool]]:
    """Conditions on incident_lines; `but` names a facet that is left out; `walked` says the same so that the database
    asks it of one line after the other instead of gathering all that meet it first.
    """
    line, facet = incident_lines.c, incident_facets.c
    found: list[ColumnElement[bool]] = []
    for name in FACETS:
        values = getattr(params, name)
        if values and name != but:
            of = select(facet.incident).where(facet.facet == name, facet.value.in_(values))
            found.append(of.where(facet.incident == line.incident).exists() if walked else line.incident.in_(of))
    # when it is told to have begun, as the timeline counts it; no index knows the expression
    start = line.start.concat("") if walked else line.start
    if params.since:
        found.append(start >= params.since)
    if params.until:
        # a later hour of the last day is still that day
        found.append(start <= last_day(params.until) + "~")
    if params.box:
        west, south, east, north = map(float, params.box.split(","))
        found += [line.lat.between(south, north), line.lon.between(west, east)]
    if params.origins:
        found.append(line.origins >= params.origins)
    if params.contested:
        found.append(line.contested > 0)
    if params.judged:
        found.append(line.judged == int(params.judged == "yes"))
    asked = full_text_query(params.q)
    if asked:
        matching = text(SEARCH).bindparams(asked=asked, most=SEARCHED)
        pages: Any = select(literal_column("rowid")).select_from(matching.columns(literal_column("rowid")).subquery())
        found.append(line.incident.in_(select(incident_pages.c.incident).where(incident_pages.c.page.in_(pages))))
    return found


def order(params: IncidentsParams) -> tuple[Any, ...]:
    """The order of the list; what is equal goes by the row's number, so that pages of it never overlap."""
    line = incident_lines.c
    orders: dict[str, tuple[Any, ...]] = {
        "contested": (line.contested.desc(), line.origins.desc(), line.incident.desc()),
        "newest": (line.start.desc().nulls_last(), line.incident.desc()),
        "oldest": (line.start.asc().nulls_last(), line.incident.asc()),
        "tellings": (line.tellings.desc(), line.incident.desc()),
        "origins": (line.origins.desc(), line.incident.desc()),
    }
    return orders[params.sort]


def count_lines(connection: Connection, params: IncidentsParams) -> int:
    """How many incidents the filters leave."""
    query = select(func.count()).select_from(incident_lines).where(*conditions(params))
    for name in FACETS:
        values: tuple[str, ...] = getattr(params, name)
        if len(values) == 1 and not conditions(params, but=name):
            counted = facet_counts.c
            query = select(counted.incidents).where(counted.facet == name, counted.value == values[0])
    return int(connection.execute(query).scalar() or 0)


def list_numbers(connection: Connection, params: IncidentsParams, most: int, total: int) -> Sequence[int]:
    """Numbers of the incidents on the page that is asked for, of `total` that the filters leave."""
    if not total:
        return []
    last = int(connection.execute(select(func.max(incident_lines.c.incident))).scalar() or 0)
    # where many lines meet the filters, the page is full long before all that do are gathered and sorted
    walked = params.page * most * last < total * total
    query = select(incident_lines.c.incident).where(*conditions(params, walked=walked)).order_by(*order(params))
    return list(connection.execute(query.limit(most).offset((params.page - 1) * most)).scalars())


def searches_all(connection: Connection, params: IncidentsParams) -> bool:
    """Whether no more than SEARCHED articles hold the words."""
    asked = full_text_query(params.q)
    if not asked:
        return True
    rows = connection.execute(text(SEARCH), {"asked": asked, "most": SEARCHED + 1})
    return len(rows.all()) <= SEARCHED
