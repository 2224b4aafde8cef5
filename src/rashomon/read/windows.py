"""Tokens and windows: what of an article the network sees at once.

In: an article's text and the ranges of it that are to be read. Out: windows of word pieces with character offsets.
Never: more than `MAX_TOKENS` pieces a window, nor a cut within a passage that fits one.
"""

from bisect import bisect_left
from collections.abc import Sequence
from dataclasses import dataclass
from functools import lru_cache
from importlib import resources

import numpy as np
from numpy.typing import NDArray
from tokenizers import Tokenizer

MAX_TOKENS = 384
OVERLAP_TOKENS = 64

Ints = NDArray[np.int64]


@dataclass(frozen=True, slots=True)
class Tokens:
    """Word pieces of a text: `ids`, and `offsets` `(N, 2)`, half-open, in code points; `cases` are indexes of CASES."""

    ids: Ints
    offsets: Ints
    cases: Ints

    def __len__(self) -> int:
        return len(self.ids)


@lru_cache(maxsize=1)
def load_tokenizer() -> Tokenizer:
    """The base model's tokeniser (WordPiece, uncased), as shipped with the weights."""
    path = resources.files("rashomon.read") / "weights" / "tokenizer.json"
    tokenizer: Tokenizer = Tokenizer.from_str(path.read_text(encoding="utf-8"))
    tokenizer.no_truncation()
    tokenizer.no_padding()
    return tokenizer


def tokenize(text: str, ranges: Sequence[tuple[int, int]] | None = None) -> Tokens:
    """The word pieces of `text` that lie in `ranges` (ordered, disjoint, half-open; all of it by default)."""
    encoding = load_tokenizer().encode(text, add_special_tokens=False)
    ids = np.array(encoding.ids, dtype=np.int64)
    offsets = np.array(encoding.offsets, dtype=np.int64).reshape(-1, 2)
    if ranges is not None:
        keep = np.zeros(len(ids), dtype=bool)
        for start_char, end_char in ranges:
            first, last = np.searchsorted(offsets[:, 0], (start_char, end_char))
            keep[first:last] = True
        ids, offsets = ids[keep], offsets[keep]
    return Tokens(ids, offsets, _cases(text, offsets))


def _cases(text: str, offsets: Ints) -> Ints:
    """Index of CASES for each token; all 0 where the text's letters are (nearly) all of one case."""
    cases = np.zeros(len(offsets), dtype=np.int64)
    letters = list(filter(str.isalpha, text[:20_000]))
    upper = sum(map(str.isupper, letters))
    if not letters or upper < 0.004 * len(letters) or upper > 0.6 * len(letters):
        return cases
    for i, (start, end) in enumerate(offsets.tolist()):
        word = text[start:end]
        if word.isupper() and len(word) > 1:
            cases[i] = 3
        elif word[:1].isupper():
            cases[i] = 2
        elif word[:1].isalpha():
            cases[i] = 1
    return cases


def cut_windows(
    tokens: Tokens, starts: Sequence[int], max_tokens: int = MAX_TOKENS, overlap_tokens: int = OVERLAP_TOKENS
) -> list[tuple[int, int]]:
    """Token ranges `[first, last)` that cover all tokens; `starts` are the characters where passages start.

    A window ends where a passage ends, if one does in its second half; the next one starts at a passage's start, at
    most `overlap_tokens` earlier, so that a passage at an edge is seen with what stands before it.
    """
    size = max_tokens - 2
    if len(tokens) <= size:
        return [(0, len(tokens))] if len(tokens) else []
    firsts = sorted({int(np.searchsorted(tokens.offsets[:, 0], s)) for s in starts})
    windows: list[tuple[int, int]] = []
    first = 0
    while True:
        if len(tokens) - first <= size:
            windows.append((first, len(tokens)))
            return windows
        at = bisect_left(firsts, first + size + 1) - 1
        last = firsts[at] if at >= 0 and firsts[at] > first + size // 2 else first + size
        windows.append((first, last))
        back = bisect_left(firsts, last - overlap_tokens)
        candidate = firsts[back] if back < len(firsts) else last
        first = candidate if first < candidate <= last else last
