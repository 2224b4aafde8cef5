"""How weights that do not ship read the dev splits: `python -m training.measure (--folder FOLDER | --teacher RUN)`.

In: a folder that `training.export` wrote, or a teacher's run; our dev texts. Out: F1 of tellings, roles and types.
Never: a text of a test split, or of one that the weights were trained on.
"""

import argparse
import random
from collections.abc import Iterator
from pathlib import Path

from bench.board_rows import data_folder
from bench.tellings import evaluate_reader
from corpus.annotated import AnnotatedText, read_annotated
from training.readers import folder_reader, teacher_reader
from training.sources.standoff import annotated_texts
from training.splits import ours_paths, snippet_paths

SNIPPETS = 360
"""How many of the dev snippets are read; pages and real texts are read all."""


def dev_sets() -> Iterator[tuple[str, list[AnnotatedText]]]:
    """The sets by name."""
    snippets = random.Random(3).sample(list(snippet_paths("dev")), SNIPPETS)
    yield "snippets", [read_annotated(path) for path in snippets]
    yield "pages", [read_annotated(path) for path in ours_paths("dev")]
    yield "real texts", list(annotated_texts(data_folder(), "dev"))


def main() -> None:
    """The command."""
    parser = argparse.ArgumentParser(description=__doc__)
    which = parser.add_mutually_exclusive_group(required=True)
    which.add_argument("--folder", type=Path)
    which.add_argument("--teacher")
    arguments = parser.parse_args()
    reader = folder_reader(arguments.folder) if arguments.folder else teacher_reader(arguments.teacher)
    for name, texts in dev_sets():
        print(name, len(texts), evaluate_reader(reader, texts), flush=True)


if __name__ == "__main__":
    main()
