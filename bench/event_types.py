"""ACLED-like sub-events: `python -m bench event-types FILE.tsv`.

In: lines of id, text and sub-event label with tabs between (CASE 2021, task 2, and files like it). Out: weighted F1
(the measure published), macro F1, accuracy, and each label's F1. Never: training on the labels; ours are mapped.

Labels are ACLED's names or codes made of them (`PEACE_PROTEST`, `FORCE_AGAINST_PROTEST`): the name that shares most
beginnings of words is meant. A text's label is that of its likeliest telling.
"""

import argparse
import re
from collections import Counter
from collections.abc import Sequence
from pathlib import Path

from bench.matching import Score
from rashomon.capture import article_from_text
from rashomon.read.reader import Reader, load_reader
from rashomon.records import Telling

PEACEFUL, INTERVENTION = "Peaceful protest", "Protest with intervention"
FORCE, VIOLENT = "Excessive force against protesters", "Violent demonstration"
OTHER = "Other"
SUB_EVENTS = (
    PEACEFUL, INTERVENTION, FORCE, VIOLENT, "Mob violence", "Attack", "Abduction/forced disappearance",
    "Sexual violence", "Armed clash", "Remote explosive/landmine/IED", "Suicide bomb", "Grenade",
    "Shelling/artillery/missile attack", "Air/drone strike", "Chemical weapon", "Arrests",
    "Looting/property destruction", "Change to group/activity", "Government regains territory",
    "Non-state actor overtakes territory", "Non-violent transfer of territory", "Headquarters or base established",
    "Disrupted weapons use", "Agreement", OTHER,
)  # fmt: skip
OF_TYPE = {
    "killing": "Attack", "massacre": "Attack", "armed_attack": "Attack", "armed_clash": "Armed clash",
    "bombing": "Remote explosive/landmine/IED", "shelling": "Shelling/artillery/missile attack",
    "air_strike": "Air/drone strike", "assault_beating": "Attack", "sexual_violence": "Sexual violence",
    "torture_interrogation": "Attack", "abduction_hostage": "Abduction/forced disappearance",
    "arrest_detention": "Arrests", "protest": PEACEFUL, "riot_mob": "Mob violence",
    "property_destruction": "Looting/property destruction", "extortion_ransom": "Looting/property destruction",
    "recruiting_training": "Change to group/activity",
}  # fmt: skip
"""The mapping of FORMATS.md for types taken alone; types that are not here are `Other`."""
OF_INSTRUMENT = {"suicide_bomb": "Suicide bomb", "grenade": "Grenade", "chemical": "Chemical weapon"}
_HURT = {"killed", "injured"}


def sub_event(telling: Telling) -> str:
    """What ACLED would call a telling: its likeliest type, told apart by the other types, effects and instruments."""
    types, effects = set(telling.types), {t.effect for t in telling.targets}
    state = any(p.side == "state" for p in telling.perpetrators)
    if "protest" in types:
        if state and effects & _HURT:
            return FORCE
        if types & {"riot_mob", "property_destruction", "assault_beating"} and not state:
            return VIOLENT
        return INTERVENTION if state or "arrest_detention" in types or "arrested" in effects else PEACEFUL
    used = next((OF_INSTRUMENT[i.kind] for i in telling.instruments if i.kind in OF_INSTRUMENT), None)
    if used and types & {"bombing", "armed_attack", "killing", "massacre"}:
        return used
    return next((OF_TYPE[t] for t in telling.types if t in OF_TYPE), OTHER)


def named(label: str) -> str:
    """The sub-event that a label means.

    >>> named("FORCE_AGAINST_PROTEST"), named("ARM_CLASH"), named("Attack"), named("WEATHER")
    ('Excessive force against protesters', 'Armed clash', 'Attack', 'Other')
    """
    parts = re.findall(r"[a-z]+", label.casefold())

    def shared(name: str) -> tuple[int, int]:
        words = re.findall(r"[a-z]+", name.casefold())
        return sum(any(w.startswith(p) or (len(w) > 3 and p.startswith(w)) for w in words) for p in parts), -len(words)

    best = max(SUB_EVENTS, key=shared)
    return best if 2 * shared(best)[0] >= len(parts) > 0 else OTHER


def classify(reader: Reader, name: str, text: str) -> str:
    """The sub-event of a text."""
    tellings = reader.read(article_from_text(text, name)).tellings
    return sub_event(max(tellings, key=lambda t: t.score)) if tellings else OTHER


def figures(found: Sequence[str], gold: Sequence[str]) -> dict[str, object]:
    """Weighted and macro F1 over the labels of `gold`, percent, and each label's."""
    right = Counter(g for f, g in zip(found, gold, strict=True) if f == g)
    predicted, wanted = Counter(found), Counter(gold)
    by = {label: Score(right[label], predicted[label], right[label], wanted[label]) for label in sorted(wanted)}
    return {
        "f_weighted": round(sum(s.f * wanted[k] for k, s in by.items()) / len(gold), 2),
        "f_macro": round(sum(s.f for s in by.values()) / len(by), 2),
        "accuracy": round(100 * right.total() / len(gold), 2),
        "texts": len(gold),
        "by_label": {label: s.figures() for label, s in by.items()},
    }


def read_labelled(path: Path) -> list[tuple[str, str, str]]:
    """Id, text and label of each line; a line whose label column says `label` is the heading. Raises ValueError."""
    rows: list[tuple[str, str, str]] = []
    for number, line in enumerate(path.read_text(encoding="utf-8").splitlines(), 1):
        fields = line.split("\t")
        if not line.strip() or (number == 1 and fields[-1].strip().casefold() in ("label", "sub_event_type")):
            continue
        if len(fields) < 3:
            raise ValueError(f"{path}:{number}: id, text and label are needed, with tabs between")
        rows.append((fields[0], "\t".join(fields[1:-1]).strip('"'), fields[-1].strip()))
    return rows


def add_arguments(parser: argparse.ArgumentParser) -> None:
    """Options of the command line."""
    parser.add_argument("file", type=Path)
    parser.add_argument("--limit", type=int, help="only the first so many texts")


def run(args: argparse.Namespace) -> dict[str, object]:
    """Read every text and compare its label."""
    rows = read_labelled(args.file)[: args.limit]
    if not rows:
        raise ValueError(f"no texts in {args.file}")
    reader = load_reader()
    return figures([classify(reader, name, text) for name, text, _ in rows], [named(label) for _, _, label in rows])
