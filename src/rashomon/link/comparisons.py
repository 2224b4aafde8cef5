"""What is compared between two tellings, and how much each outcome weighs.

In: `weights.json` beside this file. Out: comparisons with m and u, and Splink settings with them preset.
Never: training at run time: a case of three pages is linked by the same weights as one of a million.

m is how often tellings of one incident reach a level, u how often tellings of two incidents do that share a key. Both
are estimated from labelled pairs by training/linking.py; `link_settings` names those pairs.
"""

from dataclasses import dataclass
from functools import cache
from itertools import pairwise
from pathlib import Path
from typing import Any

import msgspec
from splink import SettingsCreator
from splink.internals.comparison_creator import ComparisonCreator

from rashomon.link.sketch import SKETCH_PARTS

WEIGHTS = Path(__file__).with_name("weights.json")


@dataclass(frozen=True, slots=True)
class Level:
    """One outcome of a comparison: an SQL condition over `_l` and `_r` columns of two tellings, and `names_shared` and
    its like of the pair (shared.py; `names_count` is the length of the list). The first that holds is reached.
    """

    label: str
    sql: str


NULL = "unknown"
ELSE = "ELSE"
UNKNOWN = -1
"""The number of the level `NULL`; the others are numbered from 0."""


def _cosine(name: str) -> str:
    """What two lists share (shared.py sums it for all pairs at once) over the lengths of both."""
    return f"({name}_shared / ({name}_norm_l * {name}_norm_r))"


_ONE_PAGE = "page_l = page_r"


def _shared_levels(name: str, *percents: int) -> tuple[Level, ...]:
    """Of two sets of an article: how many are shared, by their mean (geometric) number; the lowest step comes first."""
    shared = f"{name}_shared / sqrt({name}_count_l * {name}_count_r)"
    levels = [Level(NULL, f"{_ONE_PAGE} or {name}_count_l = 0 or {name}_count_r = 0")]
    levels.append(Level(f"under {percents[0]} % of the {name}", f"{shared} < {percents[0] / 100}"))
    levels += [Level(f"{a} to {b} % of the {name}", f"{shared} < {b / 100}") for a, b in pairwise(percents)]
    return (*levels, Level(f"over {percents[-1]} % of the {name}", ELSE))


def _cosine_levels(name: str, what: str, *percents: int, unknown: str = "false") -> tuple[Level, ...]:
    levels = [Level(NULL, f"{unknown} or {name}_count_l = 0 or {name}_count_r = 0")]
    levels.append(Level(f"under {percents[0]} % of the {what}", f"{_cosine(name)} < {percents[0] / 100}"))
    levels += [Level(f"{a} to {b} % of the {what}", f"{_cosine(name)} < {b / 100}") for a, b in pairwise(percents)]
    return (*levels, Level(f"over {percents[-1]} % of the {what}", ELSE))


_DISTANCE_KM = (
    "(6371.0 * acos(least(1.0, greatest(-1.0, sin(radians(lat_l)) * sin(radians(lat_r)) + "
    "cos(radians(lat_l)) * cos(radians(lat_r)) * cos(radians(lon_l - lon_r))))))"
)
_UNPLACED = "(lat_{0} is null and len(broad_places_{0}) + len(within_{0}) = 0)"
"""Of a place that is named and no more it is not known where it lies."""
_OVERLAP = "first_day_l <= last_day_r and first_day_r <= last_day_l"
_WIDTH = "greatest(last_day_l - first_day_l, last_day_r - first_day_r)"
_RARE_SHARED = "len(list_filter(list_intersect({0}_l, {0}_r), lambda c: (c & 15) >= 12)) >= {1}"
_NEXT_WEEKDAY = "list_has_any(flatten(list_transform(weekdays_l, lambda d: [(d + 1) % 7, (d + 6) % 7])), weekdays_r)"
_BITS = " + ".join(f"bit_count(xor(sketch_{i}_l, sketch_{i}_r))::INTEGER" for i in range(SKETCH_PARTS))
_APART = f"(({_BITS}) / {64.0 * SKETCH_PARTS})"


def _near(what: str) -> str:
    return f"abs({what}_l - {what}_r) <= greatest(2, 0.34 * greatest({what}_l, {what}_r))"


def _names_levels(name: str) -> tuple[Level, ...]:
    return (
        Level(NULL, f"len({name}_l) = 0 or len({name}_r) = 0"),
        Level("nothing shared", f"not list_has_any({name}_l, {name}_r)"),
        Level("two rare words shared", _RARE_SHARED.format(name, 2)),
        Level("a rare word shared", _RARE_SHARED.format(name, 1)),
        Level("a common word shared", ELSE),
    )


COMPARISONS: dict[str, tuple[Level, ...]] = {
    "types": (
        Level(NULL, "len(types_l) = 0 or len(types_r) = 0"),
        Level("same types", "types_l = types_r"),
        Level("a type shared", "list_has_any(types_l, types_r)"),
        Level("a family of types shared", "list_has_any(families_l, families_r)"),
        Level("different types", ELSE),
    ),
    "time": (
        Level(NULL, "first_day_l is null or first_day_r is null"),
        Level("same day", f"{_OVERLAP} and {_WIDTH} <= 1"),
        Level("same days", f"{_OVERLAP} and {_WIDTH} <= 14"),
        Level("times overlap", _OVERLAP),
        Level("within two days", "first_day_l - 2 <= last_day_r and first_day_r - 2 <= last_day_l"),
        Level("within a month", "first_day_l - 31 <= last_day_r and first_day_r - 31 <= last_day_l"),
        Level("times exclude each other", ELSE),
    ),
    "published": (
        Level(NULL, f"{_ONE_PAGE} or published_day_l is null or published_day_r is null"),
        Level("within three days", "abs(published_day_l - published_day_r) <= 3"),
        Level("within a month", "abs(published_day_l - published_day_r) <= 31"),
        Level("within a year", "abs(published_day_l - published_day_r) <= 366"),
        Level("further apart", ELSE),
    ),
    "weekday": (
        Level(
            NULL,
            "len(weekdays_l) = 0 or len(weekdays_r) = 0 or (first_day_l is not null and first_day_r is not null)",
        ),
        Level("same weekday", "list_has_any(weekdays_l, weekdays_r)"),
        Level("next weekday", _NEXT_WEEKDAY),
        Level("different weekdays", ELSE),
    ),
    "place": (
        Level(
            NULL,
            f"not list_has_any(places_l, places_r) and ({_UNPLACED.format('l')} or {_UNPLACED.format('r')})",
        ),
        Level("same named place", "list_has_any(places_l, places_r)"),
        Level(
            "within 15 km",
            f"lat_l is not null and lat_r is not null and {_DISTANCE_KM} <= 15 + radius_km_l + radius_km_r",
        ),
        Level(
            "one contains the other",
            "(len(places_l) = 0 or len(places_r) = 0) and "
            "list_has_any(list_concat(broad_places_l, within_l), list_concat(broad_places_r, within_r))",
        ),
        Level(
            "different places of one region",
            "list_has_any(list_concat(broad_places_l, within_l), list_concat(broad_places_r, within_r))",
        ),
        Level("different places", ELSE),
    ),
    "perpetrators": _names_levels("perpetrators"),
    "targets": _names_levels("targets"),
    "victims": _names_levels("victims"),
    "killed": (
        Level(NULL, "killed_low_l is null or killed_low_r is null"),
        Level("same number", "killed_low_l = killed_low_r"),
        Level("near", _near("killed_low")),
        Level("far apart", ELSE),
    ),
    "injured": (
        Level(NULL, "injured_low_l is null or injured_low_r is null"),
        Level("same number", "injured_low_l = injured_low_r"),
        Level("near", _near("injured_low")),
        Level("far apart", ELSE),
    ),
    "names": _cosine_levels("names", "names", 1, 15, 30, 50),
    "wording": _cosine_levels("words", "words", 4, 7, 10, 14, 20, 35),
    "context": _cosine_levels("context", "words", 5, 8, 11, 14, 17, 21, 27, 35, 50, unknown=_ONE_PAGE),
    "roster": _cosine_levels("roster", "names", 1, 5, 10, 15, 22, 30, 40, 55, unknown=_ONE_PAGE),
    "days": _shared_levels("days", 1, 40),
    "years": _shared_levels("years", 1, 60),
    "numbers": _shared_levels("numbers", 15, 25, 35, 50),
    "meaning": (
        Level(NULL, "sketch_0_l is null or sketch_0_r is null"),
        Level("far", f"{_APART} > 0.34"),
        Level("related", f"{_APART} > 0.29"),
        Level("alike", f"{_APART} > 0.24"),
        Level("very alike", f"{_APART} > 0.18"),
        Level("nearly the same", ELSE),
    ),
}  # fmt: skip
"""Comparisons by name; their levels in the order in which they are tried."""


class LinkWeights(msgspec.Struct, frozen=True):
    """`prior`: how likely tellings that share a key are of one incident; `merge_at`: the mean probability from which
    two groups of tellings are one; `m` and `u` by comparison and level; `exponents`: by what each comparison's weights
    were damped (training/linking.py); `made`: from what, in words.
    """

    prior: float
    merge_at: float
    m: dict[str, dict[str, float]]
    u: dict[str, dict[str, float]]
    exponents: dict[str, float]
    made: str = ""


@cache
def load_weights() -> LinkWeights:
    """The weights that are packaged."""
    return msgspec.json.decode(WEIGHTS.read_bytes(), type=LinkWeights)


def labels_of(name: str) -> list[str]:
    """The levels of a comparison that weigh, in order: what their numbers mean."""
    return [level.label for level in COMPARISONS[name] if level.label != NULL]


def level_column(name: str) -> str:
    """The column that holds the number of the level that a pair reaches."""
    return f"c_{name}"


def levels_sql() -> str:
    """The columns of all comparisons, over `_l` and `_r` columns."""
    cases = []
    for name, levels in COMPARISONS.items():
        number = {label: i for i, label in enumerate(labels_of(name))} | {NULL: UNKNOWN}
        whens = " ".join(f"when {x.sql} then {number[x.label]}" for x in levels if x.sql != ELSE)
        cases.append(f"(case {whens} else {number[levels[-1].label]} end)::tinyint as {level_column(name)}")
    return ", ".join(cases)


def splink_settings(weights: LinkWeights) -> SettingsCreator:
    """The settings for Splink: the comparisons above, preset, over pairs whose levels are known by their numbers."""
    comparisons: list[ComparisonCreator | dict[str, Any]] = []
    for name in COMPARISONS:
        column = f"{level_column(name)}_l"
        held: list[dict[str, Any]] = [
            {"sql_condition": f"{column} = {UNKNOWN}", "label_for_charts": NULL, "is_null_level": True}
        ]
        held += [
            {
                "sql_condition": f"{column} = {number}",
                "label_for_charts": label,
                "m_probability": weights.m[name][label],
                "u_probability": weights.u[name][label],
                "fix_m_probability": True,
                "fix_u_probability": True,
            }
            for number, label in enumerate(labels_of(name))
        ]
        comparisons.append({"output_column_name": name, "comparison_levels": held})
    return SettingsCreator(
        link_type="dedupe_only",
        comparisons=comparisons,
        blocking_rules_to_generate_predictions=[{"blocking_rule": "1 = 0"}],
        probability_two_random_records_match=weights.prior,
        retain_matching_columns=False,
        retain_intermediate_calculation_columns=False,
    )
