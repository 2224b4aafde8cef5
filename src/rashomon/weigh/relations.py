"""How incidents stand to each other: before, because of, part of; from what the texts say.

In: the tellings of each page, the incident of each telling. Out: `Relation`s, each with its reasons and the words that
say so. Never: a cause that no text tells: where only actors and times fit, the one is said to be before the other; an
incident merged into another; a relation against the times that are told.

Three ways: a page tells both and words between them say how they stand ("in retaliation for"); a page tells one and
names the other by its kind and place, and one incident is the last that fits; an arrest, trial or release of a person
who is told to have done, or suffered, something before.
"""

import re
from collections import defaultdict
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from datetime import date

from rashomon.records import Relation, Telling
from rashomon.spans import Span
from rashomon.weigh.cues import BEFORE, Cue, iter_cues, name_types

NAMED_CHARS = 90
"""Characters after a cue in which the other happening is named."""
_SEQUELS = frozenset({"arrest_detention", "trial_punishment", "release_surrender"})
"""Types of what befalls a person after something else."""
_NAME = re.compile(r"[A-Z][\w'’-]+(?: [A-Z][\w'’-]+)*")
_MOST_OF_ONE_PERSON = 20
MOST_DAYS = 400
"""Between a happening and another that names it by its kind and place alone."""
_ORDER = ("because_of", "part_of", "before")


@dataclass(slots=True)
class _Facts:
    """What is told of an incident: types, first and last day, names of places, and persons by what they are in it."""

    types: set[str] = field(default_factory=set)
    start: str | None = None
    end: str | None = None
    places: set[str] = field(default_factory=set)
    persons: dict[str, set[str]] = field(default_factory=lambda: defaultdict(set))


@dataclass(frozen=True, slots=True)
class _Sequel:
    """A kind of happening that befalls a person who had this role before, in one of the types `of` (or any but a
    sequel).
    """

    kind: str
    role: str
    of: frozenset[str] = frozenset()


_SEQUEL_RULES = (
    _Sequel("arrest_detention", "perpetrator"),
    _Sequel("trial_punishment", "perpetrator"),
    _Sequel("trial_punishment", "target", frozenset({"arrest_detention"})),
    _Sequel("release_surrender", "target", frozenset({"abduction_hostage", "arrest_detention"})),
)


@dataclass(frozen=True, slots=True)
class _Named:
    """A happening that a page names without telling it: to be looked for among all incidents."""

    then: str
    cue: Cue
    page: str
    span: Span
    types: tuple[str, ...]
    words: str


class RelationFinder:
    """Takes pages one by one; `find` gives the relations of all of them."""

    def __init__(self, incident_of: Mapping[str, str]) -> None:
        self._incident_of = incident_of
        self._facts: dict[str, _Facts] = defaultdict(_Facts)
        self._told: list[Relation] = []
        self._named: list[_Named] = []

    def add_page(self, tellings: Sequence[Telling]) -> None:
        """Take all tellings of one page."""
        known = [t for t in tellings if t.id in self._incident_of]
        for t in known:
            self._note(t)
        passages = {(p.start_char, p.end_char): p for t in known for p in t.passages or (t.span,)}
        for passage in (passages[key] for key in sorted(passages)):
            for cue in iter_cues(passage.text):
                self._read_cue(passage, cue, known)

    def find(self) -> list[Relation]:
        """All relations; of one pair the one that says most, with the reasons of all."""
        held: dict[tuple[str, str], list[Relation]] = defaultdict(list)
        for relation in (*self._told, *self._iter_named(), *self._iter_sequels()):
            if relation.first != relation.then and self._is_possible(relation.first, relation.then):
                held[relation.first, relation.then].append(relation)
        for pair in [p for p in held if (p[1], p[0]) in held]:
            # both ways round: the texts contradict each other, or were misread
            del held[pair]
        return [_join(held[pair]) for pair in sorted(held)]

    def _note(self, t: Telling) -> None:
        facts = self._facts[self._incident_of[t.id]]
        facts.types |= set(t.types)
        if t.time and t.time.start and t.time.end and t.time.precision in ("hour", "day", "week", "month"):
            facts.start = min(facts.start or t.time.start, t.time.start)
            facts.end = max(facts.end or t.time.end, t.time.end)
        facts.places |= {(p.name or p.span.text).casefold() for p in t.places}
        for who in t.perpetrators:
            if who.kind == "person" and who.actor and who.span.text[:1].isupper():
                facts.persons["perpetrator"].add(who.actor)
        for whom in t.targets:
            if whom.actor and any(m.text[:1].isupper() for m in (whom.span, *whom.mentions)):
                facts.persons["target"].add(whom.actor)

    def _read_cue(self, passage: Span, cue: Cue, tellings: Sequence[Telling]) -> None:
        at = passage.start_char + cue.start
        anchors = sorted(
            (a.start_char, self._incident_of[t.id])
            for t in tellings for a in t.anchors if passage.start_char <= a.start_char < passage.end_char
        )  # fmt: skip
        before = [incident for start, incident in anchors if start < at + len(cue.words)]
        after = [incident for start, incident in anchors if start >= at + len(cue.words)]
        if not before:
            # "After the killing, a crowd …": what the sentence tells comes after what the cue names
            before = [i for i in after[1:] if i != after[0]][:1]
            if not before:
                return
        then = before[-1]
        if cue.legal and not self._facts[then].types & _SEQUELS:
            return
        words = Span(at, at + len(cue.words), cue.words)
        page = tellings[0].page
        first = next((i for i in after if i != then), None)
        if first is not None:
            self._told.append(Relation(first, then, cue.kind, (f"told: “{cue.words}”",), page, words))
            return
        rest = re.split(r"[.;]", passage.text[cue.end : cue.end + NAMED_CHARS])[0]
        if types := name_types(rest):
            self._named.append(_Named(then, cue, page, words, types, rest))

    def _iter_named(self) -> Iterator[Relation]:
        """What pages name by kind and place: the last such incident before, if it is one."""
        by_place: dict[str, set[str]] = defaultdict(set)
        for incident, facts in self._facts.items():
            for place in facts.places:
                by_place[place].add(incident)
        for named in self._named:
            here = [n.casefold() for n in _NAME.findall(named.words) if n.casefold() in by_place]
            places = here or sorted(self._facts[named.then].places)
            meant = {
                i for place in places for i in by_place[place]
                if i != named.then and self._facts[i].types & set(named.types) and self._is_before(i, named.then)
            }  # fmt: skip
            latest = max((self._facts[i].start or "" for i in meant), default="")
            last = [i for i in meant if self._facts[i].start == latest]
            if len(last) == 1 and self._days_between(last[0], named.then) <= MOST_DAYS:
                kinds = " or ".join(kind.replace("_", " ") for kind in named.types)
                reasons = (
                    f"told: “{named.cue.words}{named.words.rstrip()}”",
                    f"the last {kinds} told of {', '.join(places)} before",
                )
                yield Relation(last[0], named.then, named.cue.kind, reasons, named.page, named.span)

    def _iter_sequels(self) -> Iterator[Relation]:
        """Arrests, trials and releases of persons who are told to have done or suffered something before."""
        by_person: dict[tuple[str, str], list[str]] = defaultdict(list)
        for incident, facts in self._facts.items():
            for role, persons in facts.persons.items():
                for person in persons:
                    by_person[role, person].append(incident)
        for incident, facts in self._facts.items():
            for sequel in _SEQUEL_RULES:
                for person in sorted(facts.persons["target"]) if sequel.kind in facts.types else ():
                    others = by_person[sequel.role, person]
                    if len(others) > _MOST_OF_ONE_PERSON:
                        continue
                    for other in others:
                        if self._precedes(other, incident, sequel):
                            reason = f"{sequel.kind.replace('_', ' ')} of {person}, told as {sequel.role} there"
                            yield Relation(other, incident, BEFORE, (reason,))

    def _precedes(self, other: str, incident: str, sequel: _Sequel) -> bool:
        types = self._facts[other].types
        fits = bool(types & sequel.of) if sequel.of else bool(types - _SEQUELS)
        return fits and self._is_before(other, incident)

    def _is_before(self, first: str, then: str) -> bool:
        """Whether the times that are told say so; both must be told."""
        a, b = self._facts[first], self._facts[then]
        return a.start is not None and b.end is not None and a.start[:10] <= b.end[:10] and first != then

    def _days_between(self, first: str, then: str) -> int:
        a, b = self._facts[first].start, self._facts[then].start
        try:
            return (date.fromisoformat((b or "")[:10]) - date.fromisoformat((a or "")[:10])).days
        except ValueError:
            return MOST_DAYS + 1

    def _is_possible(self, first: str, then: str) -> bool:
        """Whether the times that are told do not exclude it."""
        a, b = self._facts[first], self._facts[then]
        return a.start is None or b.end is None or a.start[:10] <= b.end[:10]


def _join(relations: Sequence[Relation]) -> Relation:
    best = min(relations, key=lambda r: (_ORDER.index(r.kind), r.page is None, r.page or ""))
    reasons = tuple(dict.fromkeys(reason for r in (best, *relations) for reason in r.reasons))
    return Relation(best.first, best.then, best.kind, reasons, best.page, best.cue)


def find_relations(pages: Iterable[Sequence[Telling]], incident_of: Mapping[str, str]) -> list[Relation]:
    """The relations between incidents of which these pages tell; `incident_of` goes from telling to incident."""
    finder = RelationFinder(incident_of)
    for tellings in pages:
        finder.add_page(tellings)
    return finder.find()
