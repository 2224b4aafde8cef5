"""Real texts that we annotated: `python -m bench real-tellings FOLDER [--split test]`.

In: annotations by offsets (`corpus/standoff`) and the corpora's texts (`RASHOMON_DATA`). Out: the figures of
`bench.tellings`, over all and by corpus. Never: a text that was trained on, unless the caller names its split.
"""

import argparse
from pathlib import Path

from bench.board_rows import data_folder
from bench.tellings import evaluate
from corpus.annotated import AnnotatedText
from corpus.standoff import FOLDER
from training.sources.standoff import annotated_texts


def add_arguments(parser: argparse.ArgumentParser) -> None:
    """Options of the command line."""
    parser.add_argument("folder", type=Path, nargs="?", default=FOLDER)
    parser.add_argument("--split", default="test", choices=("train", "dev", "test"))


def run(args: argparse.Namespace) -> dict[str, object]:
    """Score the texts of the split."""
    by_corpus: dict[str, list[AnnotatedText]] = {}
    for text in annotated_texts(data_folder(), args.split, folder=args.folder):
        by_corpus.setdefault(text.conflict, []).append(text)
    everything = evaluate([t for texts in by_corpus.values() for t in texts])
    return everything | {"by_corpus": {name: evaluate(texts) for name, texts in by_corpus.items()}}
