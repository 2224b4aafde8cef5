"""Tellings of one incident in a dense conflict: `python -m bench cases [FILE...]` (by default the cases for testing).

In: cases (corpus/cases.py). Out: B³, CoNLL and pairwise F1 over what the pages are labelled to tell; the same for two
baselines. Never: a label as input of the reader or of linking; a case that the weights of linking have learnt from,
unless the caller names it.

A label stands where the telling stands that tells it: on each page, labels and tellings are matched one to one by
types, anchors and targets. A label that no telling tells is alone, for us and for the baselines.
Baselines: TF-IDF cosine of the tellings' passages or of the whole pages, whichever is better, and connected components
over the same Splink scores, each with the threshold (and linkage) that is best for this key.
"""

import argparse
from collections.abc import Hashable, Iterable, Mapping, Sequence
from dataclasses import dataclass, replace
from pathlib import Path

from bench.clustering import figures
from bench.end_to_end import ReadText, read_all
from bench.linked import (
    THRESHOLDS,
    best_components,
    best_tfidf,
    component_labels,
    labels_told,
    link_texts,
    passages_of,
)  # fmt: skip
from bench.matching import best_matching
from corpus.cases import CasePage, LabelledTelling, case_paths, read_case
from rashomon.records import Article, Published, Telling


@dataclass(frozen=True, slots=True)
class Matched:
    """The labels of all pages by name (page and number), and the telling of each that is told."""

    incident: dict[str, str]
    telling: dict[str, str]

    def key(self) -> dict[str, Hashable]:
        """Each label's case and incident."""
        return {name: (name.split("-")[0], incident) for name, incident in self.incident.items()}


def add_arguments(parser: argparse.ArgumentParser) -> None:
    """Options of the command line."""
    parser.add_argument("files", nargs="*", type=Path)


def run(args: argparse.Namespace) -> dict[str, object]:
    """Read, link and score."""
    pages = [page for path in args.files or case_paths(test=True) for page in read_case(path)]
    return evaluate(pages, read_pages(pages))


def read_pages(pages: Sequence[CasePage]) -> dict[str, ReadText]:
    """Every page read, by its id, with its outlet and its day."""
    page_of = {p.id: p for p in pages}

    def finish(article: Article) -> Article:
        page = page_of[article.page]
        day = Published(page.published, page.published, "day", "case")
        return replace(article, outlet=page.outlet, outlet_found="case", published=day)

    return read_all({p.id: p.text for p in pages}, finish=finish)


def agreement(labelled: LabelledTelling, telling: Telling) -> float:
    """Types, anchors and targets in common; nothing without a type and an anchor."""
    types = len(labelled.types & set(telling.types))
    held = sum(any(p.start_char <= a < p.end_char for p in telling.passages) for a, _ in labelled.anchors)
    exact = sum(any(a < y.end_char and y.start_char < b for y in telling.anchors) for a, b in labelled.anchors)
    told = (held + exact) / max(1, len(labelled.anchors))
    targets = sum(t in f.span.text or f.span.text in t for t in labelled.targets for f in telling.targets)
    return types + told + 0.5 * min(2, targets) if types and held else 0.0


def match_labels(pages: Iterable[CasePage], read: Mapping[str, ReadText]) -> Matched:
    """Which telling tells which label."""
    matched = Matched({}, {})
    for page in pages:
        told = read[page.id].reading.tellings
        names = [f"{page.id} {n}" for n in range(len(page.tellings))]
        matched.incident.update(zip(names, (t.incident for t in page.tellings), strict=True))
        table = [[agreement(x, t) for t in told] for x in page.tellings]
        matched.telling.update((names[a], told[b].id) for a, b in best_matching(table))
    return matched


def evaluate(pages: Sequence[CasePage], read: Mapping[str, ReadText]) -> dict[str, object]:
    """Score what was read in all pages, linked as one case."""
    linked = link_texts(read)
    matched = match_labels(pages, read)
    key, told = matched.key(), matched.telling
    cuts = (labels_told(key, told, component_labels(linked.tellings, linked.links, least)) for least in THRESHOLDS)
    texts = [passages_of(linked.tellings), {t.id: read[t.page].article.text for t in linked.tellings.values()}]
    return figures(key, labels_told(key, told, linked.incident)) | {
        "baselines": {
            "tfidf": figures(key, best_tfidf([*key], told, texts, key)),
            "components": figures(key, best_components(cuts, key)),
        },
        "pages": len(pages),
        "labels": len(key),
        "incidents": len(set(key.values())),
        "without_telling": sum(n not in told for n in key),
    }
