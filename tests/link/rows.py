"""Rows to be linked, short to write."""

from collections.abc import Sequence

from rashomon.link import LinkRow, score_pairs
from rashomon.link.words import code_of, norm_of

TOWNS = {"tarn": (10.0, 20.0), "orrin": (10.9, 21.0), "vell": (14.0, 25.0)}
WORDS = [f"{a}{b}{c}" for a in ("quen", "brud", "ister") for b in ("ol", "ama", "ik") for c in ("dra", "vash", "tine")]


def make_row(number: int, page: int, town: str, day: int | None, words: Sequence[str], killed: int | None) -> LinkRow:
    lat, lon = TOWNS[town]
    codes = sorted({code_of(w) for w in words})
    return LinkRow(
        unique_id=f"p{page}.t{number}", page=f"p{page}", item=None, families=["violence"], types=["killing"],
        first_day=day, last_day=day, published_day=None if day is None else day + 1, lat=lat, lon=lon, radius_km=0.0,
        places=[town], broad_places=[], within=["coast"], perpetrators=codes[:1], targets=codes[1:2],
        victims=[], killed_low=killed, killed_high=killed, injured_low=None, names=codes[:3], words=codes,
        context=codes, roster=codes[:3], words_norm=norm_of(codes), context_norm=norm_of(codes),
        roster_norm=norm_of(codes[:3]), names_norm=norm_of(codes[:3]), weekdays=[], days=[], years=[], numbers=[],
        sketch_0=None, sketch_1=None, sketch_2=None, sketch_3=None,
    )  # fmt: skip


def level(comparison: str, first: LinkRow, second: LinkRow) -> str:
    """The level that two tellings of two pages reach."""
    (link,) = score_pairs([first, second], min_probability=1e-12)
    return next(w.level for w in link.weights if w.comparison == comparison)
