"""MUC-4's incidents over many messages: `python -m bench incidents --texts F... --keys F...`.

In: messages, and keys whose templates a documented rule (bench/muc4_incidents.py) puts together into incidents.
Out: B³, CoNLL and pairwise F1 over templates, the same for two baselines, and how many of the incidents whose keys name
different perpetrators come out contested. Never: a key as input of the reader or of linking.

A template stands where the telling stands that tells it: within a message, templates and tellings are matched one to
one by types, dates and the strings of the key that the telling's fillers or passages hold. A template that no telling
tells is alone, for us and for the baselines. Templates that name no target are left out: the rule cannot decide them.
`told_by_many` scores only the templates of incidents told by two messages and more, the others being noise.
Baselines: TF-IDF cosine, of the whole messages or of the tellings' passages, whichever is better, with the threshold
and linkage that are best for this key; connected components over the same Splink scores at the threshold that is best.
"""

import argparse
from collections import Counter
from collections.abc import Mapping, Sequence
from datetime import date
from pathlib import Path

from bench.clustering import figures
from bench.end_to_end import ReadText, read_all
from bench.linked import (
    THRESHOLDS,
    Linked,
    best_components,
    best_tfidf,
    component_labels,
    labels_told,
    link_texts,
    passages_of,
)  # fmt: skip
from bench.matching import best_matching
from bench.muc4_answers import dated, incident_type
from bench.muc4_files import Template, read_keys, read_texts
from bench.muc4_incidents import KeyItem, decided_items, different_perpetrators, link_items, read_items
from bench.roles import normalise
from rashomon.records import Telling
from rashomon.weigh import weigh_fields

STRING_SLOTS = (6, 9, 10, 12, 18, 19)
_LEAST = 1.0


def add_arguments(parser: argparse.ArgumentParser) -> None:
    """Options of the command line."""
    parser.add_argument("--texts", nargs="+", type=Path, required=True)
    parser.add_argument("--keys", nargs="+", type=Path, required=True)


def run(args: argparse.Namespace) -> dict[str, object]:
    """Read, link and score all messages that have both a text and a key."""
    texts, keys = read_texts(args.texts), read_keys(args.keys)
    return evaluate(texts, keys, read_all(texts, finish=dated))


def _told(telling: Telling) -> list[str]:
    spans = [s for p in telling.perpetrators for s in (p.span, *p.mentions)]
    spans += [s for t in telling.targets for s in (t.span, *t.mentions)]
    spans += [s for i in telling.instruments for s in (i.span, *i.mentions)]
    return [normalise(s.text) for s in spans]


def likeness(template: Template, item: KeyItem, telling: Telling) -> float:
    """How much of a template a telling holds: 1 for the type, up to 3 for strings, and half for a date that fits."""
    found = float(incident_type(telling) in item.types)
    told, passages = _told(telling), normalise(" ".join(p.text for p in telling.passages))
    strings = [[normalise(s) for s in f.strings] for slot in STRING_SLOTS for f in template.get(slot, [])]
    strings = [s for s in strings if any(s)]
    held = [
        1.0 if any(w and (w in t or (t and t in w)) for w in s for t in told)
        else 0.4 if any(w and w in passages for w in s) else 0.0
        for s in strings
    ]  # fmt: skip
    found += 3 * sum(held) / len(held) if held else 0.0
    if item.days and telling.time and telling.time.start and telling.time.end:
        first, last = (_ordinal(d) for d in (telling.time.start, telling.time.end))
        found += 0.5 if item.days[0] <= last and first <= item.days[1] else -0.5
    return found if found >= _LEAST else 0.0


def _ordinal(iso: str) -> int:
    return date.fromisoformat(iso[:10]).toordinal()


def match_items(
    items: Sequence[KeyItem], keys: Mapping[str, Sequence[Template]], read: Mapping[str, ReadText]
) -> dict[str, str]:
    """Item name → the id of the telling that tells it."""
    by_message: dict[str, list[KeyItem]] = {}
    for item in items:
        by_message.setdefault(item.message, []).append(item)
    found: dict[str, str] = {}
    for message, wanted in by_message.items():
        told = read[message].reading.tellings
        table = [[likeness(keys[message][i.template], i, t) for t in told] for i in wanted]
        found |= {wanted[a].name: told[b].id for a, b in best_matching(table)}
    return found


def measure_contested(
    items: Sequence[KeyItem], incident: Mapping[str, int], telling_of: Mapping[str, str], linked: Linked
) -> dict[str, object]:
    """Of the incidents with different perpetrators in the key: those of which a found incident that holds two of their
    templates comes out contested in its perpetrator (`by_perpetrator`), or in any field (`contested`).
    """
    wanted = different_perpetrators(items, incident)
    members: dict[int, list[str]] = {}
    for telling, number in linked.incident.items():
        members.setdefault(number, []).append(telling)
    counts: Counter[str] = Counter()
    for n in wanted:
        held = Counter(
            linked.incident[telling_of[i.name]] for i in items if incident[i.name] == n and i.name in telling_of
        )
        found = [number for number, count in held.items() if count > 1]
        fields = [_contested([linked.tellings[t] for t in members[number]]) for number in found]
        counts["together"] += bool(found)
        counts["any"] += any(fields)
        counts["perpetrator"] += any("perpetrator" in f for f in fields)
    return {
        "incidents": len(wanted),
        "with_two_tellings_together": counts["together"],
        "contested": counts["any"],
        "by_perpetrator": counts["perpetrator"],
        "share_contested": round(100 * counts["any"] / max(1, len(wanted)), 2),
        "share_by_perpetrator": round(100 * counts["perpetrator"] / max(1, len(wanted)), 2),
    }


def _contested(told: Sequence[Telling]) -> set[str]:
    fields = weigh_fields(told, {t.page: t.page for t in told})
    return {f.field for f in fields if f.status == "contested"}


def evaluate(
    texts: Mapping[str, str], keys: Mapping[str, Sequence[Template]], read: Mapping[str, ReadText]
) -> dict[str, object]:
    """Score what was read in all messages."""
    every = [i for i in read_items(keys) if i.message in read]
    decided, incident = decided_items(every), link_items(every)
    linked = link_texts(read)
    telling_of = match_items(every, keys, read)
    items = [i for i in every if i.name in decided]
    incident = {i.name: incident[i.name] for i in items}
    sizes = Counter(incident.values())
    many = {name: n for name, n in incident.items() if sizes[n] > 1}
    names = [i.name for i in items]
    found = labels_told(names, telling_of, linked.incident)
    of_telling = [{t.id: texts[t.page] for t in linked.tellings.values()}, passages_of(linked.tellings)]
    out: dict[str, object] = {}
    for name, key in (("all", incident), ("told_by_many", many)):
        cuts = (labels_told(names, telling_of, component_labels(linked.tellings, linked.links, x)) for x in THRESHOLDS)
        scored = figures(key, found) | {
            "baselines": {
                "tfidf": figures(key, best_tfidf(names, telling_of, of_telling, key)),
                "components": figures(key, best_components(cuts, key)),
            },
            "templates": len(key),
            "incidents": len(set(key.values())),
            "without_telling": sum(name not in telling_of for name in key),
        }
        out |= scored if name == "all" else {name: scored}
    contested = measure_contested(items, incident, telling_of, linked)
    out["undecided_templates"] = len(every) - len(items)
    return out | {"different_perpetrators": contested, "tellings": len(linked.tellings), "links": len(linked.links)}
