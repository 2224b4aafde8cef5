"""Times as texts tell them: "on the night of 4-5 June", "two days ago", "since 2003", "the 1990s".

In: the words of a time and the day from which the text counts (its publication). Out: a `TimeValue`.
Never: a day that the words and the anchor do not give: such a time keeps no bounds, with precision `unknown`.
"""

import re
import warnings
from dataclasses import dataclass
from datetime import date

from rashomon.resolve.calendar_dates import find_dates
from rashomon.resolve.periods import Period, add_days
from rashomon.resolve.relative_dates import find_relative


@dataclass(frozen=True, slots=True)
class TimeValue:
    """ISO `start` and `end` (inclusive, None if unknown or open) and `precision` of vocabulary.TIME_PRECISIONS."""

    start: str | None
    end: str | None
    precision: str


UNKNOWN = TimeValue(None, None, "unknown")
_LONGEST = 200
_CLOCK = re.compile(
    r"\b(?:\d{1,2}[:.]\d{2}\s*(?:[ap]\.?m\b\.?|hours|hrs|gmt|local)?|\d{1,2}\s*[ap]\.?m\b|\d{1,2} o'clock|noon|midday|midnight|dawn|dusk|sunset|sunrise)"  # noqa: E501
)
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
    folded = _fold(text)
    found = find_dates(folded, anchor)
    if not found:
        period = find_relative(folded, anchor)
        if period is not None:
            found = [period]
    if not found:
        found = _last_resort(folded, anchor)
    if not found:
        return UNKNOWN
    return _value(folded, found, anchor)


def _fold(text: str) -> str:
    folded = " ".join(text[:_LONGEST].casefold().replace("’", "'").split())
    return re.sub(r"(\d)(st|nd|rd|th)\b", r"\1", folded).replace("–", "-").replace("—", "-")


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
    if start == end and precision == "day" and _CLOCK.search(folded):
        precision = "hour"
    elif start == end and precision == "day" and "night of" in folded:
        end = add_days(end, 1)
    return TimeValue(start.isoformat(), end.isoformat(), precision)


def _last_resort(folded: str, anchor: date | None) -> list[Period]:
    """What dateparser makes of it, if there is a figure or a month in it that our rules do not know."""
    if not re.search(r"\d", folded) or len(folded) > 60 or (anchor is None and not re.search(r"\b\d{4}\b", folded)):
        return []
    from datetime import datetime, time

    import dateparser  # slow to load and seldom needed

    settings = {"REQUIRE_PARTS": ["month", "year"], "PREFER_DATES_FROM": "past", "STRICT_PARSING": False}
    if anchor is not None:
        settings |= {"RELATIVE_BASE": datetime.combine(anchor, time()), "REQUIRE_PARTS": ["month"]}
    with warnings.catch_warnings():
        warnings.simplefilter("ignore")
        moment = dateparser.parse(folded, languages=["en"], settings=settings)
    return [Period(moment.date(), moment.date(), "day")] if moment is not None else []
