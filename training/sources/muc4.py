"""MUC-4: texts and keys → examples.

In: the folder `muc4`. Out: examples of style `muc4`.
Every occurrence of a filler's strings is one of its role: the keys name strings, not places in the text. Which incident
an occurrence is about is said only of the first, and of those that stand in a sentence with another filler of the
template.
Never: a label on an optional filler. The keys name no words for the act itself, so anchors come from a word list, and
only in sentences that hold a filler of the same template.
"""

import re
from collections.abc import Iterator
from dataclasses import replace
from pathlib import Path

from bench.muc4_files import Fill, Template, read_keys, read_texts
from training.examples import Example, Item, Range, find_all, sentence_ranges

HUMAN = {
    "CIVILIAN": "civilian", "DIPLOMAT": "diplomat", "GOVERNMENT OFFICIAL": "official",
    "FORMER GOVERNMENT OFFICIAL": "former_official", "FORMER ACTIVE MILITARY": "former_military",
    "LEGAL OR JUDICIAL": "judicial", "POLITICAL FIGURE": "politician", "LAW ENFORCEMENT": "police",
    "ACTIVE MILITARY": "military", "SECURITY GUARD": "guard",
}  # fmt: skip
PHYSICAL = {
    "COMMUNICATIONS": "communications", "DIPLOMAT OFFICE OR RESIDENCE": "diplomatic_site", "ENERGY": "energy",
    "FINANCIAL": "finance", "GOVERNMENT OFFICE OR RESIDENCE": "government_site", "CIVILIAN RESIDENCE": "residence",
    "LAW ENFORCEMENT FACILITY": "police_site", "ORGANIZATION OFFICE": "organisation_site",
    "POLITICAL FIGURE OFFICE OR RESIDENCE": "party_site", "COMMERCIAL": "business",
    "TRANSPORT VEHICLE": "vehicle", "TRANSPORTATION FACILITY": "transport_route",
    "TRANSPORTATION ROUTE": "transport_route", "WATER": "water", "OTHER": "other_site",
}  # fmt: skip
INSTRUMENT = {
    "GUN": "gun", "MACHINE GUN": "machine_gun", "RIFLE": "rifle", "HANDGUN": "gun", "BOMB": "bomb",
    "VEHICLE BOMB": "vehicle_bomb", "DYNAMITE": "dynamite", "EXPLOSIVE": "explosive", "GRENADE": "grenade",
    "MINE": "mine", "MORTAR": "mortar", "ROCKET": "rocket", "MISSILE": "missile", "AERIAL BOMB": "aerial_bomb",
    "FIRE": "fire", "MOLOTOV COCKTAIL": "molotov_cocktail", "CUTTING DEVICE": "blade", "TORTURE": "torture",
    "STONE": "stone",
}  # fmt: skip
EFFECT = {
    "DEATH": "killed", "INJURY": "injured", "NO INJURY OR DEATH": "none", "NO INJURY": "none", "NO DEATH": "none",
    "REGAINED FREEDOM": "abducted", "SOME DAMAGE": "damaged", "DESTROYED": "destroyed", "NO DAMAGE": "none",
}  # fmt: skip
STANCE = {
    "REPORTED AS FACT": "asserts", "SUSPECTED OR ACCUSED": "alleges",
    "SUSPECTED OR ACCUSED BY AUTHORITIES": "alleges", "CLAIMED OR ADMITTED": "claims_responsibility",
    "POSSIBLE": "suspects",
}  # fmt: skip
TYPE = {
    "KIDNAPPING": "abduction_hostage", "BOMBING": "bombing", "ARSON": "property_destruction",
    "ROBBERY": "extortion_ransom", "HIJACKING": "abduction_hostage", "FORCED WORK STOPPAGE": "threat",
    "ATTACK": "armed_attack",
}  # fmt: skip
_ANCHORS = {
    "KIDNAPPING": r"KIDNAP\w*|ABDUCT\w*|HELD HOSTAGE|HOSTAGES?|DISAPPEAR\w*|TOOK AWAY|SEIZED",
    "BOMBING": r"BOMB\w*|EXPLO\w*|DYNAMIT\w*|BLAST\w*|BLEW UP|BLOWN UP|DETONAT\w*|WENT OFF|PLANTED",
    "ARSON": r"BURN\w*|SET FIRE|SET ON FIRE|SET ABLAZE|ARSON\w*|FIRE",
    "ROBBERY": r"ROB\w*|STOLE\w*|LOOT\w*|STEAL\w*",
    "HIJACKING": r"HIJACK\w*",
    "FORCED WORK STOPPAGE": r"STOPPAGE|STRIKE|PARALYZ\w*",
    "ATTACK": r"ATTACK\w*|MURDER\w*|KILL\w*|ASSASSINAT\w*|MASSACR\w*|SHOT|SHOOT\w*|GUNNED DOWN|FIRED|AMBUSH\w*|"
    r"MACHINEGUN\w*|WOUNDED|DIED|DEATHS?|SLAIN|RAID\w*|STRAFED|TORTURED|EXECUTED",
}


def _by_string(template: Template, slot: int, mapping: dict[str, str]) -> dict[str, str]:
    return {s: mapping[f.value] for f in template.get(slot, []) if f.value in mapping for s in f.strings}


_SLOT_LAYERS = {
    6: "instrument",
    9: "perp_actor",
    10: "perp_org",
    12: "target_physical",
    18: "target_human",
    19: "target_human",
}


def _labels(template: Template, slot: int, fill: Fill) -> dict[str, tuple[str, ...]]:
    kinds = _by_string(template, 20, HUMAN) | _by_string(template, 13, PHYSICAL)
    effects = _by_string(template, 23, EFFECT) | _by_string(template, 16, EFFECT)
    instruments = _by_string(template, 7, INSTRUMENT)
    stances = _by_string(template, 11, STANCE)
    labels: dict[str, tuple[str, ...]] = {}
    names = fill.strings

    def first(table: dict[str, str]) -> str | None:
        return next((table[s] for s in names if s in table), None)

    if slot in (12, 18, 19):
        if kind := first(kinds):
            labels["target_kind"] = (kind,)
        if effect := first(effects):
            labels["effect"] = (effect,)
    elif slot == 6 and (kind := first(instruments)):
        labels["instrument_kind"] = (kind,)
    elif slot == 10:
        labels["form"] = ("organisation",)
        if stance := first(stances):
            labels["stance"] = (stance,)
    category = next((f.value for f in template.get(8, [])), None)
    if slot in (9, 10) and category in ("TERRORIST ACT", "STATE-SPONSORED VIOLENCE"):
        labels["side"] = ("state" if category.startswith("STATE") else "nonstate",)
    if stage := next((f.value for f in template.get(5, [])), None):
        labels["stage"] = (stage.lower(),)
    labels["types"] = tuple(_types(template))
    return labels


def _types(template: Template) -> Iterator[str]:
    kind = next((f.value for f in template.get(4, [])), None)
    if kind is None:
        return
    dead = any(f.value == "DEATH" for f in template.get(23, []))
    if kind == "ATTACK":
        yield "killing" if dead else "armed_attack"
    else:
        yield TYPE[kind]
        if dead:
            yield "killing"


def to_example(message: str, text: str, templates: list[Template]) -> Example:
    """One message with its keys as an example of style `muc4`."""
    sentences = sentence_ranges(text)
    occurrences: list[tuple[int, str, int, Fill, list[Range]]] = []
    for t, template in enumerate(templates):
        for slot, layer in _SLOT_LAYERS.items():
            for fill in template.get(slot, []):
                found = sorted({r for s in fill.strings for r in find_all(s, text)})
                occurrences.append((t, layer, slot, fill, _without_nested(found)))
    in_sentence: dict[tuple[int, int], set[str]] = {}
    for t, _, _, fill, found in occurrences:
        for start, _ in found:
            in_sentence.setdefault((t, _sentence_of(start, sentences)), set()).add(fill.strings[0])

    layers: dict[str, list[Range]] = {layer: [] for layer in _SLOT_LAYERS.values()}
    unsure: dict[str, list[Range]] = {}
    items: dict[tuple[int, int, str], Item] = {}
    for entity, (t, layer, slot, fill, found) in enumerate(occurrences):
        labels = _labels(templates[t], slot, fill)
        for i, (start, end) in enumerate(found):
            if fill.optional:
                unsure.setdefault(layer, []).append((start, end))
                continue
            layers[layer].append((start, end))
            company = in_sentence[t, _sentence_of(start, sentences)]
            told = frozenset({t}) if i == 0 or len(company) > 1 else frozenset()
            item = Item(start, end, layer, labels, told, frozenset(), entity)
            key = (start, end, layer)
            items[key] = _joined(items[key], item) if key in items else item
    anchors, anchor_items, quiet = _weak_anchors(text, templates, in_sentence, sentences)
    layers["anchor"], unsure["anchor"] = anchors, quiet
    places, other = _places(text, templates, in_sentence, sentences)
    layers["place"], unsure["place"] = places, [*quiet, *other]
    return Example(
        message, "muc4", text,
        {k: tuple(sorted(set(v))) for k, v in layers.items()},
        {k: tuple(sorted(set(v))) for k, v in unsure.items()},
        (*items.values(), *anchor_items),
    )  # fmt: skip


def _joined(old: Item, new: Item) -> Item:
    """One span that fills a role in two templates."""
    types = tuple(dict.fromkeys([*old.labels.get("types", ()), *new.labels["types"]]))
    labels = {**new.labels, **old.labels, "types": types}
    return replace(old, labels=labels, tellings=old.tellings | new.tellings)


def _without_nested(ranges: list[Range]) -> list[Range]:
    return [r for r in ranges if not any(o != r and o[0] <= r[0] and r[1] <= o[1] for o in ranges)]


def _sentence_of(at: int, sentences: list[Range]) -> int:
    return next((i for i, (a, b) in enumerate(sentences) if a <= at < b), 0)


def _weak_anchors(
    text: str, templates: list[Template], in_sentence: dict[tuple[int, int], set[str]], sentences: list[Range]
) -> tuple[list[Range], list[Item], list[Range]]:
    found: dict[Range, set[int]] = {}
    loud = {s for _, s in in_sentence}
    for t, template in enumerate(templates):
        kind = next((f.value for f in template.get(4, [])), None)
        if kind not in _ANCHORS:
            continue
        pattern = _ANCHORS[kind] + ("|" + _ANCHORS["ATTACK"] if "killing" in _types(template) else "")
        for s in {s for tt, s in in_sentence if tt == t}:
            a, b = sentences[s]
            for m in re.finditer(rf"\b(?:{pattern})\b", text[a:b], re.IGNORECASE):
                found.setdefault((a + m.start(), a + m.end()), set()).add(t)
    items = []
    for (start, end), told in found.items():
        types = tuple(dict.fromkeys(x for t in told for x in _types(templates[t])))
        stage = next((f.value for t in told for f in templates[t].get(5, [])), None)
        labels = {"types": types} | ({"stage": (stage.lower(),)} if stage else {})
        items.append(Item(start, end, "anchor", labels, frozenset(told)))
    quiet = [r for i, r in enumerate(sentences) if i not in loud]
    return sorted(found), items, quiet


def _places(
    text: str, templates: list[Template], in_sentence: dict[tuple[int, int], set[str]], sentences: list[Range]
) -> tuple[list[Range], list[Range]]:
    told: list[Range] = []
    other: list[Range] = []
    for t, template in enumerate(templates):
        for fill in template.get(3, []):
            for name in re.split(r"[:/]| - ", fill.value or ""):
                for start, end in find_all(re.sub(r"\(.*?\)", "", name).strip(), text):
                    near = (t, _sentence_of(start, sentences)) in in_sentence
                    (told if near else other).append((start, end))
    return told, other


def load(folder: Path) -> Iterator[Example]:
    """All messages below `folder` (its `dev` or `tstN`)."""
    named = (p for p in folder.iterdir() if re.search(r"^(?!key).*(?:muc3|muc4)(?:-\d{4}-\d{4})?$", p.name))
    texts = read_texts(sorted(named))
    keys = read_keys(sorted(folder.glob("key-*")))
    for message, text in texts.items():
        yield to_example(message, text, keys.get(message, []))
