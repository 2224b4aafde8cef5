"""The weights of linking: `python -m training.linking`, which writes `src/rashomon/link/weights.json`.

In: labelled tellings (link_pairs.py), read by the packaged reader. Out: m and u of every level of every comparison, the
prior and the mean probability from which groups merge. Never: training when a case is linked.

1. m is the share of pairs of one incident that reach a level, u that of pairs of two incidents that share a key; each
   source counts the same, and every level gets some pairs for nothing (`SMOOTHING`).
2. Comparisons repeat each other (the names of a telling are among its words), so that their weights may not simply be
   added. Each comparison gets an exponent, 0.1 to 1, by logistic regression on the pairs: m' ∝ u (m / u)^exponent.
3. The prior and the merging probability are those of the best mean B³ of the sources, clustered as a case is.
"""

import argparse
import os
import pickle
from collections.abc import Sequence
from dataclasses import dataclass, replace
from pathlib import Path

import msgspec
import numpy as np
from numpy.typing import NDArray

from bench.clustering import b_cubed
from rashomon.link import cluster_tellings, find_again, score_pairs
from rashomon.link.comparisons import COMPARISONS, NULL, WEIGHTS, LinkWeights
from rashomon.link.score import open_tellings
from rashomon.records import Link
from training.link_pairs import Labelled, from_demo, from_ecbplus, from_muc4

DATA = Path(os.environ.get("RASHOMON_DATA") or Path(__file__).parents[2] / "shared" / "data")
SMOOTHING, PAIRS = 1.0, 300.0
PRIORS = (0.02, 0.04, 0.08, 0.12, 0.16)
MERGES = (0.4, 0.5)
MERGE_AT, LEAST = 0.5, 0.02
LEAST_EXPONENT = 0.1
STEPS, RATE, TOWARDS_ONE = 3000, 0.02, 0.002
LABELS = {name: [level.label for level in levels if level.label != NULL] for name, levels in COMPARISONS.items()}
Floats = NDArray[np.float64]


@dataclass(frozen=True, slots=True)
class Pairs:
    """Pairs of one source: for each the level reached by comparison (-1: unknown), whether it is of one incident, and
    whether the two share a key.
    """

    levels: NDArray[np.int64]
    same: NDArray[np.bool_]
    met: NDArray[np.bool_]


def _levels_sql() -> str:
    cases = []
    for name, levels in COMPARISONS.items():
        number = {label: i for i, label in enumerate(LABELS[name])} | {NULL: -1}
        whens = " ".join(f"when {x.sql} then {number[x.label]}" for x in levels if x.sql != "ELSE")
        cases.append(f"case {whens} else {number[levels[-1].label]} end as c_{name}")
    return ", ".join(cases)


def compare_pairs(labelled: Labelled) -> Pairs:
    """Pairs of different pages that share a key or are of one incident; pairs of two strangers are left out."""
    with open_tellings(labelled.rows) as connection:
        connection.execute("create table labels (unique_id varchar, label varchar)")
        told = [[i, str(x)] for i, x in labelled.label.items()] + [[i, None] for i in sorted(labelled.strangers)]
        connection.executemany("insert into labels values (?, ?)", told)
        connection.execute("create view held as select * from tellings join labels using (unique_id)")
        columns = [c[0] for c in connection.execute("describe held").fetchall() if c[0] not in ("keys", "unique_id")]
        sides = ", ".join(f"{side}.{c} as {c}_{side}" for side in "lr" for c in columns)
        connection.execute(
            "create table pairs as "
            "with keyed as (select unique_id, page, unnest(keys) as key from held), "
            "met as (select distinct l.unique_id a, r.unique_id b from keyed l join keyed r using (key) "
            "  where l.unique_id < r.unique_id and l.page <> r.page), "
            "same as (select l.unique_id a, r.unique_id b from held l join held r using (label) "
            "  where l.unique_id < r.unique_id and l.page <> r.page) "
            "select a, b, bool_or(met) met from (select a, b, true met from met union all "
            "  select a, b, false met from same) group by a, b"
        )
        rows = connection.execute(
            f"select coalesce(label_l = label_r, false), met, {_levels_sql()} from "  # noqa: S608  (our own conditions)
            f"(select p.met, {sides} from pairs p join held l on p.a = l.unique_id join held r on p.b = r.unique_id) "
            "where label_l is not null or label_r is not null order by all"
        ).fetchall()
    table = np.array(rows, dtype=np.int64).reshape(len(rows), 2 + len(COMPARISONS))
    return Pairs(table[:, 2:], table[:, 0].astype(bool), table[:, 1].astype(bool))


def level_shares(sources: Sequence[Pairs], column: int, count: int, *, same: bool) -> Floats:
    """The mean over the sources of the share of pairs that reach each of `count` levels, smoothed."""
    total, weight = np.zeros(count), 0.0
    for pairs in sources:
        reached = pairs.levels[(pairs.same == same) & (pairs.met | same), column]
        reached = reached[reached >= 0]
        if len(reached):
            total += np.bincount(reached, minlength=count) / len(reached) * min(PAIRS, len(reached))
            weight += min(PAIRS, len(reached))
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
    parts = [
        (p.levels[held], np.full(held.sum(), 0.5 / max(1, held.sum())), p.same[held].astype(float))
        for p in sources for held in (p.same, ~p.same & p.met) if held.any()
    ]  # fmt: skip
    levels, share, wanted = (np.concatenate(x) for x in zip(*parts, strict=True))
    share = share / share.sum()
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


def estimate(sources: Sequence[Pairs], made: str = "") -> tuple[LinkWeights, dict[str, float]]:
    """Weights with a prior of 0.02, and the exponents."""
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

    return LinkWeights(0.02, MERGE_AT, table(shares), table(u), made), told


def _shifted(links: Sequence[Link], prior: float, new: float) -> list[Link]:
    """The links as another prior would have scored them."""
    change = np.log(new / (1 - new)) - np.log(prior / (1 - prior))
    p = np.clip(np.array([x.probability for x in links]), 1e-9, 1 - 1e-9)
    moved = 1 / (1 + np.exp(-(np.log(p / (1 - p)) + change)))
    return [replace(x, probability=float(q)) for x, q in zip(links, moved, strict=True)]


def measure_b_cubed(labelled: Labelled, links: Sequence[Link], merge_at: float) -> float:
    """B³ F1 of the labelled tellings when all of the source is linked; strangers are noise."""
    page_of = {r.unique_id: r.page for r in labelled.rows}
    groups = cluster_tellings(page_of, links, merge_at=merge_at, again=find_again(labelled.rows))
    found = {t: n for n, g in enumerate(groups) for t in g.tellings}
    return b_cubed(labelled.label, {t: n for t, n in found.items() if t in labelled.label or t in labelled.strangers}).f


def choose_prior(sources: Sequence[Labelled], weights: LinkWeights) -> LinkWeights:
    """The weights with the prior and the merging probability of the best mean B³."""
    least = 0.002
    links = [score_pairs(s.rows, min_probability=least, weights=weights) for s in sources]
    best = (0.0, 0.0, 0.0)
    for prior in PRIORS:
        moved = [[x for x in _shifted(held, weights.prior, prior) if x.probability >= LEAST] for held in links]
        for merge_at in MERGES:
            scores = [measure_b_cubed(s, held, merge_at) for s, held in zip(sources, moved, strict=True)]
            print(prior, merge_at, [round(x, 2) for x in scores], flush=True)
            best = max(best, (sum(scores) / len(scores), prior, merge_at))
    return msgspec.structs.replace(weights, prior=best[1], merge_at=best[2])


def load_sources(kept: Path | None) -> list[Labelled]:
    """Read all sources; `kept` is a file that keeps them between runs."""
    if kept and kept.exists():
        found: list[Labelled] = pickle.loads(kept.read_bytes())
        return found
    sources = [from_ecbplus(DATA / "ecbplus"), from_muc4(DATA / "muc4"), from_demo()]
    if kept:
        kept.write_bytes(pickle.dumps(sources))
    return sources


def main() -> None:
    """Estimate, choose, write."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--keep", type=Path, help="keep what was read in this file, and take it from there")
    parser.add_argument("--out", type=Path, default=WEIGHTS)
    parser.add_argument("--without", default="", help="leave these sources out, with commas between")
    args = parser.parse_args()
    sources = [s for s in load_sources(args.keep) if s.name not in args.without.split(",")]
    pairs = [compare_pairs(s) for s in sources]
    for source, held in zip(sources, pairs, strict=True):
        lost = (held.same & ~held.met).sum() / max(1, held.same.sum())
        print(f"{source.name}: {held.same.sum()} pairs of one incident, {(~held.same).sum()} of two; {lost:.2%} lost")
    weights, exponents = estimate(pairs, "training/linking.py on " + ", ".join(s.name for s in sources))
    print(exponents)
    chosen = choose_prior(sources, weights)
    args.out.write_bytes(msgspec.json.format(msgspec.json.encode(chosen), indent=1) + b"\n")


if __name__ == "__main__":
    main()
