"""Weekdays, days of the year, years and numbers that a text names: what sets two incidents of one kind apart.

In: a text. Out: small whole numbers, sorted, each once. Never: what they count or date (that is the resolver's).
"""

import re

MOST = 48
"""How many numbers and days of a text are kept, the first ones."""
LEAST_NUMBER = 2
_WEEKDAYS = ("mon", "tues", "wednes", "thurs", "fri", "satur", "sun")
_WEEKDAY = re.compile(rf"\b({'|'.join(_WEEKDAYS)})day(?:s|'s)?\b", re.IGNORECASE)
_MONTHS = ("jan", "feb", "mar", "apr", "may", "jun", "jul", "aug", "sep", "oct", "nov", "dec")
_MONTH = (
    r"(Jan(?:uary)?|Feb(?:ruary)?|Mar(?:ch)?|Apr(?:il)?|May|June?|July?|Aug(?:ust)?|Sept?(?:ember)?|Oct(?:ober)?|"
    r"Nov(?:ember)?|Dec(?:ember)?)"
)
_MONTH_DAY = re.compile(
    rf"\b(?:{_MONTH}\.?\s(\d\d?)(?:st|nd|rd|th)?|(\d\d?)(?:st|nd|rd|th)?\s(?:of\s)?{_MONTH})\b", re.IGNORECASE
)
_NUMBER = re.compile(r"\d+(?:,\d{3})+|\d+|[^\W\d_]+(?:-[^\W\d_]+)?")
_UNITS = ("one", "two", "three", "four", "five", "six", "seven", "eight", "nine")
_TEENS = (
    "ten", "eleven", "twelve", "thirteen", "fourteen", "fifteen", "sixteen", "seventeen", "eighteen", "nineteen",
)  # fmt: skip
_TENS = ("twenty", "thirty", "forty", "fifty", "sixty", "seventy", "eighty", "ninety")
_SPELT = (
    {word: value for value, word in enumerate((*_UNITS, *_TEENS), 1)}
    | {tens: 10 * n for n, tens in enumerate(_TENS, 2)}
    | {f"{tens}-{unit}": 10 * n + m for n, tens in enumerate(_TENS, 2) for m, unit in enumerate(_UNITS, 1)}
)
_YEARS = range(1900, 2100)
_YEAR = re.compile(r"(?<![\d.,$£€-])(?:19|20)\d\d(?![\d%]|[.,]\d)")


def weekdays_in(text: str) -> list[int]:
    """Days of the week, Monday 0.

    >>> weekdays_in("on Saturday, not on Thursday's flight")
    [3, 5]
    """
    return sorted({_WEEKDAYS.index(m.group(1).lower()) for m in _WEEKDAY.finditer(text)})


def days_in(text: str) -> list[int]:
    """Days of a month as 32 · month + day, whatever the year.

    >>> days_in("Nov. 11 or 3rd of May"), days_in("he may 5")
    ([163, 363], [])
    """
    found: dict[int, None] = {}
    for match in _MONTH_DAY.finditer(text):
        month, day = match.group(1) or match.group(4), int(match.group(2) or match.group(3))
        if 1 <= day <= 31 and month[0].isupper():
            found[32 * (_MONTHS.index(month[:3].lower()) + 1) + day] = None
    return sorted(list(found)[:MOST])


def years_in(text: str) -> list[int]:
    """Years from 1900 to 2099, in digits.

    >>> years_in("In May 2008 and 1997, not $2000, 2019.5 or 1,950")
    [1997, 2008]
    """
    return sorted(list(dict.fromkeys(int(year) for year in _YEAR.findall(text)))[:MOST])


def numbers_in(text: str) -> list[int]:
    """Numbers of two and more, in digits and below a hundred in words, but for years.

    >>> numbers_in("In 2008 twenty-three of 1,200 men and one boy, a five-day siege, thirty years on")
    [5, 23, 30, 1200]
    """
    found: dict[int, None] = {}
    for token in _NUMBER.findall(text):
        value = int(token.replace(",", "")[:12]) if token[0].isdigit() else _spelt(token.lower())
        if value >= LEAST_NUMBER and (value not in _YEARS or "," in token):
            found[value] = None
    return sorted(list(found)[:MOST])


def _spelt(word: str) -> int:
    return _SPELT.get(word) or _SPELT.get(word.partition("-")[0], 0)
