"""The baseline: TF-IDF cosine between texts, clustered at the threshold that is best for the answer key.

In: texts by name, a key. Out: the best labels. Never: a fair fight: the threshold and the way of clustering (average
linkage, or connected components) are chosen on the very key that scores them, to the baseline's advantage.
"""

import math
import re
from collections import Counter
from collections.abc import Hashable, Iterator, Mapping

import numpy as np
from numpy.typing import NDArray

from bench.clustering import b_cubed

_WORD = re.compile(r"[^\W\d_]{2,}|\d+")
Matrix = NDArray[np.float64]


def cosines(texts: Mapping[str, str]) -> Matrix:
    """`(n, n)`: cosines of (1 + log tf) · log(n / df), in the order of `texts`."""
    bags = [Counter(_WORD.findall(t.casefold())) for t in texts.values()]
    held = Counter(w for b in bags for w in b)
    column = {w: i for i, w in enumerate(w for w, n in held.items() if n > 1)}
    rows = np.zeros((len(bags), len(column)), dtype=np.float32)
    for i, bag in enumerate(bags):
        for word, n in bag.items():
            if word in column:
                rows[i, column[word]] = (1 + math.log(n)) * math.log(len(bags) / held[word])
    rows /= np.maximum(np.linalg.norm(rows, axis=1, keepdims=True), 1e-9)
    return np.asarray(rows @ rows.T, dtype=np.float64)


def merges(similar: Matrix, *, average: bool) -> list[tuple[float, int, int]]:
    """All merges of average linkage (or of single linkage) as (similarity, a, b), the most similar first.

    Nearest-neighbour chains, O(n²) (Murtagh 1983); `a` and `b` are any members of the two groups.
    """
    similar = similar.copy()
    np.fill_diagonal(similar, -np.inf)
    size = np.ones(len(similar))
    alive = np.ones(len(similar), dtype=bool)
    found: list[tuple[float, int, int]] = []
    chain: list[int] = []
    while len(found) < len(similar) - 1:
        if not chain:
            chain.append(int(np.argmax(alive)))
        at = chain[-1]
        row = np.where(alive, similar[at], -np.inf)
        nearest = int(np.argmax(row))
        if len(chain) > 1 and row[chain[-2]] >= row[nearest]:
            other = chain[-2]
            del chain[-2:]
            found.append((float(similar[at, other]), at, other))
            joined = (
                (size[at] * similar[at] + size[other] * similar[other]) / (size[at] + size[other])
                if average
                else np.maximum(similar[at], similar[other])
            )
            size[other] += size[at]
            alive[at] = False
            similar[other], similar[:, other] = joined, joined
            similar[other, other] = -np.inf
        else:
            chain.append(nearest)
    return sorted(found, reverse=True)


def iter_cuts(names: list[str], found: list[tuple[float, int, int]], step: float = 0.01) -> Iterator[dict[str, int]]:
    """Labels at every threshold from 1 down to 0."""
    root = list(range(len(names)))

    def find(n: int) -> int:
        while root[n] != n:
            root[n] = root[root[n]]
            n = root[n]
        return n

    at = 0
    for k in range(round(1 / step) + 1):
        while at < len(found) and found[at][0] >= 1 - k * step:
            root[find(found[at][1])] = find(found[at][2])
            at += 1
        yield {name: find(i) for i, name in enumerate(names)}


def best_labels(texts: Mapping[str, str], key: Mapping[str, Hashable]) -> dict[str, int]:
    """The labels of the highest B³ F1."""
    names = list(texts)
    if len(names) < 2:
        return {name: i for i, name in enumerate(names)}
    similar = cosines(texts)
    cuts = (cut for average in (True, False) for cut in iter_cuts(names, merges(similar, average=average)))
    return max(cuts, key=lambda cut: b_cubed(key, cut).f)
