"""How well a case of the demo's pages agrees with what a careful reader finds on them.

In: `demo/expected.json` and a case. Out: figures between 0 and 1, each with what it was counted from.
Never: exact strings; a telling is found if its page is right, a type is shared, and a place, a target or the sentence
of an anchor overlaps.
"""

import json
import re
from collections import Counter, defaultdict
from collections.abc import Hashable, Iterable, Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from rashomon import store
from rashomon.present import queries
from rashomon.present import shapes as s
from rashomon.store import Case

EXPECTED = Path(__file__).parents[2] / "demo" / "expected.json"
_WORD = re.compile(r"\w+")
_STOP = frozenset(("a", "an", "the", "of", "in", "at", "on", "by", "and", "his", "her", "their", "its", "our"))


@dataclass(frozen=True)
class Read:
    """What a case holds of the demo; pages are named by the stem of their file."""

    pages: dict[str, s.WholePageShape]
    incidents: dict[str, s.IncidentShape]
    origins: list[frozenset[str]]

    @property
    def tellings(self) -> dict[str, tuple[str, s.TellingShape]]:
        """By id: the telling and its page's name."""
        return {t.id: (name, t) for name, page in self.pages.items() for t in page.tellings}


@dataclass(frozen=True)
class Matched:
    """An expected telling and the found one that tells the same."""

    page: str
    expected: Mapping[str, Any]
    found: s.TellingShape


@dataclass(frozen=True)
class Share:
    """`hits` of `total`."""

    hits: float
    total: float

    @property
    def value(self) -> float:
        return self.hits / self.total if self.total else 0.0

    def __str__(self) -> str:
        return f"{self.value:.2f} ({self.hits:g} of {self.total:g})"


def load_expected() -> dict[str, Any]:
    return json.loads(EXPECTED.read_text(encoding="utf-8"))


def read_case(case: Case) -> Read:
    with case.read() as connection:
        names = {p.id: Path(p.source).stem for p in queries.iter_shown(connection, "pages")}
        pages = {name: queries.find_shown(connection, page) for page, name in names.items()}
        incidents = {i.id: i for i in queries.iter_shown(connection, "incidents")}
        origins = [frozenset(names[p] for p in o.pages) for o in store.iter_origins(connection)]
    return Read(pages, incidents, origins)


def match_tellings(expected: Mapping[str, Any], read: Read) -> list[Matched]:
    """One to one, within each page, the pairs with most in common first."""
    matched = []
    for name, page in expected["pages"].items():
        text = read.pages[name].text if name in read.pages else ""
        found = read.pages[name].tellings if name in read.pages else ()
        pairs = [
            (score, i, k)
            for i, told in enumerate(page["tellings"])
            for k, telling in enumerate(found)
            if (score := _agreement(told, telling, text)) > 0
        ]
        used: set[tuple[str, int]] = set()
        for _, i, k in sorted(pairs, key=lambda x: (-x[0], x[1], x[2])):
            if ("expected", i) not in used and ("found", k) not in used:
                used |= {("expected", i), ("found", k)}
                matched.append(Matched(name, page["tellings"][i], found[k]))
    return matched


def _agreement(told: Mapping[str, Any], found: s.TellingShape, text: str) -> float:
    types = set(told["types"]) & set(found.types)
    anchor = any(a <= p.start_char < b or p.start_char <= a < p.end_char
                 for p in (found.passages or found.anchors) for a, b in _ranges(told["anchors"], text))  # fmt: skip
    place = any(_same(a, b.text) for a in told["places"] for b in found.places)
    target = any(_same(a, b.text) for a in told["targets"] for b in found.targets)
    if not types or not (anchor or place or target):
        return 0.0
    stance = told["stance"] == found.stance
    return 4 * anchor + 2 * target + place + stance + len(types) / len(set(told["types"]) | set(found.types))


def _ranges(words: Iterable[str], text: str) -> list[tuple[int, int]]:
    return [m.span() for w in words for m in [re.search(r"\s+".join(map(re.escape, w.split())), text)] if m]


def _same(a: str, b: str) -> bool:
    x, y = ({w for w in _WORD.findall(t.casefold()) if w not in _STOP} for t in (a, b))
    return bool(x and y) and 2 * len(x & y) >= min(len(x), len(y)) + 1


def measure_bcubed(labels: Sequence[tuple[Hashable, Hashable]]) -> float:
    """B-cubed F1 (Bagga and Baldwin 1998) over items with a true and a found cluster.

    >>> measure_bcubed([("a", 1), ("a", 1), ("b", 2)]), round(measure_bcubed([("a", 1), ("a", 1), ("b", 1)]), 3)
    (1.0, 0.714)
    """
    if not labels:
        return 0.0
    true, found, both = Counter(t for t, _ in labels), Counter(f for _, f in labels), Counter(labels)
    precision = sum(both[x] / found[x[1]] for x in labels) / len(labels)
    recall = sum(both[x] / true[x[0]] for x in labels) / len(labels)
    return 2 * precision * recall / (precision + recall)


def list_chains(expected: Mapping[str, Any]) -> list[frozenset[str]]:
    """The groups of pages that copy from each other, in any incident."""
    groups = {frozenset(o) for i in expected["incidents"].values() for o in i["origins"] if len(o) > 1}
    return sorted((g for g in groups if not any(g < other for other in groups)), key=sorted)


def measure_chains(expected: Mapping[str, Any], read: Read) -> dict[str, Share]:
    """How many of the chains came out as one origin, and how many pages were put with a page not copied from them."""
    chains = list_chains(expected)
    whole = sum(any(chain <= origin for origin in read.origins) for chain in chains)
    strangers = [
        p for origin in read.origins if len(origin) > 1 for p in origin if not any(origin <= c for c in chains)
    ]
    return {
        "chains whole": Share(whole, len(chains)),
        "pages in a wrong origin": Share(len(strangers), len(read.pages)),
    }


def measure_contested(expected: Mapping[str, Any], read: Read, matched: Sequence[Matched]) -> dict[str, Share]:
    """Of the contested incidents: how many came out contested at all, and in one of the right fields. Of the found
    incidents that hold tellings of an incident that nobody contests: how many came out contested.
    """
    held: dict[str, set[str]] = defaultdict(set)
    for m in matched:
        if m.found.incident:
            held[m.expected["incident"]].add(m.found.incident)
    any_field = right_field = contested = false = agreed = 0
    for name, incident in expected["incidents"].items():
        fields = {f for i in held[name] for f in read.incidents[i].contested}
        if incident["contested"]:
            contested += 1
            any_field += bool(fields)
            right_field += bool(fields & set(incident["contested"]))
        elif held[name]:
            agreed += 1
            false += bool(fields)
    return {
        "contested incidents found": Share(any_field, contested),
        "in a right field": Share(right_field, contested),
        "wrongly contested": Share(false, agreed),
    }
