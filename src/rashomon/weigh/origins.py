"""Origins: which pages copy from each other, so that they count as one source.

In: echoes, the lengths of articles, and published dates. Out: origins. Never: a count of pages as a count of sources.
"""

import hashlib
from collections import defaultdict
from collections.abc import Iterable, Mapping, Sequence

from rashomon.records import Echo, Origin, PagePassage, Telling

COPIED_SHARE = 0.3
"""A page that has this share of its article's characters in echoes of another page descends from the same telling."""


class _Sets:
    """Disjoint sets; the smallest name stands for a set."""

    def __init__(self, names: Iterable[str]) -> None:
        self._root = {n: n for n in names}

    def find(self, name: str) -> str:
        while self._root[name] != name:
            self._root[name] = self._root[self._root[name]]
            name = self._root[name]
        return name

    def join(self, a: str, b: str) -> None:
        low, high = sorted((self.find(a), self.find(b)))
        self._root[high] = low

    def groups(self) -> list[tuple[str, ...]]:
        held: dict[str, list[str]] = defaultdict(list)
        for name in self._root:
            held[self.find(name)].append(name)
        return sorted(tuple(sorted(g)) for g in held.values())


def copying_pages(echoes: Iterable[Echo], lengths: Mapping[str, int]) -> set[tuple[str, str]]:
    """Pairs of pages (`a < b`) of which one repeats a good part of the other; `lengths` in characters of the
    articles.
    """
    shared: dict[tuple[str, str], list[int]] = defaultdict(lambda: [0, 0])
    for echo in echoes:
        if echo.a.page != echo.b.page:
            sums = shared[echo.a.page, echo.b.page]
            sums[0] += len(echo.a.span)
            sums[1] += len(echo.b.span)
    return {
        pair
        for pair, (a, b) in shared.items()
        if a >= COPIED_SHARE * lengths.get(pair[0], 1) or b >= COPIED_SHARE * lengths.get(pair[1], 1)
    }


def _origin(pages: Sequence[str], published: Mapping[str, str | None]) -> Origin:
    """An origin; its first page is known only if every page is dated and one is alone the earliest."""
    dates = sorted((d, p) for p in pages if (d := published.get(p)))
    first = dates[0][1] if len(dates) == len(pages) and (len(dates) == 1 or dates[0][0] < dates[1][0]) else None
    key = "o" + hashlib.sha256(min(pages).encode()).hexdigest()[:16]
    return Origin(key, tuple(sorted(pages)), first)


def find_origins(
    pages: Iterable[str], copying: Iterable[tuple[str, str]], published: Mapping[str, str | None]
) -> list[Origin]:
    """Every page in exactly one origin."""
    sets = _Sets(pages)
    for a, b in copying:
        sets.join(a, b)
    return [_origin(group, published) for group in sets.groups()]


def incident_origins(
    tellings: Sequence[Telling],
    echoes: Sequence[Echo],
    copying: set[tuple[str, str]],
    published: Mapping[str, str | None],
) -> dict[str, Origin]:
    """Page id → its origin for one incident: pages that copy each other, or whose passages that tell it echo each
    other.
    """
    sets = _Sets({t.page for t in tellings})
    pages = {t.page for t in tellings}
    for a, b in copying:
        if a in pages and b in pages:
            sets.join(a, b)
    told: dict[str, list[tuple[int, int]]] = defaultdict(list)
    for t in tellings:
        told[t.page] += [(p.start_char, p.end_char) for p in t.passages]
    for echo in echoes:
        one, other = echo.a, echo.b
        if {one.page, other.page} <= pages and one.page != other.page and _tells(told, one) and _tells(told, other):
            sets.join(one.page, other.page)
    return {page: origin for group in sets.groups() for origin in [_origin(group, published)] for page in group}


def _tells(told: Mapping[str, Sequence[tuple[int, int]]], passage: PagePassage) -> bool:
    span = passage.span
    return any(s < span.end_char and span.start_char < e for s, e in told[passage.page])
