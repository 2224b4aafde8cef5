"""Which judgements stand, and what they say of pairs of tellings.

In: all judgements in the order they were made. Out: those that nobody undid; pairs held to be the same or not.
Never: a judgement taken out of the case: an undoing is a judgement too, and can itself be undone.

A `merged` judgement is about one telling of each incident; its `value` holds all their tellings (a JSON list) as they
were when it was made. A `split` is about a telling taken out; its `value` holds `{"out": [...], "rest": [...]}`.
"""

from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from itertools import pairwise, product

import msgspec

from rashomon.records import Judgement

PAIR_VERDICTS = ("same", "not_same", "merged", "split")


@dataclass(frozen=True, slots=True)
class Decided:
    """Pairs of tellings (`a < b`) that people hold to be of the same happening, or not."""

    same: frozenset[tuple[str, str]]
    not_same: frozenset[tuple[str, str]]


class SplitTellings(msgspec.Struct, frozen=True):
    """Tellings taken `out` of an incident, and the `rest` of it."""

    out: tuple[str, ...]
    rest: tuple[str, ...]


class CorrectedValue(msgspec.Struct, frozen=True):
    """What a value was corrected to: words, and where on the page they stand (if they do)."""

    text: str
    start_char: int | None = None
    end_char: int | None = None


def undoes(judgement: Judgement) -> int | None:
    """The number of the judgement that this one undoes, if it is an undoing."""
    value = judgement.value or ""
    return int(value) if judgement.verdict == "undone" and value.isdecimal() else None


def standing_judgements(judgements: Iterable[Judgement]) -> list[Judgement]:
    """Those that stand, in the order they were made; undoings themselves are left out."""
    held = list(judgements)
    undone: set[int] = set()
    for judgement in reversed(held):
        # a later one decides over an earlier one, so that an undoing that was undone undoes nothing
        target = undoes(judgement)
        if target is not None and judgement.id not in undone:
            undone.add(target)
    return [j for j in held if j.id not in undone and j.verdict != "undone"]


def decide_pairs(judgements: Sequence[Judgement]) -> Decided:
    """What standing judgements say of pairs; the last word on a pair holds."""
    verdicts: dict[tuple[str, str], bool] = {}
    for judgement in judgements:
        for a, b in _pairs(judgement):
            if a == b:
                # two tellings that a newer reader reads as one
                continue
            verdicts[min(a, b), max(a, b)] = judgement.verdict in ("same", "merged")
    return Decided(
        frozenset(pair for pair, same in verdicts.items() if same),
        frozenset(pair for pair, same in verdicts.items() if not same),
    )


def _pairs(judgement: Judgement) -> Iterator[tuple[str, str]]:
    if judgement.verdict in ("same", "not_same") and judgement.other is not None:
        yield judgement.about, judgement.other
    elif judgement.verdict == "merged" and judgement.value:
        yield from pairwise(msgspec.json.decode(judgement.value, type=tuple[str, ...]))
    elif judgement.verdict == "split" and judgement.value:
        parts = msgspec.json.decode(judgement.value, type=SplitTellings)
        yield from product(parts.out, parts.rest)
