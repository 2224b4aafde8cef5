"""Two tellings side by side, with the difference of their words.

In: ids of two tellings. Out: one screen. Never: a verdict on which is right.
"""

import re

from msgspec import Struct
from rapidfuzz.distance import Levenshtein
from sqlalchemy import Connection

from rashomon.errors import NotFoundError
from rashomon.present import shapes as s
from rashomon.web.contexts.incident import LinkWhy, ToldBy, load_links
from rashomon.web.contexts.tellings import ToldTelling, load_told
from rashomon.web.words import spell_time

_WORD = re.compile(r"\S+\s*")


class Aligned(Struct, frozen=True):
    """Words of both: `equal`, `replaced`, `left_out` (only a has them) or `added` (only b has them)."""

    kind: str
    a: str
    b: str


class FieldOfBoth(Struct, frozen=True):
    """What both tell of one field; `same` if they tell it in the same words or values."""

    field: str
    a: tuple[str, ...]
    b: tuple[str, ...]
    same: bool


class CompareScreen(Struct, frozen=True, kw_only=True):
    """Two tellings; `similarity` is the share of their words that are aligned and equal."""

    a: ToldTelling
    b: ToldTelling
    words: tuple[Aligned, ...]
    similarity: float
    fields: tuple[FieldOfBoth, ...]
    links: tuple[LinkWhy, ...]


class CompareParams(Struct, frozen=True):
    """Ids of two tellings."""

    a: str
    b: str


def load_compare(connection: Connection, params: CompareParams) -> CompareScreen:
    """Both tellings. Raises NotFoundError."""
    found = {told.telling.id: told for told in load_told(connection, [params.a, params.b])}
    if params.a not in found or params.b not in found:
        raise NotFoundError("no_telling", "the case has no telling with one of these ids")
    a, b = found[params.a], found[params.b]
    by = {t.telling.id: ToldBy(t.telling.id, t.teller.page, t.teller.outlet) for t in (a, b)}
    words = align(" … ".join(w.text for w in a.words), " … ".join(w.text for w in b.words))
    equal = sum(len(w.a) + len(w.b) for w in words if w.kind == "equal")
    return CompareScreen(
        a=a,
        b=b,
        words=words,
        similarity=equal / max(1, sum(len(w.a) + len(w.b) for w in words)),
        fields=_compare_fields(a.telling, b.telling),
        links=load_links(connection, [params.a, params.b], by),
    )


def align(a: str, b: str) -> tuple[Aligned, ...]:
    """The words of both, aligned (Levenshtein over words, whatever their case and what stands at their ends).

    >>> [(x.kind, x.a, x.b) for x in align("Nine men died.", "Ten men died there.")]
    [('replaced', 'Nine ', 'Ten '), ('equal', 'men died.', 'men died '), ('added', '', 'there.')]
    """
    left, right = _WORD.findall(a), _WORD.findall(b)
    found = []
    for code in Levenshtein.opcodes([_key(w) for w in left], [_key(w) for w in right]):
        kind = {"equal": "equal", "replace": "replaced", "delete": "left_out", "insert": "added"}[code.tag]
        held = ("".join(left[code.src_start : code.src_end]), "".join(right[code.dest_start : code.dest_end]))
        found.append(Aligned(kind, *held))
    return tuple(found)


def _key(word: str) -> str:
    kept = re.sub(r"^\W+|\W+$", "", word.casefold())
    return kept.replace("’", "'") or word.strip()


def _compare_fields(a: s.TellingShape, b: s.TellingShape) -> tuple[FieldOfBoth, ...]:
    left, right = list_values(a), list_values(b)
    names = [name for name in left if left[name] or right[name]]
    return tuple(FieldOfBoth(name, left[name], right[name], _fold(left[name]) == _fold(right[name])) for name in names)


def _fold(values: tuple[str, ...]) -> set[str]:
    return {" ".join(value.casefold().split()) for value in values}


def list_values(telling: s.TellingShape) -> dict[str, tuple[str, ...]]:
    """What a telling tells, by field, in words for people."""
    time = telling.time
    when: tuple[str, ...] = ()
    if time is not None:
        resolved = f" ({spell_time(time.start, time.end, time.precision)})" if time.start else ""
        when = (time.text + resolved,)
    return {
        "type": tuple(t.replace("_", " ") for t in telling.types),
        "perpetrator": tuple(p.text for p in telling.perpetrators),
        "target": tuple(t.text if t.effect == "none" else f"{t.text} ({t.effect})" for t in telling.targets),
        "instrument": tuple(i.text for i in telling.instruments),
        "place": tuple(p.text if p.name in (None, p.text) else f"{p.text} ({p.name})" for p in telling.places),
        "time": when,
        "count": tuple(f"{c.what}: {c.text}" for c in telling.counts),
        "beneficiary": tuple(p.text for p in telling.beneficiaries),
        "outcome": (telling.outcome.text,) if telling.outcome else (),
        "stance": (telling.stance.replace("_", " "),),
        "according to": (telling.attributed_to.text,) if telling.attributed_to else (),
    }
