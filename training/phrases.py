"""Augmentation: phrases swapped for others of their kind: "two shepherds" for "three nuns", "detained" for "arrested".

In: training texts of our style, whose items say what each phrase is. Out: pools of phrases, and examples with some of
them swapped. Never: a name (`augment.swap_names` does these), a phrase that holds or crosses another annotated span, or
one whose referent is also called otherwise in the text: the two would no longer be coreferent.

Mention replacement (Dai & Adel 2020, "An analysis of simple data augmentation for named entity recognition"): that
somebody is the target then has to be read from the sentence, and not from the noun.
"""

import random
import re
from collections import Counter, defaultdict
from collections.abc import Iterable

from rashomon.vocabulary import PRONOUNS
from training.augment import Edit, rewrite
from training.examples import Example, Item

KIND = {
    "perp_actor": "side",
    "target_human": "target_kind",
    "target_physical": "target_kind",
    "instrument": "instrument_kind",
    "place": "place_kind",
    "site": "place_kind",
    "count": "effect",
    "time": "",
}
"""The layers whose phrases are swapped, and the head whose label two phrases must share."""
TYPICAL = 0.6
"""An anchor stands in for another if this share of its occurrences has their one type."""
TEXTS, PHRASES = 0.5, 0.5
"""How many texts are changed, and how many of their phrases."""

_IS = frozenset({"was", "were", "been", "be", "is", "are", "being"})
_ARTICLES = {"the": "the", "a": "a", "an": "a"} | dict.fromkeys(("his", "her", "their", "its", "my", "our"), "own")
_NUMBER = re.compile(
    r"\d|(?:two|three|four|five|six|seven|eight|nine|ten|eleven|twelve|dozens?|several|some|many|hundreds|scores)\b",
    re.IGNORECASE,
)
Phrases = dict[tuple[str, ...], tuple[str, ...]]
"""Phrases by layer, kind and form."""


def _ending(word: str) -> str:
    for ending in ("ing", "ed", "s"):
        if word.endswith(ending):
            return ending
    return ""


def _form(layer: str, phrase: str) -> str:
    """What must be alike for one phrase to stand where the other did: determiner, number or tense, length."""
    words = phrase.split()
    first, last = words[0].lower(), words[-1].lower()
    if layer == "anchor":
        opening = "is" if first in _IS else _ARTICLES.get(first) or _ending(first)
        return f"{opening} {_ending(last)} {min(len(words), 4)}"
    opening = "number" if _NUMBER.match(first) else _ARTICLES.get(first, "")
    ending = "s" if last.endswith("s") or last in ("people", "men", "women", "children", "police") else ""
    return f"{opening} {ending} {len(words) if layer in ('count', 'time') else min(len(words), 2)}"


def _key(item: Item, phrase: str) -> tuple[str, ...] | None:
    """The pool of an item's phrase; None for what is never swapped: names, pronouns, acts of several types."""
    words = phrase.split()
    if not words or len(words) > 6 or phrase.lower() in PRONOUNS or "\n" in phrase:
        return None
    if item.layer == "anchor":
        types = item.labels.get("types", ())
        swapped = len(types) == 1 and not any(w[0].isupper() for w in words[1:])
        return ("anchor", *types, _form("anchor", phrase)) if swapped else None
    opens = words[0].lower() in _ARTICLES or _NUMBER.match(words[0])  # "Two shepherds", at the start of a sentence
    named = any(w[0].isupper() for w in words[bool(opens) :])
    if item.layer not in KIND or (item.layer != "time" and named):
        return None
    if item.layer == "instrument" and _form("instrument", phrase).startswith("  "):
        return None  # mostly the verb that names it
    kind = item.labels.get(KIND[item.layer], ("",))
    return (item.layer, *kind, _form(item.layer, phrase))


def learn_phrases(examples: Iterable[Example]) -> Phrases:
    """Pools of phrases from training texts; of anchors only those that mostly have the one type, and came twice."""
    found: dict[tuple[str, ...], Counter[str]] = defaultdict(Counter)
    anchors: Counter[str] = Counter()
    for example in examples:
        for item in example.items:
            phrase = example.text[item.start : item.end]
            if item.layer == "anchor":
                anchors[phrase.lower()] += 1
                phrase = phrase.lower()
            if (key := _key(item, phrase)) is not None:
                found[key][phrase if item.layer == "time" else phrase[0].lower() + phrase[1:]] += 1
    pools: Phrases = {}
    for key, counts in found.items():
        kept = sorted(p for p, n in counts.items() if key[0] != "anchor" or (n > 1 and n >= TYPICAL * anchors[p]))
        if len(kept) > 1:
            pools[key] = tuple(kept)
    return pools


def _free(example: Example) -> list[Item]:
    """Items that no other annotated span shares, crosses or lies in."""
    spans = sorted({r for ranges in (*example.layers.values(), *example.unsure.values()) for r in ranges})
    where: Counter[tuple[int, int]] = Counter((i.start, i.end) for i in example.items)
    free = []
    for item in example.items:
        if where[item.start, item.end] > 1:
            continue
        crossed = any(a < item.end and item.start < b and not (a <= item.start and item.end <= b) for a, b in spans)
        if not crossed and not any(
            item.start <= a and b <= item.end and (a, b) != (item.start, item.end) for a, b in spans
        ):
            free.append(item)
    return free


def swap_phrases(example: Example, phrases: Phrases, rng: random.Random) -> Example:
    """Some phrases replaced by others of their kind; one entity's by one, and only if it has one name in the text."""
    if rng.random() >= TEXTS:
        return example
    called: dict[int, set[str]] = defaultdict(set)
    for item in example.items:
        if item.entity is not None:
            called[item.entity].add(example.text[item.start : item.end])
    edits: list[Edit] = []
    chosen: dict[str, str] = {}
    for item in sorted(_free(example), key=lambda i: i.start):
        phrase = example.text[item.start : item.end]
        key = _key(item, phrase if item.layer != "anchor" else phrase[0].lower() + phrase[1:])
        if key is None or key not in phrases or (item.entity is not None and len(called[item.entity]) > 1):
            continue
        if phrase not in chosen:
            chosen[phrase] = rng.choice(phrases[key]) if rng.random() < PHRASES else phrase
        new = chosen[phrase]
        if new != phrase:
            edits.append((item.start, item.end, new[0].upper() + new[1:] if phrase[0].isupper() else new))
    return rewrite(example, edits)
