"""A teacher's reading of real texts that nobody annotated: `python -m training.guess --run TEACHER`.

In: a teacher, the texts that shipped weights may learn from. Out: `runs/TEACHER/guessed/CORPUS.jsonl`, laid out as
`corpus/standoff`, for plans whose `guessed` is TEACHER. Never: an annotated text, or one of another split than `train`.
"""

import argparse
from pathlib import Path

from bench.board_rows import data_folder
from corpus.annotated import AnnotatedStatement, AnnotatedTelling, AnnotatedText, Filler, LoadedWords
from corpus.annotated import Span as Range
from corpus.standoff import FOLDER, to_line
from rashomon.capture import article_from_text
from rashomon.read.reader import Reader
from rashomon.records import Reading, Telling
from rashomon.spans import Span
from training.pack import RUNS
from training.readers import teacher_reader
from training.sources.standoff import annotated_texts, texts_of
from training.splits import is_held_back, real_split_of


def _range(span: Span | None) -> Range | None:
    return span and (span.start_char, span.end_char)


def _ranges(spans: tuple[Span, ...]) -> tuple[Range, ...]:
    return tuple((s.start_char, s.end_char) for s in spans)


def _fillers(telling: Telling) -> list[Filler]:
    actors = (("perp", telling.perpetrators), ("beneficiary", telling.beneficiaries))
    told = [Filler(role, (a.side, a.kind), _ranges(a.mentions or (a.span,))) for role, held in actors for a in held]
    told += [Filler("target", (t.kind, t.effect), _ranges(t.mentions or (t.span,))) for t in telling.targets]
    told += [Filler("instrument", (i.kind,), _ranges(i.mentions or (i.span,))) for i in telling.instruments]
    told += [Filler("place", (p.kind,), _ranges(p.mentions or (p.span,))) for p in telling.places]
    told += [Filler("count", (c.what,), _ranges((c.span,))) for c in telling.counts]
    return told + ([Filler("time", (), _ranges((telling.time.span,)))] if telling.time else [])


def as_annotated(name: str, corpus: str, text: str, reading: Reading) -> AnnotatedText:
    """What was read as if somebody had annotated it."""
    tellings = (
        AnnotatedTelling(
            t.types, t.stance, t.stage, _ranges(t.anchors), tuple(_fillers(t)),
            _ranges((t.attributed_to,)) if t.attributed_to else (), _range(t.outcome),
        )
        for t in reading.tellings
    )  # fmt: skip
    statements = (
        AnnotatedStatement(_range(s.source), _range(s.cue), _range(s.content), _range(s.audience), s.stance)
        for s in reading.statements
    )
    loaded = (LoadedWords((w.span.start_char, w.span.end_char), "") for w in reading.loaded)
    return AnnotatedText(name, corpus, "", "", "unknown", text, tuple(tellings), tuple(statements), tuple(loaded))


def guess(reader: Reader, corpus: str, texts: dict[str, str], path: Path) -> int:
    """Read the texts into `path`; how many there are."""
    with path.open("w", encoding="utf-8") as file:
        for name, text in texts.items():
            stripped = text.strip("\n")
            reading = reader.read(article_from_text(stripped, name))
            file.write(to_line(as_annotated(name, corpus, stripped, reading)) + "\n")
    return len(texts)


def main() -> None:
    """The command."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--run", required=True)
    arguments = parser.parse_args()
    folder = RUNS / arguments.run / "guessed"
    folder.mkdir(parents=True, exist_ok=True)
    reader = teacher_reader(arguments.run)
    annotated = {a.id for a in annotated_texts(data_folder(), "train", "dev", "test", folder=FOLDER)}
    for corpus, texts in texts_of(data_folder()).items():
        free = (n for n in texts if n not in annotated and not is_held_back(n) and real_split_of(corpus, n) == "train")
        left = {name: texts[name] for name in free}
        print(corpus, guess(reader, corpus, left, folder / f"{corpus}.jsonl"), flush=True)


if __name__ == "__main__":
    main()
