"""Numbers as texts tell them: "14", "dozens", "at least twelve", "between 20 and 30".

In: the words of a count. Out: a `CountValue`. Never: a bound that the text does not give (it is None).
"""

import re
from dataclasses import dataclass

from rashomon.resolve.numerals import read_numerals


@dataclass(frozen=True, slots=True)
class CountValue:
    """How many: the lowest and highest that the text allows, and the figure that it names."""

    low: int | None
    best: int | None
    high: int | None


_VAGUE = {
    "dozens": 24, "scores": 40, "hundreds": 200, "thousands": 2_000, "millions": 2_000_000, "several": 3, "few": 2,
    "handful": 3, "many": 3, "numerous": 3, "some": 2, "multiple": 2, "various": 2, "countless": 3, "number": 2,
}  # fmt: skip
_TENS_OF = {"tens": 20, "dozens": 24, "scores": 40, "hundreds": 200}
_MULTIPLES = {"hundreds": 100, "thousands": 1_000, "millions": 1_000_000}
_NONE = re.compile(r"\b(no|without|nil)\b")
_UNKNOWN = re.compile(r"\b(unknown|undisclosed|unspecified|undetermined|uncertain|unconfirmed|unclear) (number|toll)?")
_AT_LEAST = re.compile(
    r"\b(at least|no fewer than|no less than|not less than|a minimum of|minimum|as few as|or more|and more|upwards? of"
    r"|at the very least)\b|\d\s*\+"
)
_MORE_THAN = re.compile(r"\b(more than|over|above|exceeding|in excess of|well over|upwards? of|greater than)\b|>\s*\d")
_UP_TO = re.compile(
    r"\b(up to|at most|no more than|not more than|as many as|a maximum of|maximum|or fewer|or less|or so many)\b"
)
_LESS_THAN = re.compile(
    r"\b(fewer than|less than|under|below|almost|nearly|close to|not quite|just under|approaching)\b"
)
_BETWEEN = re.compile(r"\bbetween (.+?) (?:and|to) (.+)|\bfrom (.+?) to (.+)")
_RANGE = re.compile(r"(\d[\d,.]*)\s*(?:-|–|—|\bto\b|\bor\b)\s*(\d[\d,.]*)(.*)")
_WORD_RANGE = re.compile(r"\b([a-z]+(?:-[a-z]+)?) (?:to|or) ([a-z]+(?:-[a-z]+)?)\b")
_PAIR = re.compile(r"\b(a couple|couple|pair|both|twins)\b")
_ONE = re.compile(r"^(?:an?|the|one|his|her|their|its|another|this|that|single)\b|\b(another|a single|sole)\b")


def parse_number(text: str) -> CountValue | None:
    """The bounds and the figure that `text` gives, or None if it gives no number at all.

    >>> parse_number("at least twelve people"), parse_number("between 20 and 30")
    (CountValue(low=12, best=12, high=None), CountValue(low=20, best=None, high=30))
    >>> parse_number("dozens"), parse_number("no one")
    (CountValue(low=24, best=None, high=None), CountValue(low=0, best=0, high=0))
    >>> parse_number("an unknown number of men"), parse_number("gunmen")
    (CountValue(low=None, best=None, high=None), None)
    """
    folded = " ".join(text[:200].casefold().replace("’", "'").split())
    if re.search(r"\b(no[ -]one|nobody|none)\b", folded):
        return CountValue(0, 0, 0)
    if _UNKNOWN.search(folded):
        return CountValue(None, None, None)
    span = _parse_range(folded)
    if span is not None:
        return span
    vague = _parse_vague(folded)
    if vague is not None:
        return vague
    values = read_numerals(folded)
    if values:
        return _bounded(folded, values[0])
    if _PAIR.search(folded):
        return CountValue(2, 2, 2)
    if _NONE.search(folded):
        return CountValue(0, 0, 0)
    return CountValue(1, 1, 1) if _ONE.search(folded) else None


def _bounded(folded: str, value: int) -> CountValue:
    if _UP_TO.search(folded):
        return CountValue(None, value, value)
    if _AT_LEAST.search(folded):
        return CountValue(value, value, None)
    if _MORE_THAN.search(folded):
        return CountValue(value + 1, value, None)
    if re.search(r"\b(fewer than|less than|under|below|just under)\b", folded):
        return CountValue(None, value, max(0, value - 1))
    if _LESS_THAN.search(folded):
        return CountValue(None, value, value)
    if re.search(r"\b(about|around|some|roughly|approximately|an estimated|estimated|circa|or so)\b|~", folded):
        return CountValue(None, value, None)
    return CountValue(value, value, value)


def _parse_range(folded: str) -> CountValue | None:
    match = _BETWEEN.search(folded)
    if match:
        a, b = (part for part in match.groups() if part)
        low, high = read_numerals(a), read_numerals(b)
    else:
        match = _RANGE.search(folded) or _WORD_RANGE.search(folded)
        if not match:
            return None
        unit = match[3].strip().split(" ")[0] if match.re is _RANGE else ""
        scale = f" {unit}" if unit in ("hundred", "thousand", "million", "billion") else ""
        low, high = read_numerals(match[1] + scale), read_numerals(match[2] + scale)
    if not low or not high or low[0] >= high[0]:
        return None
    return CountValue(low[0], None, high[0])


def _parse_vague(folded: str) -> CountValue | None:
    nested = re.search(r"\b(tens|dozens|scores|hundreds) of (hundreds|thousands|millions)\b", folded)
    if nested:
        return CountValue(_TENS_OF[nested[1]] * _MULTIPLES[nested[2]], None, None)
    several = re.search(r"\b(several|a few|many|few|couple of) (dozen|hundred|thousand|million)\b", folded)
    if several:
        unit = {"dozen": 12, "hundred": 100, "thousand": 1_000, "million": 1_000_000}[several[2]]
        return CountValue((3 if several[1] in ("several", "many") else 2) * unit, None, None)
    if read_numerals(folded):
        return None
    for word in re.findall(r"[a-z]+", folded):
        if word in _VAGUE:
            return CountValue(_VAGUE[word], None, None)
    return None
