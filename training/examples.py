"""Examples: what every corpus is turned into before training.

In: nothing. Out: `Example`, one text with the layers and items that its corpus annotates.
Never: a label for what a corpus does not annotate: a layer that is absent, and a range in `unsure`, teach nothing.
"""

import re
from dataclasses import dataclass, field
from itertools import pairwise

Range = tuple[int, int]


@dataclass(frozen=True, slots=True)
class Item:
    """A span that heads classify: `labels` by head (several for `types`), and the groups that it belongs to."""

    start: int
    end: int
    layer: str
    labels: dict[str, tuple[str, ...]] = field(default_factory=dict)
    tellings: frozenset[int] = frozenset()
    statements: frozenset[int] = frozenset()
    entity: int | None = None


@dataclass(frozen=True, slots=True)
class Example:
    """One text: `layers` holds, for each annotated layer, its spans; `unsure` ranges of a layer are not scored."""

    id: str
    style: str
    text: str
    layers: dict[str, tuple[Range, ...]]
    unsure: dict[str, tuple[Range, ...]] = field(default_factory=dict)
    items: tuple[Item, ...] = ()


def find_all(string: str, text: str) -> list[Range]:
    """All whole-word occurrences of `string`; white space matches any run of it, letter case counts not."""
    words = [re.escape(w) for w in string.split()]
    if not words:
        return []
    left = r"(?<![^\W_])" if string[0].isalnum() else ""
    right = r"(?![^\W_])" if string[-1].isalnum() else ""
    return [m.span() for m in re.finditer(left + r"\s+".join(words) + right, text, re.IGNORECASE)]


def sentence_ranges(text: str) -> list[Range]:
    """Rough sentences, for deciding which occurrences of a string are near each other (not for reading)."""
    bounds = [0, *(m.end() for m in re.finditer(r"[.!?][\"')\]]*\s+|\n\s*\n", text)), len(text)]
    return [(a, b) for a, b in pairwise(bounds) if b > a]
