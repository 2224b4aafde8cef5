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
    "perp_actor", "perp_org", "target_human", "target_physical", "instrument", "place", "site", "beneficiary",
    "source", "audience",
)  # fmt: skip
"""Layers whose spans are noun phrases."""
_LOOSE_BEFORE = re.compile(
    r"(?:(?:of|in|at(?!\s+(?:least|most)\b)|on|and|or|by|from|to|with|for|but|when)\s+)+", re.IGNORECASE
)
_LOOSE_AFTER = re.compile(
    r"(?:[\s,]+(?:of|in|at|on|and|or|by|from|to|with|for|near|the|an?|as|who|which|that|while|when|into|against|was|were))+$",
    re.IGNORECASE,
)
_LEAST = 0.03
"""Words less likely than this to be in a layer are in none of its spans."""
_SPLIT = float(np.log(2.0))
"""What it costs to begin a span right after another: the word must be so much likelier to begin one than to go on."""
_FLOOR = 1e-6
"""Added to a probability before its logarithm."""
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

    A layer's spans are the likeliest sequence of O, B and I of its words, where what is outside counts for as much as
    inside if the layer's threshold is 0.5, for less below; one word of a span has to reach `<layer>_peak`.
    """
    if not len(tokens):
        return []
    first_of_word = np.flatnonzero(word_starts(tokens, text))
    last_of_word = np.append(first_of_word[1:], len(tokens))
    pieces = (last_of_word - first_of_word)[:, None]
    if tuple(layers) != LAYERS:
        tags = tags[:, [LAYERS.index(layer) for layer in layers]]
    outside = np.add.reduceat(tags[:, :, 0], first_of_word, axis=0) / pieces
    within = np.asarray(1 - outside, dtype=np.float32)
    begin, inside_ = tags[first_of_word, :, 1], tags[first_of_word, :, 2]
    share = within / (begin + inside_ + _FLOOR)
    logs = np.log(np.stack([outside, begin * share, inside_ * share], axis=2) + _FLOOR)
    ahead = logs[:, :, 1:].max(axis=2) - logs[:, :, 0]
    passages = passage_of[first_of_word]
    moved = np.append(True, passages[1:] != passages[:-1])
    spans: list[TaggedSpan] = []
    for k, layer in enumerate(layers):
        threshold = thresholds.get(layer, 0.5)
        bias = float(np.log(threshold / (1 - threshold)))
        peak = thresholds.get(f"{layer}_peak", 0.0)
        held = within[:, k]
        surer = np.cumsum(np.append(False, ahead[:, k] >= bias)).tolist()
        for words in _stretches(np.flatnonzero(held > _LEAST), moved & (layer not in CROSSING)):
            # where no word is likelier inside than outside, by the threshold, no sequence holds a span
            if surer[words[0]] == surer[words[1]]:
                continue
            for a, b in _likeliest_runs(logs[words[0] : words[1], k].tolist(), bias):
                first, last = int(first_of_word[words[0] + a]), int(last_of_word[words[0] + b - 1])
                sure = held[words[0] + a : words[0] + b]
                if sure.max() < peak:
                    continue
                start, end = _trim(text, int(tokens.offsets[first, 0]), int(tokens.offsets[last - 1, 1]))
                if layer in _NAMING:
                    start, end = _without_loose_ends(text, start, end)
                if end > start:
                    spans.append(TaggedSpan(layer, start, end, first, last, float(sure.mean())))
    return spans


def _stretches(words: Ints, cuts: NDArray[np.bool_]) -> list[tuple[int, int]]:
    """Runs `[a, b)` of the indexes `words` (in order) that follow on one another, cut before those of `cuts`.

    >>> _stretches(np.array([1, 2, 3, 5]), np.array([False, False, False, True, False, False]))
    [(1, 3), (3, 4), (5, 6)]
    """
    if not len(words):
        return []
    starts = np.append(True, np.diff(words) > 1) | cuts[words]
    at = np.flatnonzero(starts)
    return [(int(words[a]), int(words[b - 1]) + 1) for a, b in zip(at, [*at[1:], len(words)], strict=True)]


def _likeliest_runs(logs: Sequence[Sequence[float]], bias: float) -> list[tuple[int, int]]:
    """Runs `[a, b)` of the likeliest sequence of O, B and I, from the logarithms of each word's three probabilities;
    `bias` is added to O's. An I follows a B or an I (Viterbi's algorithm).

    >>> from math import log
    >>> words = ((0.1, 0.8, 0.1), (0.2, 0.3, 0.5), (0.6, 0.1, 0.3), (0.3, 0.6, 0.1))
    >>> likely = [[log(p) for p in word] for word in words]
    >>> _likeliest_runs(likely, 0.0), _likeliest_runs(likely, -2.0)
    ([(0, 2), (3, 4)], [(0, 3), (3, 4)])
    """
    out, begin, on = 0.0, -np.inf, -np.inf
    back: list[tuple[int, int, int]] = []
    for o, b, i in logs:
        inside, came = max((begin, 1), (on, 2))
        best, before = max((out, 0), (inside, came))
        fresh, parted = max((out, 0), (inside - _SPLIT, came))
        back.append((before, parted, came))
        out, begin, on = best + o + bias, fresh + b, inside + i
    state = max((out, 0), (begin, 1), (on, 2))[1]
    states = [state]
    for choices in back[:0:-1]:
        state = choices[state]
        states.append(state)
    states.reverse()
    bounds = [n for n, x in enumerate(states) if x == 1]
    ends = [next((n for n in range(a + 1, len(states)) if states[n] != 2), len(states)) for a in bounds]
    return list(zip(bounds, ends, strict=True))


def _without_loose_ends(text: str, start: int, end: int) -> tuple[int, int]:
    """Without the prepositions, articles and conjunctions that hang on at either edge.

    >>> _without_loose_ends("the checkpoint at Tarn", 0, 17), _without_loose_ends("of the army", 0, 11)
    ((0, 14), (3, 11))
    >>> _without_loose_ends("of at least 17 villagers", 0, 24), _without_loose_ends("at the market", 0, 13)
    ((3, 24), (3, 13))
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
