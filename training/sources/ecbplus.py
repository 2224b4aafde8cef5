"""ECB+: participants, places, times and their coreference → examples.

In: the folder `ecbplus`. Out: examples of style `ecbplus`; only sentences that hold an annotation teach.
Never: topics that the caller did not name.
"""

import gzip
import re
import xml.etree.ElementTree as ET
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path

from bench.conll import join_tokens
from training.examples import Example, Item, Range

LAYER = {
    "HUMAN_PART_PER": "mention_person", "HUMAN_PART_ORG": "mention_organisation", "HUMAN_PART_GPE": "mention_place",
    "LOC_GEO": "mention_place", "LOC_FAC": "mention_place", "TIME_DATE": "mention_time",
    "TIME_OF_THE_DAY": "mention_time",
}  # fmt: skip


@dataclass(frozen=True, slots=True)
class EcbDocument:
    """One document: its text, where each token stands, each token's sentence, and its mentions (tag, tokens, chain)."""

    name: str
    text: str
    tokens: dict[str, Range]
    sentences: dict[str, int]
    mentions: tuple[tuple[str, tuple[str, ...], str], ...]


def read_document(path: Path) -> EcbDocument:
    """One `.xml.gz`; the link that `ecbplus` files hold as their first sentence is left out."""
    with gzip.open(path) as handle:
        root = ET.parse(handle).getroot()  # noqa: S314  (a corpus on our own disk)
    nodes = list(root.iter("token"))
    link = {t.get("t_id") for t in nodes if t.get("sentence") == "0" and "ecbplus" in path.name and _is_link(nodes)}
    kept = [t for t in nodes if t.get("t_id") not in link]
    text, tokens, sentences, current = "", {}, {}, None
    run: list[ET.Element] = []
    for node in [*kept, None]:
        if node is None or node.get("sentence") != current:
            if run:
                words, ranges = join_tokens([n.text or "-" for n in run])
                base = len(text) + bool(text)
                text += (" " if text else "") + words
                for n, (a, b) in zip(run, ranges, strict=True):
                    tokens[n.get("t_id", "")] = (base + a, base + b)
                    sentences[n.get("t_id", "")] = int(n.get("sentence", "0"))
            run = []
            current = node.get("sentence") if node is not None else None
        if node is not None:
            run.append(node)
    chains: dict[str, str] = {}
    for relation in root.iter():
        if relation.tag in ("CROSS_DOC_COREF", "INTRA_DOC_COREF"):
            for source in relation.iter("source"):
                chains[source.get("m_id", "")] = relation.get("r_id", "")
    mentions = []
    markables = root.find("Markables")
    for mark in markables if markables is not None else ():
        anchors = tuple(a.get("t_id", "") for a in mark.iter("token_anchor"))
        if anchors and all(a in tokens for a in anchors):
            mentions.append((mark.tag, anchors, chains.get(mark.get("m_id", ""), "")))
    return EcbDocument(path.name.split(".")[0], text, tokens, sentences, tuple(mentions))


def _is_link(nodes: list[ET.Element]) -> bool:
    first = " ".join(n.text or "" for n in nodes if n.get("sentence") == "0")
    return bool(re.search(r"https?\s*:|www\s*\.", first))


def to_example(document: EcbDocument) -> Example:
    """One document; sentences without any annotation are unsure in every layer."""
    layers: dict[str, list[Range]] = {layer: [] for layer in LAYER.values()}
    items = []
    chains = sorted({c for _, _, c in document.mentions if c})
    marked = set()
    for tag, anchors, chain in document.mentions:
        ranges = [document.tokens[a] for a in anchors]
        start, end = min(r[0] for r in ranges), max(r[1] for r in ranges)
        marked |= {document.sentences[a] for a in anchors}
        if tag in LAYER and end - start < 120:
            layers[LAYER[tag]].append((start, end))
            items.append(Item(start, end, LAYER[tag], entity=chains.index(chain) if chain else None))
    quiet = tuple(r for t, r in document.tokens.items() if document.sentences[t] not in marked)
    return Example(
        document.name, "ecbplus", document.text,
        {k: tuple(sorted(set(v))) for k, v in layers.items()}, dict.fromkeys(layers, quiet), tuple(items),
    )  # fmt: skip


def load(folder: Path, topics: tuple[str, ...]) -> Iterator[Example]:
    """All documents of the named topics."""
    for topic in topics:
        for path in sorted((folder / topic).glob("*.xml.gz")):
            yield to_example(read_document(path))
