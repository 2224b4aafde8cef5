"""Labelled tellings: what the reader finds in texts of which it is known which tell of one incident.

In: ECB+ (topics whose incidents are ours, and the others as strangers), MUC-4's keys, the demo's expected incidents.
Out: for each source all rows, and labels of those tellings that have one. Never: a corpus that may only evaluate.
"""

import json
import re
from collections.abc import Hashable, Iterable, Mapping
from dataclasses import dataclass
from pathlib import Path

from bench.coreference import INCIDENT_TOPICS
from bench.ecb_files import read_topics
from bench.end_to_end import ReadText, read_all
from bench.incidents import match_items
from bench.linked import main_telling
from bench.matching import best_matching
from bench.muc4_answers import dated
from bench.muc4_files import read_keys, read_texts
from bench.muc4_incidents import decided_items, link_items, read_items
from rashomon import capture
from rashomon.demo import demo_pages, gazetteer_path
from rashomon.link import LinkRow, link_rows
from rashomon.read import load_reader
from rashomon.records import Telling
from rashomon.resolve import load_resolver
from rashomon.settings import Settings

EXPECTED = Path(__file__).parents[1] / "demo" / "expected.json"


@dataclass(frozen=True, slots=True)
class Labelled:
    """One source: `label` by telling id; tellings with the same label are of one incident, `strangers` of none that
    has a label (nothing is known of two strangers).
    """

    name: str
    rows: list[LinkRow]
    label: dict[str, Hashable]
    strangers: frozenset[str] = frozenset()


def rows_of(read: Mapping[str, ReadText]) -> list[LinkRow]:
    """All tellings of all texts."""
    return [row for held in read.values() for row in link_rows(held.article, held.reading)]


def from_ecbplus(folder: Path, read: dict[str, ReadText] | None = None) -> Labelled:
    """Each document's main telling, labelled by its topic and part."""
    texts = read_topics(folder)
    read = read or read_all({t.name: t.text for t in texts})
    named = INCIDENT_TOPICS.split(",")
    main = {t: told.id for t in texts if (told := main_telling(read[t.name].reading))}
    label: dict[str, Hashable] = {i: (t.topic, t.part) for t, i in main.items() if t.topic in named}
    return Labelled("ecbplus", rows_of(read), label, frozenset(i for t, i in main.items() if t.topic not in named))


def from_muc4(folder: Path, read: dict[str, ReadText] | None = None) -> Labelled:
    """The tellings that tell the templates of the development set, labelled by the incident that the keys imply."""
    keys = read_keys(sorted((folder / "dev").glob("key-*")))
    read = read or read_all(read_texts(sorted((folder / "dev").glob("dev-muc3-*"))), finish=dated)
    items = [i for i in read_items(keys) if i.message in read]
    incident, telling_of, decided = link_items(items), match_items(items, keys, read), decided_items(items)
    label: dict[str, Hashable] = {
        telling_of[i.name]: incident[i.name] for i in items if i.name in telling_of and i.name in decided
    }
    return Labelled("muc4", rows_of({k: v for k, v in read.items() if k in keys}), label)


def read_demo() -> dict[str, ReadText]:
    """The demo's pages by the stem of their file."""
    settings = Settings(gazetteer=gazetteer_path())
    reader, resolver = load_reader(settings), load_resolver(settings)
    found = {}
    for path in demo_pages():
        for page in capture.iter_pages(str(path), settings):
            article = capture.open_page(page, settings)  # type: ignore[arg-type]  # none of the demo's is rejected
            if article.language in (None, "en"):
                found[path.stem] = ReadText(article, resolver.resolve(article, reader.read(article)))
    return found


def _ranges(words: Iterable[str], text: str) -> list[tuple[int, int]]:
    found = (re.search(r"\s+".join(map(re.escape, w.split())), text) for w in words)
    return [m.span() for m in found if m]


def _agreement(expected: Mapping[str, object], telling: Telling, text: str) -> float:
    """Types and anchors in common; nothing without both."""
    types = set(expected["types"]) & set(telling.types)  # type: ignore[call-overload]
    anchors = _ranges(expected["anchors"], text)  # type: ignore[arg-type]
    told = sum(any(p.start_char <= a < p.end_char for p in telling.passages) for a, _ in anchors)
    targets = sum(t in f.span.text or f.span.text in t for t in expected["targets"] for f in telling.targets)  # type: ignore[attr-defined]
    return len(types) + 2 * told / max(1, len(anchors)) + 0.5 * min(2, targets) if types and told else 0.0


def from_demo(read: dict[str, ReadText] | None = None) -> Labelled:
    """The tellings of the demo that a careful reader expects, labelled by their incident."""
    read = read or read_demo()
    label: dict[str, Hashable] = {}
    for name, page in json.loads(EXPECTED.read_text(encoding="utf-8"))["pages"].items():
        if name not in read:
            continue
        told, text = read[name].reading.tellings, read[name].article.text
        table = [[_agreement(e, t, text) for t in told] for e in page["tellings"]]
        label |= {told[b].id: page["tellings"][a]["incident"] for a, b in best_matching(table)}
    return Labelled("demo", rows_of(read), label)
