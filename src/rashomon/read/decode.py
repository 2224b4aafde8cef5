"""Tags to spans: for each layer, the runs of words that are in it.

In: tag probabilities of a text's word pieces. Out: spans of whole words with a score.
Never: half a word, or a span that crosses a passage's border (quoted content excepted).
"""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

from rashomon.read.heads import LAYERS
from rashomon.read.windows import Tokens

Floats = NDArray[np.float32]
Ints = NDArray[np.int64]
_EDGE = " \t\r\n\u00a0.,;:!?\"'“”‘’()[]-–—"
CROSSING = ("content", "outcome")
"""Layers whose spans may run over several passages."""


@dataclass(frozen=True, slots=True)
class TaggedSpan:
    """A span of one layer: characters `[start_char, end_char)`, tokens `[first, last)`, and the mean probability."""

    layer: str
    start_char: int
    end_char: int
    first: int
    last: int
    score: float


def word_starts(tokens: Tokens, text: str) -> NDArray[np.bool_]:
    """Which tokens begin a word: those not glued, letter to letter, to the token before."""
    starts = np.ones(len(tokens), dtype=bool)
    offsets = tokens.offsets.tolist()
    for i in range(1, len(offsets)):
        at, before = offsets[i][0], offsets[i - 1][1]
        if at == before and at > 0 and text[at - 1].isalnum() and text[at].isalnum():
            starts[i] = False
    return starts


def decode_layers(
    tokens: Tokens,
    text: str,
    tags: Floats,
    passage_of: Ints,
    thresholds: Mapping[str, float],
    layers: Sequence[str] = LAYERS,
) -> list[TaggedSpan]:
    """All spans of `layers`: `tags` `(N, layers, 3)`; `passage_of` `(N,)` is each token's passage (-1: none).

    A span goes on while its words are above the layer's threshold; one of them has to reach `<layer>_peak`.
    """
    if not len(tokens):
        return []
    first_of_word = np.flatnonzero(word_starts(tokens, text))
    last_of_word = np.append(first_of_word[1:], len(tokens))
    pieces = (last_of_word - first_of_word)[:, None]
    outside = np.add.reduceat(tags[:, :, 0], first_of_word, axis=0) / pieces
    begins = tags[first_of_word, :, 1]
    inside_ = tags[first_of_word, :, 2]
    passages = passage_of[first_of_word]
    spans: list[TaggedSpan] = []
    for layer in layers:
        k = LAYERS.index(layer)
        within = np.asarray(1 - outside[:, k], dtype=np.float32)
        for a, b in _runs(
            within, begins[:, k] > inside_[:, k], passages, thresholds.get(layer, 0.5), layer in CROSSING
        ):
            first, last = int(first_of_word[a]), int(last_of_word[b - 1])
            start, end = int(tokens.offsets[first, 0]), int(tokens.offsets[last - 1, 1])
            start, end = _trim(text, start, end)
            if end > start and within[a:b].max() >= thresholds.get(f"{layer}_peak", 0.0):
                spans.append(TaggedSpan(layer, start, end, first, last, float(within[a:b].mean())))
    return spans


def _runs(
    within: Floats, begins: NDArray[np.bool_], passages: Ints, threshold: float, crossing: bool
) -> list[tuple[int, int]]:
    """Runs of words above the threshold, cut where one begins anew or the passage changes."""
    above = within > threshold
    runs: list[tuple[int, int]] = []
    start = -1
    for i in np.flatnonzero(above | np.append(False, above[:-1])).tolist():
        cut = start >= 0 and (begins[i] or (not crossing and passages[i] != passages[i - 1]))
        if start >= 0 and (not above[i] or cut):
            runs.append((start, i))
            start = -1
        if above[i] and start < 0:
            start = i
    if start >= 0:
        runs.append((start, len(within)))
    return runs


def _trim(text: str, start: int, end: int) -> tuple[int, int]:
    """Without white space and punctuation at the edges, but with a bracket, quote or full stop that belongs to it."""
    while start < end and text[start] in _EDGE:
        start += 1
    while end > start and text[end - 1] in _EDGE:
        end -= 1
    words = text[start:end]
    if words.count("(") > words.count(")") and text[end : end + 1] == ")":
        end += 1
    if words.count("[") > words.count("]") and text[end : end + 1] == "]":
        end += 1
    if words[-2:-1] == "." and text[end : end + 1] == ".":
        end += 1
    return start, end
