"""Dates that name a day, month, season, year or decade.

In: folded words and an anchor for years left out. Out: `Period`s, in their order. Never: relative times.
"""

import re
from collections.abc import Callable
from datetime import date

from rashomon.resolve.periods import Period, make_day, make_decade, make_month, make_season, make_year

_MONTHS = ("january", "february", "march", "april", "may", "june", "july", "august", "september", "october",
           "november", "december")  # fmt: skip
_ABBREVIATED = {name[:3]: i for i, name in enumerate(_MONTHS, start=1)} | {"sept": 9, "juli": 7}
_MONTH = r"(" + "|".join(sorted((*_MONTHS, *_ABBREVIATED), key=len, reverse=True)) + r")\b\.?"
_DAY = r"(0?[1-9]|[12]\d|3[01])(?!\d)"
_YEAR = r"(?:,?\s*(?:of\s+)?((?:1[0-9]|20|21)\d\d|'?\d\d(?![\d:])))?"
_FULL_YEAR = r"((?:1[0-9]|20|21)\d\d)"
_PART = r"(?:(early|mid|middle|late|beginning|start|end|first half|second half|last days|first days)(?:[ -]+(?:of|in))?[ -]+(?:the )?)?"  # noqa: E501
_PARTS = {"middle": "mid", "beginning": "early", "start": "early", "first half": "early", "first days": "early",
          "end": "late", "second half": "late", "last days": "late"}  # fmt: skip
_TO = r"\s*(?:-|/|to|and|or|until|till|through|\+|&)\s*(?:the\s+)?"
_SEASON = r"(spring|summer|autumn|fall|winter)"

Rule = Callable[["re.Match[str]", date | None], list[Period | None]]


def find_dates(folded: str, anchor: date | None) -> list[Period]:
    """The calendar dates in `folded`; a year that is left out is that of the nearest such day not after `anchor`.

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
            return found
    return None


def _month_of(month: int, part: str, year: int | None, anchor: date | None) -> Period | None:
    if year is None and anchor is None:
        return None
    if year is None and anchor is not None:
        year = anchor.year if month <= anchor.month else anchor.year - 1
    return make_month(year or 1, month, part)


def _iso(m: "re.Match[str]", _: date | None) -> list[Period | None]:
    return [make_day(int(m[1]), int(m[2]), int(m[3]))]


def _figures(m: "re.Match[str]", _: date | None) -> list[Period | None]:
    first, second, year = int(m[1]), int(m[2]), _full_year(m[3])
    assert year is not None
    if first > 12 or first == second:
        return [make_day(year, second, first)]
    if second > 12:
        return [make_day(year, first, second)]
    either = [p for p in (make_month(year, min(first, second)), make_month(year, max(first, second))) if p]
    # either month may be meant: the period spans from the one to the other
    return [Period(either[0].start, either[-1].end, "month")] if either else []


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
    last = _month_of(_month(m[2]), "", _full_year(m[3]), anchor)
    year = last.start.year - (_month(m[1]) > _month(m[2])) if last else None
    return [_month_of(_month(m[1]), "", year, anchor), last]


def _part_month(m: "re.Match[str]", anchor: date | None) -> list[Period | None]:
    part = _PARTS.get(m[1] or "", m[1] or "")
    return [_month_of(_month(m[2]), part, _full_year(m[3]), anchor)]


def _season(m: "re.Match[str]", anchor: date | None) -> list[Period | None]:
    year = int(m[2]) if m[2] else (anchor.year if anchor else None)
    if year is None:
        return []
    found = make_season(year, m[1])
    if not m[2] and anchor and found and found.start > anchor:
        found = make_season(year - 1, m[1])
    return [found]


def _decade(m: "re.Match[str]", _: date | None) -> list[Period | None]:
    part = _PARTS.get(m[1] or "", m[1] or "")
    year = int(m[2]) if len(m[2]) == 4 else 1900 + int(m[2])
    return [make_decade(year, part)]


def _years(m: "re.Match[str]", _: date | None) -> list[Period | None]:
    first = int(m[1])
    last = int(m[2]) if len(m[2]) == 4 else first - first % 100 + int(m[2])
    return [make_year(first), make_year(last)] if first <= last else [make_year(first)]


def _year(m: "re.Match[str]", _: date | None) -> list[Period | None]:
    return [make_year(int(m[2]), _PARTS.get(m[1] or "", m[1] or ""))]


_RULES: tuple[tuple["re.Pattern[str]", Rule], ...] = tuple(
    (re.compile(pattern), rule)
    for pattern, rule in (
        (rf"\b{_FULL_YEAR}[-/.](\d{{1,2}})[-/.](\d{{1,2}})(?!\d)", _iso),
        (r"(?<![\d/.])(\d{1,2})[/.](\d{1,2})[/.](\d{4}|\d\d)(?![\d/])", _figures),
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
        (rf"\b{_MONTH}{_TO}{_MONTH}{_YEAR}", _months),
        (rf"\b{_PART}{_MONTH}{_YEAR}", _part_month),
        (rf"\b{_SEASON}\b(?:\s+(?:of\s+)?{_FULL_YEAR})?", _season),
        (rf"\b{_PART}(?:the )?((?:1[0-9]|20)\d0|[2-9]0)'?s\b", _decade),
        (rf"\b{_FULL_YEAR}{_TO}((?:1[0-9]|20|21)\d\d|\d\d)(?!\d)", _years),
        (rf"\b{_PART}{_FULL_YEAR}\b(?! (?:people|men|women|hours))", _year),
    )
)
