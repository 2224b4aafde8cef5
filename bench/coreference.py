"""Documents of one incident, from their texts alone: `python -m bench coreference DIR --incident-topics 3,8,...`.

In: a folder laid out as ECB+. A topic's `*ecb.xml` tell one incident, its `*ecbplus.xml` another of the same kind.
Out: B³, CoNLL and pairwise F1 over the documents of the named topics, each document clustered by its main telling; the
same for two baselines. Never: an annotation, or a topic's name, as input of the reader or of linking.

All documents of the folder are read and linked as one case. Those of the topics that are not named are noise: how they
cluster among themselves counts nowhere, but one that stands with documents of the key costs precision.
Baselines: TF-IDF of the whole texts with the threshold and the linkage that are best for this key; connected components
over the very same Splink scores, with the threshold that is best for this key.
"""

import argparse
from pathlib import Path

from bench.clustering import figures
from bench.ecb_files import EcbText, read_topics
from bench.end_to_end import ReadText, read_all
from bench.linked import THRESHOLDS, best_components, component_labels, document_labels, link_texts
from bench.tfidf import best_labels

INCIDENT_TOPICS = "3,8,12,16,18,19,22,24,32,33,35"
"""Of ECB+ topics 1 to 35, those both of whose incidents are of a type of ours (docs/linking.md says how chosen)."""


def add_arguments(parser: argparse.ArgumentParser) -> None:
    """Options of the command line."""
    parser.add_argument("folder", type=Path)
    parser.add_argument("--incident-topics", default=INCIDENT_TOPICS, help="topics of the key, with commas between")
    parser.add_argument("--topics", help="read only these topics (default: all of the folder)")


def run(args: argparse.Namespace) -> dict[str, object]:
    """Read, link and score."""
    texts = read_topics(args.folder, args.topics.split(",") if args.topics else None)
    return evaluate(texts, read_all({t.name: t.text for t in texts}), args.incident_topics.split(","))


def evaluate(texts: list[EcbText], read: dict[str, ReadText], topics: list[str]) -> dict[str, object]:
    """Score what was read in all texts."""
    key = {t.name: (t.topic, t.part) for t in texts if t.topic in topics}
    linked = link_texts(read)
    found = document_labels(read, linked.incident)
    components = best_components(
        (document_labels(read, component_labels(linked.tellings, linked.links, least)) for least in THRESHOLDS), key
    )
    return figures(key, found) | {
        "baselines": {
            "tfidf": figures(key, best_labels({t.name: t.text for t in texts}, key)),
            "components": figures(key, components),
        },
        "documents": len(key),
        "incidents": len(set(key.values())),
        "noise": len(texts) - len(key),
        "tellings": len(linked.tellings),
        "without_telling": sum(not read[name].reading.tellings for name in key),
        "links": len(linked.links),
    }
