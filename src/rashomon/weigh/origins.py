"""Origins: which pages copy from each other, so that they count as one source.

In: echoes, the lengths of articles, and published dates. Out: origins. Never: a count of pages as a count of sources.
"""

import hashlib
from collections import Counter, defaultdict
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import replace

from rashomon.records import Echo, Origin, PagePassage, Telling
from rashomon.spans import Span
from rashomon.weigh.agencies import quoted_agencies

COPIED_SHARE = 0.3
"""A page that has this share of its article's characters in echoes of another page descends from the same telling."""


BESIDE = 40
"""Characters: a passage of fewer words than an echo needs is no longer than this."""


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


def _origin_id(pages: Iterable[str]) -> str:
    return "o" + hashlib.sha256(min(pages).encode()).hexdigest()[:16]


def _origin(pages: Sequence[str], published: Mapping[str, str | None]) -> Origin:
    """An origin; its first page is known only if every page is dated and one is alone the earliest."""
    dates = sorted((d, p) for p in pages if (d := published.get(p)))
    first = dates[0][1] if len(dates) == len(pages) and (len(dates) == 1 or dates[0][0] < dates[1][0]) else None
    return Origin(_origin_id(pages), tuple(sorted(pages)), first)


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
    """Page id → its origin for one incident: pages that copy each other, whose passages that tell it echo each other,
    or which have it from the same news agency.
    """
    sets = _Sets({t.page for t in tellings})
    pages = {t.page for t in tellings}
    named = quoted_agencies(tellings)
    _join_named(sets, named)
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
    found: dict[str, Origin] = {}
    for group in sets.groups():
        agencies = {named[page] for page in group if page in named}
        origin = replace(_origin(group, published), named=min(agencies) if len(agencies) == 1 else None)
        found |= dict.fromkeys(group, origin)
    return found


def _join_named(sets: _Sets, named: Mapping[str, str]) -> None:
    """Pages that quote the same agency are one origin."""
    first: dict[str, str] = {}
    for page, agency in named.items():
        sets.join(page, first.setdefault(agency, page))


def field_origins(
    spans: Mapping[str, Sequence[Span]], echoes: Sequence[Echo], whole: Mapping[str, str], named: Mapping[str, str]
) -> dict[str, str]:
    """Page id → the id of its origin for one field, whose words stand at `spans` of each page.

    Pages are one origin if an echo between them takes in these words on both sides, or stands beside them on both: a
    passage that is too short for an echo was copied with its neighbours. A page may copy the number of dead and have
    the place from elsewhere.

    `whole` are the origins of the pages for the whole incident: a group that is all of one keeps its id. `named` are
    the agencies from which pages have all of it.
    """
    sets = _Sets(spans)
    _join_named(sets, {page: agency for page, agency in named.items() if page in spans})
    told = {page: [(s.start_char, s.end_char) for s in held] for page, held in spans.items()}
    for echo in echoes:
        a, b = echo.a, echo.b
        if (
            a.page != b.page
            and a.page in told
            and b.page in told
            and _tells(told, a, BESIDE)
            and _tells(told, b, BESIDE)
        ):
            sets.join(a.page, b.page)
    groups = sets.groups()
    parts = Counter(origin for group in groups for origin in {whole[page] for page in group})
    found: dict[str, str] = {}
    for group in groups:
        within = {whole[page] for page in group}
        alone = len(within) == 1 and parts[min(within)] == 1
        key = min(within) if alone else _origin_id(group)
        found |= dict.fromkeys(group, key)
    return found


def _tells(told: Mapping[str, Sequence[tuple[int, int]]], passage: PagePassage, beside: int = 0) -> bool:
    start, end = passage.span.start_char - beside, passage.span.end_char + beside
    return any(s < end and start < e for s, e in told[passage.page])
