"""Numerals in digits and in words.

In: folded words. Out: the whole numbers in them. Never: what the words around a numeral mean (see numbers.py).
"""

import re

_UNITS = {
    word: value
    for value, word in enumerate(
        [
            "zero",
            "one",
            "two",
            "three",
            "four",
            "five",
            "six",
            "seven",
            "eight",
            "nine",
            "ten",
            "eleven",
            "twelve",
            "thirteen",
            "fourteen",
            "fifteen",
            "sixteen",
            "seventeen",
            "eighteen",
            "nineteen",
        ]
    )
}
_TENS = {
    word: 10 * value
    for value, word in enumerate(
        "twenty thirty forty fifty sixty seventy eighty ninety".split(),  # noqa: SIM905
        start=2,
    )
}
_SCALES = {"hundred": 100, "thousand": 1_000, "million": 1_000_000, "billion": 1_000_000_000}
_SUFFIX = {"k": 1_000, "m": 1_000_000, "mn": 1_000_000, "bn": 1_000_000_000}
_TOKEN = re.compile(r"\d+(?:[.,' \u00a0]\d{3})+(?!\d)(?:\.\d+)?|\d+(?:\.\d+)?|[a-z]+")
LARGEST = 10**12
"""What is above it is no count of people or things."""


def read_numerals(folded: str) -> list[int]:
    """The whole numbers in `folded` (lower case), in their order.

    >>> read_numerals("twenty-five of 1,200"), read_numerals("1.2 million"), read_numerals("half a dozen")
    ([25, 1200], [1200000], [6])
    >>> read_numerals("two hundred and six"), read_numerals("a dozen"), read_numerals("men")
    ([206], [12], [])
    """
    values: list[int] = []
    group: _Group | None = None
    tokens = _TOKEN.findall(folded)
    for i, word in enumerate(tokens):
        if group is not None and group.take(word):
            continue
        if word == "and" and group is not None and i + 1 < len(tokens) and group.may_follow(tokens[i + 1]):
            continue
        if group is not None:
            values.append(group.value())
            group = None
        if word[0].isdigit() or word in _UNITS or word in _TENS:
            group = _Group(word)
        elif word in ("dozen", "score"):
            size = 12 if word == "dozen" else 20
            values.append(size // 2 if "half" in tokens[max(0, i - 2) : i] else size)
        elif word in _SCALES and i and tokens[i - 1] in ("a", "an"):
            group = _Group("one")
            group.take(word)
    if group is not None:
        values.append(group.value())
    return [v for v in values if v <= LARGEST]


class _Group:
    """One numeral while it is read: "two hundred and six", "1.2 million", "three dozen"."""

    def __init__(self, word: str) -> None:
        self.total = 0.0
        self.part = _value(word)
        self.digits = word[0].isdigit()
        self.smallest = 10 if word in _TENS else 0

    def take(self, word: str) -> bool:
        """Whether `word` goes on with the numeral."""
        if word in ("dozen", "score"):
            self.part *= 12 if word == "dozen" else 20
        elif word in _SUFFIX and self.digits:
            self.part *= _SUFFIX[word]
        elif word == "hundred":
            self.part *= 100
            self.smallest = 100
        elif word in _SCALES:
            self.total += self.part * _SCALES[word]
            self.part, self.smallest = 0, _SCALES[word]
        elif self.may_follow(word):
            self.part += _value(word)
            self.smallest = 10 if word in _TENS else 0
        else:
            return False
        return True

    def may_follow(self, word: str) -> bool:
        """Whether `word` can be a smaller part of the same numeral."""
        return (word in _UNITS or word in _TENS) and _value(word) < self.smallest

    def value(self) -> int:
        return round(min(self.total + self.part, 10.0 * LARGEST))


def _value(word: str) -> float:
    if word in _UNITS:
        return float(_UNITS[word])
    if word in _TENS:
        return float(_TENS[word])
    digits = word[:20]
    grouped = re.fullmatch(r"(\d+(?:[.,' \u00a0]\d{3})+)(\.\d+)?", digits)
    if grouped and not re.fullmatch(r"\d+\.\d{3}", digits):
        return float(re.sub(r"\D", "", grouped[1]))
    return float(re.sub(r"[,' \u00a0]", "", digits)) if digits.count(".") <= 1 else float(re.sub(r"\D", "", digits))
