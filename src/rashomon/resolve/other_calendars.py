"""Dates of the Islamic and the Iranian calendar, as translations leave them.

In: folded words. Out: a `Period` of our calendar. Never: a date without its year, nor a day finer than is known: the
Islamic months begin with a new moon that is seen, so their days are given with the one before and the one after.
"""

import re
from datetime import date

from rashomon.resolve.periods import Period, add_days

_ISLAMIC = (
    r"muharram|moharram", r"safar", r"rabi['` -]*(?:al|ul|i|ol)?[- ]*(?:awwal|awal|avval|1\b|i\b)",
    r"rabi['` -]*(?:al|us|as|ath|ol)?[- ]*(?:thani|sani|akhir|2\b|ii\b)",
    r"jumada?['` -]*(?:al|ul)?[- ]*(?:awwal|ula|1\b|i\b)",
    r"jumada?['` -]*(?:al|ath|us|as)?[- ]*(?:thani|thaniya|sani|akhira?|2\b|ii\b)",
    r"rajab", r"sha['`]?ba+n", r"rama[dz]h?an", r"shawwa?l", r"d?h?z?u[l]?[- ]*(?:al|l)?[- ]*qa['`]?i?da?h?",
    r"d?h?z?u[l]?[- ]*(?:al|l)?[- ]*h[ij]+ja?h?",
)  # fmt: skip
_IRANIAN = ("farvardin", "ordibehesht", "khordad", "tir", "mordad|amordad", "shahrivar", "mehr", "aban", "azar",
            "dey|dei", "bahman", "esfand|espand")  # fmt: skip
_YEAR = r"(1[34]\d\d)(?:\s*(?:a\.?h\.?|h|hijri))?"
_DATE = r"(?:\b(\d{{1,2}})\s+(?:of\s+)?)?\b({})\b,?\s+(?:of\s+)?" + _YEAR
_MONTH_THEN_DAY = r"\b({})\s+(\d{{1,2}}),?\s+" + _YEAR
_KINDS = (("islamic", _ISLAMIC), ("iranian", _IRANIAN))
_EPOCH = date(622, 7, 19).toordinal()
"""The day before 1 Muharram 1 of the civil reckoning, in our own calendar carried back, less one."""


def find_other_date(folded: str) -> Period | None:
    """The period that `folded` names in one of these calendars.

    >>> find_other_date("22 bahman 1357")
    Period(start=datetime.date(1979, 2, 11), end=datetime.date(1979, 2, 11), precision='day')
    >>> find_other_date("1 muharram 1446")
    Period(start=datetime.date(2024, 7, 7), end=datetime.date(2024, 7, 9), precision='day')
    """
    for calendar, months in _KINDS:
        for number, name in enumerate(months, start=1):
            match = re.search(_DATE.format(name), folded)
            if match:
                return _period(calendar, int(match[3]), number, int(match[1]) if match[1] else None)
            match = re.search(_MONTH_THEN_DAY.format(name), folded)
            if match:
                return _period(calendar, int(match[3]), number, int(match[2]))
    return None


def names_other_month(folded: str) -> bool:
    """Whether a month of these calendars stands there, whose year may be missing.

    >>> names_other_month("the first day of ramadan"), names_other_month("12 may")
    (True, False)
    """
    return any(re.search(rf"\b(?:{name})\b", folded) for name in _ISLAMIC)


def _period(calendar: str, year: int, month: int, day: int | None) -> Period | None:
    first = _islamic(year, month) if calendar == "islamic" else _iranian(year, month)
    after = (year, month + 1) if month < 12 else (year + 1, 1)
    length = (_islamic(*after) if calendar == "islamic" else _iranian(*after)) - first
    if day is not None and not 1 <= day <= length + (calendar == "islamic"):
        return None
    start = first + (day - 1 if day else 0)
    end = start if day else first + length - 1
    unsure = 1 if calendar == "islamic" else 0
    return Period(
        add_days(date.fromordinal(start), -unsure), add_days(date.fromordinal(end), unsure), "day" if day else "month"
    )


def _islamic(year: int, month: int) -> int:
    """The ordinal of a month's first day, by the thirty-year cycle."""
    return _EPOCH - 1 + (year - 1) * 354 + (3 + 11 * year) // 30 + -(-59 * (month - 1) // 2) + 1


def _iranian(year: int, month: int) -> int:
    """The ordinal of a month's first day, by the cycle of 33 years, which holds from 1206 to 1498."""
    ordinal = date(2021, 3, 21).toordinal()
    for y in range(min(year, 1400), max(year, 1400)):
        ordinal += (365 + (y % 33 in (1, 5, 9, 13, 17, 22, 26, 30))) * (1 if year > 1400 else -1)
    return ordinal + 31 * (month - 1) - max(0, month - 7)
