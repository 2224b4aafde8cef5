"""ECB+'s documents as texts.

In: a folder with one folder a topic, each with `*ecb.xml` and `*ecbplus.xml` files (or the same, gzipped). Out: texts.
Never: annotations; a benchmark that reads texts end to end must not see them.
"""

import gzip
import re
import xml.etree.ElementTree as ET
from collections.abc import Iterable
from dataclasses import dataclass
from itertools import groupby
from pathlib import Path

from bench.conll import join_tokens

_LINK = re.compile(r"https?\s*:|www\s*\.")


@dataclass(frozen=True, slots=True)
class EcbText:
    """One document; `part` is `ecb` or `ecbplus`: within a topic the two tell of two incidents of one kind."""

    name: str
    topic: str
    part: str
    text: str


def read_topics(folder: Path, topics: Iterable[str] | None = None) -> list[EcbText]:
    """All documents of the named topics (None: of all), by topic and name."""
    wanted = sorted((p for p in folder.iterdir() if p.is_dir() and p.name.isdigit()), key=lambda p: int(p.name))
    named = None if topics is None else set(topics)
    held = [p for p in wanted if named is None or p.name in named]
    return [read_text(path) for topic in held for path in sorted(topic.iterdir()) if ".xml" in path.suffixes]


def read_text(path: Path) -> EcbText:
    """One document; the link that `ecbplus` files hold as their first sentence is left out."""
    with gzip.open(path) if path.suffix == ".gz" else path.open("rb") as handle:
        root = ET.parse(handle).getroot()
    name = path.name.split(".")[0]
    part = "ecbplus" if name.endswith("ecbplus") else "ecb"
    sentences = [
        join_tokens([t.text or "-" for t in tokens])[0]
        for _, tokens in groupby(root.iter("token"), key=lambda t: t.get("sentence"))
    ]
    if part == "ecbplus" and sentences and _LINK.search(sentences[0]):
        sentences = sentences[1:]
    return EcbText(name, path.parent.name, part, " ".join(sentences))
