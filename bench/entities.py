"""Entities in CoNLL: `python -m bench entities FILE.conll`.

In: tokens with BIO tags (re3d's ten types). Out: exact-span F1 in all and by type, as conlleval counts.
Never: the tags as input.
"""

import argparse
from collections import Counter
from collections.abc import Sequence
from pathlib import Path

import numpy as np

from bench.conll import KINDS, entities, join_tokens, read_sentences
from bench.matching import Score
from rashomon.read.decode import TaggedSpan, decode_layers
from rashomon.read.heads import MENTION_LAYERS
from rashomon.read.model import Model, load_model
from rashomon.read.windows import tokenize


def surest(spans: Sequence[TaggedSpan]) -> list[TaggedSpan]:
    """Of spans that overlap the surest: the corpus gives each word one kind at most."""
    kept: list[TaggedSpan] = []
    for s in sorted(spans, key=lambda s: -s.score):
        if all(s.end_char <= k.start_char or k.end_char <= s.start_char for k in kept):
            kept.append(s)
    return kept


def add_arguments(parser: argparse.ArgumentParser) -> None:
    """Options of the command line."""
    parser.add_argument("file", type=Path)
    parser.add_argument("--limit", type=int, help="only the first so many sentences")


def run(args: argparse.Namespace) -> dict[str, object]:
    """Read every sentence by itself and score it."""
    by = score_sentences(load_model(), list(read_sentences(args.file))[: args.limit])
    total = sum(by.values(), Score())
    return {**total.figures(), "by_type": {k: s.figures() for k, s in by.items()}}


def score_sentences(model: Model, sentences: Sequence[Sequence[tuple[str, str]]]) -> dict[str, Score]:
    """Scores by type of sentences of tokens with their tags."""
    thresholds = model.card.thresholds_for("re3d")
    found, gold, right = Counter[str](), Counter[str](), Counter[str]()
    for sentence in sentences:
        text, ranges = join_tokens([t for t, _ in sentence])
        wanted = {(KINDS.get(k, k), ranges[a][0], ranges[b - 1][1]) for k, a, b in entities([t for _, t in sentence])}
        tokens = tokenize(text)
        encoded = model.encode(tokens, [(i, min(i + 380, len(tokens))) for i in range(0, len(tokens), 380)], "re3d")
        spans = decode_layers(
            tokens, text, encoded.tags, np.zeros(len(tokens), dtype=np.int64), thresholds, MENTION_LAYERS
        )
        got = {(s.layer.removeprefix("mention_"), s.start_char, s.end_char) for s in surest(spans)}
        found.update(k for k, _, _ in got)
        gold.update(k for k, _, _ in wanted)
        right.update(k for k, _, _ in got & wanted)
    return {k: Score(right[k], found[k], right[k], gold[k]) for k in sorted(gold | found)}
