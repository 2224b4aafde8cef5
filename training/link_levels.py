"""Pairs of tellings with the levels that they reach: compared once by the database, then scored by any weights.

In: rows, and what is known of them. Out: the pairs' levels as arrays; links as `score_pairs` would give them.
Never: a comparison that linking does not make.
"""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

from rashomon.link import LinkRow
from rashomon.link.comparisons import COMPARISONS, NULL, LinkWeights
from rashomon.link.score import open_tellings
from rashomon.records import Link

LABELS = {name: [level.label for level in levels if level.label != NULL] for name, levels in COMPARISONS.items()}
"""The levels of each comparison that weigh, in order: what the numbers in `Compared.levels` mean."""

Floats = NDArray[np.float64]
Numbers = NDArray[np.int64]
Flags = NDArray[np.bool_]


@dataclass(frozen=True, slots=True)
class Compared:
    """n pairs `ids[a[i]]`, `ids[b[i]]` (in the order of ids): `levels` `(n, comparisons)`, -1 where nothing is known;
    `met`: whether the two share a key.
    """

    ids: list[str]
    a: Numbers
    b: Numbers
    levels: Numbers
    met: Flags

    def among(self, kept: Flags) -> "Compared":
        """Only the pairs of which both tellings are kept (`kept`: by their places in `ids`)."""
        pairs = kept[self.a] & kept[self.b]
        return Compared(self.ids, self.a[pairs], self.b[pairs], self.levels[pairs], self.met[pairs])


def _levels_sql() -> str:
    cases = []
    for name, levels in COMPARISONS.items():
        number = {label: i for i, label in enumerate(LABELS[name])} | {NULL: -1}
        whens = " ".join(f"when {x.sql} then {number[x.label]}" for x in levels if x.sql != "ELSE")
        cases.append(f"(case {whens} else {number[levels[-1].label]} end)::bigint as c_{name}")
    return ", ".join(cases)


def compare_pairs(rows: Sequence[LinkRow], label: Mapping[str, object]) -> Compared:
    """All pairs that share a key, and those of one label and two pages that share none."""
    ids = sorted(r.unique_id for r in rows)
    with open_tellings(rows) as connection:
        connection.execute("create table labels (unique_id varchar, label varchar)")
        connection.executemany(
            "insert into labels values (?, ?)", [[i, str(x)] for i, x in label.items()] or [["", ""]]
        )
        connection.execute(
            "create view held as select tellings.*, labels.label, row_number() over (order by tellings.unique_id) - 1 "
            "as place from tellings left join labels using (unique_id)"
        )
        columns = [
            c[0] for c in connection.execute("describe tellings").fetchall() if c[0] not in ("keys", "unique_id")
        ]
        sides = ", ".join(f"{side}.{c} as {c}_{side}" for side in "lr" for c in columns)
        connection.execute(
            "create table pairs as with keyed as (select place, unnest(keys) as key from held) "
            "select a, b, bool_or(met) as met from ("
            "select distinct l.place as a, r.place as b, true as met from keyed l join keyed r using (key) "
            "where l.place < r.place union all "
            "select l.place, r.place, false from held l join held r using (label) where l.place < r.place "
            "and l.page <> r.page) group by a, b"
        )
        found = connection.execute(
            f"select a, b, met, {_levels_sql()} from "  # noqa: S608  (our own conditions)
            f"(select p.*, {sides} from pairs p join held l on p.a = l.place "
            "join held r on p.b = r.place) order by a, b"
        ).fetchnumpy()
    levels = np.stack([np.asarray(found[f"c_{name}"], dtype=np.int64) for name in COMPARISONS], axis=1)
    a, b = (np.asarray(found[side], dtype=np.int64) for side in "ab")
    return Compared(ids, a, b, levels, np.asarray(found["met"], dtype=bool))


def score_levels(compared: Compared, weights: LinkWeights) -> Floats:
    """The probability of each pair, as Splink has it: prior odds times the Bayes factors of all levels."""
    odds = np.full(len(compared.a), np.log(weights.prior / (1 - weights.prior)))
    for i, (name, labels) in enumerate(LABELS.items()):
        factors = [np.log(weights.m[name][x] / weights.u[name][x]) for x in labels]
        odds += np.array([*factors, 0.0])[compared.levels[:, i]]
    return np.asarray(1 / (1 + np.exp(-odds)))


def make_links(compared: Compared, probabilities: Floats, least: float) -> list[Link]:
    """Links (without their weights) of the pairs that share a key and are at least so likely."""
    kept = np.flatnonzero(compared.met & (probabilities >= least))
    ids, a, b = compared.ids, compared.a, compared.b
    return [Link(ids[a[i]], ids[b[i]], float(probabilities[i]), ()) for i in kept]
