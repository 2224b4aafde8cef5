"""Words of a command line as a decision.

In: a verdict and what it is about, as they were written. Out: the judgement. Never: a decision that the web app would
not take: both call decide.py.
"""

import re
from collections.abc import Callable, Sequence

from sqlalchemy import Connection

from rashomon.errors import JudgingError
from rashomon.judge import decide as decisions
from rashomon.judge.decide import Person
from rashomon.records import Judgement

_AT = re.compile(r"(.*)@(\d+)-(\d+)", re.DOTALL)


def decide(connection: Connection, verdict: str, about: Sequence[str], person: Person) -> Judgement:
    """Judge as the words say. Raises JudgingError, also for words that are too few or too many."""
    verb = verdict.replace("-", "_")
    if verb not in _VERBS:
        raise JudgingError("no_verdict", f"{verdict!r} is none of: {', '.join(_VERBS)}")
    least, most, usage, take = _VERBS[verb]
    if not least <= len(about) <= most:
        raise JudgingError("wrong_arguments", f"it is: {verdict} {usage}")
    return take(connection, verb, about, person)


def _pair(connection: Connection, verb: str, about: Sequence[str], person: Person) -> Judgement:
    return decisions.judge_pair(connection, about[0], about[1], verb, person)


def _telling(connection: Connection, verb: str, about: Sequence[str], person: Person) -> Judgement:
    field = _field(about[1]) if len(about) > 1 else ""
    return decisions.judge_telling(connection, about[0], verb, field, person)


def _correct(connection: Connection, verb: str, about: Sequence[str], person: Person) -> Judgement:
    del verb
    telling, field, words = about
    given = {"words": words}
    if at := _AT.fullmatch(words):
        given = {"words": at[1], "start_char": at[2], "end_char": at[3]}
    return decisions.correct(connection, telling, _field(field), given, person)


def _merge(connection: Connection, verb: str, about: Sequence[str], person: Person) -> Judgement:
    del verb
    return decisions.merge(connection, about[0], about[1], person)


def _split(connection: Connection, verb: str, about: Sequence[str], person: Person) -> Judgement:
    del verb
    return decisions.split(connection, about[0], about[1:], person)


def _redact(connection: Connection, verb: str, about: Sequence[str], person: Person) -> Judgement:
    del verb
    if about[0].split() != about[1].split():
        raise JudgingError("not_repeated", "write the words twice: what is redacted cannot be brought back")
    return decisions.redact(connection, about[0], person)


def _undo(connection: Connection, verb: str, about: Sequence[str], person: Person) -> Judgement:
    del verb
    return decisions.undo(connection, int(about[0]) if about[0].isdecimal() else 0, person)


def _field(name: str) -> str:
    return name.replace("_", " ").replace("-", " ")


Take = Callable[[Connection, str, Sequence[str], Person], Judgement]
_VERBS: dict[str, tuple[int, int, str, Take]] = {
    "same": (2, 2, "TELLING TELLING", _pair),
    "not_same": (2, 2, "TELLING TELLING", _pair),
    "right": (1, 2, "TELLING [FIELD]", _telling),
    "wrong": (1, 2, "TELLING [FIELD]", _telling),
    "correct": (3, 3, "TELLING FIELD WORDS[@START-END]", _correct),
    "merge": (2, 2, "INCIDENT INCIDENT", _merge),
    "split": (2, 1000, "INCIDENT TELLING...", _split),
    "redact": (2, 2, "WORDS WORDS (twice the same)", _redact),
    "undo": (1, 1, "NUMBER", _undo),
}
