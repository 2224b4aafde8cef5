"""The weights of linking: `python -m training.linking`, which writes `src/rashomon/link/weights.json`.

In: labelled tellings (link_pairs.py), read by the packaged reader. Out: m and u of every level of every comparison, the
prior and the mean probability from which groups merge; the same without each part of ECB+'s topics (`link_folds.json`),
by which `python -m bench coreference` scores topics that the weights have not seen. Never: training when a case is
linked.

1. m is the share of pairs of one incident that reach a level, u that of pairs of two incidents that share a key; each
   source counts the same, each topic within it too, and every level gets some pairs for nothing (`SMOOTHING`). Two
   incidents of one kind are rare among all pairs but are what is taken for one: they are `KIN` of a source's pairs of
   two.
2. Comparisons repeat each other (the names of a telling are among its words), so that their weights may not simply be
   added. Each comparison gets an exponent, 0.1 to 1, by logistic regression on the pairs: m' ∝ u (m / u)^exponent.
3. The prior and the merging probability are those of the best mean B³ of the sources, clustered as a case is, each with
   what is common in it (link/common.py).
"""

import argparse
import os
import time
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, replace
from pathlib import Path

import msgspec
import numpy as np

from bench.clustering import b_cubed
from bench.link_folds import FOLDS, Fold
from rashomon.link import cluster_tellings, find_again
from rashomon.link.common import Common, learn_common
from rashomon.link.comparisons import COMPARISONS, WEIGHTS, LinkWeights
from rashomon.link.components import Floats
from rashomon.link.score import LEAST_PROBABILITY
from training.link_levels import LABELS, Compared, Flags, Numbers, compare_pairs, make_links
from training.link_pairs import Labelled, load_sources, topics_of

DATA = Path(os.environ.get("RASHOMON_DATA") or Path(__file__).parents[2] / "shared" / "data")
SMOOTHING, PAIRS = 1.0, 300.0
PRIORS = (0.06, 0.09, 0.13)
MERGES = (0.35, 0.45, 0.55)
FIRST_PRIOR, FIRST_MERGE = 0.02, 0.5
LEAST_EXPONENT = 0.1
KIN = 0.5
"""Of 0.3, 0.5 and 0.6 on ECB+ by folds (2026-11-29): nearly the same; as they come (0.07) cost two points of B³."""
STEPS, RATE, TOWARDS_ONE = 1000, 0.02, 0.002
FOLD_COUNT = 4


@dataclass(frozen=True, slots=True)
class Pairs:
    """Labelled pairs of one source, of two pages: the level reached by comparison (-1: unknown), whether a pair is of
    one incident, whether the two share a key, and what share of the pairs of one incident (or of two) it is.
    """

    levels: Numbers
    same: Flags
    met: Flags
    share: Floats


@dataclass(frozen=True, slots=True)
class Source:
    """A source with its pairs compared."""

    labelled: Labelled
    compared: Compared

    def without(self, topics: frozenset[str]) -> "Source":
        """The source as if it did not hold these topics (of ECB+)."""
        rows = [r for r in self.labelled.rows if self.labelled.topic.get(r.unique_id) not in topics]
        left = {r.unique_id for r in rows}
        kept = np.array([i in left for i in self.compared.ids], dtype=bool)
        return Source(self.labelled.among(rows), self.compared.among(kept))


def label_pairs(source: Source) -> Pairs:
    """The pairs of which it is known whether they are of one incident; pairs of two strangers are left out."""
    compared, labelled = source.compared, source.labelled
    number = {x: n for n, x in enumerate(dict.fromkeys(labelled.label.values()))}
    page = {r.unique_id: n for n, r in enumerate(sorted(labelled.rows, key=lambda r: r.page))}
    pages = {r.page: page[r.unique_id] for r in labelled.rows}
    of_page = {r.unique_id: pages[r.page] for r in labelled.rows}
    labels = np.array([number[labelled.label[i]] if i in labelled.label else -1 for i in compared.ids])
    known = np.array([i in labelled.label or i in labelled.strangers for i in compared.ids])
    where = np.array([of_page.get(i, -1) for i in compared.ids])
    a, b = compared.a, compared.b
    kept = known[a] & known[b] & ((labels[a] >= 0) | (labels[b] >= 0)) & (where[a] != where[b])
    same, met = (labels[a] == labels[b])[kept], compared.met[kept]
    topics = sorted(set(labelled.topic.values()))
    topic = np.array([topics.index(labelled.topic[i]) if i in labelled.topic else -1 for i in compared.ids])
    common = np.where(topic[a] == topic[b], topic[a], -1)[kept]
    return Pairs(compared.levels[kept], same, met, pair_shares(same, met, common))


def pair_shares(same: Flags, met: Flags, topic: Numbers) -> Floats:
    """What each pair counts for; `topic` that both are of, -1 if there is none. Each topic counts the same.

    >>> two = np.array([False, False, False])
    >>> pair_shares(two, ~two, np.array([4, -1, -1])).tolist()
    [0.5, 0.25, 0.25]
    """
    share = np.zeros(len(same))
    share[same] = _even(topic[same])
    kin, apart = ~same & met & (topic >= 0), ~same & met & (topic < 0)
    share[kin], share[apart] = KIN * _even(topic[kin]), (1 - KIN if kin.any() else 1.0) * _even(topic[apart])
    return share


def _even(group: Numbers) -> Floats:
    """Shares that are the same for each group, and sum to one."""
    _, of, counts = np.unique(group, return_inverse=True, return_counts=True)
    return np.asarray(1 / (counts[of] * max(1, len(counts))), dtype=np.float64)


def level_shares(sources: Sequence[Pairs], column: int, count: int, *, same: bool) -> Floats:
    """The mean over the sources of the share of pairs that reach each of `count` levels, smoothed."""
    total, weight = np.zeros(count), 0.0
    for pairs in sources:
        told = (pairs.same == same) & (pairs.share > 0) & (pairs.levels[:, column] >= 0)
        if told.any():
            reached = np.bincount(pairs.levels[told, column], pairs.share[told], count)
            total += reached / reached.sum() * min(PAIRS, told.sum())
            weight += min(PAIRS, told.sum())
    return (total + SMOOTHING) / (weight + SMOOTHING * count)


def damped(m: Floats, u: Floats, exponent: float) -> tuple[Floats, float]:
    """`u (m / u)^exponent` as shares, and the sum that they were divided by.

    >>> damped(np.array([0.8, 0.2]), np.array([0.2, 0.8]), 1.0)[0].tolist()
    [0.8, 0.2]
    """
    raised = u * (m / u) ** exponent
    return raised / raised.sum(), float(raised.sum())


def fit_exponents(sources: Sequence[Pairs], m: list[Floats], u: list[Floats]) -> Floats:
    """One exponent a comparison (Adam on the log loss; sources, and pairs that are and are not, weigh the same)."""
    width = len(m)
    weights = [np.concatenate([np.log(a / b), [0.0]]) for a, b in zip(m, u, strict=True)]
    levels, share = (np.concatenate(x) for x in zip(*((p.levels, p.share) for p in sources), strict=True))
    wanted = np.concatenate([p.same for p in sources]).astype(float)
    # pairs that reach the same levels are one row with the sum of their shares
    alike, which = np.unique(np.concatenate([levels, wanted[:, None].astype(int)], axis=1), axis=0, return_inverse=True)
    share = np.bincount(which.ravel(), share / share.sum(), len(alike))
    levels, wanted = alike[:, :-1], alike[:, -1].astype(float)
    x = np.stack([w[levels[:, i]] for i, w in enumerate(weights)], axis=1)
    known = (levels >= 0).astype(float)
    values = np.concatenate([np.full(width, 0.6), [0.0]])
    first, second = np.zeros(width + 1), np.zeros(width + 1)
    for step in range(1, STEPS + 1):
        held = [damped(a, b, e) for a, b, e in zip(m, u, values, strict=False)]
        log_sums = np.array([np.log(s) for _, s in held])
        slopes = np.array([float(d @ w[:-1]) for (d, _), w in zip(held, weights, strict=True)])
        score = values[-1] + x @ values[:-1] - known @ log_sums
        error = (1 / (1 + np.exp(-score)) - wanted) * share
        gradient = np.concatenate([error @ (x - known * slopes), [error.sum()]])
        gradient[:-1] += TOWARDS_ONE * (values[:-1] - 1) / width
        first, second = 0.9 * first + 0.1 * gradient, 0.999 * second + 0.001 * gradient**2
        values -= RATE * (first / (1 - 0.9**step)) / (np.sqrt(second / (1 - 0.999**step)) + 1e-9)
        values[:-1] = np.clip(values[:-1], LEAST_EXPONENT, 1.0)
    return values[:-1]


def estimate(sources: Sequence[Pairs], made: str = "") -> LinkWeights:
    """Weights before prior and merging probability are chosen."""
    counts = [len(LABELS[name]) for name in COMPARISONS]
    m = [level_shares(sources, i, n, same=True) for i, n in enumerate(counts)]
    u = [level_shares(sources, i, n, same=False) for i, n in enumerate(counts)]
    exponents = fit_exponents(sources, m, u)
    shares = [damped(a, b, float(e))[0] for a, b, e in zip(m, u, exponents, strict=True)]
    told = {name: round(float(e), 3) for name, e in zip(COMPARISONS, exponents, strict=True)}

    def table(values: Sequence[Floats]) -> dict[str, dict[str, float]]:
        return {
            name: dict(zip(LABELS[name], (round(float(x), 6) for x in held), strict=True))
            for name, held in zip(COMPARISONS, values, strict=True)
        }

    return LinkWeights(FIRST_PRIOR, FIRST_MERGE, table(shares), table(u), told, made)


def measure_b_cubed(source: Source, weights: LinkWeights, common: Common) -> float:
    """B³ F1 of the labelled tellings when all of the source is linked; strangers are noise."""
    labelled, compared = source.labelled, source.compared
    # how strangers group among themselves counts nowhere
    told = {r.page for r in labelled.rows if r.unique_id in labelled.label}
    known = np.array([page in told for page in compared.pages])
    beside = compared.met & (known[compared.a] | known[compared.b])
    links = make_links(replace(compared, met=beside), weights, LEAST_PROBABILITY, common)
    page_of, again = dict(zip(compared.ids, compared.pages, strict=True)), find_again(labelled.rows)
    groups = cluster_tellings(page_of, links, merge_at=weights.merge_at, again=again)
    found = {t: n for n, g in enumerate(groups) for t in g.tellings}
    return b_cubed(labelled.label, {t: n for t, n in found.items() if t in labelled.label or t in labelled.strangers}).f


def choose_prior(sources: Sequence[Source], weights: LinkWeights) -> LinkWeights:
    """The weights with the prior and the merging probability of the best mean B³."""
    best = (0.0, weights)
    for prior in PRIORS:
        moved = msgspec.structs.replace(weights, prior=prior)
        common = [learn_common(s.compared.levels[s.compared.met], moved) for s in sources]
        for merge_at in MERGES:
            chosen = msgspec.structs.replace(moved, merge_at=merge_at)
            scores = [measure_b_cubed(s, chosen, c) for s, c in zip(sources, common, strict=True)]
            print(f"prior {prior}, merge_at {merge_at}: log odds", [round(c.odds, 2) for c in common],
                  "B³", [round(x, 2) for x in scores], flush=True)  # fmt: skip
            best = max(best, (sum(scores) / len(scores), chosen), key=lambda x: x[0])
    return best[1]


def weigh(sources: Sequence[Source], made: str) -> LinkWeights:
    """Weights of these sources, everything chosen on them."""
    weights = estimate([label_pairs(s) for s in sources if not s.labelled.by_rule], made)
    print("exponents", weights.exponents, flush=True)
    return choose_prior(sources, weights)


def iter_folds(sources: Sequence[Source], made: str) -> Iterator[Fold]:
    """ECB+'s topics of the key in `FOLD_COUNT` parts, each with weights of everything else."""
    topics = topics_of(sources[0].labelled)
    for n in range(FOLD_COUNT):
        held_back = topics[n::FOLD_COUNT]
        print("without the topics", *held_back, flush=True)
        left = [s.without(frozenset(held_back)) for s in sources]
        yield Fold(held_back, weigh(left, f"{made}, without ECB+'s topics {', '.join(held_back)}"))


def main() -> None:
    """Read, compare, estimate, choose, write."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--keep", type=Path, help="keep what was read in this folder, and take it from there")
    parser.add_argument("--without", default="", help="leave these sources out, with commas between (ecbplus stays)")
    parser.add_argument("--out", type=Path, default=WEIGHTS)
    parser.add_argument("--folds", type=Path, default=FOLDS)
    args = parser.parse_args()
    started = time.perf_counter()
    labelled = load_sources(DATA, args.keep, args.without.split(","))
    print(_took("read", started), flush=True)
    sources = [Source(x, compare_pairs(x.rows, x.label)) for x in labelled]
    for source in sources:
        held = label_pairs(source)
        lost = (held.same & ~held.met).sum() / max(1, held.same.sum())
        print(f"{source.labelled.name}: {held.same.sum()} pairs of one incident, {(~held.same).sum()} of two; "
              f"blocking loses {lost:.2%}", flush=True)  # fmt: skip
    made = "training/linking.py on " + ", ".join(x.name for x in labelled)
    args.out.write_bytes(msgspec.json.format(msgspec.json.encode(weigh(sources, made)), indent=1) + b"\n")
    folds = list(iter_folds(sources, made))
    args.folds.write_bytes(msgspec.json.format(msgspec.json.encode(folds), indent=1) + b"\n")
    print(_took("done", started))


def _took(what: str, started: float) -> str:
    return f"{what} after {time.perf_counter() - started:.0f} s ({time.process_time():.0f} s of processor time)"


if __name__ == "__main__":
    main()
