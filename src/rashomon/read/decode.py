"""Tags to spans: for each layer, the runs of words that are in it.

In: tag probabilities of a text's word pieces. Out: spans of whole words with a score.
Never: half a word, or a span that crosses a passage's border (quoted content excepted).
"""

import re
from collections.abc import Mapping, Sequence
from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

from rashomon.read.heads import LAYERS
from rashomon.read.windows import Tokens

Floats = NDArray[np.float32]
Ints = NDArray[np.int64]
_EDGE = " \t\r\n\u00a0.,;:!?\"'“”‘’()[]-–—"
_NAMING = (
    "perp_actor", "perp_org", "target_human", "target_physical", "instrument", "place", "beneficiary", "source",
    "audience",
)  # fmt: skip
"""Layers whose spans are noun phrases."""
_LOOSE_BEFORE = re.compile(r"(?:(?:of|in|at|on|and|or|by|from|to|with|for|but|when)\s+)+", re.IGNORECASE)
_LOOSE_AFTER = re.compile(
    r"(?:[\s,]+(?:of|in|at|on|and|or|by|from|to|with|for|near|the|an?|as|who|which|that|while|when|into|against|was|were))+$",
    re.IGNORECASE,
)
_SURE = 2.0
"""How much likelier a word must be to begin a span than to go on with one, for the span before it to end there."""
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
    moved = np.append(True, passages[1:] != passages[:-1])
    spans: list[TaggedSpan] = []
    for layer in layers:
        k = LAYERS.index(layer)
        within = np.asarray(1 - outside[:, k], dtype=np.float32)
        cuts = begins[:, k] > _SURE * inside_[:, k]
        above = np.flatnonzero(within > thresholds.get(layer, 0.5))
        runs = _runs(above.tolist(), (cuts if layer in CROSSING else cuts | moved).tolist())
        peak = thresholds.get(f"{layer}_peak", 0.0)
        held = within.tolist()
        for a, b in runs:
            if max(held[a:b]) < peak:
                continue
            first, last = int(first_of_word[a]), int(last_of_word[b - 1])
            start, end = _trim(text, int(tokens.offsets[first, 0]), int(tokens.offsets[last - 1, 1]))
            if layer in _NAMING:
                start, end = _without_loose_ends(text, start, end)
            if end > start:
                spans.append(TaggedSpan(layer, start, end, first, last, sum(held[a:b]) / (b - a)))
    return spans


def _runs(above: list[int], cuts: list[bool]) -> list[tuple[int, int]]:
    """Runs `[a, b)` of the words `above` the threshold (in order), cut before those of `cuts`.

    >>> _runs([1, 2, 3, 5], [False, False, False, True, False, False])
    [(1, 3), (3, 4), (5, 6)]
    """
    runs: list[tuple[int, int]] = []
    for i in above:
        if runs and runs[-1][1] == i and not cuts[i]:
            runs[-1] = (runs[-1][0], i + 1)
        else:
            runs.append((i, i + 1))
    return runs


def _without_loose_ends(text: str, start: int, end: int) -> tuple[int, int]:
    """Without the prepositions, articles and conjunctions that hang on at either edge.

    >>> _without_loose_ends("the checkpoint at Tarn", 0, 17), _without_loose_ends("of the army", 0, 11)
    ((0, 14), (3, 11))
    """
    if m := _LOOSE_BEFORE.match(text, start, end):
        start = m.end()
    if (m := _LOOSE_AFTER.search(text, start, end)) and m.end() == end:
        end = m.start()
    return start, end


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
