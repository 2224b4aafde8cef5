"""Scores of one answer template against one template of the key, slot by slot.

In: two templates and the human decisions on them. Out: tallies by slot. Never: which template belongs to which.
"""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, fields

from bench.matching import best_matching
from bench.muc4_fills import REFERRING, SLOTS, Fill
from bench.muc4_match import (
    Decisions,
    History,
    Judged,
    Referred,
    Verdict,
    compare,
    compare_references,
    decided,
    distributed,
)

SUBTOTALS = {
    "inc-total": SLOTS[1:7], "perp-total": SLOTS[7:11], "phys-tgt-total": SLOTS[11:17], "hum-tgt-total": SLOTS[17:24],
}  # fmt: skip


@dataclass(frozen=True, slots=True)
class Template:
    """A template of a key or an answer; `number` is `*` where a message is held to be irrelevant."""

    message: str
    number: str
    optional: bool
    slots: Mapping[str, Sequence[Fill]]

    @property
    def irrelevant(self) -> bool:
        """Whether it says that the message tells of no incident."""
        return self.number == "*"


@dataclass(frozen=True, slots=True)
class Tally:
    """The columns of a score report; `possible` and `actual` follow from the others."""

    correct: int = 0
    partial: int = 0
    incorrect: int = 0
    correct_by_hand: int = 0
    partial_by_hand: int = 0
    spurious: int = 0
    missing: int = 0
    noncommittal: int = 0

    def __add__(self, other: "Tally") -> "Tally":
        return Tally(*(getattr(self, f.name) + getattr(other, f.name) for f in fields(Tally)))

    @property
    def possible(self) -> int:
        """Fillers of the key."""
        return self.correct + self.partial + self.incorrect + self.missing

    @property
    def actual(self) -> int:
        """Fillers of the answer."""
        return self.correct + self.partial + self.incorrect + self.spurious

    @property
    def recall(self) -> float | None:
        """Percent; partial ones count half. None where nothing is possible."""
        return 100 * (self.correct + self.partial / 2) / self.possible if self.possible else None

    @property
    def precision(self) -> float | None:
        """Percent; partial ones count half. None where nothing was answered."""
        return 100 * (self.correct + self.partial / 2) / self.actual if self.actual else None

    @property
    def overgeneration(self) -> float | None:
        """Spurious fillers, percent of those answered."""
        return 100 * self.spurious / self.actual if self.actual else None

    def columns(self) -> tuple[int, ...]:
        """POS ACT COR PAR INC ICR IPA SPU MIS NON."""
        return (self.possible, self.actual, *(getattr(self, f.name) for f in fields(Tally)))


Tallies = dict[str, Tally]


def score_pair(key: Template, answer: Template, history: History) -> Tallies:
    """All slots of a template of the key and the answer template held to be about the same incident."""
    out: Tallies = {"template-id": Tally(correct=1)}
    of_slot: dict[str, Referred] = {}
    for slot in SLOTS[1:]:
        answers, keys = answer.slots.get(slot, ()), key.slots.get(slot, ())
        referred = [of_slot[parent] for parent in REFERRING.get(slot, ())]
        decisions = history.of(key.message, key.number, slot)
        judged = {(a, k): _judge(slot, a, k, decisions, referred) for a in answers for k in keys}
        of_slot[slot] = Referred(slot, judged, keys, decisions)
        out[slot] = _count(of_slot[slot], answers, referred)
    return out


def score_missing(key: Template) -> Tallies:
    """A template of the key for which there is no answer; optional fillers cost nothing."""
    return {"template-id": Tally(missing=1)} | {
        slot: _lone(sum(not f.optional for f in key.slots.get(slot, ())), 0, len(key.slots.get(slot, ())))
        for slot in SLOTS[1:]
    }


def score_spurious(answer: Template) -> Tallies:
    """An answer that belongs to no template of the key."""
    return {"template-id": Tally(spurious=1)} | {
        slot: _lone(0, len(answer.slots.get(slot, ())), 0) for slot in SLOTS[1:]
    }


def _lone(missing: int, spurious: int, keys: int) -> Tally:
    """One side alone. A slot with nothing that counts is noncommittal, but for several optional fillers it is not."""
    return Tally(missing=missing, spurious=spurious, noncommittal=int(not missing and not spurious and keys < 2))


def _judge(slot: str, answer: Fill, key: Fill, decisions: Decisions, referred: Sequence[Referred]) -> Judged:
    """A person's decision comes first, but what is plainly the same needs none."""
    by_rule, by_hand = compare(slot, answer, key, referred), decided(slot, answer, key, decisions)
    if by_hand is None or (by_rule.verdict is Verdict.RIGHT and slot != "inc-date"):
        return by_rule
    return by_hand if by_hand.by_hand or slot == "inc-date" else by_rule


def _bound(slot: str, answer: Fill, keys: Sequence[Fill], referred: Sequence[Referred]) -> list[bool]:
    """Which fillers of the key an answer may be held against: where its reference is right, those that share it."""
    if slot not in REFERRING or not answer.refs:
        return [True] * len(keys)
    same = [
        any(
            k.refs and compare_references(a, k, referred).verdict is Verdict.RIGHT
            for a in answer.options
            for k in key.options
        )
        for key in keys
    ]
    return same if any(same) else [True] * len(keys)


def _weight(judged: Judged, position: int) -> float:
    """Better first, then what a person paired, then the earlier filler of the key."""
    return judged.verdict + 0.05 * judged.by_hand - 0.0001 * position if judged.verdict else 0.0


def _distribute(slot: str, answers: list[Fill], keys: list[Fill], decisions: Decisions) -> Tally:
    """Answers that a person let stand for several fillers of the key; both are taken off their lists."""
    tally = Tally()
    for answer in list(answers):
        decision = distributed(slot, answer, decisions)
        meant = [k for k in keys if decision and k in decision.keys]
        if decision and len(meant) > 1:
            answers.remove(answer)
            for key in meant:
                keys.remove(key)
            n = len(meant)
            right = decision.verdict is Verdict.RIGHT
            tally += Tally(correct=n, correct_by_hand=n) if right else Tally(partial=n, partial_by_hand=n)
    return tally


def _count(held: Referred, given: Sequence[Fill], referred: Sequence[Referred]) -> Tally:
    answers, keys, judged = list(given), list(held.keys), held.judged
    tally = _distribute(held.slot, answers, keys, held.decisions)
    bound = [_bound(held.slot, a, keys, referred) for a in answers]
    weights = [
        [_weight(judged[a, k], j) if b else 0.0 for j, (k, b) in enumerate(zip(keys, row, strict=True))]
        for a, row in zip(answers, bound, strict=True)
    ]
    pairs = best_matching(weights)
    for i, j in pairs:
        tally += _tally_of(judged[answers[i], keys[j]])
    taken = {j for _, j in pairs}
    spare = [k for j, k in enumerate(keys) if j not in taken]
    left = len(answers) - len(pairs)
    incorrect = min(left, len(spare))
    missing = max(0, sum(not k.optional for k in spare) - incorrect)
    tally += Tally(incorrect=incorrect, spurious=left - incorrect, missing=missing)
    return tally if tally.possible or tally.actual or len(held.keys) > 1 else Tally(noncommittal=1)


def _tally_of(judged: Judged) -> Tally:
    hand = int(judged.by_hand)
    if judged.verdict is Verdict.RIGHT:
        return Tally(correct=1, correct_by_hand=hand)
    return Tally(partial=1, partial_by_hand=hand)
