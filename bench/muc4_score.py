"""Scores of one answer template against one template of the key, slot by slot.

In: two templates and the human decisions on them. Out: tallies by slot. Never: which template belongs to which.
"""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, fields

from bench.matching import best_matching
from bench.muc4_fills import REFERRING, SLOTS, Fill
from bench.muc4_match import Decisions, History, Verdict, compare

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
_Pair = tuple[Fill, Fill]


def score_pair(key: Template, answer: Template, history: History) -> Tallies:
    """All slots of a template of the key and the answer template held to be about the same incident."""
    out: Tallies = {"template-id": Tally(correct=1)}
    held_same: dict[str, list[_Pair]] = {}
    for slot in SLOTS[1:]:
        decisions = history.of(key.message, key.number, slot)
        refers = [pair for parent in REFERRING.get(slot, ()) for pair in held_same[parent]]
        out[slot], held_same[slot] = _score_slot(
            slot, answer.slots.get(slot, ()), key.slots.get(slot, ()), decisions, refers
        )
    return out


def score_missing(key: Template) -> Tallies:
    """A template of the key for which there is no answer; optional fillers cost nothing."""
    return {"template-id": Tally(missing=1)} | {
        slot: _lone(sum(not f.optional for f in key.slots.get(slot, ())), 0, key.slots.get(slot)) for slot in SLOTS[1:]
    }


def score_spurious(answer: Template) -> Tallies:
    """An answer that belongs to no template of the key."""
    return {"template-id": Tally(spurious=1)} | {
        slot: _lone(0, len(answer.slots.get(slot, ())), answer.slots.get(slot)) for slot in SLOTS[1:]
    }


def _lone(missing: int, spurious: int, fills: Sequence[Fill] | None) -> Tally:
    return Tally(missing=missing, spurious=spurious) if fills else Tally(noncommittal=1)


def _score_slot(
    slot: str, answers: Sequence[Fill], keys: Sequence[Fill], decisions: Decisions, refers: Sequence[_Pair]
) -> tuple[Tally, list[_Pair]]:
    if not answers and not keys:
        return Tally(noncommittal=1), []
    auto = [[compare(slot, a, k, refers) for k in keys] for a in answers]
    told = [[_decided(a, k, decisions) for k in keys] for a in answers]
    weights = [[float(max(a, t)) for a, t in zip(x, y, strict=True)] for x, y in zip(auto, told, strict=True)]
    pairs = best_matching(weights)
    counts = dict.fromkeys(("correct", "partial", "correct_by_hand", "partial_by_hand"), 0)
    for i, j in pairs:
        verdict = Verdict(int(weights[i][j]))
        name = "correct" if verdict is Verdict.RIGHT else "partial"
        counts[name] += 1
        if auto[i][j] < verdict:
            counts[name + "_by_hand"] += 1
    used_keys = {j for _, j in pairs}
    spare_answers = len(answers) - len(pairs)
    spare_keys = [k for j, k in enumerate(keys) if j not in used_keys]
    incorrect = min(spare_answers, len(spare_keys))
    needed = sum(not k.optional for k in spare_keys)
    missing = max(0, needed - incorrect)
    tally = Tally(incorrect=incorrect, spurious=spare_answers - incorrect, missing=missing, **counts)
    return tally, [(answers[i], keys[j]) for i, j in pairs]


def _decided(answer: Fill, key: Fill, decisions: Decisions) -> Verdict:
    return max(
        (d.verdict for d in decisions.get(Fill(answer.options), ()) if any(k.options == key.options for k in d.keys)),
        default=Verdict.WRONG,
    )
