"""Augmentation: names swapped for others, letter case and typography spoilt, so that neither can be leant upon.

In: an example. Out: another example whose ranges fit its own text.
Never: a change of what is told: only names, case and punctuation differ.
"""

import random
import re
from bisect import bisect_right
from collections import Counter, defaultdict
from collections.abc import Iterable
from dataclasses import dataclass, replace

from rashomon.read.heads import ROLE_LAYERS, STATEMENT_LAYERS
from training.examples import Example, Range, sentence_ranges

_WORD = re.compile(r"[^\W\d_](?:[^\W\d_]|['’-](?=[^\W\d_]))*")
_DEMONYM = re.compile(r"(?:[iae]an|ese|ish|oran|alan|ian|ari|ani|iri)s?$", re.IGNORECASE)
_CLASS_OF_LAYER = {
    "place": "place", "site": "place", "mention_place": "place", "perp_org": "organisation",
    "mention_organisation": "organisation", "target_human": "person", "mention_person": "person", "source": "person",
    "perp_actor": "person",
}  # fmt: skip

Edit = tuple[int, int, str]


@dataclass(frozen=True, slots=True)
class Names:
    """What is known of names: the `common` words (lower case) that are none, and a pool of names for each class."""

    common: frozenset[str]
    pools: dict[str, tuple[str, ...]]


def _is_shouting(text: str) -> bool:
    letters = [c for c in text if c.isalpha()]
    return sum(c.isupper() for c in letters) > 0.6 * len(letters)


def _classes(example: Example, common: frozenset[str]) -> dict[str, str]:
    """Each name word of the text (as written) → its class."""
    shouting = _is_shouting(example.text)
    marked = sorted(
        (start, end, cls) for layer, cls in _CLASS_OF_LAYER.items() for start, end in example.layers.get(layer, ())
    )
    found: dict[str, str] = {}
    for m in _WORD.finditer(example.text):
        word = m.group()
        if len(word) < 3 or word.lower() in common or not (shouting or word[0].isupper()):
            continue
        if word.lower().removesuffix("'s").removesuffix("’s") in common:
            continue
        if not shouting and word.isupper() and len(word) <= 6:
            found[word] = "acronym"
        elif _DEMONYM.search(word):
            found.setdefault(word, "demonym")
        else:
            cls = next((c for s, e, c in marked if s <= m.start() < e), None)
            if cls is not None or word not in found:
                found[word] = cls or "person"
    return found


def learn_names(examples: Iterable[Example]) -> Names:
    """Common words (seen in lower case at least twice) and pools of names, from training texts."""
    held = list(examples)
    lower = Counter(w for e in held if not _is_shouting(e.text) for w in _WORD.findall(e.text) if w.islower())
    common = frozenset(w for w, n in lower.items() if n >= 2)
    pools: dict[str, Counter[str]] = defaultdict(Counter)
    for example in held:
        for word, cls in _classes(example, common).items():
            pools[cls][word if cls == "acronym" else word.capitalize()] += 1
    return Names(common, {cls: tuple(sorted(words)) for cls, words in pools.items()})


def rewrite(example: Example, edits: list[Edit]) -> Example:
    """The example with `edits` (sorted, disjoint: start, end, new words) made and every range moved along."""
    if not edits:
        return example
    parts, at, shift = [], 0, 0
    starts, shifts = [], []
    for start, end, new in edits:
        parts += [example.text[at:start], new]
        shift += len(new) - (end - start)
        starts.append(start)
        shifts.append(shift)
        at = end
    parts.append(example.text[at:])

    def move(at_char: int, *, is_end: bool) -> int:
        i = bisect_right(starts, at_char - is_end) - 1
        if i < 0:
            return at_char
        start, end, new = edits[i]
        before = shifts[i] - (len(new) - (end - start))
        if at_char < end or (is_end and at_char == end):
            return start + before + (len(new) if is_end else 0)
        return at_char + shifts[i]

    def both(r: Range) -> Range:
        return move(r[0], is_end=False), move(r[1], is_end=True)

    def kept(ranges: tuple[Range, ...]) -> tuple[Range, ...]:
        return tuple(m for r in ranges if (m := both(r))[1] > m[0])

    items = []
    for item in example.items:
        start, end = both((item.start, item.end))
        if end > start:
            items.append(replace(item, start=start, end=end))
    return replace(
        example,
        text="".join(parts),
        layers={k: kept(v) for k, v in example.layers.items()},
        unsure={k: kept(v) for k, v in example.unsure.items()},
        items=tuple(items),
    )


def swap_names(example: Example, names: Names, rng: random.Random) -> Example:
    """Every name word replaced, the same by the same throughout, by another of its class."""
    shouting = _is_shouting(example.text)
    new: dict[str, str] = {}
    for word, cls in _classes(example, names.common).items():
        pool = names.pools.get(cls, ())
        if not pool or rng.random() < 0.08:
            continue
        if cls == "acronym" and rng.random() < 0.5:
            other = "".join(rng.choice("ABCDEFGHIKLMNOPRSTUVZ") for _ in word)
        else:
            other = rng.choice(pool)
        if word.endswith(("'s", "’s")) and not other.endswith(("'s", "’s")):
            other += word[-2:]
        new[word] = other.upper() if shouting or cls == "acronym" else other
    return rewrite(
        example, [(m.start(), m.end(), new[m.group()]) for m in _WORD.finditer(example.text) if m.group() in new]
    )


def true_case(example: Example, names: Names) -> Example:
    """A shouting text in ordinary case: names and the first words of sentences get a capital."""
    firsts = {m.end() for m in re.finditer(r"(?:^|[.!?]\s+[\"'(\[]*|\n\s*\n\s*)", example.text)}
    edits: list[Edit] = []
    for m in _WORD.finditer(example.text):
        word = m.group()
        bracketed = example.text[max(0, m.start() - 1) : m.start()] == "[" and len(word) <= 6
        if bracketed:
            continue
        common = word.lower() in names.common
        other = word.capitalize() if m.start() in firsts or not common else word.lower()
        if len(other) == len(word):
            edits.append((m.start(), m.end(), other))
    return rewrite(example, edits)


def add_noise(example: Example, rng: random.Random) -> Example:
    """One kind of typographic noise, or (usually) none."""
    roll = rng.random()
    text = example.text
    if roll < 0.05:
        return _recase(example, text.lower())
    if roll < 0.12:
        return _recase(example, text.upper())
    if roll < 0.16:
        return rewrite(
            example, [(m.start(), m.end(), "") for m in re.finditer(r"[.,;:'\"]", text) if rng.random() < 0.8]
        )
    if roll < 0.20:
        table = {"l": "1", "O": "0", "e": "c", "m": "rn", "h": "b", "I": "l"}
        return rewrite(
            example, [(i, i + 1, table[c]) for i, c in enumerate(text) if c in table and rng.random() < 0.03]
        )
    if roll < 0.26:
        wraps = [(m.start(), m.end(), "\n") for m in re.finditer(r"(?<=\S) (?=\S)", text) if rng.random() < 0.09]
        return rewrite(example, wraps)
    return example


def _recase(example: Example, text: str) -> Example:
    return replace(example, text=text) if len(text) == len(example.text) else example


def as_general(example: Example) -> Example:
    """What a corpus of another style says also under our guideline: its positives and what stands beside them."""
    roles = [r for layer in ROLE_LAYERS for r in example.layers.get(layer, ())]
    if not any(layer in example.layers for layer in ROLE_LAYERS):
        kept = {k: v for k, v in example.layers.items() if k in STATEMENT_LAYERS or k.startswith("mention_")}
        return replace(example, style="general", layers=kept)
    quiet = tuple((a, b) for a, b in sentence_ranges(example.text) if not any(a <= start < b for start, _ in roles))
    unsure = {k: (*example.unsure.get(k, ()), *quiet) for k in example.layers}
    return replace(example, style="general", unsure=unsure)


GENERAL_SHARE = {"muc4": 0.0, "polnear": 0.3, "re3d": 0.5, "ecbplus": 0.0, "general": 0.0}


def augment(example: Example, names: Names, rng: random.Random) -> Example:
    """One epoch's version of an example."""
    if example.style == "muc4" and rng.random() < 0.2:
        example = true_case(example, names)
    if example.style != "re3d" and rng.random() < 0.75:
        example = swap_names(example, names, rng)
    if rng.random() < GENERAL_SHARE[example.style]:
        example = as_general(example)
    return add_noise(example, rng)
