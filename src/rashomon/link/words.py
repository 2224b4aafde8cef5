"""Words of a text, weighed by how rare they are.

In: texts. Out: the rarest words of each as numbers that carry their rarity, so that a database can add it up.
Never: rarity counted in the case itself, which would make a link depend on what else the case holds.

`word_levels.txt` says in how many of 2,225 news texts a word stood (training/word_levels.py). A code is a word's hash
with its level in the lowest four bits: two texts share a word if they share a code, and the shared words' weight is
the sum of the squares of their levels. Where repetition counts, the second, fourth, eighth … time that a text has a
word is a code of its own, above `FIRST_TIMES`: two texts that dwell on a word share more than if one only names it.
"""

import hashlib
import math
import re
from collections import Counter
from collections.abc import Iterable
from functools import cache
from itertools import islice
from pathlib import Path
from unicodedata import combining, normalize

LEVELS = Path(__file__).with_name("word_levels.txt")
TOP_LEVEL = 15
_LEVEL_BITS = 4
FIRST_TIMES = 1 << 52
"""Codes below it stand for words, those above for their being told again."""
_WORD = re.compile(r"[^\W\d_]{3,}|\d+")


def fold(name: str) -> str:
    """Lower case without diacritics, spaces and punctuation.

    >>> fold("Saleh-Abād")
    'salehabad'
    """
    plain = "".join(c for c in normalize("NFKD", name.casefold()) if not combining(c))
    return re.sub(r"[^\w]", "", plain)


def split_words(text: str) -> list[str]:
    """Words of three letters and more, and numbers, folded.

    >>> split_words("The men's 2 cars in Bābol")
    ['the', 'men', '2', 'cars', 'babol']
    """
    return _WORD.findall(_plain(text).casefold())


def _plain(text: str) -> str:
    """Without diacritics."""
    return text if text.isascii() else "".join(c for c in normalize("NFKD", text) if not combining(c))


@cache
def _levels() -> dict[str, int]:
    lines = LEVELS.read_text(encoding="utf-8").splitlines()
    return {word: int(level) for level, *words in (line.split(" ") for line in lines) for word in words}


def word_level(word: str) -> int:
    """How rare a folded word is, 0 (in every text) to `TOP_LEVEL`; short numbers are never rare."""
    if word.isdigit():
        return 4 if len(word) < 3 else 8
    return _levels().get(word, TOP_LEVEL)


@cache
def code_of(word: str) -> int:
    """A folded word as a number below 2^52 with its level in the lowest four bits."""
    digest = hashlib.blake2b(word.encode(), digest_size=6).digest()
    return (int.from_bytes(digest, "big") << _LEVEL_BITS) | word_level(word)


def level_of(code: int) -> int:
    """The level that a code carries."""
    return code & TOP_LEVEL


def weigh_words(texts: Iterable[str], most: int) -> list[int]:
    """Codes of the `most` words of the texts that weigh most (level, with repetition), in the order of the codes."""
    counts = Counter(w for text in texts for w in split_words(text))
    weighed = sorted(((-word_level(w) * (1 + math.log(n)), w) for w, n in counts.items()), key=lambda x: (x[0], x[1]))
    return sorted(code_of(w) for weight, w in weighed[:most] if weight < 0)


def weigh_repeated(text: str, most: int) -> list[int]:
    """Codes of the words that weigh most, and of their second, fourth, eighth … times, `most` in all, in order.

    >>> [c // FIRST_TIMES for c in weigh_repeated("mill bridge mill mill mill", 9)]
    [0, 0, 1, 2]
    """
    return _repeated(Counter(split_words(text)), most)


def weigh_capitals(text: str, most: int) -> list[int]:
    """The same of words that a text writes with a capital more often than without: names, wherever they stand. None
    where capitals tell nothing: in a text that has them throughout.

    >>> weigh_capitals("The mill at Othin burned. Mill hands fled Othin.", 9) == weigh_repeated("Othin Othin", 9)
    True
    >>> weigh_capitals("MILL AT OTHIN BURNED", 9)
    []
    """
    words = _WORD.findall(_plain(text))
    capital = Counter(w.casefold() for w in words if w[0].isupper())
    small = Counter(w for w in words if not w[0].isupper())
    if capital.total() > small.total():
        return []
    return _repeated(Counter({w: n for w, n in capital.items() if n > small[w]}), most)


def _repeated(counts: Counter[str], most: int) -> list[int]:
    weighed = sorted(((-word_level(w) * (1 + math.log(n)), w, n) for w, n in counts.items()), key=lambda x: x[:2])
    codes = (code_of(w) + k * FIRST_TIMES for weight, w, n in weighed if weight < 0 for k in range(n.bit_length()))
    return sorted(islice(codes, most))


def norm_of(codes: Iterable[int]) -> float:
    """The length of a set of words as a vector of levels: cosines are shared squares over both lengths."""
    return math.sqrt(sum(level_of(c) ** 2 for c in codes))
