"""Labelled tellings: what the reader finds in texts of which it is known which tell of one incident.

In: ECB+ (topics whose incidents are ours, and the others as strangers), the demo's expected incidents, our cases for
learning, MUC-4's dev messages with the incidents that its keys imply.
Out: for each source all rows, and labels of those tellings that have one. Never: a corpus that may only evaluate.
"""

import json
import pickle
from collections.abc import Callable, Collection, Hashable, Mapping, Sequence
from dataclasses import dataclass, field, replace
from pathlib import Path

from bench.cases import agreement, match_labels, read_pages
from bench.coreference import INCIDENT_TOPICS
from bench.ecb_files import read_topics
from bench.end_to_end import ReadText, read_all
from bench.incidents import match_items
from bench.linked import main_telling
from bench.matching import best_matching
from bench.muc4_answers import dated
from bench.muc4_files import read_keys, read_texts
from bench.muc4_incidents import decided_items, link_items, read_items
from corpus.cases import CasePage, case_paths, label_telling, read_case
from rashomon import capture
from rashomon.demo import demo_pages, gazetteer_path
from rashomon.link import LinkRow, link_rows
from rashomon.read import load_reader
from rashomon.resolve import load_resolver
from rashomon.settings import Settings

EXPECTED = Path(__file__).parents[1] / "demo" / "expected.json"


@dataclass(frozen=True, slots=True)
class Labelled:
    """One source: `label` by telling id; tellings with the same label are of one incident, `strangers` of none that
    has a label (nothing is known of two strangers). `topic` by telling id, where a source has topics. `by_rule`: labels
    that follow from types, dates and names must not teach how much these weigh.
    """

    name: str
    rows: list[LinkRow]
    label: dict[str, Hashable]
    strangers: frozenset[str] = frozenset()
    topic: dict[str, str] = field(default_factory=dict)
    by_rule: bool = False

    def among(self, rows: list[LinkRow]) -> "Labelled":
        """The same with these rows alone."""
        left = {r.unique_id for r in rows}
        label = {i: x for i, x in self.label.items() if i in left}
        return replace(self, rows=rows, label=label, strangers=self.strangers & left)


def rows_of(read: Mapping[str, ReadText]) -> list[LinkRow]:
    """All tellings of all texts."""
    return [row for held in read.values() for row in link_rows(held.article, held.reading)]


def from_ecbplus(folder: Path, read: Mapping[str, ReadText]) -> Labelled:
    """Each document's main telling, labelled by its topic and part where the topic's incidents are ours."""
    texts = read_topics(folder)
    named = INCIDENT_TOPICS.split(",")
    main = [(t, told.id) for t in texts if (told := main_telling(read[t.name].reading))]
    label: dict[str, Hashable] = {i: (t.topic, t.part) for t, i in main if t.topic in named}
    strangers = frozenset(i for _, i in main if i not in label)
    topic = {told.id: t.topic for t in texts for told in read[t.name].reading.tellings}
    return Labelled("ecbplus", rows_of(read), label, strangers, topic)


def topics_of(labelled: Labelled) -> list[str]:
    """Topics whose tellings have labels, in the order of their numbers."""
    return sorted({labelled.topic[i] for i in labelled.label}, key=int)


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


def from_demo(read: Mapping[str, ReadText]) -> Labelled:
    """The tellings of the demo that a careful reader expects, labelled by their incident."""
    label: dict[str, Hashable] = {}
    for name, page in json.loads(EXPECTED.read_text(encoding="utf-8"))["pages"].items():
        if name not in read:
            continue
        told, text = read[name].reading.tellings, read[name].article.text
        expected = [label_telling(e, text) for e in page["tellings"]]
        table = [[agreement(x, t) for t in told] for x in expected]
        label |= {told[b].id: expected[a].incident for a, b in best_matching(table)}
    return Labelled("demo", rows_of(read), label)


def from_cases(pages: Sequence[CasePage], read: Mapping[str, ReadText]) -> Labelled:
    """The tellings of our cases, labelled by case and incident."""
    matched = match_labels(pages, read)
    label = {matched.telling[n]: incident for n, incident in matched.key().items() if n in matched.telling}
    return Labelled("cases", rows_of(read), label)


def from_muc4(folder: Path, read: Mapping[str, ReadText]) -> Labelled:
    """The tellings of the templates of which the rule can say whether others are of the same incident."""
    keys = read_keys(sorted(folder.glob("key-dev-*")))
    items = [i for i in read_items(keys) if i.message in read]
    incident, telling_of, decided = link_items(items), match_items(items, keys, read), decided_items(items)
    label: dict[str, Hashable] = {t: incident[name] for name, t in telling_of.items() if name in decided}
    return Labelled("muc4", rows_of(read), label, by_rule=True)


def load_sources(data: Path, kept: Path | None = None, without: Collection[str] = ()) -> list[Labelled]:
    """Read all sources; `kept` is a folder that keeps what was read between runs."""

    def held(name: str, read: Callable[[], dict[str, ReadText]]) -> dict[str, ReadText]:
        path = kept / f"{name}.pkl" if kept else None
        if path and path.exists():
            found: dict[str, ReadText] = pickle.loads(path.read_bytes())
            return found
        found = read()
        if path:
            path.parent.mkdir(parents=True, exist_ok=True)
            path.write_bytes(pickle.dumps(found))
        return found

    topics = data / "ecbplus"
    ecbplus = held("ecbplus", lambda: read_all({t.name: t.text for t in read_topics(topics)}))
    found = [from_ecbplus(topics, ecbplus)]
    if "demo" not in without:
        found.append(from_demo(held("demo", read_demo)))
    if "cases" not in without:
        pages = [page for path in case_paths(test=False) for page in read_case(path)]
        found.append(from_cases(pages, held("cases", lambda: read_pages(pages))))
    if "muc4" not in without:
        folder = data / "muc4" / "dev"
        texts = read_texts(sorted(folder.glob("dev-muc3-*")))
        found.append(from_muc4(folder, held("muc4", lambda: read_all(texts, finish=dated))))
    return found
