"""The odds of the packaged weights (`rashomon.read.odds`): logistic regressions fitted on texts that we annotated.

In: evidence of annotated texts. Out: weights by question and value; how usual each effect is in acts of a type.
Never: a text of the test split, or one that the network was trained on (but for the shares of effects).

Each question is asked of what the ones before it gave: anchors are put together, then fillers attached, then types
chosen, then tellings weighed.
"""

from collections import Counter, defaultdict
from collections.abc import Callable, Iterable, Iterator, Sequence
from dataclasses import replace

import numpy as np
from numpy.typing import NDArray

from bench.matching import best_matching
from bench.tellings import alike, match_tellings
from corpus.annotated import AnnotatedTelling, AnnotatedText
from rashomon.read.evidence import Evidence
from rashomon.read.groups import (
    anchors_of,
    apart_in_list,
    filler_values,
    find_candidates,
    group_anchors,
    group_tellings,
    together_values,
)
from rashomon.read.model import Card
from rashomon.read.odds import QUESTIONS, Values
from rashomon.read.tellings import make_tellings, telling_values, type_values
from rashomon.vocabulary import EFFECTS, INCIDENT_TYPES
from training.sources.ours import layer_of

Rows = tuple[NDArray[np.float32], NDArray[np.bool_]]
"""Values `(n, values)` and whether the answer is yes `(n,)`."""
Read = tuple[AnnotatedText, Evidence]
RIDGE, STEPS = 1.0, 30
_BESIDE = 0.1
"""What an anchor in the passage of another counts beside one that is the other."""


def fit_logistic(values: NDArray[np.float32], right: NDArray[np.bool_]) -> NDArray[np.float64]:
    """`(n, values)`, `(n,)` → weights `(values,)` (Newton's method with a small ridge)."""
    x, y = values.astype(np.float64), right.astype(np.float64)
    w = np.zeros(x.shape[1])
    for _ in range(STEPS):
        p = 1 / (1 + np.exp(-np.clip(x @ w, -30, 30)))
        hessian = (x * (p * (1 - p))[:, None]).T @ x + RIDGE * np.eye(len(w))
        step = np.linalg.solve(hessian, x.T @ (y - p) - RIDGE * w)
        w += step
        if np.abs(step).max() < 1e-6:
            break
    return w


def fit_odds(card: Card, read: Sequence[Read]) -> Card:
    """The card with the weights of all questions, in turn."""
    asked: dict[str, Callable[[Card, Read], Rows]] = {
        "together": ask_together, "filler": ask_fillers, "type": ask_types, "telling": ask_tellings,
    }  # fmt: skip
    for question, ask in asked.items():
        rows = [r for held in read if len((r := ask(card, held))[1])]
        values, right = (np.concatenate(x) for x in zip(*rows, strict=True))
        weights = fit_logistic(values, right)
        fitted = {name: round(float(w), 4) for name, w in zip(QUESTIONS[question], weights, strict=True)}
        card = replace(card, odds={**card.odds, question: fitted})
        print(f"{question:10} {len(right)} rows, {right.mean():.3f} right", flush=True)
    return card


def _told_at(read: Read, index: int) -> set[int]:
    """Numbers of the annotated tellings that have an anchor where this span is."""
    annotated, evidence = read
    span = evidence.spans[index]
    return {
        n for n, t in enumerate(annotated.tellings)
        if any(a < span.end_char and span.start_char < b for a, b in t.anchors)
    }  # fmt: skip


def _rows(question: str, values: Values, size: Sequence[int]) -> NDArray[np.float32]:
    """`(*size, values)` in the order of their names."""
    named = [np.broadcast_to(values[name], size) for name in QUESTIONS[question]]
    return np.stack(named, axis=-1).astype(np.float32)


def _nothing(question: str) -> Rows:
    return np.zeros((0, len(QUESTIONS[question])), np.float32), np.zeros(0, bool)


def ask_together(card: Card, read: Read) -> Rows:
    """Pairs of anchors that both stand in annotated tellings."""
    del card
    evidence = read[1]
    anchors = anchors_of(evidence)
    told = [_told_at(read, i) for i in anchors]
    if len(anchors) < 2:
        return _nothing("together")
    known = np.array([bool(t) for t in told])
    asked = np.triu(known[:, None] & known[None, :] & ~apart_in_list(evidence, anchors, anchors), 1)
    same = np.array([[bool(a & b) for b in told] for a in told])
    return _rows("together", together_values(evidence, anchors), asked.shape)[asked], same[asked]


def _match_groups(read: Read, groups: Iterable[Sequence[int]]) -> dict[int, AnnotatedTelling]:
    """The annotated telling of each group of anchors (indexes of spans) that has one."""
    annotated, evidence = read
    table = []
    for group in groups:
        at = Counter(n for i in group for n in _told_at(read, i))
        passages = {evidence.passages[p] for i in group if (p := evidence.passage(i)) >= 0}
        beside = [
            any(p.start_char <= a < p.end_char for a, _ in t.anchors for p in passages) for t in annotated.tellings
        ]
        table.append([at[n] + _BESIDE * near for n, near in enumerate(beside)])
    return {a: annotated.tellings[b] for a, b in best_matching(table)}


def _mentions(telling: AnnotatedTelling) -> dict[str, list[tuple[int, int]]]:
    """All mentions by layer."""
    held: dict[str, list[tuple[int, int]]] = defaultdict(list)
    for filler in telling.fillers:
        held[layer_of(filler)] += filler.mentions
    held["by"] += telling.by
    held["outcome"] += [telling.outcome] if telling.outcome else []
    held["perp_actor"] = held["perp_org"] = held["perp_actor"] + held["perp_org"]
    held["place"] = held["site"] = held["place"] + held["site"]
    held["target_human"] = held["target_physical"] = held["target_human"] + held["target_physical"]
    return held


def ask_fillers(card: Card, read: Read) -> Rows:
    """Every candidate for every group."""
    evidence = read[1]
    anchors = anchors_of(evidence)
    if not anchors:
        return _nothing("filler")
    _, groups = group_anchors(evidence, anchors, card)
    candidates = find_candidates(evidence, anchors)
    size = (len(candidates.fillers), len(groups))
    values = _rows("filler", filler_values(evidence, anchors, groups, candidates), size)
    matched = _match_groups(read, ([anchors[i] for i in g] for g in groups))
    wanted = {n: _mentions(t) for n, t in matched.items()}
    near = candidates.near_groups(groups)
    right = np.zeros(near.shape, dtype=bool)
    for row, index in enumerate(candidates.fillers):
        span = evidence.spans[index]
        where = (span.start_char, span.end_char)
        for n, mentions in wanted.items():
            right[row, n] = any(alike(where, m) for m in mentions[span.layer])
    return values[near], right[near]


def ask_types(card: Card, read: Read) -> Rows:
    """Every type of every group that stands in an annotated telling."""
    rows, right = [], []
    for group in group_tellings(read[1], card):
        at = Counter(n for i in group.anchors for n in _told_at(read, i))
        if at:
            told = read[0].tellings[at.most_common(1)[0][0]]
            rows.append(_rows("type", type_values(read[1], group), (len(INCIDENT_TYPES),)))
            right.append(np.array([t in told.types for t in INCIDENT_TYPES]))
    return (np.concatenate(rows), np.concatenate(right)) if rows else _nothing("type")


def ask_tellings(card: Card, read: Read) -> Rows:
    """Every group, as it is scored."""
    annotated, evidence = read
    groups = group_tellings(evidence, card)
    told = make_tellings(evidence, "", groups, [], card)
    matched = {i for i, _ in match_tellings(annotated, told)}
    if not told:
        return _nothing("telling")
    rows = [_rows("telling", telling_values(evidence, g, t.types), ()) for g, t in zip(groups, told, strict=True)]
    return np.stack(rows), np.array([i in matched for i in range(len(told))])


def effect_shares(texts: Iterable[AnnotatedText]) -> dict[str, dict[str, float]]:
    """By type, the share of each effect among the targets of its tellings; every effect is taken to be seen once."""
    counts = {t: Counter(EFFECTS) for t in INCIDENT_TYPES}
    for types, effect in _effects(texts):
        for t in types:
            counts[t][effect] += 1
    return {t: {e: round(n / held.total(), 5) for e, n in held.items()} for t, held in counts.items()}


def _effects(texts: Iterable[AnnotatedText]) -> Iterator[tuple[tuple[str, ...], str]]:
    for text in texts:
        for telling in text.tellings:
            for target in telling.of_role("target"):
                if effect := target.attribute(EFFECTS):
                    yield telling.types, effect
