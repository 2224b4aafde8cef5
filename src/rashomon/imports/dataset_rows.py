"""How a row of ACLED or UCDP GED is told.

In: a row, and the text that names its values. Out: a telling whose spans are those values. Never: a value that the row
does not have, nor a kind of violence finer than the dataset's own.
"""

from collections.abc import Callable, Mapping
from dataclasses import dataclass, field
from datetime import date, datetime, timedelta

from rashomon.present.exports.countries import code_of
from rashomon.records import ActorFiller, CountFiller, PlaceFiller, TargetFiller, Telling, TimeFiller
from rashomon.resolve.names import actor_key, has_name
from rashomon.spans import Span

Row = Mapping[str, str]

_ACLED_TYPES = {
    "Armed clash": "armed_clash", "Government regains territory": "armed_clash",
    "Non-state actor overtakes territory": "armed_clash", "Attack": "armed_attack",
    "Abduction/forced disappearance": "abduction_hostage", "Sexual violence": "sexual_violence",
    "Air/drone strike": "air_strike", "Shelling/artillery/missile attack": "shelling", "Grenade": "bombing",
    "Remote explosive/landmine/IED": "bombing", "Suicide bomb": "bombing", "Peaceful protest": "protest",
    "Protest with intervention": "protest", "Excessive force against protesters": "protest",
    "Violent demonstration": "riot_mob", "Mob violence": "riot_mob", "Arrests": "arrest_detention",
    "Looting/property destruction": "property_destruction", "Change to group/activity": "recruiting_training",
}  # fmt: skip
_UCDP_TYPES = {"1": "armed_clash", "2": "armed_clash", "3": "armed_attack"}
_STATE = frozenset(("1", "State forces", "External/Other forces"))
_TIME = {"1": "day", "2": "week", "3": "month"}
_UCDP_TIME = {"1": "day", "2": "week", "3": "week", "4": "month", "5": "year"}
_PLACE = {"1": "town", "2": "area", "3": "region"}
_UCDP_PLACE = {"1": "town", "2": "area", "3": "region", "4": "region", "5": "area", "6": "country"}
_DATES = ("%Y-%m-%d", "%d %B %Y", "%d-%b-%Y", "%d/%m/%Y", "%Y-%m-%d %H:%M:%S.%f", "%Y-%m-%d %H:%M:%S")


@dataclass(slots=True)
class RowText:
    """The article of a row while it is written: a line a value, and where each value stands."""

    text: str = ""
    spans: dict[str, Span] = field(default_factory=dict)

    def add(self, name: str, value: str) -> None:
        """One line `name: value`; an empty value has none."""
        words = " ".join(value.split())
        if words:
            start = len(self.text) + len(name) + 2
            self.text += f"{name}: {words}\n"
            self.spans[name] = Span(start, start + len(words), words)


@dataclass(frozen=True, slots=True)
class Dataset:
    """A dataset: the outlet that its rows are told by, the column of its ids, the columns by which it is known, those
    that the article names, and how a row is told.
    """

    outlet: str
    key: str
    columns: tuple[str, ...]
    shown: tuple[str, ...]
    tell: Callable[[Row, RowText], Telling]


def read_day(words: str) -> date | None:
    """A date as the datasets write it.

    >>> read_day("12 March 2019") == read_day("2019-03-12 00:00:00.000") == date(2019, 3, 12), read_day("soon")
    (True, None)
    """
    for layout in _DATES:
        try:
            return datetime.strptime(words.strip(), layout).date()  # noqa: DTZ007  (a day has no time zone)
        except ValueError:
            continue
    return None


def _tell_acled(row: Row, text: RowText) -> Telling:
    kind = _ACLED_TYPES.get(row.get("sub_event_type", ""))
    deaths = _number(row.get("fatalities"))
    return _telling(
        (kind,) if kind else (),
        text,
        anchor="sub_event_type",
        doers=_actor(text, "actor1", state=row.get("inter1") in _STATE),
        targets=_target(text, "actor2", killed=bool(deaths)),
        place=_place(row, text, "location", _PLACE.get(row.get("geo_precision", ""), "unknown"), "admin1"),
        time=_acled_time(row, text),
        counts=_counts(text, "fatalities", deaths, deaths, deaths),
        said="source",
    )


def _acled_time(row: Row, text: RowText) -> TimeFiller | None:
    day, span = read_day(row.get("event_date", "")), text.spans.get("event_date")
    if span is None:
        return None
    precision = _TIME.get(row.get("time_precision", ""), "day")
    if day is None:
        return TimeFiller(span, 1.0)
    if precision == "day":
        first = last = day
    elif precision == "week":
        first = day - timedelta(days=day.weekday())
        last = first + timedelta(days=6)
    else:
        first = day.replace(day=1)
        last = (first + timedelta(days=31)).replace(day=1) - timedelta(days=1)
    return TimeFiller(span, 1.0, first.isoformat(), last.isoformat(), precision)


def _tell_ucdp(row: Row, text: RowText) -> Telling:
    one_sided = row.get("type_of_violence") == "3"
    low, best, high = (_number(row.get(name)) for name in ("low", "best", "high"))
    start, end, span = (
        read_day(row.get("date_start", "")),
        read_day(row.get("date_end", "")),
        text.spans.get("date_start"),
    )
    time = None
    if span is not None and start is not None:
        precision = _UCDP_TIME.get(row.get("date_prec", ""), "unknown")
        time = TimeFiller(span, 1.0, start.isoformat(), (end or start).isoformat(), precision)
    kind = _UCDP_TYPES.get(row.get("type_of_violence", ""))
    return _telling(
        (kind,) if kind else (),
        text,
        anchor="type_of_violence",
        doers=_actor(text, "side_a", state=row.get("type_of_violence") == "1"),
        targets=_target(text, "side_b", killed=bool(best or high), civilian=one_sided),
        place=_place(row, text, "where_coordinates", _UCDP_PLACE.get(row.get("where_prec", ""), "unknown"), "adm_1"),
        time=time,
        counts=_counts(text, "best", low, best, high),
        said="source_office",
    )


def _telling(
    types: tuple[str, ...], text: RowText, *, anchor: str, doers: tuple[ActorFiller, ...],
    targets: tuple[TargetFiller, ...], place: tuple[PlaceFiller, ...], time: TimeFiller | None,
    counts: tuple[CountFiller, ...], said: str,
) -> Telling:  # fmt: skip
    anchors = (text.spans[anchor],) if anchor in text.spans else ()
    return Telling(
        id="", page="", span=Span(0, 0, ""), score=1.0, types=types, type_scores=(1.0,) * len(types), stance="asserts",
        stage="accomplished", anchors=anchors, perpetrators=doers, targets=targets, places=place, time=time,
        counts=counts, attributed_to=text.spans.get(said),
    )  # fmt: skip


def _actor(text: RowText, name: str, *, state: bool) -> tuple[ActorFiller, ...]:
    span = text.spans.get(name)
    if span is None:
        return ()
    key = actor_key(span.text) if has_name(span.text) else None
    side = "state" if state else "unknown"
    return (ActorFiller(span, "organisation", 1.0, side=side, mentions=(span,), actor=key),)


def _target(text: RowText, name: str, *, killed: bool, civilian: bool = False) -> tuple[TargetFiller, ...]:
    span = text.spans.get(name)
    if span is None:
        return ()
    civilian = civilian or span.text.startswith(("Civilians", "Protesters"))
    key = None if civilian or not has_name(span.text) else actor_key(span.text)
    effect = "killed" if killed and civilian else "other"
    return (TargetFiller(span, "civilian" if civilian else "combatant", 1.0, effect, mentions=(span,), actor=key),)


def _place(row: Row, text: RowText, name: str, precision: str, admin1: str) -> tuple[PlaceFiller, ...]:
    span = text.spans.get(name)
    if span is None:
        return ()
    lat, lon = _degrees(row.get("latitude"), 90.0), _degrees(row.get("longitude"), 180.0)
    country = row.get("country", "").strip()
    kind = precision if precision in ("town", "area", "region", "country") else "town"
    return (
        PlaceFiller(
            span, kind, 1.0, mentions=(span,), name=span.text, country=code_of(country) or country or None,
            admin1=row.get(admin1, "").strip() or None, lat=lat if lon is not None else None,
            lon=lon if lat is not None else None, precision=precision,
        ),
    )  # fmt: skip


def _counts(text: RowText, name: str, low: int | None, best: int | None, high: int | None) -> tuple[CountFiller, ...]:
    span = text.spans.get(name)
    # zero stands for "none, or not known" in these datasets: no number is told
    return (CountFiller(span, 1.0, "killed", low, best, high),) if span is not None and (best or high) else ()


def _number(words: str | None) -> int | None:
    return int(words) if words is not None and words.strip().isdecimal() else None


def _degrees(words: str | None, most: float) -> float | None:
    try:
        found = float(words or "")
    except ValueError:
        return None
    return found if -most <= found <= most else None


DATASETS = {
    "acled": Dataset(
        "ACLED", "event_id_cnty", ("event_id_cnty", "event_date", "sub_event_type", "actor1"),
        ("event_id_cnty", "event_date", "event_type", "sub_event_type", "actor1", "assoc_actor_1", "actor2",
         "assoc_actor_2", "location", "admin1", "country", "source", "notes", "fatalities"),
        _tell_acled,
    ),
    "ucdp": Dataset(
        "UCDP GED", "id", ("id", "type_of_violence", "side_a", "side_b", "date_start", "best"),
        ("id", "type_of_violence", "conflict_name", "side_a", "side_b", "source_office", "source_headline",
         "where_coordinates", "where_description", "adm_1", "country", "date_start", "date_end", "deaths_a",
         "deaths_b", "deaths_civilians", "deaths_unknown", "best", "high", "low"),
        _tell_ucdp,
    ),
}  # fmt: skip
