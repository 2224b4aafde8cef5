"""Place names found in a text: capitalised words, judged by the gazetteer and the words around them.

In: a text. Out: spans of place names, with scores. Never: a description ("the village"), a text in capitals alone, or a
choice of the place (places.py).

A logistic regression over hashed features (`training/toponyms.py` makes the weights), word after word, from the left.
"""

import math
from collections import Counter
from collections.abc import Sequence
from dataclasses import dataclass
from functools import cache
from pathlib import Path
from zlib import crc32

import numpy as np

from rashomon.resolve.countries import country_of_alias, country_of_demonym
from rashomon.resolve.divisions import division_of_abbreviation, home_of_people
from rashomon.resolve.gazetteer import Gazetteer
from rashomon.resolve.toponym_words import BODIES, ENDS, JOINING, LOCATING, POINTERS, TITLES, Token, split_tokens

WEIGHTS = Path(__file__).parent / "weights" / "toponyms.npz"
SIZE = 1 << 16
LONGEST = 4
"""Words of the longest name looked up."""


@dataclass(frozen=True, slots=True)
class NamedPlace:
    """A place name, half-open in code points, and how sure it is."""

    start_char: int
    end_char: int
    score: float


LEAST = 0.4
"""F1 is best where all is kept that is half as sure as the F1 that comes of it (Lipton, Elkan, Naryanaswamy 2014)."""
PEOPLE = 0.9
"""How sure a word of the list of peoples is to be one."""
_SURE = 0.8
_AGAIN = 0.15


def find_toponyms(gazetteer: Gazetteer, text: str, least: float = LEAST) -> list[NamedPlace]:
    """The place names of `text`, in their order; none where most letters are capitals.

    A word that surely is a place's name once is one again where it is a little likely: a page means one thing by it.
    """
    letters = "".join(filter(str.isalpha, text))
    if not letters or sum(map(str.isupper, letters)) > len(letters) / 2:
        return []
    tokens = split_tokens(text)
    page = Page(gazetteer, tokens)
    weights = _load_weights()
    scores = [0.0] * len(tokens)
    before = False
    for i, token in enumerate(tokens):
        if token.capital:
            total = math.fsum(weights[f] for f in page.features(i, before))
            scores[i] = 1 / (1 + math.exp(-max(-30.0, min(30.0, total))))
        before = scores[i] >= least
    sure = {t.text.casefold() for t, score in zip(tokens, scores, strict=True) if score >= _SURE}
    for i, token in enumerate(tokens):
        if _AGAIN <= scores[i] < least and token.text.casefold() in sure:
            scores[i] = least
    return _join(page, tokens, scores, least)


def find_peoples(text: str) -> list[NamedPlace]:
    """Words for what is a country's or region's ("Syrian", "South Koreans"), which are no names of places.

    >>> [(p.start_char, p.end_char) for p in find_peoples("Two South Korean and Iraqi men")]
    [(4, 16), (21, 26)]
    """
    tokens = split_tokens(text)
    found: list[NamedPlace] = []
    for i, token in enumerate(tokens):
        if not token.text[:1].isupper() or (found and token.start_char < found[-1].end_char):
            continue
        for last in (i + 1, i):
            if last < len(tokens) and tokens[last].text[:1].isupper():
                words = text[token.start_char : tokens[last].end_char]
                if country_of_demonym(words) is not None or home_of_people(words) is not None:
                    found.append(NamedPlace(token.start_char, tokens[last].end_char, PEOPLE))
                    break
    return found


def _join(page: "Page", tokens: Sequence[Token], scores: Sequence[float], least: float) -> list[NamedPlace]:
    """Runs of words that are names of places; small words between two runs belong to a name that the gazetteer has."""
    runs: list[tuple[int, int]] = []
    for i, score in enumerate(scores):
        if score < least:
            continue
        if runs and _goes_on(page, tokens, runs[-1], i):
            runs[-1] = (runs[-1][0], i + 1)
        else:
            runs.append((i, i + 1))
    ends = [_end_of_place(page, tokens, a, b) for a, b in runs]
    cut = [(a, b) for (a, _), b, before in zip(runs, ends, [0, *ends], strict=False) if a >= before]
    return [
        NamedPlace(tokens[a].start_char, tokens[b - 1].end_char, round(max(scores[a:b]), 4))
        for a, b in cut
        if not all(t.text.casefold() in POINTERS for t in tokens[a:b])
    ]


def _end_of_place(page: "Page", tokens: Sequence[Token], first: int, last: int) -> int:
    """Where the place's name ends: after all words that the gazetteer knows ("Laurel County"), before those of a body
    ("Dublin" of "Dublin City Council").
    """
    longer = last
    while longer < len(tokens) and tokens[longer].capital and page.knows(first, longer + 1):
        longer += 1
    if longer > last:
        return longer
    for end in range(last - 1, first, -1):
        if page.knows(first, end + 1):
            return end + 1
        if tokens[end].text.casefold() in BODIES and page.knows(first, end):
            return end
    return last


def _goes_on(page: "Page", tokens: Sequence[Token], run: tuple[int, int], i: int) -> bool:
    if run[1] == i:
        return not page.ends_name(run, i)
    between = tokens[run[1] : i]
    return len(between) <= 2 and all(t.text.casefold() in JOINING for t in between) and page.knows(run[0], i + 1)


class Page:
    """The tokens of one text with what the gazetteer says of them."""

    def __init__(self, gazetteer: Gazetteer, tokens: Sequence[Token]) -> None:
        self._gazetteer = gazetteer
        self._tokens = tokens
        self._classes = [self._classify(t.text) if t.capital else "" for t in tokens]
        self._covered = self._cover()
        self._after: dict[str, Counter[str]] = {}
        for i, t in enumerate(tokens):
            if t.capital and i:
                before = tokens[i - 1].text.casefold()
                kind = "in" if before in LOCATING else "title" if before in TITLES else "other"
                if kind == "other" and tokens[i - 1].capital and not self._classes[i - 1]:
                    kind = "name"
                self._after.setdefault(t.text, Counter())[kind] += 1

    def knows(self, first: int, last: int) -> bool:
        """Whether the gazetteer has the words from `first` to before `last` as one name."""
        words = self._tokens[first:last]
        return len(words) <= 2 * LONGEST and self._gazetteer.standing(" ".join(t.text for t in words)) != ""

    def ends_name(self, run: tuple[int, int], i: int) -> bool:
        """Whether a name ends before `i`, where another begins ("Paris Texas") that is no part of a longer one."""
        if self.knows(run[0], i + 1):
            return False
        return self.knows(*run) and self._classes[i] in ("country", "region", "state", "demonym")

    def _classify(self, word: str) -> str:
        if country_of_demonym(word) is not None or home_of_people(word) is not None:
            return "demonym"
        if division_of_abbreviation(word) is not None:
            return "state"
        if country_of_alias(word) is not None:
            return "country"
        return self._gazetteer.standing(word)

    def _cover(self) -> list[str]:
        """For each token the longest name of the gazetteer that covers it: how long, where in it, and what it is."""
        found = [""] * len(self._tokens)
        for i, t in enumerate(self._tokens):
            if not t.capital or found[i]:
                continue
            for length in range(LONGEST, 1, -1):
                words = self._tokens[i : i + length]
                if len(words) < length or not words[-1].capital or any(_parts(w) for w in words):
                    continue
                standing = self._gazetteer.standing(" ".join(w.text for w in words))
                if standing:
                    for k in range(length):
                        found[i + k] = f"{min(k, 1)}{standing}"
                    break
        return found

    def _at(self, i: int) -> str:
        return self._tokens[i].text if 0 <= i < len(self._tokens) else "\n"

    def _class_at(self, i: int) -> str:
        return self._classes[i] or self._covered[i] if 0 <= i < len(self._tokens) else ""

    def features(self, i: int, before: bool) -> list[int]:
        """The hashed features of token `i`; `before` tells whether the token before is part of a place name."""
        word, w1, w2, n1, n2 = (self._at(j) for j in (i, i - 1, i - 2, i + 1, i + 2))
        low, p1, p2, s1, s2 = (w.casefold() for w in (word, w1, w2, n1, n2))
        kind, cover = self._classes[i], self._covered[i]
        initial = w1 in ENDS
        told = self._after.get(word, Counter())
        after_comma = self._class_at(i + 2) if n1 == "," else ""
        before_comma = self._class_at(i - 2) if w1 == "," else ""
        shape, next_shape = _shape(word), _shape(n1)
        names = (
            f"w {low}", f"k {kind}", f"c {cover}", f"kc {kind} {cover}", f"s {shape}", f"i {initial}", f"p {p1}",
            f"n {s1}", f"pp {p2} {p1}", f"nn {s1} {s2}", f"pk {p1} {kind}", f"nk {s1} {kind}",
            f"ps {_shape(w1)} {kind}", f"ns {next_shape} {kind}", f"b {before} {kind}", f"bc {before} {cover}",
            f"bp {before} {p1}", f"ac {after_comma} {kind}", f"xc {before_comma} {before}",
            f"nc {self._class_at(i + 1)} {kind}", f"pc {self._class_at(i - 1)} {before} {kind}",
            f"ti {min(told['in'], 2)} {kind}", f"tt {min(told['title'], 1)}",
            f"tn {min(told['name'], 2)} {min(told['in'], 2)} {kind}", f"s3 {low[-3:]}", f"s4 {low[-4:]}",
            f"ik {initial} {kind} {next_shape}", f"p2 {p2}", f"n2 {s2}", f"sn {shape} {next_shape} {_shape(w1)}",
            "bias",
        )  # fmt: skip
        return [crc32(name.encode()) % SIZE for name in names]


def _parts(token: Token) -> bool:
    return token.text in ENDS or token.text in (",", "'s", "’s")


def _shape(word: str) -> str:
    if word.isupper():
        return "A." if "." in word else "AA" if len(word) > 1 else "A"
    if word[:1].isupper():
        return "Aa" if word.isalpha() else "Aa-"
    return "a" if word.isalpha() else "0" if word[:1].isdigit() else word[:1]


@cache
def _load_weights() -> list[float]:
    """Zeros where the file holds none."""
    with np.load(WEIGHTS) as held:
        weights = np.zeros(SIZE, dtype=np.float64)
        weights[held["where"]] = held["weights"]
    return [float(w) for w in weights]
