"""Incidents that MUC-4's keys imply: which templates of different messages are of the same happening.

In: the keys of many messages. Out: an incident (a number) for each template. Never: a text.

The rule. Two templates of different messages are linked if all of these hold:
1. incident type (slot 4): they share a type (`ATTACK / BOMBING` has two);
2. date (slot 2): their ranges overlap, give or take a day; `- 03 JAN 90` means some day up to then, and for what is
   linked by a physical target (people die once, banks are bombed again) some day of the fortnight up to then;
3. place (slot 3): the countries do not differ;
4. a named target: human targets' names (slot 18) of which one is contained in the other word by word (`ELLACURIA` in
   `IGNACIO ELLACURIA`) or that share two words (`DOLORES ISABEL CASANOVA`, `ANA ISABEL CASANOVA`), or physical targets
   (slot 12) of two words or more that share two of them and two thirds of the shorter one's (`EL ESPECTADOR'S
   OFFICES`, `THE MAIN OFFICE OF EL ESPECTADOR`), one of which stands in the physical targets of at most ten messages
   (plurals count as singulars).
Templates are put together, those with the narrower dates first, into incidents in which at least half of the pairs of
different messages are linked: a template that lists the victims of many years does not join all of them. Two
templates of one message are two incidents. Of a template without a named target the rule can say nothing: it may tell
what others tell, and stands in no score (`decided_items`).
"""

import re
from collections import Counter, defaultdict
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from itertools import combinations

from bench.muc4_files import Fill, Template
from bench.muc4_words import MONTHS

_DAY = re.compile(r"(-\s*)?(?:(\d{1,2}) )?([A-Z]{3}) (\d{2})")
_COMMON_FROM = 11
_ONE_DAY = 1
_FORTNIGHT = 14
HALF = 0.5
_SMALL = frozenset(("the", "a", "of", "and", "de", "la", "el", "del", "los", "las", "y"))
_SHORTEST_PLURAL = 4
_OF_NO_THING = frozenset(("in", "on", "at", "by", "for", "with", "that", "one"))
_OPEN = 60
"""Days back that an open range ("- 03 JAN 90") is counted to have when links are put in order."""

Days = tuple[int, int]
Name = frozenset[str]


@dataclass(frozen=True, slots=True)
class KeyItem:
    """One template as the rule sees it; `template` is its number within the message, from 0."""

    message: str
    template: int
    types: frozenset[str]
    days: Days | None
    country: str | None
    people: tuple[Name, ...]
    things: tuple[Name, ...]
    organisations: frozenset[str]

    @property
    def name(self) -> str:
        """Message and number: what an item is called in the scores."""
        return f"{self.message} {self.template}"


def parse_days(fills: Sequence[Fill]) -> Days | None:
    """First and last day (ordinals) that a date slot allows; 0 as the first where it is open.

    >>> a, b = parse_days([Fill((), "30 DEC 89 - 02 JAN 90", False)])
    >>> b - a, parse_days([Fill((), "- 03 JAN 90", False)])[0]
    (3, 0)
    """
    found: list[Days] = []
    for fill in fills:
        value = fill.value or ""
        days = [
            (bool(m[1]) and not value[: m.start()].rstrip("( ").endswith(tuple("0123456789")), int(m[2] or 1), m)
            for m in _DAY.finditer(value)
            if m[3] in MONTHS
        ]
        for is_open, day, m in days:
            # a key may name the 31st of a month of thirty days
            first = date(1900 + int(m[4]), MONTHS.index(m[3]) + 1, 1).toordinal() + day - 1
            found.append((0 if is_open else first, first + (0 if m[2] else 30)))
    return (min(a for a, _ in found), max(b for _, b in found)) if found else None


def _words(string: str) -> list[str]:
    return [w for w in re.findall(r"\w+", string.casefold()) if w not in _SMALL]


def _thing(string: str) -> Name:
    """The words of a physical target that tell it from others, as singulars.

    >>> sorted(_thing("EL ESPECTADOR'S OFFICES IN BOGOTA"))
    ['bogota', 'espectador', 'office']
    """
    words = (w for w in _words(string) if len(w) > 1 and w not in _OF_NO_THING)
    return frozenset(map(_singular, words))


def _singular(word: str) -> str:
    """A word without the ending of a plural.

    >>> [_singular(w) for w in ("offices", "branches", "facilities", "embassy", "press", "gas")]
    ['office', 'branch', 'facility', 'embassy', 'press', 'gas']
    """
    if len(word) < _SHORTEST_PLURAL or word.endswith(("ss", "us")):
        return word
    if word.endswith("ies"):
        return word[:-3] + "y"
    return word.removesuffix("es") if word.endswith(("ches", "shes", "xes", "sses")) else word.removesuffix("s")


def _values(fills: Sequence[Fill]) -> Iterator[str]:
    for fill in fills:
        yield from re.split(r"\s*/\s*", re.sub(r"[()]", "", fill.value or ""))


def read_items(keys: Mapping[str, Sequence[Template]]) -> list[KeyItem]:
    """Every template of every message."""
    return [_item(m, n, t) for m, templates in keys.items() for n, t in enumerate(templates)]


def _item(message: str, number: int, template: Template) -> KeyItem:
    places = list(_values(template.get(3, [])))
    country = re.split(r"[:-]", places[0])[0].strip() if places else ""
    named = {frozenset(w) for f in template.get(18, []) for s in f.strings if (w := _words(s))}
    things = {thing for f in template.get(12, []) for s in f.strings if len(thing := _thing(s)) > 1}
    return KeyItem(
        message, number,
        types=frozenset(v for v in _values(template.get(4, [])) if v),
        days=parse_days(template.get(2, [])),
        country=country or None,
        people=tuple(sorted(named, key=sorted)),
        things=tuple(sorted(things, key=sorted)),
        organisations=frozenset(" ".join(_words(s)) for f in template.get(10, []) for s in f.strings),
    )  # fmt: skip


def _fit(a: KeyItem, b: KeyItem) -> bool:
    if a.message == b.message or not a.types & b.types:
        return False
    if a.country and b.country and a.country != b.country:
        return False
    return _overlap(a.days, b.days)


def _overlap(a: Days | None, b: Days | None) -> bool:
    """Give or take a day; what has no date overlaps with nothing."""
    return a is not None and b is not None and a[0] - _ONE_DAY <= b[1] and b[0] - _ONE_DAY <= a[1]


def _width(days: Days | None) -> int:
    return min(_OPEN, days[1] - days[0]) if days else _OPEN


def _rare_words(items: Sequence[KeyItem]) -> frozenset[str]:
    """Words in the physical targets of few messages."""
    counts = Counter(w for _, w in {(i.message, w) for i in items for t in i.things for w in t})
    return frozenset(w for w, n in counts.items() if n < _COMMON_FROM)


def _keys(item: KeyItem, rare: frozenset[str]) -> set[str]:
    """Words of which two items of one incident share one."""
    return {w for name in item.people for w in name} | {w for thing in item.things for w in thing & rare}


def _one_target(a: KeyItem, b: KeyItem, rare: frozenset[str]) -> bool:
    if any(x <= y or y <= x or len(x & y) > 1 for x in a.people for y in b.people):
        return True
    return _overlap(_lately(a), _lately(b)) and any(_one_thing(x, y, rare) for x in a.things for y in b.things)


def _lately(item: KeyItem) -> Days | None:
    """Its days, a fortnight where they are open."""
    return item.days and (item.days[0] or item.days[1] - _FORTNIGHT, item.days[1])


def _one_thing(a: Name, b: Name, rare: frozenset[str]) -> bool:
    shared = a & b
    return len(shared) > 1 and 3 * len(shared) >= 2 * min(len(a), len(b)) and not shared.isdisjoint(rare)


def decided_items(items: Sequence[KeyItem]) -> set[str]:
    """Names of the items of which the rule can say whether others are of the same incident."""
    rare = _rare_words(items)
    return {i.name for i in items if i.days is not None and _keys(i, rare)}


def link_items(items: Sequence[KeyItem]) -> dict[str, int]:
    """Item name → its incident."""
    rare = _rare_words(items)
    by_key: dict[str, list[int]] = defaultdict(list)
    for n, item in enumerate(items):
        for key in _keys(item, rare):
            by_key[key].append(n)
    sharing = {(n, k) for held in by_key.values() for n, k in combinations(held, 2)}
    pairs = {
        (_width(a.days) + _width(b.days), a.name, b.name): (a, b)
        for a, b in ((items[n], items[k]) for n, k in sharing)
        if _fit(a, b) and _one_target(a, b, rare)
    }
    linked: dict[str, set[str]] = defaultdict(set)
    for a, b in pairs.values():
        linked[a.name].add(b.name)
        linked[b.name].add(a.name)
    held_in = {i.name: frozenset({i.name}) for i in items}
    for _, (a, b) in sorted(pairs.items()):
        x, y = held_in[a.name], held_in[b.name]
        apart = {n.split()[0] for n in x}.isdisjoint(n.split()[0] for n in y)
        if x != y and apart and sum(len(linked[n] & y) for n in x) >= HALF * len(x) * len(y):
            held_in |= dict.fromkeys(x | y, x | y)
    number = {c: n for n, c in enumerate(dict.fromkeys(held_in[i.name] for i in items))}
    return {i.name: number[held_in[i.name]] for i in items}


def different_perpetrators(items: Sequence[KeyItem], incident: Mapping[str, int]) -> set[int]:
    """Incidents of which two templates name perpetrating organisations and none in common."""
    by_incident: dict[int, list[KeyItem]] = {}
    for item in items:
        if item.organisations:
            by_incident.setdefault(incident[item.name], []).append(item)
    return {
        n
        for n, told in by_incident.items()
        if any(_apart(a.organisations, b.organisations) for i, a in enumerate(told) for b in told[i + 1 :])
    }


def _apart(a: frozenset[str], b: frozenset[str]) -> bool:
    return not any(set(x.split()) <= set(y.split()) or set(y.split()) <= set(x.split()) for x in a for y in b)
