"""Whether a filler of an answer says what a filler of the key says: MUC-4's scoring guidelines, section 3.

In: two fillers of one slot, and the history of human decisions. Out: a `Verdict`. Never: counting.
Sources: "Guidelines for Scoring Mismatches" (MUC-4, version 7), and the scorer's configuration for TST4.
"""

import re
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from enum import IntEnum
from pathlib import Path

from bench.muc4_fills import REFERRING, SETS, STRINGS, Fill, Option, SExpression, fill_of_history

PREMODIFIERS = frozenset(
    "a the an this that these those one two three four five six seven eight nine ten 1 2 3 4 5 6 7 8 9 10 more most "
    "many several some all few any another other certain of".upper().split()
)
PARENT = {
    "MACHINE GUN": "GUN", "MORTAR": "GUN", "HANDGUN": "GUN", "RIFLE": "GUN",
    "BOMB": "EXPLOSIVE", "GRENADE": "EXPLOSIVE", "MOLOTOV COCKTAIL": "EXPLOSIVE",
    "VEHICLE BOMB": "BOMB", "DYNAMITE": "BOMB", "MINE": "BOMB", "AERIAL BOMB": "BOMB",
    "MISSILE": "PROJECTILE", "ROCKET": "PROJECTILE",
    "SUSPECTED OR ACCUSED BY AUTHORITIES": "SUSPECTED OR ACCUSED",
    "GOVERNMENT OFFICE OR RESIDENCE": "POLITICAL FIGURE OFFICE OR RESIDENCE",
    "SOME DAMAGE": "DESTROYED", "GOVERNMENT OFFICIAL": "POLITICAL FIGURE",
    "FORMER GOVERNMENT OFFICIAL": "GOVERNMENT OFFICIAL", "FORMER ACTIVE MILITARY": "ACTIVE MILITARY",
    "NO DEATH": "NO INJURY", "NO INJURY OR DEATH": "NO DEATH",
}  # fmt: skip
"""Set fills with the more general fill that earns half: the shallow hierarchies of the slot configuration."""
INCIDENTS = ("ARSON", "BOMBING", "KIDNAPPING", "HIJACKING", "ROBBERY", "FORCED WORK STOPPAGE")


class Verdict(IntEnum):
    """How right a filler is."""

    WRONG = 0
    PARTIAL = 1
    RIGHT = 2


@dataclass(frozen=True, slots=True)
class Decision:
    """What a person (or the scorer, where it kept its own) decided: `answer` counts as these fillers of the key."""

    verdict: Verdict
    keys: tuple[Fill, ...]


Decisions = Mapping[Fill, Sequence[Decision]]


@dataclass(slots=True)
class History:
    """Decisions by message, template of the key, and slot."""

    held: dict[tuple[str, str, str], dict[Fill, list[Decision]]] = field(default_factory=dict)

    def of(self, message: str, template: str, slot: str) -> Decisions:
        """The decisions on one slot of one template of the key."""
        return self.held.get((message, template, slot), {})


_VERDICTS = {"match": Verdict.RIGHT, "partial": Verdict.PARTIAL, "fail": Verdict.WRONG}
_PIECE = re.compile(r'"(?:\\.|[^"\\])*"|[()]|[^\s()"]+')


def read_history(path: Path) -> History:
    """The history file of the interactive scorer (s-expressions)."""
    stack: list[list[SExpression]] = [[]]
    for piece in _PIECE.findall(path.read_text(encoding="latin-1")):
        if piece == "(":
            stack.append([])
        elif piece == ")":
            done = stack.pop()
            stack[-1].append(done)
        else:
            quoted = piece[0] == '"'
            stack[-1].append(re.sub(r"\\(.)", r"\1", piece[1:-1]) if quoted else piece)
    history = History()
    for message in _parts(stack[0][0]):
        for template in _parts(message)[1:]:
            for slot in _parts(template)[1:]:
                where = (str(message[0]), str(template[0]), str(slot[0]))
                for form in _parts(slot)[1:]:
                    _keep(history.held.setdefault(where, {}), where[2], form)
    return history


def _parts(form: SExpression) -> Sequence[SExpression]:
    return () if isinstance(form, str) else form


def _keep(held: dict[Fill, list[Decision]], slot: str, form: SExpression) -> None:
    answer = fill_of_history(slot, form[0])
    keys: tuple[Fill, ...] = ()
    if len(form) > 2:
        many = not isinstance(form[2], str) and form[2][0] == "all-of"
        keys = tuple(fill_of_history(slot, f) for f in (form[2][1:] if many else (form[2],)))
    held.setdefault(answer, []).append(Decision(_VERDICTS[str(form[1])], keys))


def strip_premodifiers(string: str) -> str:
    """Without the words that the scorer's configuration says do not count.

    >>> strip_premodifiers("THE 3 PEASANTS"), strip_premodifiers("A GROUP OF MEN"), strip_premodifiers("ALL")
    ('PEASANTS', 'GROUP MEN', 'ALL')
    """
    return " ".join(w for w in string.split() if w not in PREMODIFIERS) or string


def same_string(a: str, b: str) -> bool:
    """Whether two strings of a text are the same but for premodifiers."""
    return a == b or strip_premodifiers(a) == strip_premodifiers(b)


def _any_same(a: frozenset[str], b: frozenset[str]) -> bool:
    return bool(a & b) or any(same_string(x, y) for x in a for y in b)


def _is_general(answer: str, key: str) -> bool:
    while key in PARENT:
        key = PARENT[key]
        if key == answer:
            return True
    return answer == "ATTACK" and key in INCIDENTS


def _close_dates(answer: str, key: str) -> bool:
    """Whether two dates differ in nothing but the last figure of a day before the 30th.

    The guidelines do not say so, but that is what the score reports show, and nobody was asked about such a pair.
    """
    a, b = (re.fullmatch(r"(.*\b)?([012])\d( [A-Z]{3} \d\d)", date) for date in (answer, key))
    return bool(a and b and a.groups() == b.groups())


def _same_country(answer: str, key: str) -> bool:
    """Whether a place in the right country was answered, and the key has more than the country."""
    return ":" in key and answer.split(":")[0] == key.split(":")[0]


def compare_values(slot: str, answer: Option, key: Option) -> Verdict:
    """Two alternatives without their references."""
    if slot in STRINGS:
        return Verdict.RIGHT if _any_same(answer.values, key.values) else Verdict.WRONG
    if answer.values & key.values:
        return Verdict.RIGHT
    if slot in SETS and any(_is_general(a, k) for a in answer.values for k in key.values):
        return Verdict.PARTIAL
    if slot == "inc-date" and any(_close_dates(a, k) for a in answer.values for k in key.values):
        return Verdict.RIGHT
    if slot == "inc-loc" and any(_same_country(a, k) for a in answer.values for k in key.values):
        return Verdict.PARTIAL
    return Verdict.WRONG


@dataclass(frozen=True, slots=True)
class Judged:
    """A verdict, and whether a person gave it."""

    verdict: Verdict = Verdict.WRONG
    by_hand: bool = False


def decided(slot: str, answer: Fill, key: Fill, decisions: Decisions) -> Judged | None:
    """What people decided on a pair of fillers; None if they were not asked about this answer."""
    held = _held(slot, answer, decisions)
    if not held:
        return None
    exact = [d.verdict for d in held if key in d.keys]
    found = exact or [d.verdict for d in held if any(k.optional == key.optional and _shares(k, key) for k in d.keys)]
    return Judged(max(found), True) if found else Judged()


def distributed(slot: str, answer: Fill, decisions: Decisions) -> Decision | None:
    """The decision that one answer stands for several fillers of the key, if a person made one."""
    return next((d for d in _held(slot, answer, decisions) if len(d.keys) > 1), None)


def _held(slot: str, answer: Fill, decisions: Decisions) -> Sequence[Decision]:
    """The decisions on an answer, or on one that differs by premodifiers."""
    if found := decisions.get(Fill(answer.options)):
        return found
    return [d for a, ds in decisions.items() if _alike(slot, a, answer) for d in ds]


def _alike(slot: str, a: Fill, b: Fill) -> bool:
    if slot in STRINGS and not (a.refs or b.refs):
        return _any_same(a.values, b.values)
    return slot in REFERRING and a.values == b.values and bool(a.refs and b.refs) and _any_same(a.refs, b.refs)


def _shares(a: Fill, b: Fill) -> bool:
    return bool(a.values & b.values) and bool(a.refs & b.refs or not (a.refs or b.refs))


@dataclass(frozen=True, slots=True)
class Referred:
    """A slot that others refer to: its pairs of fillers as judged, the key's fillers, and the decisions on it."""

    slot: str
    judged: Mapping[tuple[Fill, Fill], Judged]
    keys: Sequence[Fill]
    decisions: Decisions


def compare(slot: str, answer: Fill, key: Fill, referred: Sequence[Referred]) -> Judged:
    """What the scorer decides by itself.

    A right value whose reference is wrong or half right is half right; so is a partial value, whatever it refers to.
    """
    best = Judged()
    for a in answer.options:
        for k in key.options:
            found = Judged(compare_values(slot, a, k))
            if slot in REFERRING and found.verdict is Verdict.RIGHT:
                reference = compare_references(a, k, referred)
                if reference.verdict is not Verdict.RIGHT:
                    found = Judged(Verdict.PARTIAL if slot in SETS and not a.refs else reference.verdict)
            best = max(best, found, key=lambda j: j.verdict)
    return best


def compare_references(answer: Option, key: Option, referred: Sequence[Referred]) -> Judged:
    """Whether two alternatives refer to the same: by their words, or because what they refer to was held the same."""
    if (not answer.refs and not key.refs) or _any_same(answer.refs, key.refs):
        return Judged(Verdict.RIGHT)
    best = Judged()
    for slot in referred:
        for (a, k), judged in slot.judged.items():
            if answer.refs & a.values and key.refs & k.values:
                best = max(best, judged, key=lambda j: j.verdict)
        named = Fill(frozenset((Option(answer.refs),)))
        for k in slot.keys:
            if answer.refs and key.refs & k.values:
                best = max(best, _named(slot, named, k), key=lambda j: j.verdict)
    return best


def _named(referred: Referred, named: Fill, key: Fill) -> Judged:
    """A string that is only referred to, held against a filler of the slot that it would stand in."""
    if _any_same(named.values, key.values):
        return Judged(Verdict.RIGHT)
    judged = decided(referred.slot, named, key, referred.decisions) or Judged()
    spread = distributed(referred.slot, named, referred.decisions)
    if spread and key in spread.keys and judged.verdict:
        return Judged(Verdict.RIGHT, True)
    return judged
