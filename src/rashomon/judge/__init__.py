"""Judging: what a person decides becomes a judgement in the case, by the same functions on screen and at a terminal."""

from rashomon.judge.decide import (
    CHOSEN_FIELDS,
    FIELDS,
    Person,
    correct,
    judge_pair,
    judge_telling,
    merge,
    redact,
    split,
    undo,
)

__all__ = [
    "CHOSEN_FIELDS",
    "FIELDS",
    "Person",
    "correct",
    "judge_pair",
    "judge_telling",
    "merge",
    "redact",
    "split",
    "undo",
]
