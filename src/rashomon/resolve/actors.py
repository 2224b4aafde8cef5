"""Actors over all pages: the keys that readings gave, grouped by abbreviation, spelling and the pages' own aliases.

In: resolved readings, one by one. Out: `Actor`s. Never: a merge on likeness alone: what is merely alike is suggested.
"""

from collections import Counter, defaultdict
from collections.abc import Iterable, Iterator
from dataclasses import dataclass, field

from rapidfuzz.distance import JaroWinkler

from rashomon.records import Actor, Reading
from rashomon.resolve.names import actor_key, core_name, has_name, is_proper, skeleton_of, sound_of
from rashomon.spans import Span

ALIKE = 0.85
"""Jaro-Winkler similarity of keys from which another actor is suggested."""
_LEAST = 6
_LONG = 10
_MOST_IN_BLOCK = 60


@dataclass(slots=True)
class _Seen:
    """What all pages say of one key."""

    names: Counter[str] = field(default_factory=Counter)
    kinds: Counter[str] = field(default_factory=Counter)
    mentions: int = 0


def group_actors(readings: Iterable[Reading]) -> list[Actor]:
    """The named actors of these readings, the most mentioned first; the order of the readings makes no difference."""
    seen: dict[str, _Seen] = defaultdict(_Seen)
    short_for: dict[str, Counter[str]] = defaultdict(Counter)
    for reading in readings:
        for key, spans, kind in _named(reading):
            held = seen[key]
            held.mentions += 1
            held.kinds[kind] += 1
            held.names.update({core_name(s.text) for s in spans if has_name(s.text)})
        for alias in reading.aliases:
            if alias.reason == "abbreviation":
                short_for[actor_key(alias.b.text)][actor_key(alias.a.text)] += 1
    parent = _merge(seen, short_for)
    groups: dict[str, list[str]] = defaultdict(list)
    for key in sorted(seen):
        groups[parent.get(key, key)].append(key)
    suggested = _suggest(sorted(groups), short_for)
    actors = [_actor(top, [seen[k] for k in keys], suggested.get(top, set())) for top, keys in groups.items()]
    return sorted(actors, key=lambda a: (-a.mentions, a.id))


def _named(reading: Reading) -> Iterator[tuple[str, tuple[Span, ...], str]]:
    for telling in reading.tellings:
        for actor in (*telling.perpetrators, *telling.beneficiaries):
            if actor.actor:
                yield actor.actor, (actor.span, *actor.mentions), actor.kind
        for target in telling.targets:
            if target.actor:
                yield target.actor, (target.span, *target.mentions), "person"
    for statement in reading.statements:
        if statement.source_actor and statement.source is not None:
            yield statement.source_actor, (statement.source,), ""


def _merge(seen: dict[str, _Seen], short_for: dict[str, Counter[str]]) -> dict[str, str]:
    """From a key to the key that it goes with: an abbreviation that stands for one name alone, then one sound."""
    parent: dict[str, str] = {}
    for short, longs in short_for.items():
        known = sorted(k for k in longs if k in seen)
        if short in seen and len(known) == 1 and known[0] != short:
            parent[short] = known[0]
    by_sound: dict[str, list[str]] = defaultdict(list)
    for key in sorted(seen):
        if key not in parent and len(key) >= _LONG:
            by_sound[sound_of(key)].append(key)
    for keys in by_sound.values():
        top = max(keys, key=lambda k: (seen[k].mentions, k))
        parent |= {k: top for k in keys if k != top}
    return {k: parent.get(v, v) for k, v in parent.items()}


def _suggest(keys: list[str], short_for: dict[str, Counter[str]]) -> dict[str, set[str]]:
    """Other actors that one may be: keys of the same consonants and much alike, the longer name that one opens ("Salt
    Front", "Salt Front for Liberation"), and what an abbreviation may be for.
    """
    found: dict[str, set[str]] = defaultdict(set)
    blocks: dict[str, list[str]] = defaultdict(list)
    for key in keys:
        if len(key) >= _LEAST:
            blocks[skeleton_of(key)].append(key)
    for block in blocks.values():
        for i, a in enumerate(block[:_MOST_IN_BLOCK]):
            for b in block[i + 1 : _MOST_IN_BLOCK]:
                if JaroWinkler.similarity(a, b) >= ALIKE:
                    found[a].add(b)
                    found[b].add(a)
    for short, long in _iter_openings(keys):
        found[short].add(long)
        found[long].add(short)
    held = set(keys)
    for short, longs in short_for.items():
        for long in longs:
            if short in held and long in held:
                found[short].add(long)
                found[long].add(short)
    return found


def _iter_openings(keys: list[str]) -> Iterator[tuple[str, str]]:
    """From keys in order, each that opens one longer key, or two, with these; one that opens more says too little."""
    for n, key in enumerate(keys):
        if len(key) < _LONG - 1:
            continue
        end = n + 1
        while end < len(keys) and end <= n + 3 and keys[end].startswith(key):
            end += 1
        if end <= n + 3:
            yield from ((key, longer) for longer in keys[n + 1 : end])


def _actor(identifier: str, parts: list[_Seen], suggested: set[str]) -> Actor:
    names: Counter[str] = sum((p.names for p in parts), Counter())
    kinds: Counter[str] = sum((p.kinds for p in parts), Counter())
    kinds.pop("", None)

    def rank(name: str) -> tuple[bool, bool, int, int, str]:
        own = actor_key(name) == identifier
        return is_proper(name), own, names[name] * (1 + (" " in name)), len(name), name

    best = max(names, key=rank, default=identifier)
    aliases = tuple(sorted(n for n in names if n != best))
    kind = max(kinds, key=lambda k: (kinds[k], k), default="person")
    return Actor(
        identifier, best, kind, aliases, sum(p.mentions for p in parts), tuple(sorted(suggested - {identifier}))
    )
