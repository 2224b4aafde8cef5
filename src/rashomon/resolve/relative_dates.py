"""Times told from the day of the text: "yesterday", "last Tuesday", "two weeks ago", "this month".

In: folded words and the day of publication. Out: a `Period`. Never: a guess when that day is not known.
"""

import re
from collections.abc import Callable
from datetime import date

from rashomon.resolve.numerals import read_numerals
from rashomon.resolve.periods import (
    Period,
    add_days,
    add_months,
    make_decade,
    make_month,
    make_week,
    make_year,
)

_WEEKDAYS = ("monday", "tuesday", "wednesday", "thursday", "friday", "saturday", "sunday")
_SHORT = ("mon", "tues?", "wed", "thu(?:rs?)?", "fri", "sat", "sun")
_WEEKDAY = re.compile(r"\b(?:" + "|".join(f"({name}|{short}\\b\\.?)" for name, short in zip(_WEEKDAYS, _SHORT, strict=True)) + r")")  # fmt: skip  # noqa: E501
_AGO = re.compile(
    r"\b((?:[\w,.'-]+ ){0,3}?[\w,.'-]+|an?) (minute|hour|day|night|week|month|year|decade)s? (ago|earlier|back)\b"
)
_PAST = re.compile(
    r"\b(?:in|over|during|within|for|throughout)?\s*(?:the )?(last|past|previous|preceding|recent)"
    r" ((?:[\w-]+ )?)(hour|day|night|week|month|year|decade)s?\b"
)
_THIS = re.compile(r"\b(this|the current|earlier this|later this|the same|that) (week|month|year|decade|morning|afternoon|evening|night)\b")  # fmt: skip  # noqa: E501
_NEXT = re.compile(r"\b(?:next|coming|following) (day|week|month|year)\b")
_TODAY = re.compile(
    r"\b(today|to-day|tonight|now|at present|currently|this (?:morning|afternoon|evening)|earlier in the day|at dawn|"
    r"at noon|at midnight|in the early hours|just now|moments ago|hours ago|minutes ago)\b"
)
_YESTERDAY = re.compile(r"\b(yesterday|last night|overnight|the (?:previous|preceding) (?:day|evening|night))\b")
_LENGTH = {"day": 1, "night": 1, "week": 7}


def find_relative(folded: str, anchor: date | None) -> Period | None:
    """The period that `folded` names, counted from `anchor`; None if there is none, or no anchor.

    >>> find_relative("two days ago", date(2024, 5, 16)).start.isoformat()
    '2024-05-14'
    >>> find_relative("last month", date(2024, 1, 16)).start.isoformat()
    '2023-12-01'
    """
    if anchor is None:
        return None
    for pattern, rule in _RULES:
        match = pattern.search(folded)
        if match:
            found = rule(match, anchor)
            if found is not None:
                return found
    return None


def _day(day: date) -> Period:
    return Period(day, day, "day")


def _months(anchor: date, months: int) -> Period | None:
    return make_month(*add_months(anchor, months))


def _before_yesterday(_: "re.Match[str]", anchor: date) -> Period:
    return _day(add_days(anchor, -2))


def _ago(m: "re.Match[str]", anchor: date) -> Period | None:
    """Counted back by what is told; what lies further back is known less finely."""
    words, unit = m[1], m[2]
    values = read_numerals(words)
    vague = re.search(r"\b(several|few|couple|some|many)\b", words)
    count = values[-1] if values else 2 if vague and "couple" in words else 3 if vague else 1
    if not values and not vague and not re.search(r"\b(an?|the|one)$", words):
        return None
    if unit in ("minute", "hour"):
        return _day(add_days(anchor, -(count // 24 if unit == "hour" else 0)))
    if unit in _LENGTH:
        day = add_days(anchor, -count * _LENGTH[unit])
        if vague and not values:
            return Period(add_days(day, -3 * _LENGTH[unit]), add_days(day, 2 * _LENGTH[unit]), "week")
        return _day(day) if unit != "week" else make_week(day)
    if unit == "month":
        return _months(anchor, -count)
    return make_year(anchor.year + -count * (10 if unit == "decade" else 1))


def _past(m: "re.Match[str]", anchor: date) -> Period | None:
    which, words, unit = m[1], m[2].strip(), m[3]
    values = read_numerals(words)
    vague = words in ("few", "several", "couple", "some")
    if words and not values and not vague:
        return None
    count = values[-1] if values else 3 if vague else 1
    if unit in ("hour", "day", "night"):
        first = add_days(anchor, -(count if unit != "hour" else -(-count // 24)))
        return Period(first, anchor if count > 1 or unit == "hour" else first, "day")
    if not words and which in ("last", "previous", "preceding"):
        if unit == "week":
            return make_week(add_days(anchor, -7))
        if unit == "month":
            return _months(anchor, -1)
        return make_year(anchor.year - 1) if unit == "year" else make_decade(anchor.year // 10 * 10 - 10)
    days = {"week": 7, "month": 30, "year": 365, "decade": 3652}[unit] * count
    return Period(add_days(anchor, -days), anchor, unit)


def _this(m: "re.Match[str]", anchor: date) -> Period | None:
    unit = m[2]
    if unit == "week":
        return make_week(anchor)
    if unit == "month":
        return make_month(anchor.year, anchor.month)
    if unit == "year":
        return make_year(anchor.year)
    return make_decade(anchor.year // 10 * 10) if unit == "decade" else _day(anchor)


def _next(m: "re.Match[str]", anchor: date) -> Period | None:
    unit = m[1]
    if unit == "day":
        return _day(add_days(anchor, 1))
    if unit == "week":
        return make_week(add_days(anchor, 7))
    return _months(anchor, 1) if unit == "month" else make_year(anchor.year + 1)


def _weekday(m: "re.Match[str]", anchor: date) -> Period:
    """The last such day up to the anchor: a text of Thursday that says "on Thursday" means its own day."""
    number = next(i for i, name in enumerate(m.groups()) if name)
    before = m.string[: m.start()]
    if re.search(r"\b(next|coming|this coming)\s+$", before):
        return _day(add_days(anchor, (number - anchor.weekday() - 1) % 7 + 1))
    back = (anchor.weekday() - number) % 7
    if re.search(r"\b(last|previous|past)\s+$", before) and back == 0:
        back = 7
    return _day(add_days(anchor, -back))


Rule = Callable[["re.Match[str]", date], "Period | None"]
_RULES: tuple[tuple["re.Pattern[str]", Rule], ...] = (
    (re.compile(r"\bday before yesterday\b"), _before_yesterday),
    (_AGO, _ago),
    (_PAST, _past),
    (_YESTERDAY, lambda _, anchor: _day(add_days(anchor, -1))),
    (re.compile(r"\btomorrow\b"), lambda _, anchor: _day(add_days(anchor, 1))),
    (_WEEKDAY, _weekday),
    (_THIS, _this),
    (_NEXT, _next),
    (_TODAY, lambda _, anchor: _day(anchor)),
)
