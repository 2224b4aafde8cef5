"""Tellings of read texts linked, as the pipeline links a case, and what follows for documents.

In: read texts. Out: links, groups of tellings, labels of documents by their main telling; the baseline that clusters
the same links by connected components. Never: a text, a link or a threshold that the pipeline would not have.
"""

from collections import Counter, defaultdict
from collections.abc import Hashable, Iterable, Mapping, Sequence
from dataclasses import dataclass
from itertools import combinations
from typing import TypeVar

from bench.clustering import b_cubed
from bench.end_to_end import ReadText
from bench.tfidf import best_labels
from rashomon.link import cluster_tellings, find_again, link_rows, score_pairs
from rashomon.link.comparisons import LinkWeights, load_weights
from rashomon.records import Link, Reading, Telling

Member = TypeVar("Member", bound=Hashable)


@dataclass(frozen=True, slots=True)
class Linked:
    """All tellings by id, their links, and each telling's incident (a number)."""

    tellings: dict[str, Telling]
    links: Sequence[Link]
    incident: dict[str, int]


def link_texts(read: Mapping[str, ReadText], weights: LinkWeights | None = None) -> Linked:
    """Link what was read in all texts as one case, by these weights or the packaged ones."""
    weights = weights or load_weights()
    rows = [row for held in read.values() for row in link_rows(held.article, held.reading)]
    tellings = {t.id: t for held in read.values() for t in held.reading.tellings}
    links = score_pairs(rows, weights=weights)
    page_of = {t.id: t.page for t in tellings.values()}
    groups = cluster_tellings(page_of, links, merge_at=weights.merge_at, again=find_again(rows))
    return Linked(tellings, links, {t: n for n, g in enumerate(groups) for t in g.tellings})


def telling_shares(reading: Reading) -> dict[str, float]:
    """How much of a document each telling takes up: its passages, those at the top counting more, times its score."""
    starts = sorted({p.start_char for t in reading.tellings for p in t.passages})
    rank = {start: i for i, start in enumerate(starts)}
    room = {t.id: t.score * sum(1 / (1 + rank[p.start_char]) for p in t.passages) for t in reading.tellings}
    total = sum(room.values())
    return {t: r / total for t, r in room.items()} if total else {}


def main_telling(reading: Reading) -> Telling | None:
    """What a document, seen alone, chiefly tells."""
    shares = telling_shares(reading)
    return max(reading.tellings, key=lambda t: (shares.get(t.id, 0.0), -t.span.start_char), default=None)


OWN_SHARE = 0.25
SHARE_BOTH, FEWEST_BOTH = 0.5, 2


def story_labels(read: Mapping[str, ReadText], label: Mapping[str, Hashable]) -> dict[str, Hashable]:
    """Each telling's story: incidents (a deed, the arrest after it) that half of the articles of the lesser one tell
    both are of one. (From a quarter to two thirds it is the same for ECB+; one article alone tells nothing.)
    """
    articles: dict[Hashable, set[str]] = defaultdict(set)
    for name, held in read.items():
        for t in held.reading.tellings:
            articles[label[t.id]].add(name)
    both: Counter[tuple[Hashable, Hashable]] = Counter()
    for held in read.values():
        told = sorted({label[t.id] for t in held.reading.tellings}, key=str)
        both.update(combinations(told, 2))
    story = _join(
        articles,
        (
            (a, b) for (a, b), n in both.items()
            if n >= FEWEST_BOTH and n >= SHARE_BOTH * min(len(articles[a]), len(articles[b]))
        ),
    )  # fmt: skip
    return {t: story[incident] for t, incident in label.items()}


def _join(members: Iterable[Member], pairs: Iterable[tuple[Member, Member]]) -> dict[Member, Member]:
    """The members, each with the one that stands for all that the pairs put together."""
    root = {m: m for m in members}

    def find(m: Member) -> Member:
        while root[m] != m:
            root[m] = root[root[m]]
            m = root[m]
        return m

    for a, b in pairs:
        root[find(a)] = find(b)
    return {m: find(m) for m in root}


def document_labels(read: Mapping[str, ReadText], label: Mapping[str, Hashable]) -> dict[str, Hashable]:
    """Each document's label: the story of its main telling, seen with what the other documents tell.

    Of a document's tellings (the deed, the arrest, an older case) the main one is that whose incident takes most room
    in all documents together, times a root of its own share. A document without a telling is alone.
    """
    label = story_labels(read, label)
    shares = {name: telling_shares(held.reading) for name, held in read.items()}
    room: dict[Hashable, float] = defaultdict(float)
    for told in shares.values():
        for telling, share in told.items():
            room[label[telling]] += share
    return {
        name: label[max(told, key=lambda t: (room[label[t]] * told[t] ** OWN_SHARE, t))] if told else f"alone {name}"
        for name, told in shares.items()
    }


def component_labels(tellings: Iterable[str], links: Sequence[Link], least: float) -> dict[str, Hashable]:
    """Connected components over the links of at least this probability."""
    held = dict.fromkeys(tellings)
    pairs = ((k.a, k.b) for k in links if k.probability >= least and k.a in held and k.b in held)
    return dict(_join(held, pairs))


def labels_told(
    names: Iterable[str], telling_of: Mapping[str, str], label: Mapping[str, Hashable]
) -> dict[str, Hashable]:
    """The items by name, each with the label of the telling that tells it; one that none tells is alone."""
    return {n: label[telling_of[n]] if n in telling_of else f"alone {n}" for n in names}


def best_tfidf(
    names: Sequence[str], telling_of: Mapping[str, str], texts: Iterable[Mapping[str, str]], key: Mapping[str, Hashable]
) -> dict[str, Hashable]:
    """The items' labels by the TF-IDF of the best of these `texts` by telling; items beside the key are noise."""
    told = [n for n in names if n in telling_of]
    of_items = ({n: held[telling_of[n]] for n in told} for held in texts)
    cuts = [best_labels(held, {n: k for n, k in key.items() if n in telling_of}) for held in of_items]
    alone = {n: f"alone {n}" for n in names if n not in telling_of}
    return max(({**cut, **alone} for cut in cuts), key=lambda cut: b_cubed(key, cut).f)


def passages_of(tellings: Mapping[str, Telling]) -> dict[str, str]:
    """The words of each telling's passages."""
    return {t.id: " ".join(p.text for p in t.passages) for t in tellings.values()}


THRESHOLDS = (0.1, 0.2, 0.3, 0.4, 0.5, 0.6, 0.7, 0.8, 0.9, 0.95, 0.98, 0.99, 0.995, 0.999, 0.9999)


def best_components(cuts: Iterable[dict[str, Hashable]], key: Mapping[str, Hashable]) -> dict[str, Hashable]:
    """The labels of the threshold that is best for the key (to the baseline's advantage)."""
    return max(cuts, key=lambda cut: b_cubed(key, cut).f)
