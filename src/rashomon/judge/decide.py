"""What a person decides, as a judgement in the case.

In: a decision as a form gave it. Out: an appended judgement. Never: a change to what the machine suggested, nor a
judgement without a name and an existing record.
"""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass

import msgspec
from sqlalchemy import Connection, select

from rashomon import store
from rashomon.errors import JudgingError
from rashomon.records import Judgement
from rashomon.store import clock, schema
from rashomon.store.judgements import REDACTED
from rashomon.store.redact import make_patterns
from rashomon.store.standing import CorrectedValue
from rashomon.store.tellings import load_tellings_by_id
from rashomon.vocabulary import STAGES, STANCES

FIELDS = ("perpetrator", "target", "instrument", "place", "time", "count", "beneficiary", "type", "stance", "stage",
          "outcome", "according to")  # fmt: skip
MOST_CHARS = 2000
CHOSEN_FIELDS = {"stance": STANCES, "stage": STAGES}


@dataclass(frozen=True, slots=True)
class Person:
    """Who decides, and why."""

    who: str
    why: str


def judge_pair(connection: Connection, a: str, b: str, verdict: str, person: Person) -> Judgement:
    """Two tellings are of the same happening, or not. Raises JudgingError."""
    if verdict not in ("same", "not_same"):
        raise JudgingError("no_verdict", "a pair is the same or not the same")
    if a == b:
        raise JudgingError("one_telling", "a telling is the same as itself")
    _check_tellings(connection, [a, b])
    first, second = sorted((a, b))
    return _append(connection, Judgement(0, verdict, first, second, None, None, person.who, clock.now(), person.why))


def judge_telling(connection: Connection, telling: str, verdict: str, field: str, person: Person) -> Judgement:
    """A telling (or one field of it) was read right, or wrong. Raises JudgingError."""
    if verdict not in ("right", "wrong"):
        raise JudgingError("no_verdict", "a reading is right or wrong")
    if field and field not in FIELDS:
        raise JudgingError("no_field", f"there is no field {field!r}")
    _check_tellings(connection, [telling])
    return _append(
        connection, Judgement(0, verdict, telling, None, field or None, None, person.who, clock.now(), person.why)
    )


def correct(connection: Connection, telling: str, field: str, given: Mapping[str, str], person: Person) -> Judgement:
    """The value of a field is these words of the page (`words`, and where they stand). Raises JudgingError."""
    if field not in FIELDS:
        raise JudgingError("no_field", f"there is no field {field!r}")
    words = " ".join(given.get("words", "").split())
    if not words or len(words) > MOST_CHARS:
        raise JudgingError("no_words", "select the words on the page, or write them")
    if field in CHOSEN_FIELDS and words not in CHOSEN_FIELDS[field]:
        raise JudgingError("no_value", f"{field} is one of: {', '.join(CHOSEN_FIELDS[field])}")
    value = CorrectedValue(words)
    if field not in (*CHOSEN_FIELDS, "type"):
        value = _find_words(connection, telling, given, words)
    else:
        _check_tellings(connection, [telling])
    encoded = msgspec.json.encode(value).decode()
    return _append(
        connection, Judgement(0, "corrected", telling, None, field, encoded, person.who, clock.now(), person.why)
    )


def _find_words(connection: Connection, telling: str, given: Mapping[str, str], words: str) -> CorrectedValue:
    """Where the words stand: where they were selected, else where the telling's passages have them, else the page."""
    told = load_tellings_by_id(connection, [telling]).get(telling)
    if told is None:
        raise JudgingError("no_telling", "the case has no telling with this id")
    article = schema.articles.c
    query = select(article.text).join(schema.pages, schema.pages.c.number == article.page)
    text = str(connection.execute(query.where(schema.pages.c.id == told.page)).scalar() or "")
    start, end = given.get("start_char", ""), given.get("end_char", "")
    if start.isdecimal() and end.isdecimal() and " ".join(text[int(start) : int(end)].split()) == words:
        return CorrectedValue(text[int(start) : int(end)], int(start), int(end))
    for passage in (*(told.passages or (told.span,)), None):
        first, last = (passage.start_char, passage.end_char) if passage else (0, len(text))
        at = text.find(words, first, last)
        if at >= 0:
            return CorrectedValue(words, at, at + len(words))
    raise JudgingError("not_on_the_page", "a value is corrected to words that the page says; it does not say these")


def merge(connection: Connection, incident: str, other: str, person: Person) -> Judgement:
    """Two incidents are the same happening. Raises JudgingError."""
    one, two = _tellings_of(connection, incident), _tellings_of(connection, other)
    if incident == other:
        raise JudgingError("one_incident", "choose another incident to merge this one with")
    value = msgspec.json.encode((*one, *two)).decode()
    return _append(connection, Judgement(0, "merged", one[0], two[0], None, value, person.who, clock.now(), person.why))


def split(connection: Connection, incident: str, out: Sequence[str], person: Person) -> Judgement:
    """These tellings are of another happening than the rest of the incident. Raises JudgingError."""
    held = _tellings_of(connection, incident)
    taken, rest = [i for i in held if i in out], [i for i in held if i not in out]
    if not taken or not rest:
        raise JudgingError("nothing_to_split", "choose some of its tellings, but not all")
    value = msgspec.json.encode({"out": taken, "rest": rest}).decode()
    return _append(
        connection, Judgement(0, "split", taken[0], rest[0], None, value, person.who, clock.now(), person.why)
    )


def redact(connection: Connection, words: str, person: Person) -> Judgement:
    """Words are taken out of the whole case; this cannot be undone. Raises JudgingError."""
    try:
        held = store.redact_words(connection, words)
    except ValueError as error:
        raise JudgingError("too_short", str(error)) from error
    why = make_patterns(words).whole.sub(REDACTED, person.why)
    value = msgspec.json.encode({"pages": len(held)}).decode()
    return _append(connection, Judgement(0, "redacted", "case", None, "words", value, person.who, clock.now(), why))


def undo(connection: Connection, number: int, person: Person) -> Judgement:
    """A judgement does not stand any more. Raises JudgingError."""
    standing = {j.id: j for j in store.standing_judgements(store.iter_judgements(connection))}
    undone = standing.get(number)
    if undone is None:
        raise JudgingError("not_standing", "there is no such judgement, or it was undone already")
    if undone.verdict == "redacted":
        raise JudgingError("redacted", "what was redacted is gone; nothing can bring it back")
    return _append(
        connection,
        Judgement(
            0, "undone", undone.about, undone.other, undone.field, str(number), person.who, clock.now(), person.why
        ),
    )


def _append(connection: Connection, judgement: Judgement) -> Judgement:
    if not judgement.who.strip():
        raise JudgingError("no_name", "say who you are before you judge")
    if max(len(judgement.who), len(judgement.why)) > MOST_CHARS:
        raise JudgingError("too_long", f"names and reasons have at most {MOST_CHARS} characters")
    kept = store.append_judgement(connection, judgement)
    store.mark_judged(connection, [i for i in (kept.about, kept.other) if i])
    return kept


def _check_tellings(connection: Connection, ids: Sequence[str]) -> None:
    found = set(connection.execute(select(schema.tellings.c.id).where(schema.tellings.c.id.in_(ids))).scalars())
    if found != set(ids):
        raise JudgingError("no_telling", "the case has no telling with one of these ids")


def _tellings_of(connection: Connection, incident: str) -> list[str]:
    it, i = schema.incident_tellings.c, schema.incidents.c
    query = select(it.telling).join(schema.incidents, i.number == it.incident).where(i.id == incident)
    found = list(connection.execute(query.order_by(it.ordinal)).scalars())
    if not found:
        raise JudgingError("no_incident", "the case has no incident with one of these ids; it may have changed since")
    return found
