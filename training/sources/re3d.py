"""re3d: CoNLL sentences with entities → examples.

In: a CoNLL file. Out: examples of style `re3d`, some sentences each.
Never: relations or nested entities (the file has none).
"""

from collections.abc import Iterator
from pathlib import Path

from training.examples import Example, Range

KINDS = {
    "Person": "person", "Organisation": "organisation", "Nationality": "nationality", "Location": "place",
    "Temporal": "time", "Weapon": "weapon", "MilitaryPlatform": "vehicle", "Quantity": "quantity",
    "Money": "money", "DocumentReference": "document",
}  # fmt: skip
NO_SPACE_BEFORE = set(".,;:!?)]}'’%")
NO_SPACE_AFTER = set("([{$£#")


def read_sentences(path: Path) -> Iterator[list[tuple[str, str]]]:
    """Sentences as (token, tag)."""
    sentence: list[tuple[str, str]] = []
    for line in path.read_text(encoding="utf-8").split("\n"):
        if line.strip():
            token, tag = line.rsplit("\t", 1)
            sentence.append((token, tag))
        elif sentence:
            yield sentence
            sentence = []
    if sentence:
        yield sentence


def join_tokens(tokens: list[str]) -> tuple[str, list[Range]]:
    """Text as a person would type it, and where each token stands in it."""
    text, ranges = "", []
    for token in tokens:
        glued = not text or token[0] in NO_SPACE_BEFORE or text[-1] in NO_SPACE_AFTER
        text += "" if glued else " "
        ranges.append((len(text), len(text) + len(token)))
        text += token
    return text, ranges


def entities(tags: list[str]) -> list[tuple[str, int, int]]:
    """BIO tags → (type, first token, token after the last)."""
    found: list[tuple[str, int, int]] = []
    for i, tag in enumerate(tags):
        kind = tag[2:]
        if tag.startswith("B-") or (tag.startswith("I-") and (i == 0 or tags[i - 1][2:] != kind)):
            found.append((kind, i, i + 1))
        elif tag.startswith("I-"):
            found[-1] = (kind, found[-1][1], i + 1)
    return found


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
