"""MUC-4's five roles, merged per document: `python -m bench roles --texts F... --keys F...`.

In: texts and keys. Out: CEAF-REE precision, recall and F (Du, Rush and Cardie 2021, "GRIT", section 4), and by role.
Never: templates; fillers of all incidents of a message are one set a role.

An entity of the key is the set of its alternative strings; a predicted entity is right if its string is one of them. A
human target's description that names the same person as a name is an alternative of it. Optional fillers of the key
neither cost recall nor precision.
"""

import argparse
import re
from collections.abc import Sequence
from dataclasses import dataclass
from pathlib import Path

from bench.matching import Score, best_matching
from bench.muc4_files import Template, read_keys, read_texts
from bench.muc4_words import LAYERS
from rashomon.capture import article_from_text
from rashomon.read.evidence import Evidence, gather
from rashomon.read.fillers import coreferent_groups, span_of
from rashomon.read.model import Card, load_model

ROLES = {
    "perp_individual": "perp_actor", "perp_organization": "perp_org", "physical_target": "target_physical",
    "human_target": "target_human", "instrument": "instrument",
}  # fmt: skip


@dataclass(frozen=True, slots=True)
class GoldEntity:
    """Alternative strings, normalised."""

    strings: frozenset[str]
    optional: bool


def normalise(string: str) -> str:
    """Lower case, without punctuation at the edges, articles and doubled white space.

    >>> normalise('THE "FMLN" [guerrillas]')
    'fmln guerrillas'
    """
    words = re.sub(r"[^\w\s'-]", " ", string.casefold()).split()
    while words and words[0] in ("the", "a", "an"):
        words = words[1:]
    return " ".join(words)


def gold_entities(templates: Sequence[Template]) -> dict[str, list[GoldEntity]]:
    """The entities of a message's templates by role, each once."""
    out: dict[str, list[GoldEntity]] = {role: [] for role in ROLES}
    for template in templates:
        for role, slot in (
            ("instrument", 6),
            ("perp_individual", 9),
            ("perp_organization", 10),
            ("physical_target", 12),
        ):
            for fill in template.get(slot, []):
                _add(out[role], frozenset(map(normalise, fill.strings)), fill.optional)
        names = [frozenset(map(normalise, f.strings)) for f in template.get(18, [])]
        named = {n: set(n) for n in names}
        for fill in template.get(19, []):
            strings = frozenset(map(normalise, fill.strings))
            owner = next((n for n in names if n & strings), None)
            if owner is not None:
                named[owner] |= strings
            else:
                _add(out["human_target"], strings, fill.optional)
        for fill, n in zip(template.get(18, []), names, strict=True):
            _add(out["human_target"], frozenset(named[n]), fill.optional)
    return out


def _add(entities: list[GoldEntity], strings: frozenset[str], optional: bool) -> None:
    strings = frozenset(s for s in strings if s)
    if not strings:
        return
    for i, entity in enumerate(entities):
        if entity.strings & strings:
            entities[i] = GoldEntity(entity.strings | strings, entity.optional and optional)
            return
    entities.append(GoldEntity(strings, optional))


def score_role(predicted: Sequence[str], gold: Sequence[GoldEntity]) -> Score:
    """CEAF-REE of one role of one message."""
    hits = [[1.0 if normalise(p) in g.strings else 0.0 for g in gold] for p in predicted]
    pairs = best_matching(hits)
    optional = sum(1 for _, j in pairs if gold[j].optional)
    needed = sum(not g.optional for g in gold)
    right = len(pairs) - optional
    return Score(right, len(predicted) - optional, right, needed)


def read_roles(texts: dict[str, str], thresholds: dict[str, float] | None = None) -> dict[str, dict[str, list[str]]]:
    """What the reader finds, by message and role: one string an entity."""
    model = load_model()
    if thresholds:
        model.card.thresholds.update(thresholds)
    out = {}
    for message, text in texts.items():
        article = article_from_text(text, message)
        evidence = gather(model, article, "muc4", LAYERS)
        out[message] = {role: entities_of(evidence, layer, model.card) for role, layer in ROLES.items()}
    return out


def entities_of(evidence: Evidence, layer: str, card: Card) -> list[str]:
    """The entities of one role, coreferent spans as one, each by its best string."""
    coreferent = card.thresholds_for("muc4").get("coreferent_merged", 0.6)
    groups = coreferent_groups(evidence, evidence.of_layers(layer), coreferent)
    return [span_of(evidence, g[0]).text for g in groups]


def add_arguments(parser: argparse.ArgumentParser) -> None:
    """Options of the command line."""
    parser.add_argument("--texts", nargs="+", type=Path, required=True)
    parser.add_argument("--keys", nargs="+", type=Path, required=True)
    parser.add_argument("--limit", type=int, help="only the first so many messages")


def run(args: argparse.Namespace) -> dict[str, object]:
    """Read every message and score it."""
    texts, keys = dict(list(read_texts(args.texts).items())[: args.limit]), read_keys(args.keys)
    found = read_roles(texts)
    totals = {role: Score() for role in ROLES}
    for message in texts:
        gold = gold_entities(keys.get(message, []))
        for role in ROLES:
            totals[role] += score_role(found[message][role], gold[role])
    total = sum(totals.values(), Score())
    return {**total.figures(), "roles": {role: s.figures() for role, s in totals.items()}, "messages": len(texts)}
