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
_TOKEN = re.compile(r'"(?:\\.|[^"\\])*"|[()]|[^\s()"]+')


def read_history(path: Path) -> History:
    """The history file of the interactive scorer (s-expressions)."""
    stack: list[list[SExpression]] = [[]]
    for token in _TOKEN.findall(path.read_text(encoding="latin-1")):
        if token == "(":
            stack.append([])
        elif token == ")":
            done = stack.pop()
            stack[-1].append(done)
        else:
            quoted = token[0] == '"'
            stack[-1].append(re.sub(r"\\(.)", r"\1", token[1:-1]) if quoted else token)
    history = History()
    for message, *templates in stack[0][0]:
        for template, *slots in templates:
            for slot, *decisions in slots:
                held = history.held.setdefault((str(message), str(template), str(slot)), {})
                for form in decisions:
                    _keep(held, str(slot), form)
    return history


def _keep(held: dict[Fill, list[Decision]], slot: str, form: SExpression) -> None:
    answer = fill_of_history(slot, form[0])
    keys: tuple[Fill, ...] = ()
    if len(form) > 2:
        many = not isinstance(form[2], str) and form[2][0] == "all-of"
        keys = tuple(fill_of_history(slot, f) for f in (form[2][1:] if many else (form[2],)))
    held.setdefault(answer, []).append(Decision(_VERDICTS[str(form[1])], keys))


def strip_premodifiers(string: str) -> str:
    """Without the words before a noun that the scorer's configuration says do not count.

    >>> strip_premodifiers("THE 3 PEASANTS"), strip_premodifiers("ALL")
    ('PEASANTS', 'ALL')
    """
    words = string.split()
    while len(words) > 1 and words[0] in PREMODIFIERS:
        words = words[1:]
    return " ".join(words)


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


def compare_values(slot: str, answer: Option, key: Option) -> Verdict:
    """Two alternatives without their references."""
    if slot in STRINGS:
        return Verdict.RIGHT if _any_same(answer.values, key.values) else Verdict.WRONG
    if answer.values & key.values:
        return Verdict.RIGHT
    if slot in SETS and any(_is_general(a, k) for a in answer.values for k in key.values):
        return Verdict.PARTIAL
    if slot == "inc-loc" and any(k.startswith(a + ":") for a in answer.values for k in key.values):
        return Verdict.PARTIAL
    return Verdict.WRONG


def compare(slot: str, answer: Fill, key: Fill, refers: Sequence[tuple[Fill, Fill]] = ()) -> Verdict:
    """What the scorer decides by itself; `refers`: pairs of fillers of the slots referred to, that were held the same.

    A right value with a wrong reference is partial; a partial value is, whatever its reference.
    """
    best = Verdict.WRONG
    for a in answer.options:
        for k in key.options:
            verdict = compare_values(slot, a, k)
            if verdict is Verdict.RIGHT and slot in REFERRING and not _same_reference(a, k, refers):
                verdict = Verdict.PARTIAL if slot in SETS else Verdict.WRONG
            best = max(best, verdict)
    return best


def _same_reference(answer: Option, key: Option, refers: Sequence[tuple[Fill, Fill]]) -> bool:
    if not answer.refs and not key.refs:
        return True
    if answer.refs and key.refs and _any_same(answer.refs, key.refs):
        return True
    return any(_any_same(answer.refs, a.values) and _any_same(key.refs, k.values) for a, k in refers)
