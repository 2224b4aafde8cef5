"""Echoes: passages of which one repeats the other, found among all passages of a case.

In: passages of pages. Out: echoes with their aligned differences. Never: a comparison of every passage with every
other; candidates come from MinHash buckets, and a bucket that has grown large is chained, not squared.

Shingles of `SHINGLE` words, `BANDS` bands of `ROWS` rows: two passages of 20 words with a fifth of the words replaced
share about a third of their shingles and meet with probability above 0.99 (Leskovec, Rajaraman, Ullman 2020, section
3.4.2).
"""

import re
from collections import defaultdict
from collections.abc import Iterable, Sequence
from dataclasses import dataclass

import numpy as np
from rapidfuzz.distance import Indel
from rensa import RMinHash

from rashomon.link.differences import align_words
from rashomon.records import Echo, PagePassage

SHINGLE = 2
BANDS, ROWS = 48, 2
MIN_WORDS = 7
MIN_SIMILARITY = 0.68
"""Share of words in common (Indel, normalised) from which a passage counts as a repetition of another. Calibrated on
generated
alterations of our own texts, November 2026 (bench/echoes.py)."""
SHORT_WORDS, MIN_SIMILARITY_SHORT = 17, 0.75
"""Of a passage of fewer words more must be the same: six words of nine may meet by chance."""
_CHAIN = 24
"""In a bucket of more passages than this each is compared with the bucket's first ones only."""

_WORD = re.compile(r"\w+(?:['’]\w+)*")


def words_of(text: str) -> tuple[str, ...]:
    """Words, case folded.

    >>> words_of("The men's car, again.")
    ('the', "men's", 'car', 'again')
    """
    return tuple(w.replace("’", "'") for w in _WORD.findall(text.casefold()))


@dataclass(frozen=True, slots=True)
class _Held:
    """A passage with its words, waiting for its like."""

    passage: PagePassage
    words: tuple[str, ...]


class EchoIndex:
    """Passages by their MinHash bands; `add` gives the echoes of what is added among all that was added before."""

    def __init__(self) -> None:
        self._held: list[_Held] = []
        self._buckets: dict[tuple[int, bytes], list[int]] = defaultdict(list)

    def add(self, passages: Iterable[PagePassage]) -> list[Echo]:
        """The echoes of `passages` among themselves and with all passages added before, each pair once."""
        new = [_Held(p, w) for p in passages if len(w := words_of(p.span.text)) >= MIN_WORDS]
        if not new:
            return []
        signatures = _signatures([h.words for h in new])
        echoes: list[Echo] = []
        for held, signature in zip(new, signatures, strict=True):
            index = len(self._held)
            self._held.append(held)
            candidates: set[int] = set()
            for band in range(BANDS):
                bucket = self._buckets[band, signature[band * ROWS : (band + 1) * ROWS].tobytes()]
                candidates.update(bucket[:_CHAIN])
                bucket.append(index)
            echoes += [e for c in sorted(candidates) if (e := self._compare(self._held[c], held))]
        return echoes

    def _compare(self, a: _Held, b: _Held) -> Echo | None:
        least = MIN_SIMILARITY_SHORT if min(len(a.words), len(b.words)) < SHORT_WORDS else MIN_SIMILARITY
        similarity = Indel.normalized_similarity(a.words, b.words, score_cutoff=least)
        if similarity < least:
            return None
        first, second = sorted((a.passage, b.passage), key=lambda p: (p.page, p.span.start_char))
        return Echo(first, second, round(similarity, 4), align_words(first.span.text, second.span.text))


def _signatures(words: Sequence[tuple[str, ...]]) -> list[np.ndarray]:
    shingles = [[" ".join(w[i : i + SHINGLE]) for i in range(len(w) - SHINGLE + 1)] for w in words]
    digests = RMinHash.digests_from_token_sets(shingles, num_perm=BANDS * ROWS, seed=7)
    return [np.asarray(d, dtype=np.uint32) for d in digests]


def find_echoes(passages: Iterable[PagePassage]) -> list[Echo]:
    """All echoes among `passages`, in the order of their passages."""
    found = EchoIndex().add(sorted(passages, key=lambda p: (p.page, p.span.start_char)))
    return sorted(found, key=lambda e: (e.a.page, e.a.span.start_char, e.b.page, e.b.span.start_char))
