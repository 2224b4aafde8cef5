"""Our annotations of real texts (offsets alone, `corpus/standoff`) with the texts of their corpora → examples.

In: the data folder. Out: examples of style `general`. Never: a text of a corpus's test part.
"""

from collections.abc import Iterator
from functools import cache
from pathlib import Path

from bench.muc4_files import read_texts
from corpus.annotated import AnnotatedText
from corpus.standoff import FOLDER, read_standoff
from training.examples import Example
from training.sources import ecbplus, re3d
from training.sources.ours import to_example
from training.splits import real_split_of

RE3D_SENTENCES = 10
"""How many sentences of re3d make one text that was annotated."""


@cache
def texts_of(data: Path) -> dict[str, dict[str, str]]:
    """By corpus and name, the texts that may be annotated: those that shipped weights may learn from."""
    documents = (ecbplus.read_document(p) for p in sorted((data / "ecbplus").glob("*/*.xml.gz")))
    return {
        "ecbplus": {d.name: d.text for d in documents},
        "re3d": {e.id: e.text for e in re3d.load(data / "re3d" / "train.txt", RE3D_SENTENCES)},
        "polnear": {p.stem: p.read_text(encoding="utf-8") for p in sorted((data / "polnear/train/text").glob("*.txt"))},
        "muc4": read_texts(sorted((data / "muc4" / "dev").glob("dev-muc3-*"))),
    }


def annotated_texts(data: Path, *splits: str, folder: Path = FOLDER) -> Iterator[AnnotatedText]:
    """The texts of all corpora that are annotated, of the named splits."""
    for corpus, texts in texts_of(data).items():
        for annotated in read_standoff(corpus, texts, folder):
            if real_split_of(corpus, annotated.id) in splits:
                yield annotated


def load(data: Path, *splits: str, folder: Path = FOLDER) -> Iterator[Example]:
    """The same as examples."""
    for annotated in annotated_texts(data, *splits, folder=folder):
        yield to_example(annotated)
