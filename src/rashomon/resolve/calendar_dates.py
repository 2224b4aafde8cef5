"""Dates that name a day, month, season, year or decade.

In: folded words and an anchor for years left out. Out: `Period`s, in their order. Never: relative times.
"""

import re
from collections.abc import Callable
from datetime import date

from rashomon.resolve.periods import Period, make_day, make_decade, make_month, make_season, make_year
from rashomon.resolve.wording import MONTHS

_ABBREVIATED = {name[:3]: i for i, name in enumerate(MONTHS, start=1)} | {"sept": 9}
_MONTH = r"(" + "|".join(sorted((*MONTHS, *_ABBREVIATED), key=len, reverse=True)) + r")\b\.?"
_PLAIN_DAY = r"(?:0?[1-9]|[12]\d|3[01])(?!\d)"
_DAY = rf"({_PLAIN_DAY})"
_YEAR = r"(?:,?\s*(?:of\s+)?((?:1[5-9]|20|21)\d\d(?!\d)|'?\d\d(?![\d:])))?"
_CLEAR_YEAR = r"(?:,?\s*(?:of\s+|in\s+)?((?:1[5-9]|20|21)\d\d(?!\d)|'\d\d(?!\d)))?"
"""After a month alone: "Sept. 11" is a day whose year is left out, not September 2011."""
_OF_YEAR = r",?\s+(?:of\s+|in\s+)?((?:1[5-9]|20|21)\d\d|'\d\d)"
_FULL_YEAR = r"((?:1[5-9]|20|21)\d\d)(?!\d)"
_PART = r"(?:(early|mid|middle|late|beginning|start|end|first half|second half|last days|first days)(?:[ -]+(?:of|in))?[ -]+(?:the )?)?"  # noqa: E501
_PARTS = {"middle": "mid", "beginning": "early", "start": "early", "first days": "early", "end": "late",
          "last days": "late"}  # fmt: skip
_TO = r"\s*(?:-|/|to|and|or|until|till|through|\+|&)\s*(?:the\s+)?"
_LAST = r"\s*,?\s*(?:and|&|or)\s*"
_SEASON = r"(spring|summer|autumn|fall|winter)"
_DECADES = {"twenties": 1920, "thirties": 1930, "forties": 1940, "fifties": 1950, "sixties": 1960, "seventies": 1970,
            "eighties": 1980, "nineties": 1990}  # fmt: skip
LONGEST_BACK = 305
"""Days, ten months: a date without a year that lies further back may as well be the coming one, so it is not known."""

Rule = Callable[["re.Match[str]", date | None], list[Period | None]]


def find_dates(folded: str, anchor: date | None) -> list[Period]:
    """The calendar dates in `folded`; a year that is left out is that of the nearest such day not after `anchor`,
    if that is no more than ten months back.

    >>> [str(p.start) for p in find_dates("3 jan 90 and may 4", date(1990, 6, 1))]
    ['1990-01-03', '1990-05-04']
    """
    found: list[tuple[int, Period]] = []
    rest = folded
    for pattern, rule in _RULES:
        for match in pattern.finditer(rest):
            periods = [p for p in rule(match, anchor) if p is not None]
            if periods:
                found += [(match.start(), p) for p in periods]
                rest = rest[: match.start()] + "#" * (match.end() - match.start()) + rest[match.end() :]
    return [p for _, p in sorted(found, key=lambda item: (item[0], item[1].start))]


def _month(name: str) -> int:
    return _ABBREVIATED[name[:3]]


def _full_year(written: str | None) -> int | None:
    """The likes of "90" are 1990 and of "07" 2007: two figures are of the hundred years up to 2039."""
    if not written:
        return None
    value = int(written.strip("'"))
    return value if value > 99 else value + (2000 if value < 40 else 1900)


def _day_of(day: int, month: int, year: int | None, anchor: date | None) -> Period | None:
    if year is not None:
        return make_day(year, month, day)
    if anchor is None:
        return None
    for candidate in range(anchor.year, anchor.year - 5, -1):
        found = make_day(candidate, month, day)
        if found is not None and (found.start - anchor).days <= 1:
            return found if _is_recent(found, anchor) or candidate < anchor.year - 1 else None
    return None


def _is_recent(period: Period, anchor: date) -> bool:
    return (anchor - period.end).days <= LONGEST_BACK


def _month_of(month: int, part: str, year: int | None, anchor: date | None) -> Period | None:
    if year is None and anchor is None:
        return None
    if year is None and anchor is not None:
        found = make_month(anchor.year if month <= anchor.month else anchor.year - 1, month, part)
        return found if found and _is_recent(found, anchor) else None
    return make_month(year or 1, month, part)


def _iso(m: "re.Match[str]", _: date | None) -> list[Period | None]:
    return [make_day(int(m[1]), int(m[2]), int(m[3]))]


def _figures(m: "re.Match[str]", _: date | None) -> list[Period | None]:
    first, second, year = int(m[1]), int(m[3]), _full_year(m[4])
    assert year is not None
    if first > 12 or first == second:
        return [make_day(year, second, first)]
    if second > 12:
        return [make_day(year, first, second)]
    return _either(make_month(year, min(first, second)), make_month(year, max(first, second)))


def _either(first: Period | None, second: Period | None) -> list[Period | None]:
    """Day and month may be swapped: from the one month to the other."""
    either = sorted((p for p in (first, second) if p), key=lambda p: p.start)
    return [Period(either[0].start, either[-1].end, "month")] if either else []


def _compact(m: "re.Match[str]", _: date | None) -> list[Period | None]:
    return [make_day(int(m[1]), int(m[2]), int(m[3]))]


def _day_and_month(m: "re.Match[str]", anchor: date | None) -> list[Period | None]:
    """Of "13/5" the day is plain, of "4/5" either may be the month; "9/11" is a name."""
    first, second = int(m[1]), int(m[2])
    if (first, second) == (9, 11):
        return [make_day(2001, 9, 11)]
    if first > 12 or first == second:
        return [_day_of(first, second, None, anchor)] if second <= 12 else []
    if second > 12:
        return [_day_of(second, first, None, anchor)]
    days = [_day_of(second, first, None, anchor), _day_of(first, second, None, anchor)]
    if None in days or anchor is None:
        return []
    months = [make_month(d.start.year, d.start.month) for d in days if d]
    return _either(months[0], months[1])


def _month_in_figures(m: "re.Match[str]", _: date | None) -> list[Period | None]:
    return [make_month(int(m[2]), int(m[1]))]


def _days_listed(m: "re.Match[str]", anchor: date | None) -> list[Period | None]:
    """Of "3, 7 and 12 May" from the first to the last."""
    last = _day_of(int(m[2]), _month(m[3]), _full_year(m[4]), anchor)
    first = int(m[1].split(",")[0])
    return [_day_of(first, _month(m[3]), last.start.year if last else _full_year(m[4]), anchor), last]


def _months_listed(m: "re.Match[str]", anchor: date | None) -> list[Period | None]:
    return _months_between(m[1], m[2], m[3], anchor)


def _days_month(m: "re.Match[str]", anchor: date | None) -> list[Period | None]:
    year = _full_year(m[4])
    last = _day_of(int(m[2]), _month(m[3]), year, anchor)
    return [_day_of(int(m[1]), _month(m[3]), last.start.year if last else year, anchor), last]


def _month_days(m: "re.Match[str]", anchor: date | None) -> list[Period | None]:
    year = _full_year(m[4])
    return [_day_of(int(m[i]), _month(m[1]), year, anchor) for i in (2, 3)]


def _day_months(m: "re.Match[str]", anchor: date | None) -> list[Period | None]:
    last = _day_of(int(m[3]), _month(m[4]), _full_year(m[5]), anchor)
    year = last.start.year - (_month(m[2]) > _month(m[4])) if last else None
    return [_day_of(int(m[1]), _month(m[2]), year, anchor), last]


def _month_day_months(m: "re.Match[str]", anchor: date | None) -> list[Period | None]:
    last = _day_of(int(m[4]), _month(m[3]), _full_year(m[5]), anchor)
    year = last.start.year - (_month(m[1]) > _month(m[3])) if last else None
    return [_day_of(int(m[2]), _month(m[1]), year, anchor), last]


def _months(m: "re.Match[str]", anchor: date | None) -> list[Period | None]:
    return _months_between(m[1], m[2], m[3], anchor)


def _months_between(first: str, last: str, year: str | None, anchor: date | None) -> list[Period | None]:
    end = _month_of(_month(last), "", _full_year(year), anchor)
    if end is None:
        return []
    return [_month_of(_month(first), "", end.start.year - (_month(first) > _month(last)), anchor), end]


def _named_month(m: "re.Match[str]", anchor: date | None) -> list[Period | None]:
    """What is "last June" lies before the month of the text, "next June" after it."""
    if anchor is None:
        return []
    month, which = _month(m[2]), m[1]
    later = month > anchor.month or (month == anchor.month and which == "next")
    year = anchor.year - (month >= anchor.month) if which == "last" else anchor.year + (which == "next" and not later)
    if which == "next" and month == anchor.month:
        year = anchor.year + 1
    return [make_month(year, month)]


def _part_month(m: "re.Match[str]", anchor: date | None) -> list[Period | None]:
    part = _PARTS.get(m[1] or "", m[1] or "")
    return [_month_of(_month(m[2]), part, _full_year(m[3]), anchor)]


def _season(m: "re.Match[str]", anchor: date | None) -> list[Period | None]:
    """The winter "of 2014-15" is one; a season without a year is the last that has begun, "last spring" has ended."""
    if m[3]:
        return [make_season(_full_year(m[3]) or 0, m[2])]
    if anchor is None:
        return []
    found = make_season(anchor.year, m[2])
    if found and m[1] != "this" and (found.start > anchor or (m[1] == "last" and found.end >= anchor)):
        found = make_season(anchor.year - 1, m[2])
    return [found]


def _decade(m: "re.Match[str]", _: date | None) -> list[Period | None]:
    part = _PARTS.get(m[1] or "", m[1] or "")
    year = int(m[2]) if len(m[2]) == 4 else 1900 + int(m[2])
    return [make_decade(year, part)]


def _years(m: "re.Match[str]", _: date | None) -> list[Period | None]:
    first = int(m[1])
    last = int(m[2]) if len(m[2]) == 4 else first - first % 100 + int(m[2])
    return [make_year(first), make_year(last)] if first <= last else [make_year(first)]


def _decade_in_words(m: "re.Match[str]", _: date | None) -> list[Period | None]:
    return [make_decade(_DECADES[m[2]], _PARTS.get(m[1] or "", m[1] or ""))]


def _short_year(m: "re.Match[str]", _: date | None) -> list[Period | None]:
    return [make_year(_full_year(m[1]) or 0)]


def _year(m: "re.Match[str]", _: date | None) -> list[Period | None]:
    return [make_year(int(m[2]), _PARTS.get(m[1] or "", m[1] or ""))]


_RULES: tuple[tuple["re.Pattern[str]", Rule], ...] = tuple(
    (re.compile(pattern), rule)
    for pattern, rule in (
        (rf"\b{_FULL_YEAR}[-/.](\d{{1,2}})[-/.](\d{{1,2}})(?!\d)", _iso),
        (r"(?<!\d)((?:19|20)\d\d)(0[1-9]|1[0-2])(0[1-9]|[12]\d|3[01])(?!\d)", _compact),
        (r"(?<![\d/.-])(\d{1,2})([/.-])(\d{1,2})\2(\d{4}|\d\d)(?![\d/])", _figures),
        (
            rf"\b({_PLAIN_DAY}(?:\s*,\s*{_PLAIN_DAY})+)\s*,?\s*(?:and|&|or)\s*{_DAY}\s*(?:of\s+)?{_MONTH}{_YEAR}",
            _days_listed,
        ),
        (rf"\b{_DAY}\s*(?:of\s+)?{_MONTH}{_TO}{_DAY}\s*(?:of\s+)?{_MONTH}{_YEAR}", _day_months),
        (rf"\b{_MONTH}\s*{_DAY}{_TO}{_MONTH}\s*{_DAY}{_YEAR}", _month_day_months),
        (rf"\b{_DAY}{_TO}{_DAY}\s*(?:of\s+)?{_MONTH}{_YEAR}", _days_month),
        (rf"\b{_MONTH}\s*{_DAY}{_TO}{_DAY}(?!\s*[ap]\.?m){_YEAR}", _month_days),
        (
            rf"\b{_DAY}[ -]*(?:of\s+)?{_MONTH}-?{_YEAR}",
            lambda m, a: [_day_of(int(m[1]), _month(m[2]), _full_year(m[3]), a)],
        ),
        (
            rf"\b{_MONTH}\s*{_DAY}(?![:.]\d|\s*[ap]\.?m){_YEAR}",
            lambda m, a: [_day_of(int(m[2]), _month(m[1]), _full_year(m[3]), a)],
        ),
        (rf"\b{_MONTH}(?:\s*,\s*(?:{'|'.join(MONTHS)}))+{_LAST}{_MONTH}{_CLEAR_YEAR}", _months_listed),
        (rf"\b{_MONTH}{_TO}{_MONTH}{_CLEAR_YEAR}", _months),
        (rf"\b(last|this|next) {_MONTH}(?!\s*(?:\d|of))", _named_month),
        (rf"\b{_PART}{_MONTH}{_CLEAR_YEAR}", _part_month),
        (
            rf"\b(?:(last|this) )?{_SEASON}\b(?:,?\s+(?:of\s+|in\s+)?((?:1[5-9]|20|21)\d\d|'\d\d)(?:[-/]\d{{2,4}})?)?",
            _season,
        ),
        (rf"\b{_PART}(?:the )?({'|'.join(_DECADES)})\b", _decade_in_words),
        (rf"\b{_PART}(?:the )?((?:1[5-9]|20)\d0|[2-9]0)'?s\b", _decade),
        (r"(?<![\d/.])(\d{1,2})/(\d{1,2})(?![\d/])", _day_and_month),
        (rf"(?<![\d/])(0?[1-9]|1[0-2])/{_FULL_YEAR}", _month_in_figures),
        (rf"\b{_FULL_YEAR}{_TO}((?:1[5-9]|20|21)\d\d|\d\d)(?!\d)", _years),
        (rf"\b{_PART}{_FULL_YEAR}\b(?! (?:people|men|women|hours))", _year),
        (r"(?<![\w'])'(\d\d)\b", _short_year),
    )
)
