"""ACLED-style CSV: one row an incident.

In: told incidents. Out: rows of 31 columns. Never: an incident that nobody tells as having happened, nor one of a type
that ACLED does not code; both are counted as left out.

ACLED keeps one number where reports differ: `fatalities` is the lowest told (blank where nobody tells a number), and
`notes` says what else is told, by whom, in which stance, with each telling's page, hash and span. Blank, as no page
tells them: region, admin2, admin3, source_scale; and inter1 or inter2 of actors whose kind ACLED would judge.
"""

from collections.abc import Sequence
from datetime import datetime

from rashomon.present.exports import summary as told_as
from rashomon.present.exports.countries import find_country, name_country
from rashomon.present.exports.schemes import ACLED_EVENTS, name_acled, name_disorder
from rashomon.present.exports.sheets import Row
from rashomon.present.exports.told import ToldIncident
from rashomon.records import ActorFiller, PlaceFiller, TargetFiller

COLUMNS = (
    "event_id_cnty", "event_date", "year", "time_precision", "disorder_type", "event_type", "sub_event_type", "actor1",
    "assoc_actor_1", "inter1", "actor2", "assoc_actor_2", "inter2", "interaction", "civilian_targeting", "iso",
    "region", "country", "admin1", "admin2", "admin3", "location", "latitude", "longitude", "geo_precision", "source",
    "source_scale", "notes", "fatalities", "tags", "timestamp",
)  # fmt: skip

CIVILIANS = frozenset((
    "civilian", "official", "politician", "judicial", "diplomat", "journalist", "aid_worker", "religious", "activist",
    "former_official", "former_military", "other_person",
))  # fmt: skip
_STATE_FORCES = frozenset(("military", "police", "guard"))
_TIME_PRECISION = {"hour": 1, "day": 1, "week": 2}
_GEO_PRECISION = {"site": 1, "town": 1, "area": 2, "region": 3, "country": 3}
_VIOLENT = frozenset(("Battles", "Violence against civilians", "Explosions/Remote violence"))


def describe_incident(told: ToldIncident) -> Row | str:
    """The row, or why there is none."""
    sub_event = name_acled(told)
    if sub_event is None:
        return "of types that ACLED does not code"
    if not told_as.is_told_as_happened(told):
        return "nobody tells them as having happened"
    event = ACLED_EVENTS[sub_event]
    time, place = told_as.tell_time(told), told_as.tell_place(told)
    doers, targets = told_as.list_perpetrators(told), told_as.list_targets(told)
    inter1, inter2 = _inter_of_doer(doers, event), _inter_of_target(targets)
    killed = told_as.tell_count(told, "killed")
    civilian = event in _VIOLENT and any(t.kind in CIVILIANS for t in targets)
    return {
        "event_id_cnty": told.incident.id,
        "event_date": time.start[:10] if time else None,
        "year": time.start[:4] if time else None,
        "time_precision": _TIME_PRECISION.get(time.precision, 3) if time else None,
        "disorder_type": name_disorder(sub_event),
        "event_type": event,
        "sub_event_type": sub_event,
        "actor1": _first(doers),
        "assoc_actor_1": _rest(doers),
        "inter1": inter1,
        "actor2": _first(targets),
        "assoc_actor_2": _rest(targets),
        "inter2": inter2,
        "interaction": f"{inter1}-{inter2}" if inter1 and inter2 else None,
        "civilian_targeting": "Civilian targeting" if civilian else None,
        **_describe_place(place),
        "source": "; ".join(told_as.list_outlets(told)),
        "source_scale": None,
        "notes": _notes(told),
        "fatalities": killed.low if killed else None,
        "tags": _tags(told),
        "timestamp": max((_seconds(t.teller.captured_at) for t in told.tellings), default=0) or None,
    }


def _describe_place(place: PlaceFiller | None) -> Row:
    country = find_country(place.country) if place else None
    return {
        "iso": country.number if country else None,
        "region": None,
        "country": name_country(place.country) if place else None,
        "admin1": place.admin1 if place else None,
        "admin2": None,
        "admin3": None,
        "location": told_as.place_name(place) if place else None,
        "latitude": place.lat if place else None,
        "longitude": place.lon if place else None,
        "geo_precision": _GEO_PRECISION.get(place.precision) if place else None,
    }


def _first(found: Sequence[ActorFiller | TargetFiller]) -> str | None:
    return found[0].span.text if found else None


def _rest(found: Sequence[ActorFiller | TargetFiller]) -> str | None:
    return "; ".join(x.span.text for x in found[1:]) or None


def _inter_of_doer(doers: Sequence[ActorFiller], event: str) -> str | None:
    if event in ("Protests", "Riots"):
        return "Protesters" if event == "Protests" else "Rioters"
    return "State forces" if doers and doers[0].side == "state" else None


def _inter_of_target(targets: Sequence[TargetFiller]) -> str | None:
    kind = targets[0].kind if targets else ""
    return "Civilians" if kind in CIVILIANS else "State forces" if kind in _STATE_FORCES else None


def _notes(told: ToldIncident) -> str:
    origins = told_as.count_origins(told.incident.origins)
    parts = [f"As told by {origins}.", *(f"{x}." for x in told_as.describe_others(told))]
    return " ".join([*parts, *map(told_as.describe_telling, told.tellings)])


def _tags(told: ToldIncident) -> str:
    contested = ",".join(told.incident.contested)
    tags = [f"types={','.join(told.incident.types)}", f"origins={len(told.incident.origins)}"]
    return "; ".join([*tags, f"contested={contested}"] if contested else tags)


def _seconds(moment: str) -> int:
    """Seconds since 1970 of an ISO moment; 0 if it is none.

    >>> _seconds("1970-01-02T00:00:00Z"), _seconds("?")
    (86400, 0)
    """
    try:
        return int(datetime.fromisoformat(moment).timestamp())
    except ValueError:
        return 0
