"""Scores of clusters against a key, where some items are in no cluster of the key ("noise").

In: the key (item → label) and what was found (item → label, noise included). Out: figures in percent.
Never: credit or blame for how noise is clustered with noise; noise in a cluster with items of the key costs precision.

B³ (Bagga and Baldwin 1998), MUC (Vilain et al. 1995), CEAF-e (Luo 2005) and their mean, CoNLL (Pradhan et al. 2012).
Found clusters that hold no item of the key count nowhere; an item that was not found is alone.
"""

from collections import defaultdict
from collections.abc import Hashable, Iterable, Mapping

from bench.matching import Score, best_matching

Labels = Mapping[str, Hashable]
Clusters = list[frozenset[str]]


def clusters_of(labels: Labels) -> Clusters:
    """Items with the same label, as sets."""
    held: dict[Hashable, set[str]] = defaultdict(set)
    for item, label in labels.items():
        held[label].add(item)
    return [frozenset(c) for c in held.values()]


def _found_clusters(key: Labels, found: Labels) -> Clusters:
    kept = [c for c in clusters_of(found) if any(i in key for i in c)]
    return kept + [frozenset({i}) for i in key if i not in found]


def b_cubed(key: Labels, found: Labels) -> Score:
    """Mean over the items of the key.

    >>> key, found = {"a": 1, "b": 1, "c": 2}, {"a": 1, "b": 1, "c": 1, "noise": 1}
    >>> b_cubed(key, found).figures()
    {'p': 41.67, 'r': 100.0, 'f': 58.82}
    """
    cluster = {i: c for c in _found_clusters(key, found) for i in c}
    true = {i: c for c in clusters_of(key) for i in c}
    p = sum(len(cluster[i] & true[i]) / len(cluster[i]) for i in key)
    r = sum(len(cluster[i] & true[i]) / len(true[i]) for i in key)
    return Score(p, len(key), r, len(key))


def _links_kept(clusters: Iterable[frozenset[str]], other: Mapping[str, Hashable]) -> tuple[int, int]:
    """Links that hold (an item that `other` does not know is a part of its own), and links in all."""
    kept = total = 0
    for c in clusters:
        parts = len({other[i] for i in c if i in other}) + sum(i not in other for i in c)
        kept += len(c) - parts
        total += len(c) - 1
    return kept, total


def muc(key: Labels, found: Labels) -> Score:
    """Links of minimal trees.

    >>> muc({"a": 1, "b": 1, "c": 1}, {"a": 1, "b": 1, "c": 2}).figures()
    {'p': 100.0, 'r': 50.0, 'f': 66.67}
    """
    p, predicted = _links_kept(_found_clusters(key, found), key)
    r, gold = _links_kept(clusters_of(key), found)
    return Score(p, predicted, r, gold)


def ceaf_e(key: Labels, found: Labels) -> Score:
    """The best one-to-one assignment of clusters, by φ4 = 2|K ∩ R| / (|K| + |R|).

    >>> ceaf_e({"a": 1, "b": 1, "c": 2}, {"a": 1, "b": 2, "c": 3}).figures()
    {'p': 55.56, 'r': 83.33, 'f': 66.67}
    """
    gold, predicted = clusters_of(key), _found_clusters(key, found)
    total = sum(
        2 * len(g & c) / (len(g) + len(c))
        for golds, ours in _meeting(gold, predicted)
        for i, j in best_matching([[2 * len(g & c) / (len(g) + len(c)) for c in ours] for g in golds])
        for g, c in [(golds[i], ours[j])]
    )
    return Score(total, len(predicted), total, len(gold))


def _meeting(gold: Clusters, predicted: Clusters) -> list[tuple[Clusters, Clusters]]:
    """Clusters of either side in components that share items: no assignment reaches beyond one."""
    gold_of = {i: n for n, c in enumerate(gold) for i in c}
    root = list(range(len(gold)))

    def find(n: int) -> int:
        while root[n] != n:
            n = root[n]
        return n

    for c in predicted:
        met = [find(gold_of[i]) for i in c if i in gold_of]
        for n in met:
            root[find(n)] = find(met[0])
    held: dict[int, tuple[Clusters, Clusters]] = defaultdict(lambda: ([], []))
    for n, c in enumerate(gold):
        held[find(n)][0].append(c)
    for c in predicted:
        held[find(next(gold_of[i] for i in c if i in gold_of))][1].append(c)
    return list(held.values())


def pairwise(key: Labels, found: Labels) -> Score:
    """Pairs of items in one cluster; of pairs with noise those with an item of the key count.

    >>> pairwise({"a": 1, "b": 1, "c": 2}, {"a": 1, "b": 1, "c": 1, "n": 3}).figures()
    {'p': 33.33, 'r': 100.0, 'f': 50.0}
    """
    true = {i: c for c in clusters_of(key) for i in c}
    predicted = right = 0
    for c in _found_clusters(key, found):
        inside = [i for i in c if i in key]
        noise = len(c) - len(inside)
        predicted += len(inside) * (len(inside) - 1) // 2 + len(inside) * noise
        right += sum(len(c & true[i]) - 1 for i in inside)
    right //= 2
    gold = sum(len(c) * (len(c) - 1) // 2 for c in set(true.values()))
    return Score(right, predicted, right, gold)


def figures(key: Labels, found: Labels) -> dict[str, object]:
    """All scores, and how many items of the key stand in a cluster with noise."""
    b3, links, entities, pairs = (score(key, found) for score in (b_cubed, muc, ceaf_e, pairwise))
    mixed = sum(sum(i in key for i in c) for c in _found_clusters(key, found) if any(i not in key for i in c))
    return {
        "b3_f": round(b3.f, 2),
        "conll_f": round((b3.f + links.f + entities.f) / 3, 2),
        "pairwise_f": round(pairs.f, 2),
        "b3": b3.figures(),
        "muc": links.figures(),
        "ceaf_e": entities.figures(),
        "pairwise": pairs.figures(),
        "with_noise": mixed,
    }
