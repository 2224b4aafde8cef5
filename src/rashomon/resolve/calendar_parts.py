"""Weeks, quarters and feasts: "the third week of March", "Q3 2021", "New Year's Eve".

In: folded words and an anchor for years left out. Out: a `Period`. Never: a feast that moves, such as Easter.
"""

import re
from datetime import date

from rashomon.resolve.periods import Period, add_days, make_day, make_month, make_week
from rashomon.resolve.wording import MONTHS

_NUMBERS = {"first": 1, "1": 1, "second": 2, "2": 2, "third": 3, "3": 3, "fourth": 4, "4": 4, "last": -1}
_NUMBER = "(" + "|".join(_NUMBERS) + ")"
_FULL_YEAR = r"((?:1[5-9]|20|21)\d\d)"
_MONTH = "(" + "|".join(MONTHS) + ")"
_QUARTER = re.compile(
    rf"\b{_NUMBER} quarter(?:,? (?:of |in )?{_FULL_YEAR})?|\bq([1-4]),? (?:of )?{_FULL_YEAR}|\b{_FULL_YEAR} q([1-4])\b"
)
_WEEK = re.compile(rf"\b{_NUMBER} (?:full )?week (?:of|in) {_MONTH}(?:,? (?:of )?{_FULL_YEAR})?")
_WEEK_OF = re.compile(
    r"\bweek (?:of|beginning|starting|commencing)(?: on)? "
    rf"(?:(\d{{1,2}}) (?:of )?{_MONTH}|{_MONTH} (\d{{1,2}}))(?:,? (?:of )?{_FULL_YEAR})?"
)
_FEASTS = {
    "christmas eve": (12, 24), "christmas day": (12, 25), "boxing day": (12, 26), "new year's eve": (12, 31),
    "new year's day": (1, 1), "may day": (5, 1), "valentine's day": (2, 14),
}  # fmt: skip
_FEAST = re.compile(r"\b(" + "|".join(_FEASTS) + rf")(?:,? (?:of |in )?{_FULL_YEAR})?")


def find_part(folded: str, anchor: date | None) -> Period | None:
    """The week of a month, quarter or feast that is named; a year left out is that of the last such one.

    >>> find_part("the third week of march 2022", None)
    Period(start=datetime.date(2022, 3, 15), end=datetime.date(2022, 3, 21), precision='week')
    >>> find_part("q3 2021", None).end, find_part("new year's eve", date(2024, 1, 5)).start
    (datetime.date(2021, 9, 30), datetime.date(2023, 12, 31))
    """
    for pattern, rule in _RULES:
        match = pattern.search(folded)
        if match:
            return rule(match, anchor)
    return None


def _last_year_of(month: int, day: int, anchor: date | None) -> int | None:
    if anchor is None:
        return None
    return anchor.year if (month, day) <= (anchor.month, anchor.day) else anchor.year - 1


def _quarter(m: "re.Match[str]", anchor: date | None) -> Period | None:
    number = _NUMBERS[m[1]] if m[1] else int(m[3] or m[6])
    number = 4 if number == -1 else number
    written = m[2] or m[4] or m[5]
    year = int(written) if written else _last_year_of(number * 3 - 2, 1, anchor)
    if year is None:
        return None
    first, last = make_month(year, number * 3 - 2), make_month(year, number * 3)
    return Period(first.start, last.end, "season") if first and last else None


def _week(m: "re.Match[str]", anchor: date | None) -> Period | None:
    month = MONTHS.index(m[2]) + 1
    year = int(m[3]) if m[3] else _last_year_of(month, 1, anchor)
    whole = make_month(year, month) if year else None
    if whole is None:
        return None
    number = _NUMBERS[m[1]]
    start = add_days(whole.end, -6) if number == -1 else add_days(whole.start, 7 * (number - 1))
    return Period(start, add_days(start, 6), "week")


def _week_of(m: "re.Match[str]", anchor: date | None) -> Period | None:
    day, month = int(m[1] or m[4]), MONTHS.index(m[2] or m[3]) + 1
    year = int(m[5]) if m[5] else _last_year_of(month, day, anchor)
    found = make_day(year, month, day) if year else None
    return make_week(found.start) if found else None


def _feast(m: "re.Match[str]", anchor: date | None) -> Period | None:
    month, day = _FEASTS[m[1]]
    year = int(m[2]) if m[2] else _last_year_of(month, day, anchor)
    return make_day(year, month, day) if year else None


_RULES = ((_QUARTER, _quarter), (_WEEK, _week), (_WEEK_OF, _week_of), (_FEAST, _feast))
