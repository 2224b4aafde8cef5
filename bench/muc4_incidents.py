"""Incidents that MUC-4's keys imply: which templates of different messages are of the same happening.

In: the keys of many messages. Out: an incident (a number) for each template. Never: a text.

The rule. Two templates of different messages are linked if all of these hold:
1. incident type (slot 4): they share a type (`ATTACK / BOMBING` has two);
2. date (slot 2): their ranges overlap, give or take a day; `- 03 JAN 90` means some day up to then;
3. place (slot 3): the countries do not differ;
4. a named target: a human target's name (slot 18) of which one is contained in the other word by word (`ELLACURIA` in
   `IGNACIO ELLACURIA`), or a physical target (slot 12) of two words or more that are the same, and one of which stands
   in the physical targets of at most ten messages.
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

from bench.muc4_files import Fill, Template
from bench.muc4_words import MONTHS

_DAY = re.compile(r"(-\s*)?(?:(\d{1,2}) )?([A-Z]{3}) (\d{2})")
_COMMON_FROM = 11
_ONE_DAY = 1
HALF = 0.5
_OPEN = 60
"""Days back that an open range ("- 03 JAN 90") is counted to have when links are put in order."""

Days = tuple[int, int]


@dataclass(frozen=True, slots=True)
class KeyItem:
    """One template as the rule sees it; `template` is its number within the message, from 0."""

    message: str
    template: int
    types: frozenset[str]
    days: Days | None
    country: str | None
    people: tuple[frozenset[str], ...]
    things: frozenset[str]
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
    return [w for w in re.findall(r"\w+", string.casefold()) if w not in ("the", "a", "of", "and", "de", "la", "el")]


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
    return KeyItem(
        message, number,
        types=frozenset(v for v in _values(template.get(4, [])) if v),
        days=parse_days(template.get(2, [])),
        country=country or None,
        people=tuple(sorted(named, key=sorted)),
        things=frozenset(" ".join(w) for f in template.get(12, []) for s in f.strings if len(w := _words(s)) > 1),
        organisations=frozenset(" ".join(_words(s)) for f in template.get(10, []) for s in f.strings),
    )  # fmt: skip


def _fit(a: KeyItem, b: KeyItem) -> bool:
    if a.message == b.message or not a.types & b.types or a.days is None or b.days is None:
        return False
    if a.country and b.country and a.country != b.country:
        return False
    return a.days[0] - _ONE_DAY <= b.days[1] and b.days[0] - _ONE_DAY <= a.days[1]


def _width(days: Days | None) -> int:
    return min(_OPEN, days[1] - days[0]) if days else _OPEN


def _rare_things(items: Sequence[KeyItem]) -> dict[str, set[str]]:
    common = Counter(w for _, w in {(i.message, w) for i in items for t in i.things for w in t.split()})
    return {i.name: {t for t in i.things if any(common[w] < _COMMON_FROM for w in t.split())} for i in items}


def decided_items(items: Sequence[KeyItem]) -> set[str]:
    """Names of the items of which the rule can say whether others are of the same incident."""
    rare = _rare_things(items)
    return {i.name for i in items if i.days is not None and (i.people or rare[i.name])}


def link_items(items: Sequence[KeyItem]) -> dict[str, int]:
    """Item name → its incident."""
    things = _rare_things(items)
    by_key: dict[str, list[KeyItem]] = {}
    for item in items:
        rare = things[item.name]
        for key in {w for name in item.people for w in name} | rare:
            by_key.setdefault(key, []).append(item)
    pairs = {
        (_width(a.days) + _width(b.days), a.name, b.name): (a, b)
        for key, together in by_key.items()
        for n, a in enumerate(together)
        for b in together[n + 1 :]
        if _fit(a, b) and (" " in key or any(x <= y or y <= x for x in a.people for y in b.people))
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
