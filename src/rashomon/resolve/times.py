"""Times as texts tell them: "on the night of 4-5 June", "two days ago", "since 2003", "the 1990s".

In: the words of a time and the day from which the text counts (its publication). Out: a `TimeValue`.
Never: a day that the words and the anchor do not give: such a time keeps no bounds, with precision `unknown`.
"""

import re
from dataclasses import dataclass
from datetime import date

from rashomon.resolve.calendar_dates import find_dates
from rashomon.resolve.calendar_parts import find_part
from rashomon.resolve.other_calendars import find_other_date, names_other_month
from rashomon.resolve.periods import Period, add_days
from rashomon.resolve.relative_dates import find_relative
from rashomon.resolve.wording import fold_words, name_year_and_month


@dataclass(frozen=True, slots=True)
class TimeValue:
    """ISO `start` and `end` (inclusive, None if unknown or open) and `precision` of vocabulary.TIME_PRECISIONS."""

    start: str | None
    end: str | None
    precision: str


UNKNOWN = TimeValue(None, None, "unknown")
_CLOCK = re.compile(
    r"\b(?:\d{1,2}[:.]\d{2}\s*(?:[ap]\.?m\b\.?|hours|hrs|gmt|local)?|\d{1,2}\s*[ap]\.?m\b|\d{1,2} o'clock|noon|midday|midnight|dawn|dusk|sunset|sunrise)"  # noqa: E501
)
_FIGURES = re.compile(r"\b\d{1,4}[./-]\d{1,2}[./-]\d{1,4}\b")
"""Dates in figures, whose full stops are no clock's."""
_NIGHT = re.compile(r"\b(overnight|night of|nighttime|(?:late )?night|small hours)\b")


def resolve_time(text: str, anchor: date | None) -> TimeValue:
    """When `text` says, counted from `anchor` (the day of publication) where it is relative.

    >>> resolve_time("on 3 March 1991", None)
    TimeValue(start='1991-03-03', end='1991-03-03', precision='day')
    >>> resolve_time("between 3 and 5 May", date(2021, 6, 1))
    TimeValue(start='2021-05-03', end='2021-05-05', precision='day')
    >>> resolve_time("last Tuesday", date(2024, 5, 16)).start, resolve_time("last Tuesday", None).precision
    ('2024-05-14', 'unknown')
    >>> resolve_time("since 2003", date(2024, 5, 16))
    TimeValue(start='2003-01-01', end='2024-05-16', precision='year')
    """
    folded = fold_words(text)
    if re.search(r"\d century\b", folded):
        return UNKNOWN
    other = find_other_date(folded)
    if other is not None:
        return _value(folded, [other], anchor)
    if names_other_month(folded):
        return UNKNOWN
    named = name_year_and_month(folded, anchor)
    part = find_part(named, anchor)
    found = [part] if part is not None else find_dates(named, anchor)
    if not found:
        period = find_relative(folded, anchor)
        found = [period] if period is not None else []
    return _value(named, found, anchor) if found else UNKNOWN


def _value(folded: str, found: list[Period], anchor: date | None) -> TimeValue:
    start, end = min(p.start for p in found), max(p.end for p in found)
    order = ("day", "week", "month", "season", "year", "decade")
    precision = max((p.precision for p in found), key=lambda p: order.index(p) if p in order else 0)
    if len(found) == 1:
        if re.search(r"\b(since|from)\b(?!.*\b(to|until|till)\b)", folded) or re.search(r"\b(onwards?|on)$", folded):
            end = max(end, anchor) if anchor is not None and anchor >= start else end
            open_end = anchor is None or anchor < start
            return TimeValue(start.isoformat(), None if open_end else end.isoformat(), precision)
        if re.match(r"(until|till|before|prior to|by|up to|no later than)\b", folded):
            last = start if re.match(r"(before|prior)", folded) else end
            last = add_days(last, -1) if re.match(r"(before|prior)", folded) else last
            return TimeValue(None, last.isoformat(), precision)
        if re.match(r"after\b", folded) and "day after" not in folded:
            return TimeValue(
                add_days(end, 1).isoformat(), anchor.isoformat() if anchor and anchor > end else None, precision
            )
    if start == end and precision == "day" and _CLOCK.search(_FIGURES.sub("", folded)):
        precision = "hour"
    elif start == end and precision == "day" and "night of" in folded:
        end = add_days(end, 1)
    return TimeValue(start.isoformat(), end.isoformat(), precision)
