"""Annotations of other people's texts, as offsets alone: `corpus/standoff/<corpus>.jsonl`, one text a line.

In: annotated texts, or lines and the texts that they are about. Out: lines without a word of the text, or such texts.
Never: a sentence of a corpus in the repository; a text that differs from the one that was annotated (its SHA-256).
"""

import hashlib
import json
from collections.abc import Iterable, Iterator, Mapping
from pathlib import Path
from typing import Any

from corpus.annotated import (
    AnnotatedStatement,
    AnnotatedTelling,
    AnnotatedText,
    AnnotationError,
    Filler,
    LoadedWords,
    Span,
)

FOLDER = Path(__file__).parent / "standoff"


def to_line(annotated: AnnotatedText) -> str:
    """One text's annotations as JSON: offsets `[start, end)` in code points of the text whose digest it names."""
    return json.dumps(
        {
            "id": annotated.id,
            "sha256": _digest(annotated.text),
            "tellings": [_telling(t) for t in annotated.tellings],
            "statements": [
                {"source": s.source, "cue": s.cue, "content": s.content, "audience": s.audience, "stance": s.stance}
                for s in annotated.statements
            ],
            "loaded": [{"span": w.span, "neutral": w.neutral} for w in annotated.loaded],
        },
        ensure_ascii=False,
    )


def _digest(text: str) -> str:
    return hashlib.sha256(text.encode()).hexdigest()[:16]


def _telling(telling: AnnotatedTelling) -> dict[str, object]:
    return {
        "types": telling.types,
        "stance": telling.stance,
        "stage": telling.stage,
        "anchors": telling.anchors,
        "fillers": [{"role": f.role, "attributes": f.attributes, "mentions": f.mentions} for f in telling.fillers],
        "by": telling.by,
        "outcome": telling.outcome,
    }


def from_line(line: str, corpus: str, texts: Mapping[str, str]) -> AnnotatedText:
    """The annotated text of a line; raises AnnotationError where the text is missing or is another."""
    held: dict[str, Any] = json.loads(line)
    text = texts.get(held["id"], "").strip("\n")
    if _digest(text) != held["sha256"]:
        raise AnnotationError(f"{corpus}: {held['id']}: the text that was annotated is not there")
    return AnnotatedText(
        held["id"], corpus, "", "", "unknown", text,
        tuple(_read_telling(t) for t in held["tellings"]),
        tuple(
            AnnotatedStatement(
                _span(s["source"]), _span(s["cue"]), _span(s["content"]), _span(s["audience"]), s["stance"]
            )
            for s in held["statements"]
        ),
        tuple(LoadedWords(_spans([w["span"]])[0], w["neutral"]) for w in held["loaded"]),
    )  # fmt: skip


def _span(held: list[int] | None) -> Span | None:
    return None if held is None else (held[0], held[1])


def _spans(held: Iterable[list[int]]) -> tuple[Span, ...]:
    return tuple((a, b) for a, b in held)


def _read_telling(held: dict[str, Any]) -> AnnotatedTelling:
    fillers = (Filler(f["role"], tuple(f["attributes"]), _spans(f["mentions"])) for f in held["fillers"])
    return AnnotatedTelling(
        tuple(held["types"]), held["stance"], held["stage"], _spans(held["anchors"]), tuple(fillers),
        _spans(held["by"]), _span(held["outcome"]),
    )  # fmt: skip


def read_standoff(corpus: str, texts: Mapping[str, str], folder: Path = FOLDER) -> Iterator[AnnotatedText]:
    """The annotated texts of one corpus, in the file's order; none where nothing of it is annotated."""
    path = folder / f"{corpus}.jsonl"
    for line in path.read_text(encoding="utf-8").splitlines() if path.exists() else ():
        yield from_line(line, corpus, texts)
