"""Filters of incidents: the same in the web app's URLs and in `export --where`.

In: `name=value` pairs. Out: typed filters, and conditions on `incident_lines` in SQL. Never: a filter that is unknown,
nor a value within the SQL's text.

Several values of one facet mean any of them, several facets all of them.
"""

import re
from collections.abc import Sequence
from datetime import date
from typing import Annotated, Any, Literal
from urllib.parse import parse_qsl

import msgspec
from msgspec import Meta, Struct
from sqlalchemy import ColumnElement, Select, and_, func, literal_column, or_, select, text

from rashomon.errors import SettingsError
from rashomon.store.overview_tables import incident_facets, incident_lines, incident_pages
from rashomon.store.schema import incidents

FACETS = ("type", "place", "actor", "outlet")
_TOKEN = re.compile(r'"([^"]+)"|(\S+)')
_TRUE = frozenset(("", "1", "yes", "true"))

Day = Annotated[
    str,
    Meta(pattern=r"^(\d{4}(-(0[1-9]|1[0-2])(-(0[1-9]|[12]\d|3[01]))?)?)?$", description="YYYY, YYYY-MM or YYYY-MM-DD"),
]
Box = Annotated[
    str, Meta(pattern=r"^(-?\d+(\.\d+)?(,-?\d+(\.\d+)?){3})?$", description="west,south,east,north in degrees")
]
Words = Annotated[str, Meta(max_length=300)]


class Filters(Struct, frozen=True, omit_defaults=True):
    """What incidents are filtered by (FILTER_NAMES says what each is); without any, all of them are meant."""

    q: Words = ""
    type: tuple[Words, ...] = ()
    place: tuple[Words, ...] = ()
    actor: tuple[Words, ...] = ()
    outlet: tuple[Words, ...] = ()
    since: Day = ""
    until: Day = ""
    box: Box = ""
    origins: Annotated[int, Meta(ge=0)] = 0
    contested: bool = False
    judged: Literal["", "yes", "no"] = ""


def parse_where(given: Sequence[str]) -> Filters:
    """Filters from `name=value` pairs or from the query of the web app's URL (`?type=killing&place=Tarn`).

    Raises SettingsError("wrong_filter").

    >>> found = parse_where(["type=killing&type=bombing", "place=Vell Amar", "contested"])
    >>> found.type, found.place, found.contested
    (('killing', 'bombing'), ('Vell Amar',), True)
    """
    found: dict[str, Any] = {}
    fields = {field.name: field for field in msgspec.structs.fields(Filters)}
    for one in given:
        for name, value in parse_qsl(one.partition("?")[2] or one.removeprefix("?"), keep_blank_values=True):
            if name in ("sort", "page"):
                continue  # how the web app's list is shown
            if name not in fields:
                raise SettingsError("wrong_filter", f"there is no filter {name!r}; there are {', '.join(fields)}")
            default = fields[name].default
            if isinstance(default, tuple):
                found.setdefault(name, []).append(value)
            elif isinstance(default, bool):
                found[name] = value.casefold() in _TRUE
            else:
                found[name] = value
    try:
        return msgspec.convert(found, Filters, strict=False)
    except msgspec.ValidationError as error:
        raise SettingsError("wrong_filter", str(error)) from error


def last_day(period: str) -> str:
    """The last day of a year, month or day.

    >>> last_day("2019"), last_day("2024-02"), last_day("2024-02-03")
    ('2019-12-31', '2024-02-29', '2024-02-03')
    """
    parts = [int(part) for part in period.split("-")]
    if len(parts) == 1:
        return f"{period}-12-31"
    if len(parts) == 2:
        year, month = parts[0] + parts[1] // 12, parts[1] % 12 + 1
        return date.fromordinal(date(year, month, 1).toordinal() - 1).isoformat()
    return period


def full_text_query(words: str) -> str:
    """What the search index is asked: each word (or phrase in quotation marks) must be there; nothing is an operator.

    >>> full_text_query('raid "Vell Amar" OR -x* "')
    '"raid" "Vell Amar" "OR" "x"'
    """
    found = [m[1] or m[2] for m in _TOKEN.finditer(words)]
    cleaned = [" ".join(re.findall(r"\w+", one)) for one in found]
    return " ".join(f'"{one}"' for one in cleaned if one)


def conditions(filters: Filters, *, but: str = "") -> list[ColumnElement[bool]]:
    """Conditions on incident_lines; `but` names a facet that is left out."""
    line, facet = incident_lines.c, incident_facets.c
    found: list[ColumnElement[bool]] = []
    for name in FACETS:
        values = getattr(filters, name)
        if values and name != but:
            of = select(facet.incident).where(facet.facet == name, facet.value.in_(values))
            found.append(line.incident.in_(of))
    if filters.since:
        found.append(line.end >= filters.since)
    if filters.until:
        # a later hour of the last day is still that day
        found.append(line.start <= last_day(filters.until) + "~")
    if filters.box:
        west, south, east, north = map(float, filters.box.split(","))
        # a box may lie across the line where longitudes jump from 180 to -180
        sides = and_ if west <= east else or_
        found += [line.lat.between(south, north), sides(line.lon >= west, line.lon <= east)]
    if filters.origins:
        found.append(line.origins >= filters.origins)
    if filters.contested:
        found.append(line.contested > 0)
    if filters.judged:
        found.append(line.judged == int(filters.judged == "yes"))
    asked = full_text_query(filters.q)
    if asked:
        matching = text("SELECT rowid FROM article_index WHERE article_index MATCH :asked").bindparams(asked=asked)
        pages: Any = select(literal_column("rowid")).select_from(matching.columns(literal_column("rowid")).subquery())
        found.append(line.incident.in_(select(incident_pages.c.incident).where(incident_pages.c.page.in_(pages))))
    return found


def select_incidents(filters: Filters) -> Select[int]:
    """The row numbers of the incidents that the filters leave."""
    found = conditions(filters)
    if not found:
        return select(incidents.c.number)
    return select(incident_lines.c.incident).where(*found)


def count_incidents(filters: Filters) -> Select[int]:
    """How many incidents the filters leave."""
    return select(func.count()).select_from(select_incidents(filters).subquery())
