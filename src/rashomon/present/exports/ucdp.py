"""UCDP GED-style CSV: one row an incident of which deaths are told.

In: told incidents. Out: rows of 49 columns. Never: UCDP's own ids (blank), an incident that nobody tells as having
happened, nor one of which nobody tells deaths; those are counted as left out.

`number_of_sources` counts independent origins. `low` and `high` bound all counts told; `best` is the lowest of the best
values told, as UCDP's codebook asks where reports differ. `source_article` lists who tells it, with title, date, the
telling's id, page, hash and span, and holds the incident's id; `source_original` says to whom the pages attribute it.
"""

from collections.abc import Iterable, Sequence
from datetime import date
from math import floor

from rashomon.present.exports import summary as told_as
from rashomon.present.exports.acled import CIVILIANS
from rashomon.present.exports.countries import find_country, name_country
from rashomon.present.exports.sheets import Row
from rashomon.present.exports.told import Told, ToldIncident
from rashomon.records import ActorFiller, PlaceFiller, TargetFiller

COLUMNS = (
    "id", "relid", "year", "active_year", "code_status", "type_of_violence", "conflict_dset_id", "conflict_new_id",
    "conflict_name", "dyad_dset_id", "dyad_new_id", "dyad_name", "side_a_dset_id", "side_a_new_id", "side_a",
    "side_b_dset_id", "side_b_new_id", "side_b", "number_of_sources", "source_article", "source_office", "source_date",
    "source_headline", "source_original", "where_prec", "where_coordinates", "where_description", "adm_1", "adm_2",
    "latitude", "longitude", "geom_wkt", "priogrid_gid", "country", "country_id", "region", "event_clarity",
    "date_prec", "date_start", "date_end", "deaths_a", "deaths_b", "deaths_civilians", "deaths_unknown", "best", "high",
    "low", "gwnoa", "gwnob",
)  # fmt: skip

STATE_BASED, NON_STATE, ONE_SIDED = 1, 2, 3
_WHERE = {"site": 1, "town": 1, "region": 4, "country": 6}
_NEAR_KM = 25.0
_FIGHTS = frozenset(("armed_clash",))


def describe_incident(told: ToldIncident) -> Row | str:
    """The row, or why there is none."""
    if not told_as.is_told_lethal(told):
        return "nobody tells of deaths"
    if not told_as.is_told_as_happened(told):
        return "nobody tells them as having happened"
    time, place = told_as.tell_time(told), told_as.tell_place(told)
    doers, targets = told_as.list_perpetrators(told), told_as.list_targets(told)
    violence = name_violence(told.incident.types, doers, targets)
    side_a = doers[0].span.text if doers else None
    side_b = "Civilians" if violence == ONE_SIDED else _other_side(doers, targets)
    killed = told_as.tell_count(told, "killed")
    blank: dict[str, None] = dict.fromkeys(COLUMNS)
    return {
        **blank,
        "year": time.start[:4] if time else None,
        "type_of_violence": violence,
        "dyad_name": f"{side_a} - {side_b}" if side_a and side_b else None,
        "side_a": side_a,
        "side_b": side_b,
        "number_of_sources": len(told.incident.origins),
        "source_article": "; ".join([f"incident {told.incident.id}", *map(_article, told.tellings)]),
        "source_office": "; ".join(told_as.list_outlets(told)),
        "source_date": "; ".join(_each(t.teller.published.start for t in told.tellings if t.teller.published)),
        "source_headline": "; ".join(_each(t.teller.title for t in told.tellings if t.teller.title)),
        "source_original": "; ".join(
            _each(t.telling.attributed_to.text for t in told.tellings if t.telling.attributed_to)
        ),
        **_describe_place(place),
        "event_clarity": 1 if time and time.precision in ("hour", "day") and len(time.start) >= 10 else 2,
        "date_prec": _date_precision(time),
        "date_start": time.start[:10] if time else None,
        "date_end": time.end[:10] if time else None,
        "deaths_civilians": killed.best if killed and violence == ONE_SIDED else None,
        "deaths_unknown": killed.best if killed and violence != ONE_SIDED else None,
        "best": killed.best if killed else None,
        "high": killed.high if killed else None,
        "low": killed.low if killed else None,
    }


def name_violence(types: Sequence[str], doers: Sequence[ActorFiller], targets: Sequence[TargetFiller]) -> int | None:
    """1 state-based, 2 non-state, 3 one-sided; None where the tellings do not say enough."""
    fought = bool(_FIGHTS & set(types))
    if not fought and targets and all(t.kind in CIVILIANS for t in targets):
        return ONE_SIDED
    state = any(d.side == "state" for d in doers) or any(t.kind in ("military", "police", "guard") for t in targets)
    armed = fought or any(t.kind == "combatant" for t in targets)
    if state and (armed or any(d.side == "nonstate" for d in doers)):
        return STATE_BASED
    return NON_STATE if armed and doers and all(d.side == "nonstate" for d in doers) else None


def _other_side(doers: Sequence[ActorFiller], targets: Sequence[TargetFiller]) -> str | None:
    if targets:
        return targets[0].span.text
    return doers[1].span.text if len(doers) > 1 else None


def _article(told: Told) -> str:
    teller = told.teller
    day = teller.published.start if teller.published else ""
    return f'"{teller.name},{day},{teller.title or ""}" [{told.locator}]'


def _each(found: Iterable[str]) -> list[str]:
    return list(dict.fromkeys(found))


def _describe_place(place: PlaceFiller | None) -> Row:
    if place is None:
        return {}
    located = place.lat is not None and place.lon is not None
    country = find_country(place.country)
    return {
        "where_prec": _where_precision(place),
        "where_coordinates": told_as.place_name(place),
        "where_description": place.span.text,
        "adm_1": place.admin1,
        "latitude": place.lat,
        "longitude": place.lon,
        "geom_wkt": f"POINT ({place.lon} {place.lat})" if located else None,
        "priogrid_gid": prio_cell(place.lat, place.lon) if place.lat is not None and place.lon is not None else None,
        "country": name_country(place.country),
        "region": country.ucdp_region if country else None,
    }


def _where_precision(place: PlaceFiller) -> int | None:
    if place.precision == "area":
        return 2 if place.radius_km is not None and place.radius_km <= _NEAR_KM else 5
    return _WHERE.get(place.precision)


def prio_cell(lat: float, lon: float) -> int:
    """The number of PRIO-GRID's half-degree cell (Tollefsen et al. 2012): from the south-west corner, row by row.

    >>> prio_cell(-89.9, -179.9), prio_cell(0.1, 0.1), prio_cell(90.0, 180.0)
    (1, 129961, 259200)
    """
    row, column = min(359, floor((lat + 90) * 2)), min(719, floor((lon + 180) * 2))
    return row * 720 + column + 1


def _date_precision(time: told_as.ToldTime | None) -> int | None:
    """UCDP's 1 (the day) to 5 (more than a month)."""
    if time is None:
        return None
    try:
        days = (date.fromisoformat(time.end[:10]) - date.fromisoformat(time.start[:10])).days + 1
    except ValueError:
        return 5
    return next((prec for prec, most in ((1, 1), (2, 6), (3, 7), (4, 31)) if days <= most), 5)
