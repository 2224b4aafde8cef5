"""Incidents as lines of a list, each with who tells it.

In: numbers of incidents. Out: lines in that order. Never: a line without its tellers.
"""

from collections import defaultdict
from collections.abc import Sequence

from msgspec import Struct
from sqlalchemy import Connection, func, select

from rashomon.store import schema
from rashomon.store.overview_tables import incident_facets, incident_lines

EXCERPT_CHARS = 220


class IncidentLine(Struct, frozen=True, kw_only=True):
    """One incident in a list: when and where as told most precisely, what is contested, one telling in its words."""

    id: str
    types: tuple[str, ...]
    start: str | None
    end: str | None
    precision: str | None
    place: str | None
    lat: float | None
    lon: float | None
    place_precision: str | None
    radius_km: float | None
    tellings: int
    origins: int
    outlets: tuple[str, ...]
    contested: tuple[str, ...]
    judged: bool
    words: str
    words_by: str


def load_lines(connection: Connection, numbers: Sequence[int]) -> tuple[IncidentLine, ...]:
    """The lines of these incidents, in this order."""
    if not numbers:
        return ()
    rows = {
        r.incident: r for r in connection.execute(select(incident_lines).where(incident_lines.c.incident.in_(numbers)))
    }
    facets = _load_facets(connection, numbers)
    contested = _load_contested(connection, numbers)
    first = _load_words(connection, numbers)
    found = []
    for number in numbers:
        row = rows.get(number)
        if row is None:
            continue
        words, by = first.get(number, ("", ""))
        types = [row.kind, *(t for t in facets[number, "type"] if t != row.kind)] if row.kind else []
        found.append(
            IncidentLine(
                id=row.id, types=tuple(types), start=row.start, end=row.end, precision=row.precision, place=row.place,
                lat=row.lat, lon=row.lon, place_precision=row.place_precision, radius_km=row.radius_km,
                tellings=row.tellings, origins=row.origins, outlets=tuple(facets[number, "outlet"]),
                contested=tuple(contested[number]), judged=bool(row.judged), words=words, words_by=by,
            )
        )  # fmt: skip
    return tuple(found)


def _load_facets(connection: Connection, numbers: Sequence[int]) -> dict[tuple[int, str], list[str]]:
    facet = incident_facets.c
    query = select(facet.incident, facet.facet, facet.value)
    query = query.where(facet.incident.in_(numbers), facet.facet.in_(("type", "outlet"))).order_by(facet.value)
    found: dict[tuple[int, str], list[str]] = defaultdict(list)
    for incident, name, value in connection.execute(query):
        found[incident, name].append(value)
    return found


def _load_contested(connection: Connection, numbers: Sequence[int]) -> dict[int, list[str]]:
    field = schema.incident_fields.c
    query = select(field.incident, field.field).where(field.incident.in_(numbers), field.status == "contested")
    found: dict[int, list[str]] = defaultdict(list)
    for incident, name in connection.execute(query.order_by(field.incident, field.ordinal)):
        found[incident].append(name)
    return found


def _load_words(connection: Connection, numbers: Sequence[int]) -> dict[int, tuple[str, str]]:
    """The first telling's words (cut), and who tells it."""
    it, t, a, p = schema.incident_tellings.c, schema.tellings.c, schema.articles.c, schema.pages.c
    query = (
        select(
            it.incident,
            func.substr(a.text, t.start_char + 1, t.end_char - t.start_char),
            func.coalesce(a.outlet, p.source),
        )
        .join(schema.tellings, t.id == it.telling)
        .join(schema.articles, a.page == t.page)
        .join(schema.pages, p.number == t.page)
        .where(it.incident.in_(numbers), it.ordinal == 0)
    )
    return {row[0]: (_cut(row[1]), row[2]) for row in connection.execute(query)}


def _cut(words: str) -> str:
    words = " ".join(words.split())
    return words if len(words) <= EXCERPT_CHARS else words[:EXCERPT_CHARS].rsplit(None, 1)[0] + " …"
