"""From tags to spans, and from spans to groups: the parts that need no weights."""

from itertools import product

import numpy as np
from hypothesis import given
from hypothesis import strategies as st

from rashomon.read.decode import _SPLIT, _likeliest_runs, decode_layers
from rashomon.read.grouping import group_by_average
from rashomon.read.heads import LAYERS
from rashomon.read.windows import cut_windows, tokenize

TEXT = "Gunmen shot Iro Tamas. He fell."
PLACE = LAYERS.index("place")


def tags_for(words: dict[str, tuple[float, float]], layer: str = "perp_actor") -> tuple[object, np.ndarray, np.ndarray]:
    """Tokens of TEXT with the probabilities (B, I) of each named word."""
    tokens = tokenize(TEXT)
    tags = np.zeros((len(tokens), len(LAYERS), 3), dtype=np.float32)
    tags[:, :, 0] = 1.0
    for word, (b, i) in words.items():
        at = TEXT.index(word)
        for n, (start, end) in enumerate(tokens.offsets.tolist()):
            if at <= start and end <= at + len(word):
                tags[n, LAYERS.index(layer)] = (1 - b - i, b, i)
    passage_of = np.where(tokens.offsets[:, 0] < TEXT.index("He"), 0, 1)
    return tokens, tags, passage_of


def decode(words: dict[str, tuple[float, float]], **limits: float) -> list[str]:
    tokens, tags, passage_of = tags_for(words)
    return [
        TEXT[s.start_char : s.end_char] for s in decode_layers(tokens, TEXT, tags, passage_of, limits, ("perp_actor",))
    ]


def test_a_span_is_made_of_whole_words_without_the_full_stop() -> None:
    assert decode({"Iro": (0.9, 0.0), "Tamas": (0.0, 0.8)}) == ["Iro Tamas"]


def test_a_second_beginning_begins_a_second_span() -> None:
    assert decode({"Iro": (0.9, 0.0), "Tamas": (0.9, 0.0)}) == ["Iro", "Tamas"]


def test_no_span_crosses_a_passage() -> None:
    assert decode({"Tamas": (0.9, 0.0), "He": (0.2, 0.75), ".": (0.0, 0.9)}) == ["Tamas", "He"]


def test_a_span_needs_its_peak() -> None:
    words = {"Iro": (0.4, 0.0), "Tamas": (0.0, 0.35)}
    assert decode(words, perp_actor=0.3) == ["Iro Tamas"]
    assert decode(words, perp_actor=0.3, perp_actor_peak=0.6) == []


def sequence_score(states: tuple[int, ...], logs: list[list[float]], bias: float) -> float:
    pairs = list(zip((0, *states), states, strict=False))
    if any(before == 0 and now == 2 for before, now in pairs):
        return -np.inf
    split = sum(_SPLIT for before, now in pairs if before and now == 1)
    return sum(word[x] + bias * (x == 0) for word, x in zip(logs, states, strict=True)) - split


@given(st.lists(st.tuples(*[st.floats(0.01, 1.0)] * 3), min_size=1, max_size=6), st.floats(-3, 1))
def test_spans_are_those_of_the_likeliest_sequence(words: list[tuple[float, ...]], bias: float) -> None:
    logs = np.log(np.array(words) / np.sum(words, axis=1, keepdims=True)).tolist()
    states = [0] * len(words)
    for a, b in _likeliest_runs(logs, bias):
        states[a:b] = [1] + [2] * (b - a - 1)
    best = max(sequence_score(s, logs, bias) for s in product((0, 1, 2), repeat=len(words)))
    assert abs(sequence_score(tuple(states), logs, bias) - best) < 1e-6


@given(st.lists(st.tuples(*[st.floats(0.01, 1.0)] * 3), min_size=1, max_size=6), st.floats(-3, 1))
def test_no_span_is_where_every_word_is_likelier_outside(words: list[tuple[float, ...]], bias: float) -> None:
    logs = np.log(np.array(words) / np.sum(words, axis=1, keepdims=True))
    outside = logs[logs[:, 1:].max(axis=1) < logs[:, 0] + bias]
    assert not _likeliest_runs(outside.tolist(), bias)


def test_a_weak_start_of_a_sure_span_is_in_it() -> None:
    assert decode({"Iro": (0.45, 0.05), "Tamas": (0.02, 0.9)}) == ["Iro Tamas"]
    assert decode({"Iro": (0.3, 0.6), "Tamas": (0.45, 0.35)}) == ["Iro Tamas"]


def test_average_linkage_needs_all_pairs() -> None:
    similar = np.array([[1, 0.9, 0.0], [0.9, 1, 0.6], [0.0, 0.6, 1]], dtype=np.float32)
    apart = np.zeros((3, 3), dtype=bool)
    assert group_by_average(similar, 0.5, apart) == [[0, 1], [2]]
    apart[0, 1] = apart[1, 0] = True
    assert group_by_average(similar, 0.5, apart) == [[0], [1, 2]]


@given(st.integers(0, 3000), st.lists(st.integers(0, 8000), max_size=60))
def test_windows_cover_every_token(count: int, starts: list[int]) -> None:
    tokens = tokenize("word " * count)
    windows = cut_windows(tokens, sorted(starts))
    covered = np.zeros(len(tokens), dtype=bool)
    for first, last in windows:
        assert 0 < last - first <= 384
        covered[first:last] = True
    assert covered.all()
