"""Which answer template belongs to which template of the key, and the scores of whole messages and test sets.

In: templates of a key and of an answer. Out: scored pairs, tallies by message, the four totals. Never: reading files.
"""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass

from bench.muc4_fills import SLOTS
from bench.muc4_match import History, compare_values
from bench.muc4_score import SUBTOTALS, Tallies, Tally, Template, score_missing, score_pair, score_spurious

TARGETS_AND_PERPETRATORS = (
    "phys-tgt-id", "phys-tgt-type", "hum-tgt-name", "hum-tgt-desc", "hum-tgt-type", "perp-ind-id", "perp-org-id",
)  # fmt: skip
"""One of them has to match, besides the type, for two templates to be about the same incident."""


Alignment = frozenset[tuple[str, str]]
NOTHING: Tallies = {"template-id": Tally(noncommittal=1)}


@dataclass(frozen=True, slots=True)
class Scored:
    """A pair of templates with its tallies; `status` is `matched`, `missing`, `spurious`, `optional` (a template of
    the key that needs no answer) or `irrelevant` (neither side has an incident).
    """

    message: str
    key: str | None
    answer: str | None
    status: str
    tallies: Tallies


def may_align(key: Template, answer: Template, tallies: Tallies) -> bool:
    """The scorer's condition on content: the type, and something of a target or a perpetrator, at least half right.

    Kinds of targets are held together whatever they refer to (the score reports have templates aligned by no more).
    """
    if not tallies["inc-type"].correct + tallies["inc-type"].partial:
        return False
    told = any(tallies[slot].correct + tallies[slot].partial for slot in TARGETS_AND_PERPETRATORS)
    return told or any(_same_kind(key, answer, slot) for slot in ("phys-tgt-type", "hum-tgt-type"))


def _same_kind(key: Template, answer: Template, slot: str) -> bool:
    kinds = [o for fill in key.slots.get(slot, ()) for o in fill.options]
    given = [o for fill in answer.slots.get(slot, ()) for o in fill.options]
    return any(compare_values(slot, a, k) for a in given for k in kinds)


def slot_total(tallies: Tallies, slots: Sequence[str] = SLOTS[1:]) -> Tally:
    """The sum over slots (all but the template's own number)."""
    return sum((tallies[s] for s in slots), Tally())


def _ranked(keys: Sequence[Template], answers: Sequence[Template], history: History) -> list[tuple[int, int]]:
    """Pairs that may align, those of the highest recall first."""
    found = []
    for i, key in enumerate(keys):
        for j, answer in enumerate(answers):
            tallies = score_pair(key, answer, history)
            if may_align(key, answer, tallies):
                found.append((-(slot_total(tallies).recall or 0.0), i, j))
    return [(i, j) for _, i, j in sorted(found)]


def score_message(
    keys: Sequence[Template], answers: Sequence[Template], history: History, by_hand: Alignment | None = None
) -> Iterator[Scored]:
    """All templates of one message, aligned: the pair of the highest recall first, then of what is left.

    `by_hand`: pairs of numbers (key, answer) that a person aligned, instead.
    """
    keys = [k for k in keys if not k.irrelevant]
    answers = [a for a in answers if not a.irrelevant]
    ranked = _ranked(keys, answers, history) if by_hand is None else _numbered(keys, answers, by_hand)
    of_key: dict[int, int] = {}
    for i, j in ranked:
        if i not in of_key and j not in of_key.values():
            of_key[i] = j
            tallies = score_pair(keys[i], answers[j], history)
            yield Scored(keys[i].message, keys[i].number, answers[j].number, "matched", tallies)
    for i, key in enumerate(keys):
        if i not in of_key:
            yield Scored(key.message, key.number, None, "optional" if key.optional else "missing", score_missing(key))
    for j, answer in enumerate(answers):
        if j not in of_key.values():
            yield Scored(answer.message, None, answer.number, "spurious", score_spurious(answer))
    if not answers and all(k.optional for k in keys):
        yield Scored(keys[0].message if keys else "", None, None, "irrelevant", NOTHING)


def _numbered(keys: Sequence[Template], answers: Sequence[Template], pairs: Alignment) -> list[tuple[int, int]]:
    return [(i, j) for i, k in enumerate(keys) for j, a in enumerate(answers) if (k.number, a.number) in pairs]


@dataclass(frozen=True, slots=True)
class Totals:
    """The rows at the end of a score report."""

    template_id: Tally
    slots: dict[str, Tally]
    matched_missing: Tally
    matched_spurious: Tally
    matched_only: Tally
    all_templates: Tally


def add_up(scored: Sequence[Scored]) -> Totals:
    """Sums over templates. Missed ones count in full in two of the totals; the others show only what they lack."""
    counted = [s for s in scored if s.status not in ("optional", "irrelevant")]
    empty: Tallies = dict.fromkeys(SLOTS, Tally())
    by_status = {
        status: {slot: sum((s.tallies[slot] for s in counted if s.status == status), Tally()) for slot in SLOTS}
        for status in ("matched", "missing", "spurious")
    }
    matched, missing, spurious = (slot_total(by_status[s]) for s in ("matched", "missing", "spurious"))
    slots = {slot: sum((t[slot] for t in by_status.values()), empty[slot]) for slot in SLOTS}
    slots |= {name: sum((slots[s] for s in parts), Tally()) for name, parts in SUBTOTALS.items()}
    return Totals(
        slots["template-id"] + Tally(noncommittal=sum(s.status == "irrelevant" for s in scored)),
        slots,
        matched + missing,
        matched + spurious,
        matched,
        matched + missing + spurious,
    )
