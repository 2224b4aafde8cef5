"""Periods: a first and a last day, with a precision.

In: calendar values. Out: `Period`s. Never: words (see times.py).
"""

import calendar
from dataclasses import dataclass
from datetime import date, timedelta


@dataclass(frozen=True, slots=True)
class Period:
    """From `start` to `end` (both inclusive), known to `precision` of vocabulary.TIME_PRECISIONS."""

    start: date
    end: date
    precision: str


def make_day(year: int, month: int, day: int) -> Period | None:
    """One day; None if there is no such day."""
    try:
        found = date(year, month, day)
    except ValueError:
        return None
    return Period(found, found, "day")


def make_month(year: int, month: int, part: str = "") -> Period | None:
    """A month, or the `early` (1 to 10), `mid` (11 to 20) or `late` (21 on) part of it, or its `first half` (1 to 15).

    >>> make_month(2024, 2, "late")
    Period(start=datetime.date(2024, 2, 21), end=datetime.date(2024, 2, 29), precision='week')
    """
    if not (1 <= month <= 12 and 1 <= year <= 9999):
        return None
    last = calendar.monthrange(year, month)[1]
    first_day, last_day = {
        "early": (1, 10), "mid": (11, 20), "late": (21, last), "first half": (1, 15), "second half": (16, last),
    }.get(part, (1, last))  # fmt: skip
    return Period(date(year, month, first_day), date(year, month, last_day), "week" if part else "month")


def make_year(year: int, part: str = "") -> Period | None:
    """A year, or the `early`, `mid` or `late` third of it, or a half."""
    if not 1 <= year <= 9999:
        return None
    first, last = {
        "early": (1, 4), "mid": (5, 8), "late": (9, 12), "first half": (1, 6), "second half": (7, 12),
    }.get(part, (1, 12))  # fmt: skip
    return Period(date(year, first, 1), date(year, last, calendar.monthrange(year, last)[1]),
                  "season" if part else "year")  # fmt: skip


def make_decade(year: int, part: str = "") -> Period | None:
    """The ten years that begin with `year`."""
    if not 1 <= year <= 9990:
        return None
    first, last = {
        "early": (0, 3), "mid": (3, 6), "late": (6, 9), "first half": (0, 4), "second half": (5, 9),
    }.get(part, (0, 9))  # fmt: skip
    return Period(date(year + first, 1, 1), date(year + last, 12, 31), "decade")


def make_season(year: int, season: str) -> Period | None:
    """A season of the northern half of the earth; the winter of a year begins in its December.

    >>> make_season(1988, "spring")
    Period(start=datetime.date(1988, 3, 1), end=datetime.date(1988, 5, 31), precision='season')
    """
    if not 1 <= year <= 9998:
        return None
    first = {"spring": 3, "summer": 6, "autumn": 9, "fall": 9, "winter": 12}[season]
    end_year, last = (year + 1, 2) if first == 12 else (year, first + 2)
    return Period(date(year, first, 1), date(end_year, last, calendar.monthrange(end_year, last)[1]), "season")


def make_week(day: date) -> Period:
    """The week, from Monday to Sunday, in which `day` lies."""
    start = add_days(day, -day.weekday())
    return Period(start, add_days(start, 6), "week")


def add_days(day: date, days: int) -> date:
    """`day` moved by `days`, no farther than the calendar goes."""
    try:
        return day + timedelta(days=days)
    except OverflowError:
        return date.max if days > 0 else date.min


def add_months(day: date, months: int) -> tuple[int, int]:
    """Year and month of the month that lies `months` after that of `day`."""
    count = day.year * 12 + day.month - 1 + months
    return count // 12, count % 12 + 1
