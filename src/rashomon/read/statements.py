"""Statements: who says what to whom, put together from sources, cues, contents and audiences.

In: evidence. Out: statements; every content is one, with the source, cue and audience that belong to it.
Never: a source that the text does not name; it stays None.
"""

import hashlib
from collections.abc import Sequence

import numpy as np
from numpy.typing import NDArray

from rashomon.read.evidence import Evidence
from rashomon.read.fillers import best_label, span_of
from rashomon.read.heads import PAIR_HEADS
from rashomon.records import Statement

_SAME = PAIR_HEADS.index("same_statement")
_FAR = 220
"""Characters between a content and its cue or source beyond which they are not held together."""


def _partner(evidence: Evidence, one: int, others: Sequence[int], row: NDArray[np.float32], floor: float) -> int | None:
    """Which of `others` belongs to span `one`: the likeliest that is near enough."""
    a = evidence.spans[one]
    best, best_score = None, floor
    for other, score in zip(others, row.tolist(), strict=True):
        b = evidence.spans[other]
        if max(b.start_char - a.end_char, a.start_char - b.end_char) <= _FAR and score > best_score:
            best, best_score = other, score
    return best


def read_statements(evidence: Evidence, page: str, thresholds: dict[str, float]) -> tuple[Statement, ...]:
    """All statements of an article, in the order of their contents; nested ones name the one that holds them."""
    contents = evidence.of_layers("content")
    cues, sources, audiences = (evidence.of_layers(layer) for layer in ("cue", "source", "audience"))
    floor = thresholds.get("same_statement", 0.3)
    to_cue = evidence.pairs(contents, cues, _SAME)
    to_source = evidence.pairs(contents, sources, _SAME)
    cue_to_source = evidence.pairs(cues, sources, _SAME)
    cue_to_audience = evidence.pairs(cues, audiences, _SAME)
    found: list[Statement] = []
    for row, content in enumerate(contents):
        cue = _partner(evidence, content, cues, to_cue[row], floor)
        source = _partner(evidence, content, sources, to_source[row], floor)
        audience = None
        if cue is not None:
            at = cues.index(cue)
            if source is None:
                source = _partner(evidence, cue, sources, cue_to_source[at], floor)
            audience = _partner(evidence, cue, audiences, cue_to_audience[at], floor)
        if cue is None and source is None:
            continue
        span = span_of(evidence, content)
        stance = best_label(evidence, [cue], "stance") if cue is not None else "asserts"
        key = f"{page}\0{span.start_char}-{span.end_char}"
        found.append(
            Statement(
                id="s" + hashlib.sha256(key.encode()).hexdigest()[:16],
                page=page,
                source=span_of(evidence, source) if source is not None else None,
                cue=span_of(evidence, cue) if cue is not None else None,
                content=span,
                audience=span_of(evidence, audience) if audience is not None else None,
                stance=stance,
                score=round(evidence.spans[content].score, 4),
            )
        )
    return tuple(found)
