"""Two incidents of one kind, told in nearly the same words, that average linkage alone would make one.

In: the words of two groups of tellings and of their articles. Out: whether the groups stand apart. Never: a group of a
single article, which resembles itself in nothing that could be held against others.

How much two articles share differs from kind to kind: two arrests of two sportsmen share more than many tellings of one
riot. So no resemblance is high enough for all. But articles that tell one incident resemble those that they are put
together with about as much as each other. The mean cosine between two groups, over the (geometric) mean of those within
them, is the cosine of what the groups have in common, free of what is each article's own (Spearman's correction for
attenuation, 1904); it does not depend on how large the groups are. A report and a yearly list may tell one incident in
very different company, so the passages that tell it must differ as well.
"""

from dataclasses import dataclass
from typing import Any

import numpy as np
from numpy.typing import NDArray

from rashomon.link.components import AnyPlaces, Floats, Numbers

ALIKE, TOLD_ALIKE = 0.65, 0.8
"""Groups that stay two resemble each other less in their articles, and less in their passages. Set on ECB+'s eleven
topics of incidents as four variants of the reader read them (2026-12-01): B³ of documents 86.4 without it, 93.4 with
it, and as much by the articles alone (of these 0.6 and 0.7 are as good); passages with 0.65 and 0.5: 91.7, 89.6."""
FEWEST = 2
"""Articles of a group that can stand apart: of 2, 3 and 4 (by articles alone) 93.5, 91.9 and 90.9."""
ENOUGH = 24
"""Articles of a group that are looked at."""
_NOTHING = 0.01
"""Articles of one incident resemble each other at least so much."""

Words = NDArray[np.int32]


@dataclass(frozen=True, slots=True)
class Company:
    """What tellings stand in. `page` `(tellings,)`: the number of each one's article (-1: not known); `articles`
    `(articles, most)` and `passages` `(tellings, most)`: the numbers of their words, in each row none twice (0: none);
    `weights`: what each word adds to a cosine (shared.py).
    """

    page: Numbers
    articles: Words
    passages: Words
    weights: NDArray[np.float32]

    def at(self, places: AnyPlaces, count: int) -> "Company":
        """The same for `count` tellings of which these have places."""
        page, passages = np.full(count, -1, dtype=np.int64), np.zeros((count, self.passages.shape[1]), dtype=np.int32)
        page[places], passages[places] = self.page, self.passages
        return Company(page, self.articles, passages, self.weights)

    def apart(self, a: AnyPlaces, b: AnyPlaces) -> bool:
        """Whether two groups of tellings are to stay two."""
        one, other = self._one_an_article(a), self._one_an_article(b)
        if min(len(one), len(other)) < FEWEST:
            return False
        if self._resemblance(self.articles[self.page[one]], self.articles[self.page[other]]) >= ALIKE:
            return False
        return self._resemblance(self.passages[one], self.passages[other]) < TOLD_ALIKE

    def _one_an_article(self, tellings: AnyPlaces) -> Numbers:
        ordered: Numbers = np.sort(tellings.astype(np.int64))
        pages, first = np.unique(self.page[ordered], return_index=True)
        return np.asarray(ordered[first[pages >= 0][:ENOUGH]])

    def _resemblance(self, one: Words, other: Words) -> float:
        words, which = np.unique(np.concatenate([one, other]), return_inverse=True)
        which = which.ravel()
        x = np.bincount(which[: one.size], self._unit(one).ravel(), len(words))
        y = np.bincount(which[one.size :], self._unit(other).ravel(), len(words))
        between = float(x @ y) / (len(one) * len(other))
        return between / float(np.sqrt(_within(x, len(one)) * _within(y, len(other))))

    def _unit(self, words: Words) -> Floats:
        """Vectors of length one, an entry for each word."""
        squares = self.weights[words].astype(np.float64)
        return np.asarray(np.sqrt(squares / np.maximum(squares.sum(axis=1, keepdims=True), 1e-9)))


def _within(total: NDArray[Any], count: int) -> float:
    """The mean cosine of `count` unit vectors of this sum, each with the others."""
    return max(_NOTHING, (float(total @ total) - count) / (count * (count - 1)))
