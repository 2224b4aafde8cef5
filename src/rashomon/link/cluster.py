"""Links to incidents: which tellings are held to be of the same happening.

In: tellings with their pages, links with probabilities, and what people judged. Out: groups, each with its weakest
link.
Never: a merge by transitivity alone. Average linkage: two groups merge while the mean probability over ALL their pairs
is high enough; a pair without a link counts as 0. Two groups whose articles resemble themselves far more than each
other stay two (contrast.py). Tellings of one article are never merged, but for pairs that the caller says it may only
tell again.
"""

from collections import defaultdict
from collections.abc import Collection, Iterable, Mapping, Sequence
from dataclasses import dataclass
from itertools import combinations

import numpy as np

from rashomon.link.comparisons import load_weights
from rashomon.link.components import Edges, Floats, Numbers, Places, find_components, iter_runs, weakest_of_tree
from rashomon.link.contrast import Company
from rashomon.link.linkage import link_average
from rashomon.link.links import Links
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


def cluster_tellings(
    page_of: Mapping[str, str],
    links: Sequence[Link],
    judged: Judged | None = None,
    merge_at: float | None = None,
    again: Collection[tuple[str, str]] = (),
) -> list[TellingGroup]:
    """Groups of all tellings in `page_of` (telling id → page id), whatever the order of the input.

    `again` are pairs `(a, b)`, `a < b`, of tellings of one page that it does not tell apart. Of `Links` counts how
    likely they are in view of the case, and which stand in one company.
    """
    judged = judged or Judged()
    merge_at = load_weights().merge_at if merge_at is None else merge_at
    ids = sorted(page_of)
    place = {t: n for n, t in enumerate(ids)}
    a, b, probability, company = _columns(links, ids, place)
    same, not_same = _places(judged.same, place), _places(judged.not_same, place)
    # a merge needs a link of two of theirs that is likely enough: whatever is apart without those stays apart
    strong = probability >= merge_at - _TINY
    ends = (np.concatenate([x[strong].astype(np.int64), y]) for x, y in ((a, same[:, 0]), (b, same[:, 1])))
    lowest = find_components(len(ids), *ends)
    kept = np.flatnonzero(lowest[a] == lowest[b])
    kept = kept[np.lexsort((b[kept], a[kept]))]
    within = Edges(a[kept], b[kept], probability[kept], kept)
    barred = np.concatenate([not_same, _apart_on_page(ids, page_of, again, lowest)])
    apart = company.apart if company else lambda _one, _other: False
    group = link_average(len(ids), same, within.a, within.b, within.probability, barred, merge_at, apart)
    weakest = _weakest(group, within, links)
    order = np.argsort(group, kind="stable")
    return [
        TellingGroup(tuple(ids[t] for t in order[start:end]), weakest.get(int(group[order[start]])))
        for start, end in iter_runs(group[order])
    ]


def _places(pairs: Iterable[tuple[str, str]], place: Mapping[str, int]) -> Numbers:
    held = [(place[a], place[b]) for a, b in sorted(pairs) if a in place and b in place]
    return np.array(held, dtype=np.int64).reshape(-1, 2)


def _apart_on_page(
    ids: Sequence[str], page_of: Mapping[str, str], again: Collection[tuple[str, str]], lowest: Numbers
) -> Numbers:
    """Pairs of one page and one component of which it does not only tell again."""
    several = np.bincount(lowest, minlength=1)[lowest] > 1
    on_page: dict[tuple[str, int], list[int]] = defaultdict(list)
    for t in np.flatnonzero(several).tolist():
        on_page[page_of[ids[t]], int(lowest[t])].append(t)
    pairs = (pair for held in on_page.values() for pair in combinations(held, 2))
    return np.array([(a, b) for a, b in pairs if (ids[a], ids[b]) not in again], dtype=np.int64).reshape(-1, 2)


def _columns(
    links: Sequence[Link], ids: Sequence[str], place: Mapping[str, int]
) -> tuple[Places, Places, Floats, Company | None]:
    """The tellings of the links by their places, the probabilities, and what the tellings stand in."""
    if isinstance(links, Links):
        if links.ids == ids:
            return links.a, links.b, links.likely, links.company
        at = np.array([place[t] for t in links.ids], dtype=np.int32)
        return at[links.a], at[links.b], links.likely, links.company.at(at, len(ids))
    a, b = ([place[t] for t in side] for side in ([x.a for x in links], [x.b for x in links]))
    return np.array(a, np.int32), np.array(b, np.int32), np.array([x.probability for x in links], np.float64), None


_TINY = 1e-9


def _weakest(group: Numbers, within: Edges, links: Sequence[Link]) -> dict[int, Link]:
    """The weakest link of the strongest tree that spans each group."""
    inside = within.among(group[within.a] == group[within.b])
    inside = inside.among(np.lexsort((inside.b, inside.a, -inside.probability, group[inside.a])))
    sizes = np.bincount(group, minlength=1)
    found = {}
    for n, edges in inside.slices(group[inside.a]):
        last = weakest_of_tree(int(sizes[n]), zip(edges.a.tolist(), edges.b.tolist(), strict=True))
        if last is not None:
            found[n] = links[int(edges.link[last])]
    return found
