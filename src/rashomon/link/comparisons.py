"""What is compared between two tellings, and how much each outcome weighs.

In: nothing. Out: Splink settings with preset m and u. Never: training at run time: a case of three pages is linked by
the same weights as one of a million.

m is how often tellings of one incident reach a level, u how often tellings of two incidents do that passed blocking.
The values are estimates of ours from labelled pairs (docs/linking.md says which), rounded.
"""

from dataclasses import dataclass
from typing import Any

from splink import SettingsCreator
from splink.internals.comparison_creator import ComparisonCreator


@dataclass(frozen=True, slots=True)
class Level:
    """One outcome of a comparison: an SQL condition over `_l` and `_r` columns, and its m and u."""

    label: str
    sql: str
    m: float
    u: float


NULL = "null"
_DISTANCE_KM = (
    "(6371.0 * acos(least(1.0, greatest(-1.0, sin(radians(lat_l)) * sin(radians(lat_r)) + "
    "cos(radians(lat_l)) * cos(radians(lat_r)) * cos(radians(lon_l - lon_r))))))"
)
_SHARED_WORDS = "(len(list_intersect(words_l, words_r)) / greatest(1, least(len(words_l), len(words_r))))"

_NEAR_NUMBER = "greatest(2, 0.34 * greatest(killed_low_l, killed_low_r))"

COMPARISONS: dict[str, tuple[Level, ...]] = {
    "types": (
        Level(NULL, "len(types_l) = 0 or len(types_r) = 0", 0, 0),
        Level("same types", "types_l = types_r", 0.45, 0.10),
        Level("share a type", "list_has_any(types_l, types_r)", 0.38, 0.15),
        Level("share a family of types", "list_has_any(families_l, families_r)", 0.14, 0.25),
        Level("different types", "ELSE", 0.03, 0.50),
    ),
    "time": (
        Level(NULL, "first_day_l is null or first_day_r is null", 0, 0),
        Level(
            "same day",
            "first_day_l = first_day_r and last_day_l = last_day_r and last_day_l - first_day_l <= 1", 0.62, 0.02,
        ),
        Level("times overlap", "first_day_l <= last_day_r and first_day_r <= last_day_l", 0.20, 0.06),
        Level("within two days", "first_day_l - 2 <= last_day_r and first_day_r - 2 <= last_day_l", 0.14, 0.05),
        Level("times exclude each other", "ELSE", 0.04, 0.87),
    ),
    "place": (
        Level(NULL, "len(places_l) + len(broad_places_l) = 0 or len(places_r) + len(broad_places_r) = 0", 0, 0),
        Level("same named place", "list_has_any(places_l, places_r)", 0.70, 0.06),
        Level(
            "within 15 km",
            f"lat_l is not null and lat_r is not null and {_DISTANCE_KM} <= 15 + radius_km_l + radius_km_r", 0.12, 0.02,
        ),
        Level(
            "one contains the other",
            "(len(places_l) = 0 or len(places_r) = 0) and (list_has_any(broad_places_l, broad_places_r))", 0.11, 0.10,
        ),
        Level("different places", "ELSE", 0.07, 0.82),
    ),
    "perpetrators": (
        Level(NULL, "len(perpetrators_l) = 0 or len(perpetrators_r) = 0", 0, 0),
        Level("share a name", "list_has_any(perpetrators_l, perpetrators_r)", 0.75, 0.22),
        Level("different", "ELSE", 0.25, 0.78),
    ),
    "targets": (
        Level(NULL, "len(targets_l) = 0 or len(targets_r) = 0", 0, 0),
        Level("share two words", "len(list_intersect(targets_l, targets_r)) >= 2", 0.42, 0.01),
        Level("share a word", "list_has_any(targets_l, targets_r)", 0.33, 0.08),
        Level("different", "ELSE", 0.25, 0.91),
    ),
    "killed": (
        Level(NULL, "killed_low_l is null or killed_low_r is null", 0, 0),
        Level("same number", "killed_low_l = killed_low_r", 0.60, 0.12),
        Level("near", f"abs(killed_low_l - killed_low_r) <= {_NEAR_NUMBER}", 0.27, 0.30),
        Level("far apart", "ELSE", 0.13, 0.58),
    ),
    "wording": (
        Level(NULL, "len(words_l) = 0 or len(words_r) = 0", 0, 0),
        Level("most words", f"{_SHARED_WORDS} >= 0.6", 0.25, 0.002),
        Level("many words", f"{_SHARED_WORDS} >= 0.35", 0.32, 0.02),
        Level("some words", f"{_SHARED_WORDS} >= 0.18", 0.28, 0.15),
        Level("few words", "ELSE", 0.15, 0.828),
    ),
}  # fmt: skip

BLOCKING_RULES: tuple[dict[str, Any], ...] = (
    {"blocking_rule": "l.place_week = r.place_week", "arrays_to_explode": ["place_week"]},
    {"blocking_rule": "l.target_family = r.target_family", "arrays_to_explode": ["target_family"]},
    {"blocking_rule": "l.place_family = r.place_family", "arrays_to_explode": ["place_family"]},
)
"""Candidates share a place and a week; or a target's word and a family of types; or a place and a family of types
where a time
is missing. Keys are made in `score.py`."""

PRIOR = 0.02
"""Probability that two tellings which pass blocking tell of one incident."""


def splink_settings() -> SettingsCreator:
    """The settings for Splink: the comparisons above, preset."""
    comparisons: list[ComparisonCreator | dict[str, Any]] = []
    for name, levels in COMPARISONS.items():
        held: list[dict[str, Any]] = []
        for level in levels:
            if level.label == NULL:
                held.append({"sql_condition": level.sql, "label_for_charts": "unknown", "is_null_level": True})
            else:
                held.append(
                    {
                        "sql_condition": level.sql,
                        "label_for_charts": level.label,
                        "m_probability": level.m,
                        "u_probability": level.u,
                        "fix_m_probability": True,
                        "fix_u_probability": True,
                    }
                )
        comparisons.append({"output_column_name": name, "comparison_levels": held})
    return SettingsCreator(
        link_type="dedupe_only",
        comparisons=comparisons,
        blocking_rules_to_generate_predictions=list(BLOCKING_RULES),
        probability_two_random_records_match=PRIOR,
        retain_matching_columns=False,
        retain_intermediate_calculation_columns=True,
        additional_columns_to_retain=["page"],
    )
