"""CoNLL files of re3d: tokens with BIO tags.

In: a file, one token and tag a line, a blank line between sentences. Out: sentences, entities, and text as typed.
Never: scoring.
"""

from collections.abc import Iterator
from pathlib import Path

Range = tuple[int, int]

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
