"""Documents of one incident, from their texts alone: `python -m bench coreference DIR --incident-topics 3,8,...`.

In: a folder laid out as ECB+. A topic's `*ecb.xml` tell one incident, its `*ecbplus.xml` another of the same kind.
Out: B³, CoNLL and pairwise F1 over the documents of the named topics, each document clustered by its main telling; the
same for two baselines. Never: an annotation, or a topic's name, as input of the reader or of linking; weights of
linking that have seen the topics which they are scored on.

All documents of the folder are read and linked as one case. Those of the topics that are not named are noise: how they
cluster among themselves counts nowhere, but one that stands with documents of the key costs precision.
Cross-fitted: ECB+'s topics 1 to 35 teach the weights, so that the named ones are scored in parts (link_folds.py), each
by weights estimated without it, the others being noise; a cluster with documents of two parts counts in both. Topics
of no part are scored by the packaged weights. (The reader has seen ECB+'s participants, times and places in training,
never which documents belong together.)
Baselines: TF-IDF of the whole texts with the threshold and the linkage that are best for this key; connected
components over the very same Splink scores, with the threshold that is best for this key.

Which topics are named by default: those both of whose incidents are of a type of ours: a courthouse killing and an
escaped convict caught (3), bombs at banks (8), pirates caught (12), a deputy and a policewoman murdered (16),
shootings at offices and a factory (18, 22), riots after police shot a boy (19), armed robberies of jewellers (24),
murders (32, 33), arrests of sportsmen (35). Not named: elections, sport, films, appointments, software, deaths by
nature or by accident, earthquakes, fires without a culprit, and deaths in prison (26). A hit and run (21) and a fire
at a church (13) may be crimes, but are told as accidents. 35 is the weakest of the named: arrests for drunken driving
are arrests, but of nobody's conflict.
"""

import argparse
from collections.abc import Hashable, Mapping
from pathlib import Path

from bench.clustering import figures
from bench.ecb_files import EcbText, read_topics
from bench.end_to_end import ReadText, read_all
from bench.link_folds import Fold, part_topics
from bench.linked import THRESHOLDS, best_components, component_labels, document_labels, link_texts
from bench.tfidf import best_labels
from rashomon.link.comparisons import load_weights

INCIDENT_TOPICS = "3,8,12,16,18,19,22,24,32,33,35"
Labels = Mapping[str, Hashable]


def add_arguments(parser: argparse.ArgumentParser) -> None:
    """Options of the command line."""
    parser.add_argument("folder", type=Path)
    parser.add_argument("--incident-topics", default=INCIDENT_TOPICS, help="topics of the key, with commas between")
    parser.add_argument("--topics", help="read only these topics (default: all of the folder)")
    parser.add_argument("--packaged", action="store_true", help="score all topics by the packaged weights")


def run(args: argparse.Namespace) -> dict[str, object]:
    """Read, link and score."""
    texts = read_topics(args.folder, args.topics.split(",") if args.topics else None)
    topics = args.incident_topics.split(",")
    parts = [Fold(topics, load_weights())] if args.packaged else part_topics(topics)
    return evaluate(texts, read_all({t.name: t.text for t in texts}), parts)


def evaluate(texts: list[EcbText], read: dict[str, ReadText], parts: list[Fold]) -> dict[str, object]:
    """Score what was read in all texts."""
    topic_of = {t.name: t.topic for t in texts}
    topics = {t for part in parts for t in part.topics}
    key = {t.name: (t.topic, t.part) for t in texts if t.topic in topics}
    found: dict[str, Hashable] = {}
    components: dict[float, dict[str, Hashable]] = {least: {} for least in THRESHOLDS}
    links = 0
    for part in parts:
        linked = link_texts(read, part.weights)
        links += len(linked.links)
        found |= _in_part(part, topic_of, document_labels(read, linked.incident))
        for least in THRESHOLDS:
            cut = component_labels(linked.tellings, linked.links, least)
            components[least] |= _in_part(part, topic_of, document_labels(read, cut))
    return figures(key, found) | {
        "baselines": {
            "tfidf": figures(key, best_labels({t.name: t.text for t in texts}, key)),
            "components": figures(key, best_components(components.values(), key)),
        },
        "documents": len(key),
        "incidents": len(set(key.values())),
        "noise": len(texts) - len(key),
        "parts": len(parts),
        "tellings": sum(len(held.reading.tellings) for held in read.values()),
        "without_telling": sum(not read[name].reading.tellings for name in key),
        "links": links // max(1, len(parts)),
    }


def _in_part(part: Fold, topic_of: Mapping[str, str], labels: Labels) -> dict[str, Hashable]:
    """Labels of one part: documents of other topics are noise, under names of their own."""
    mark = part.topics[0]
    named = {name: name if topic_of[name] in part.topics else f"{name} beside {mark}" for name in labels}
    return {named[name]: (mark, label) for name, label in labels.items()}
