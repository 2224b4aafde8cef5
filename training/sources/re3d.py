"""re3d: CoNLL sentences with entities → examples.

In: a CoNLL file. Out: examples of style `re3d`, some sentences each.
Never: relations or nested entities (the file has none).
"""

from collections.abc import Iterator
from pathlib import Path

from bench.conll import KINDS, entities, join_tokens, read_sentences
from training.examples import Example, Range


def load(path: Path, sentences: int = 6) -> Iterator[Example]:
    """All sentences of the file, `sentences` to an example."""
    held = list(read_sentences(path))
    for at in range(0, len(held), sentences):
        text = ""
        layers: dict[str, list[Range]] = {f"mention_{kind}": [] for kind in KINDS.values()}
        for sentence in held[at : at + sentences]:
            base = len(text) + bool(text)
            words, ranges = join_tokens([t for t, _ in sentence])
            text += (" " if text else "") + words
            for kind, first, last in entities([t for _, t in sentence]):
                layers[f"mention_{KINDS[kind]}"].append((base + ranges[first][0], base + ranges[last - 1][1]))
        yield Example(f"{path.stem}-{at}", "re3d", text, {k: tuple(v) for k, v in layers.items()})
