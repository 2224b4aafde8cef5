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
    make_day,
    make_decade,
    make_month,
    make_week,
    make_year,
)

_WEEKDAYS = ("monday", "tuesday", "wednesday", "thursday", "friday", "saturday", "sunday")
_SHORT = ("mon", "tues?", "wed", "thu(?:rs?)?", "fri", "sat", "sun")
_NAMED = r"(?<!easter )(?<!palm )(?<!bloody )(?<!good )(?<!black )(?<!holy )(?<!ash )(?<!shrove )(?<!whit )(?<!maundy )"
"""Days with names of their own, whose dates are not to be had from the weekday."""
_WEEKDAY = re.compile(_NAMED + r"\b(?:" + "|".join(f"({name}|{short}\\b\\.?)" for name, short in zip(_WEEKDAYS, _SHORT, strict=True)) + r")")  # fmt: skip  # noqa: E501
_AGO = re.compile(
    r"\b((?:[\w,.'-]+ ){0,3}?[\w,.'-]+|an?) (minute|hour|day|night|week|month|year|decade)s? (ago|earlier|back)\b"
)
_PAST = re.compile(
    r"\b(?:in|over|during|within|for|throughout)?\s*(?:the )?(last|past|previous|preceding|recent)"
    r" ((?:[\w-]+ )?)(hour|day|night|week|month|year|decade)s?\b"
)
_THIS = re.compile(r"\b(this|the current|earlier this|later this) (week|month|year|decade|morning|afternoon|evening|night)\b")  # fmt: skip  # noqa: E501
_NEXT = re.compile(r"\b(?:next|coming) (day|week|month|year)\b")
_TODAY = re.compile(
    r"\b(today|to-day|tonight|now|at present|currently|this (?:morning|afternoon|evening)|earlier in the day|at dawn|"
    r"at noon|at midnight|in the early hours|just now|moments ago|hours ago|minutes ago)\b"
)
_YESTERDAY = re.compile(r"\b(yesterday|last night|overnight|the (?:previous|preceding) (?:day|evening|night))\b")
_DAY_OF_WEEK = re.compile(r"\b(?:of |in |the )?(last|this|next|previous|past) week\b")
_DAYS = re.compile(
    r"\b(?:between|from)?\s*(\w+)\.?(?: (?:morning|night|evening))?\s*(?:-|and|to|until|till|through|or)\s*(\w+)\b"
)
_DAY_OF_MONTH = re.compile(r"(?:on |by |since |until )?(?:the night of )?the (\d{1,2})(?: (?:instant|inst))?\.?$")
_WEEKEND = re.compile(r"\b(?:(this|last|next|past) )?weekend\b")
_HALF = re.compile(r"\b(?:(half a|half an)|(\w+) and a half|(\w+)) (month|year)s?( and a half)? (?:ago|earlier)\b")
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
    if which == "recent":
        return None
    over = re.match(r"(?:in|over|during|within|for|throughout)\b", m[0].strip()) is not None
    values = read_numerals(words)
    vague = words in ("few", "several", "couple", "some")
    if words and not values and not vague:
        return None
    count = values[-1] if values else 3 if vague else 1
    if unit in ("hour", "day", "night"):
        first = add_days(anchor, -(count if unit != "hour" else -(-count // 24)))
        return Period(first, anchor if count > 1 or unit == "hour" else first, "day")
    if not words and not over and which in ("last", "previous", "preceding"):
        if unit == "week":
            return make_week(add_days(anchor, -7))
        if unit == "month":
            return _months(anchor, -1)
        return make_year(anchor.year - 1) if unit == "year" else make_decade(anchor.year // 10 * 10 - 10)
    days = {"week": 7, "month": 30, "year": 365, "decade": 3652}[unit] * count
    return Period(add_days(anchor, -days), anchor, unit)


def _this(m: "re.Match[str]", anchor: date) -> Period | None:
    """What is earlier in a period ends with the day of the text, what is later begins with it."""
    unit = m[2]
    whole = {
        "week": make_week(anchor),
        "month": make_month(anchor.year, anchor.month),
        "year": make_year(anchor.year),
        "decade": make_decade(anchor.year // 10 * 10),
    }.get(unit)
    if whole is None:
        return _day(anchor)
    if m[1].startswith("earlier"):
        return Period(whole.start, anchor, whole.precision)
    return Period(anchor, whole.end, whole.precision) if m[1].startswith("later") else whole


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
    week = _DAY_OF_WEEK.search(m.string)
    if week:
        step = {"this": 0, "next": 7}.get(week[1], -7)
        return _day(add_days(anchor, number - anchor.weekday() + step))
    if re.search(r"\b(next|coming|this coming)\s+$", before):
        return _day(add_days(anchor, (number - anchor.weekday() - 1) % 7 + 1))
    if re.search(r"\bthis\s+$", before):
        return _day(add_days(anchor, number - anchor.weekday()))
    back = (anchor.weekday() - number) % 7
    if re.search(r"\b(last|previous|past)\s+$", before) and back == 0:
        back = 7
    return _day(add_days(anchor, -back))


def _weekdays(m: "re.Match[str]", anchor: date) -> Period | None:
    """From "between Monday and Wednesday" the last such days, in their order."""
    first, last = _WEEKDAY.fullmatch(m[1]), _WEEKDAY.fullmatch(m[2])
    if not first or not last:
        return None
    end = _weekday(last, anchor).start
    start = _weekday(first, end).start
    return Period(start, end, "day")


def _day_of_month(m: "re.Match[str]", anchor: date) -> Period | None:
    """The last 12th of a month for "the 12th"."""
    for back in range(3):
        year, month = add_months(anchor, -back)
        found = make_day(year, month, int(m[1]))
        if found and found.start <= anchor:
            return found
    return None


def _weekend(m: "re.Match[str]", anchor: date) -> Period:
    """The last one that has begun, or what "this", "next" and "last" week's is."""
    saturday = add_days(anchor, 5 - anchor.weekday())
    if m[1] == "next":
        saturday = add_days(saturday, 7)
    elif m[1] == "last" or (m[1] != "this" and saturday > anchor):
        saturday = add_days(saturday, -7)
    return Period(saturday, add_days(saturday, 1), "day")


def _half(m: "re.Match[str]", anchor: date) -> Period | None:
    """What is told in halves ("a year and a half ago") is known to a month, or half of it."""
    if not (m[1] or m[2] or m[5]):
        return None
    count = 0 if m[1] else next(iter(read_numerals(m[2] or m[3])), 1)
    if m[4] == "year":
        return _months(anchor, -(12 * count + 6))
    middle = add_days(anchor, -(30 * count + 15))
    return Period(add_days(middle, -7), add_days(middle, 7), "week")


Rule = Callable[["re.Match[str]", date], "Period | None"]
_RULES: tuple[tuple["re.Pattern[str]", Rule], ...] = (
    (re.compile(r"\bday before yesterday\b"), _before_yesterday),
    (_HALF, _half),
    (_AGO, _ago),
    (_DAYS, _weekdays),
    (_DAY_OF_MONTH, _day_of_month),
    (_WEEKEND, _weekend),
    (_WEEKDAY, _weekday),
    (_PAST, _past),
    (_YESTERDAY, lambda _, anchor: _day(add_days(anchor, -1))),
    (re.compile(r"\btomorrow\b"), lambda _, anchor: _day(add_days(anchor, 1))),
    (_THIS, _this),
    (_NEXT, _next),
    (_TODAY, lambda _, anchor: _day(anchor)),
)
