"""Real texts that we annotated: `python -m bench real-tellings FOLDER [--split test]`.

In: annotations by offsets (`corpus/standoff`) and the corpora's texts (`RASHOMON_DATA`). Out: the figures of
`bench.tellings`, over all and by corpus. Never: a text that was trained on, unless the caller names its split.
"""

import argparse
from collections import Counter, defaultdict
from pathlib import Path

from bench.board_rows import data_folder
from bench.tellings import Totals, add_text, figures_of
from corpus.standoff import FOLDER
from rashomon.capture import article_from_text
from rashomon.read.model import load_model
from rashomon.read.reader import Reader
from training.sources.standoff import annotated_texts


def add_arguments(parser: argparse.ArgumentParser) -> None:
    """Options of the command line."""
    parser.add_argument("folder", type=Path, nargs="?", default=FOLDER)
    parser.add_argument("--split", default="test", choices=("train", "dev", "test"))


def run(args: argparse.Namespace) -> dict[str, object]:
    """Score the texts of the split."""
    reader, everything = Reader(load_model()), Totals()
    by_corpus: dict[str, Totals] = defaultdict(Totals)
    texts = list(annotated_texts(data_folder(), args.split, folder=args.folder))
    for text in texts:
        told = reader.read(article_from_text(text.text, text.id)).tellings
        for totals in (everything, by_corpus[text.conflict]):
            add_text(totals, text, told)
    held = Counter(text.conflict for text in texts)
    each = {name: figures_of(totals, held[name]) for name, totals in by_corpus.items()}
    return figures_of(everything, len(texts)) | {"by_corpus": each}
