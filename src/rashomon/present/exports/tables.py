"""Three tables of a case: incidents, tellings, sources. What CSVW, Parquet and notebooks hold.

In: a case, filters. Out: columns with their kinds and meanings, and rows. Never: an incident's row without a
telling where it can be looked up, nor a count of pages in place of a count of origins.
"""

from collections.abc import Callable, Iterator
from dataclasses import dataclass
from typing import Any, Generic, TypeVar

from sqlalchemy import Connection

from rashomon.present.exports import summary as told_as
from rashomon.present.exports.load import iter_tellers, iter_told
from rashomon.present.exports.sheets import Row, Value
from rashomon.present.exports.told import Teller, Told, ToldIncident
from rashomon.present.filters import Filters
from rashomon.records import Telling

T = TypeVar("T")

KINDS = ("string", "strings", "integer", "number")
"""Kinds of columns; `strings` is a list."""


@dataclass(frozen=True, slots=True)
class Column(Generic[T]):
    """A column: its name, its kind (of KINDS), what it means, how its value is taken; `key` if it is never empty."""

    name: str
    kind: str
    about: str
    take: Callable[[T], Value]
    key: bool = False


@dataclass(frozen=True, slots=True)
class TellingOf:
    """A telling of an incident: a row of the table of tellings."""

    incident: str
    told: Told

    @property
    def telling(self) -> Telling:
        """What is told."""
        return self.told.telling

    @property
    def teller(self) -> Teller:
        """The page that tells it."""
        return self.told.teller

    @property
    def origin(self) -> str:
        """Tellings of one incident with the same origin descend from one another."""
        return self.told.origin


def make_row(columns: tuple[Column[T], ...], item: T) -> Row:
    """The row of one item."""
    return {column.name: column.take(item) for column in columns}


def _count_column(what: str, bound: str) -> Column[ToldIncident]:
    def take(told: ToldIncident) -> int | None:
        found = told_as.tell_count(told, what)
        return getattr(found, bound) if found else None

    return Column(f"{what}_{bound}", "integer", f"{bound}est number told to be {what}", take)


def _time(bound: str) -> Callable[[ToldIncident], Value]:
    def take(told: ToldIncident) -> Value:
        found = told_as.tell_time(told)
        return getattr(found, bound) if found else None

    return take


def _place(name: str) -> Callable[[ToldIncident], Value]:
    def take(told: ToldIncident) -> Value:
        found = told_as.tell_place(told)
        return getattr(found, name) if found else None

    return take


def _place_label(told: ToldIncident) -> str | None:
    found = told_as.tell_place(told)
    return told_as.place_name(found) if found else None


def _first(take: Callable[[Told], Value]) -> Callable[[ToldIncident], Value]:
    return lambda told: take(told.tellings[0]) if told.tellings else None


INCIDENTS: tuple[Column[ToldIncident], ...] = (
    Column("id", "string", "id of the incident", lambda i: i.incident.id, key=True),
    Column("types", "strings", "types told, foremost first", lambda i: i.incident.types),
    Column("start", "string", "first day told most precisely (ISO)", _time("start")),
    Column("end", "string", "last day told most precisely (ISO)", _time("end")),
    Column("time_precision", "string", "hour, day, week, month, season, year or decade", _time("precision")),
    Column("place", "string", "place told most precisely", _place_label),
    Column("country", "string", "its country (ISO 3166 alpha-2, or as a gazetteer names it)", _place("country")),
    Column("admin1", "string", "its first-order division", _place("admin1")),
    Column("latitude", "number", "degrees, WGS 84", _place("lat")),
    Column("longitude", "number", "degrees, WGS 84", _place("lon")),
    Column("place_precision", "string", "site, town, area, region, country or unknown", _place("precision")),
    Column("radius_km", "number", "radius of an area", _place("radius_km")),
    _count_column("killed", "low"),
    _count_column("killed", "high"),
    _count_column("injured", "low"),
    _count_column("injured", "high"),
    Column("origins", "integer", "independent origins that tell it; copies count once",
           lambda i: len(i.incident.origins)),
    Column("outlets", "strings", "who tells it", told_as.list_outlets),
    Column("contested", "strings", "fields for which origins give different values", lambda i: i.incident.contested),
    Column("others", "strings", "every value of each contested field, and stances other than asserting",
           lambda i: tuple(told_as.describe_others(i))),
    Column("tellings", "strings", "ids of its tellings", lambda i: i.incident.tellings),
    Column("first_telling", "string", "id of its first telling", _first(lambda t: t.telling.id)),
    Column("url", "string", "URL (or source) of the page of the first telling", _first(lambda t: t.teller.address)),
    Column("sha256", "string", "hash of that page's bytes", _first(lambda t: t.teller.sha256)),
    Column("start_char", "integer", "where the first telling begins in that page's article (code points)",
           _first(lambda t: t.telling.span.start_char)),
    Column("end_char", "integer", "where it ends (exclusive)", _first(lambda t: t.telling.span.end_char)),
)  # fmt: skip


def _told_count(what: str, bound: str) -> Column[TellingOf]:
    def take(t: TellingOf) -> int | None:
        found = [c for c in t.telling.counts if c.what == what]
        bounds = [x for c in found for x in (getattr(c, bound), c.best, c.low, c.high) if x is not None]
        return (min if bound == "low" else max)(bounds, default=None)

    return Column(f"{what}_{bound}", "integer", f"{bound}est number told to be {what}", take)


def _telling_place(name: str) -> Callable[[TellingOf], Value]:
    def take(t: TellingOf) -> Value:
        found = next((p for p in t.telling.places if p.lat is not None), None)
        return getattr(found, name) if found else None

    return take


def _telling_time(name: str) -> Callable[[TellingOf], Value]:
    return lambda t: getattr(t.telling.time, name) if t.telling.time else None


TELLINGS: tuple[Column[TellingOf], ...] = (
    Column("id", "string", "id of the telling", lambda t: t.telling.id, key=True),
    Column("incident", "string", "id of the incident that it is held to be of", lambda t: t.incident, key=True),
    Column("origin", "string", "tellings of one incident with the same origin descend from one another",
           lambda t: t.origin, key=True),
    Column("page", "string", "id of the page that tells it", lambda t: t.teller.page, key=True),
    Column("url", "string", "URL (or source) of the page", lambda t: t.teller.address, key=True),
    Column("sha256", "string", "hash of the page's bytes", lambda t: t.teller.sha256, key=True),
    Column("start_char", "integer", "where it begins in the article (code points)",
           lambda t: t.telling.span.start_char, key=True),
    Column("end_char", "integer", "where it ends (exclusive)", lambda t: t.telling.span.end_char, key=True),
    Column("quote", "string", "the words there", lambda t: t.telling.span.text),
    Column("types", "strings", "types told, with the highest score first", lambda t: t.telling.types),
    Column("stance", "string", "asserts, alleges, suspects, claims_responsibility, admits, denies, hearsay or "
           "hypothetical", lambda t: t.telling.stance),
    Column("stage", "string", "accomplished, attempted or threatened", lambda t: t.telling.stage),
    Column("score", "number", "how sure the reader is that it is a telling", lambda t: t.telling.score),
    Column("judged", "strings", "what people decided about it", lambda t: t.told.judged),
    Column("attributed_to", "string", "who, by the text, says so",
           lambda t: t.telling.attributed_to.text if t.telling.attributed_to else None),
    Column("perpetrators", "strings", "who is told to be behind it", lambda t: [p.span.text for p in
                                                                        t.telling.perpetrators]),
    Column("perpetrator_actors", "strings", "ids of actors", lambda t: [p.actor or "" for p in
                                                                        t.telling.perpetrators]),
    Column("targets", "strings", "to whom or what, as told", lambda t: [x.span.text for x in t.telling.targets]),
    Column("target_kinds", "strings", "of what kind", lambda t: [x.kind for x in t.telling.targets]),
    Column("effects", "strings", "to which effect", lambda t: [x.effect for x in t.telling.targets]),
    Column("instruments", "strings", "with what, as told", lambda t: [x.span.text for x in
                                                                      t.telling.instruments]),
    Column("places", "strings", "where, as told", lambda t: [p.span.text for p in t.telling.places]),
    Column("latitude", "number", "degrees, of the first place that was found", _telling_place("lat")),
    Column("longitude", "number", "degrees", _telling_place("lon")),
    Column("place_precision", "string", "site, town, area, region or country", _telling_place("precision")),
    Column("time_text", "string", "when, as told",
           lambda t: t.telling.time.span.text if t.telling.time else None),
    Column("start", "string", "first day (ISO)", _telling_time("start")),
    Column("end", "string", "last day (ISO)", _telling_time("end")),
    Column("time_precision", "string", "hour, day, week, month, season, year or decade", _telling_time("precision")),
    _told_count("killed", "low"),
    _told_count("killed", "high"),
    _told_count("injured", "low"),
    _told_count("injured", "high"),
    Column("beneficiaries", "strings", "for whom, as told", lambda t: [b.span.text for b in
                                                                       t.telling.beneficiaries]),
    Column("outcome", "string", "what came of it, as told",
           lambda t: t.telling.outcome.text if t.telling.outcome else None),
)  # fmt: skip

SOURCES: tuple[Column[Teller], ...] = (
    Column("page", "string", "id of the page", lambda p: p.page, key=True),
    Column("url", "string", "URL, or where else it came from", lambda p: p.address, key=True),
    Column("sha256", "string", "hash of its bytes", lambda p: p.sha256, key=True),
    Column("captured_at", "string", "when it was captured (ISO)", lambda p: p.captured_at),
    Column("media_type", "string", "what it was captured as", lambda p: p.media_type),
    Column("version", "integer", "which capture of this URL it is", lambda p: p.version),
    Column("outlet", "string", "who publishes it", lambda p: p.outlet),
    Column("title", "string", "its title", lambda p: p.title),
    Column("byline", "string", "its byline", lambda p: p.byline),
    Column("published", "string", "first day that its date can mean (ISO)",
           lambda p: p.published.start if p.published else None),
    Column("published_end", "string", "last day that its date can mean",
           lambda p: p.published.end if p.published else None),
    Column("published_precision", "string", "how precise the date is",
           lambda p: p.published.precision if p.published else None),
    Column("language", "string", "language of the article", lambda p: p.language),
    Column("chars", "integer", "length of the article (code points)", lambda p: p.chars),
)  # fmt: skip

TABLES: dict[str, tuple[Column[Any], ...]] = {"incidents": INCIDENTS, "tellings": TELLINGS, "sources": SOURCES}
"""The three tables by their names."""


@dataclass(frozen=True, slots=True)
class TableRow:
    """A row of one of TABLES."""

    table: str
    row: Row


def iter_table_rows(connection: Connection, filters: Filters) -> Iterator[TableRow]:
    """The rows of all TABLES in one go through the case: each incident followed by its tellings, then the sources."""
    for told in iter_told(connection, filters):
        yield TableRow("incidents", make_row(INCIDENTS, told))
        for one in told.tellings:
            yield TableRow("tellings", make_row(TELLINGS, TellingOf(told.incident.id, one)))
    for teller in iter_tellers(connection, filters):
        yield TableRow("sources", make_row(SOURCES, teller))
