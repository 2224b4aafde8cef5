"""How rare words are: `python -m training.word_levels`, which writes `src/rashomon/link/word_levels.txt`.

In: the texts of MUC-4 (dev) and PolNeAR, whose terms let shipped weights learn from them. Out: one line a level, with
the words of that level. Never: a text, or a word of fewer than `LEAST` texts.

A word of level n stands in about one text of 2^(n/2). Words that are not in the table have the highest level.
"""

import math
import os
from collections import Counter
from pathlib import Path

from bench.muc4_files import read_texts
from rashomon.link.words import LEVELS, TOP_LEVEL, split_words

LEAST = 6
DATA = Path(os.environ.get("RASHOMON_DATA") or Path(__file__).parents[2] / "shared" / "data")


def count_texts(texts: list[str]) -> Counter[str]:
    """In how many texts each word stands."""
    return Counter(w for text in texts for w in set(split_words(text)))


def word_levels(held: Counter[str], texts: int) -> dict[int, list[str]]:
    """Words by level, sorted; every word of at least `LEAST` texts.

    >>> word_levels(Counter({"the": 100, "bridge": 25, "rare": 1}), 100)
    {0: ['the'], 4: ['bridge']}
    """
    found: dict[int, list[str]] = {}
    for word, n in sorted(held.items()):
        if n >= LEAST:
            level = min(TOP_LEVEL, round(2 * math.log2(texts / n)))
            found.setdefault(level, []).append(word)
    return dict(sorted(found.items()))


def read_background() -> list[str]:
    """The texts that are counted."""
    muc4 = read_texts(sorted((DATA / "muc4" / "dev").glob("dev-muc3-*")))
    polnear = sorted((DATA / "polnear").glob("*/text/*"))
    return [*muc4.values(), *(Path(p).read_text(encoding="utf-8", errors="replace") for p in polnear)]


def main() -> None:
    """Write the table."""
    texts = read_background()
    levels = word_levels(count_texts(texts), len(texts))
    LEVELS.write_text("".join(f"{n} {' '.join(words)}\n" for n, words in levels.items()), encoding="utf-8")
    print(f"{len(texts)} texts, {sum(map(len, levels.values()))} words, {LEVELS.stat().st_size} bytes")


if __name__ == "__main__":
    main()
