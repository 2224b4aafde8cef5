"""Links to incidents: which tellings are held to be of the same happening.

In: tellings with their pages, links with probabilities, and what people judged. Out: groups, each with its weakest
link.
Never: a merge by transitivity alone. Average linkage: two groups merge while the mean probability over ALL their pairs
is high enough; a pair without a link counts as 0. Tellings of one article are never merged, but for pairs that the
caller says it may only tell again.
"""

import heapq
from collections import defaultdict
from collections.abc import Collection, Iterable, Mapping, Sequence
from dataclasses import dataclass
from itertools import combinations

from rashomon.link.comparisons import load_weights
from rashomon.records import Link


@dataclass(frozen=True, slots=True)
class TellingGroup:
    """Telling ids in order, and the least likely link that holds them together (None for one telling)."""

    tellings: tuple[str, ...]
    weakest: Link | None


@dataclass(frozen=True, slots=True)
class Judged:
    """What people decided of pairs of tellings: `(a, b)` with `a < b`."""

    same: frozenset[tuple[str, str]] = frozenset()
    not_same: frozenset[tuple[str, str]] = frozenset()


class _Groups:
    """Groups under way: members, which groups may not merge, and the sums of probabilities between groups."""

    def __init__(self, page_of: Mapping[str, str], again: Collection[tuple[str, str]]) -> None:
        self.members: dict[int, list[str]] = {i: [t] for i, t in enumerate(sorted(page_of))}
        self.group_of = {t: i for i, held in self.members.items() for t in held}
        self.sums: dict[int, dict[int, float]] = defaultdict(dict)
        self.barred: dict[int, set[int]] = defaultdict(set)
        on_page: dict[str, list[str]] = defaultdict(list)
        for t in sorted(page_of):
            on_page[page_of[t]].append(t)
        for told in on_page.values():
            for a, b in combinations(told, 2):
                if (a, b) not in again:
                    self.bar(self.group_of[a], self.group_of[b])

    def bar(self, a: int, b: int) -> None:
        """Keep the two apart for good."""
        self.barred[a].add(b)
        self.barred[b].add(a)

    def mean(self, a: int, b: int) -> float:
        """Mean probability over all pairs of the two groups."""
        return self.sums[a].get(b, 0.0) / (len(self.members[a]) * len(self.members[b]))

    def may_merge(self, a: int, b: int) -> bool:
        """Whether no page and no judgement keeps the two apart."""
        return b not in self.barred[a]

    def merge(self, a: int, b: int) -> int:
        """Put the smaller group into the larger; the id that stays."""
        keep, drop = (a, b) if (len(self.members[a]), -a) >= (len(self.members[b]), -b) else (b, a)
        for t in self.members[drop]:
            self.group_of[t] = keep
        self.members[keep] += self.members.pop(drop)
        for other, total in self.sums.pop(drop, {}).items():
            del self.sums[other][drop]
            if other != keep:
                self.sums[keep][other] = self.sums[other][keep] = self.sums[keep].get(other, 0.0) + total
        for other in self.barred.pop(drop, set()):
            self.barred[other].discard(drop)
            self.barred[other].add(keep)
            self.barred[keep].add(other)
        return keep


def cluster_tellings(
    page_of: Mapping[str, str],
    links: Sequence[Link],
    judged: Judged | None = None,
    merge_at: float | None = None,
    again: Collection[tuple[str, str]] = (),
) -> list[TellingGroup]:
    """Groups of all tellings in `page_of` (telling id → page id), whatever the order of the input.

    `again` are pairs `(a, b)`, `a < b`, of tellings of one page that it does not tell apart.
    """
    judged = judged or Judged()
    merge_at = load_weights().merge_at if merge_at is None else merge_at
    groups = _Groups(page_of, again)
    for a, b in sorted(judged.not_same):
        if a in groups.group_of and b in groups.group_of:
            groups.bar(groups.group_of[a], groups.group_of[b])
    for link in sorted(links, key=lambda held: (held.a, held.b)):
        x, y = groups.group_of[link.a], groups.group_of[link.b]
        groups.sums[x][y] = groups.sums[y][x] = groups.sums[x].get(y, 0.0) + link.probability
    for a, b in sorted(judged.same):
        if a in groups.group_of and b in groups.group_of and groups.group_of[a] != groups.group_of[b]:
            groups.merge(groups.group_of[a], groups.group_of[b])
    _merge_all(groups, merge_at)
    link_of = {(held.a, held.b): held for held in links}
    found = [tuple(sorted(held)) for held in groups.members.values()]
    return [TellingGroup(held, _weakest(held, link_of)) for held in sorted(found)]


def _merge_all(groups: _Groups, merge_at: float) -> None:
    queue: list[tuple[float, str, str, int, int]] = []

    def push(a: int, b: int) -> None:
        mean = groups.mean(a, b)
        if mean >= merge_at and groups.may_merge(a, b):
            low, high = sorted((min(groups.members[a]), min(groups.members[b])))
            heapq.heappush(queue, (-mean, low, high, a, b))

    for a, others in list(groups.sums.items()):
        for b in others:
            if a < b:
                push(a, b)
    while queue:
        mean, _, _, a, b = heapq.heappop(queue)
        if a not in groups.members or b not in groups.members:
            continue
        if abs(groups.mean(a, b) + mean) > 1e-12 or not groups.may_merge(a, b):
            continue
        kept = groups.merge(a, b)
        for other in list(groups.sums[kept]):
            push(kept, other)


def _weakest(members: Iterable[str], link_of: Mapping[tuple[str, str], Link]) -> Link | None:
    """The weakest link of the strongest tree that spans the group (Kruskal); None for one telling."""
    held = list(members)
    if len(held) < 2:
        return None
    inside = set(held)
    within = sorted(
        (link for pair, link in _pairs_within(held, inside, link_of)), key=lambda x: (-x.probability, x.a, x.b)
    )
    root = {t: t for t in held}

    def find(t: str) -> str:
        while root[t] != t:
            root[t] = root[root[t]]
            t = root[t]
        return t

    weakest: Link | None = None
    for link in within:
        a, b = find(link.a), find(link.b)
        if a != b:
            root[a] = b
            weakest = link
    return weakest


def _pairs_within(
    held: Sequence[str], inside: set[str], link_of: Mapping[tuple[str, str], Link]
) -> Iterable[tuple[tuple[str, str], Link]]:
    if len(held) ** 2 < len(link_of):
        for i, a in enumerate(held):
            for b in held[i + 1 :]:
                if link := link_of.get((a, b)):
                    yield (a, b), link
        return
    for pair, link in link_of.items():
        if pair[0] in inside and pair[1] in inside:
            yield pair, link
