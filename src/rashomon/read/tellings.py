"""Tellings: evidence put together, one record an incident that the article tells.

In: the evidence of one article. Out: tellings with all their fillers' spans and scores, and their vectors.
Never: a value that has no span.
"""

import hashlib
from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass
from functools import partial
from typing import TypeVar

import numpy as np

from rashomon.read.evidence import Evidence
from rashomon.read.fillers import (
    actor_filler,
    best_label,
    coreferent_groups,
    count_filler,
    instrument_filler,
    place_filler,
    span_of,
    target_filler,
)
from rashomon.read.groups import Group
from rashomon.read.heads import PLACE_LAYERS
from rashomon.read.model import Card
from rashomon.read.odds import FILLER_LAYERS, Floats, Values, answer, log_odds
from rashomon.records import Statement, Telling, TimeFiller
from rashomon.spans import Span, cover, take_span
from rashomon.vocabulary import EFFECTS, INCIDENT_TYPES

Record = TypeVar("Record")

_TOLD_BY = ("perp_actor", "perp_org", "target_human", "target_physical", "instrument", "count")
"""Layers whose spans say of what type the act is."""
_NOTHING_TOLD = 0.1
"""What fillers are taken to say for a telling's types where there are none."""
_USUAL = 0.5
"""How much what is usual in acts of a type counts beside what the words say, which have learnt some of it."""


def _filler_score(group: Sequence[int], likely: dict[int, float]) -> float:
    return round(max(likely[i] for i in group), 4)


def _records(
    evidence: Evidence,
    group: Group,
    layers: Sequence[str],
    make: Callable[[Evidence, Sequence[int], float], Record],
    coreferent: float,
) -> tuple[Record, ...]:
    """One record for each set of coreferent fillers; layers are kept apart (a group is not its members)."""
    out: list[Record] = []
    for layer in layers:
        likely = dict(group.fillers.get(layer, []))
        groups = coreferent_groups(evidence, sorted(likely), coreferent)
        out += [make(evidence, g, _filler_score(g, likely)) for g in groups]
    return tuple(out)


def _best_span(evidence: Evidence, group: Group, layer: str) -> tuple[Span, float] | None:
    found = group.fillers.get(layer, [])
    if not found:
        return None
    index, likely = max(found, key=lambda f: f[1])
    return span_of(evidence, index), round(likely, 4)


def _passage_types(evidence: Evidence, group: Group) -> Floats:
    """`(types,)`: what the passages of its anchors tell."""
    around = sorted({p for i in group.anchors if (p := evidence.passage(i)) >= 0})
    return evidence.passage_types[around].max(axis=0) if around else np.full(len(INCIDENT_TYPES), 0.05, np.float32)


def type_values(evidence: Evidence, group: Group) -> Values:
    """`(types,)`: what is weighed for the question `type`."""
    rows = evidence.scores.types[list(group.anchors)]
    told = [(i, likely) for layer in _TOLD_BY for i, likely in group.fillers.get(layer, ())]
    by_fillers = np.zeros(len(INCIDENT_TYPES), np.float32)
    if told:
        spans, likely = zip(*told, strict=True)
        by_fillers = log_odds((evidence.scores.types[list(spans)].T * likely).max(axis=1))
    return {
        "mean": log_odds(rows.mean(axis=0)),
        "best": log_odds(rows.max(axis=0)),
        "passage": log_odds(_passage_types(evidence, group)),
        "fillers": by_fillers,
        "no_fillers": np.full(1, not told),
    } | dict(zip(INCIDENT_TYPES, np.eye(len(INCIDENT_TYPES), dtype=np.float32), strict=True))


def _types(evidence: Evidence, group: Group, card: Card) -> tuple[tuple[str, ...], tuple[float, ...]]:
    """Types of a telling with their probabilities, the likeliest first; never none."""
    likely = answer("type", type_values(evidence, group), card.odds)
    order = np.argsort(-likely, kind="stable")
    kept = [int(i) for i in order if likely[i] >= card.thresholds.get("types", 0.5)] or [int(order[0])]
    return tuple(INCIDENT_TYPES[i] for i in kept), tuple(round(float(likely[i]), 4) for i in kept)


def telling_values(evidence: Evidence, group: Group, types: Sequence[str]) -> Values:
    """`()`: what is weighed for the question `telling`, of one that is told to be of these types."""
    held = [i for found in group.fillers.values() for i, _ in found]
    of_types = [INCIDENT_TYPES.index(t) for t in types]
    told = evidence.scores.types[held][:, of_types].max(axis=1).mean() if held else _NOTHING_TOLD
    anchors = [evidence.spans[i] for i in group.anchors]
    values = {
        "bias": 1.0,
        "anchor": log_odds(max(a.score for a in anchors)),
        "type": log_odds(evidence.scores.types[list(group.anchors)].max()),
        "passage": log_odds(_passage_types(evidence, group).max()),
        "longest": max(a.end_char - a.start_char for a in anchors) / 10,
        "anchors": len(anchors),
        "kin": log_odds(group.kin),
        "types": len(types),
        "told": log_odds(told),
        "tellings": group.tellings / 10,
    } | {
        layer: max((likely for _, likely in group.fillers.get(layer, ())), default=0.0) for layer in FILLER_LAYERS
    }  # fmt: skip
    return {name: np.asarray(value, dtype=np.float32) for name, value in values.items()}


def _passage_spans(evidence: Evidence, group: Group) -> list[Span]:
    found = sorted({evidence.passage(i) for i in group.anchors} - {-1})
    spans = [take_span(evidence.text, evidence.passages[p].start_char, evidence.passages[p].end_char) for p in found]
    return spans or [span_of(evidence, group.anchors[0])]


def _first_stretch(evidence: Evidence, passages: Sequence[Span]) -> Span:
    """The passages where the incident is first told: the first, with those that follow on without one between."""
    starts = [p.start_char for p in evidence.passages]
    stretch = [passages[0]]
    for p in passages[1:]:
        between = [s for s in starts if stretch[-1].end_char <= s < p.start_char]
        if between:
            break
        stretch.append(p)
    return cover(evidence.text, stretch)


def _attributed_to(evidence: Evidence, group: Group, statements: Sequence[Statement]) -> Span | None:
    """Who the text says says so: its own `by`, else the source of the statement that holds its first anchor."""
    if by := _best_span(evidence, group, "by"):
        return by[0]
    first = span_of(evidence, group.anchors[0])
    holding = [s for s in statements if s.source and s.content.start_char <= first.start_char < s.content.end_char]
    return min(holding, key=lambda s: len(s.content)).source if holding else None


def _telling_id(page: str, types: Sequence[str], anchors: Sequence[Span]) -> str:
    key = "\0".join([page, *(f"{a.start_char}-{a.end_char}" for a in anchors), *sorted(types)])
    return "t" + hashlib.sha256(key.encode()).hexdigest()[:16]


def _usual_effects(types: Sequence[str], shares: Mapping[str, Mapping[str, float]]) -> Floats:
    """`(effects,)`: half the logarithm of how usual each effect is in acts of these types; zeros if none is known."""
    known = [[shares[t][e] for e in EFFECTS] for t in types if t in shares]
    if not known:
        return np.zeros(len(EFFECTS), np.float32)
    return np.asarray(_USUAL * np.log(np.mean(known, axis=0)), dtype=np.float32)


@dataclass(frozen=True, slots=True)
class _Weighed:
    """How likely a group is to be a telling, and of which types."""

    score: float
    types: tuple[str, ...]
    type_scores: tuple[float, ...]


def _weigh(evidence: Evidence, group: Group, card: Card) -> _Weighed:
    types, type_scores = _types(evidence, group, card)
    score = float(answer("telling", telling_values(evidence, group, types), card.odds))
    return _Weighed(round(score, 4), types, type_scores)


def make_tellings(
    evidence: Evidence,
    page: str,
    groups: Sequence[Group],
    statements: Sequence[Statement],
    card: Card,
    *,
    least: float = 0.0,
) -> list[Telling]:
    """The groups that are at least so likely to be tellings as records, in their order; all of them by default."""
    weighed = ((group, _weigh(evidence, group, card)) for group in groups)
    return [_make_telling(evidence, page, g, w, statements, card) for g, w in weighed if w.score >= least]


def _make_telling(
    evidence: Evidence, page: str, group: Group, weighed: _Weighed, statements: Sequence[Statement], card: Card
) -> Telling:
    coreferent = card.thresholds.get("coreferent", 0.5)
    usual = _usual_effects(weighed.types, card.effects)
    target = partial(target_filler, usual=usual)
    anchors = tuple(span_of(evidence, i) for i in group.anchors)
    passages = _passage_spans(evidence, group)
    time = _best_span(evidence, group, "time")
    outcome = _best_span(evidence, group, "outcome")
    counts = dict(group.fillers.get("count", []))
    return Telling(
        id=_telling_id(page, weighed.types, anchors),
        page=page,
        span=_first_stretch(evidence, passages),
        score=weighed.score,
        types=weighed.types,
        type_scores=weighed.type_scores,
        stance=best_label(evidence, group.anchors, "stance"),
        stage=best_label(evidence, group.anchors, "stage"),
        anchors=anchors,
        passages=tuple(passages),
        perpetrators=_records(evidence, group, ("perp_actor", "perp_org"), actor_filler, coreferent),
        targets=_records(evidence, group, ("target_human", "target_physical"), target, coreferent),
        instruments=_records(evidence, group, ("instrument",), instrument_filler, coreferent),
        places=_records(evidence, group, PLACE_LAYERS, place_filler, coreferent),
        time=TimeFiller(*time) if time else None,
        counts=tuple(count_filler(evidence, i, round(likely, 4), usual) for i, likely in sorted(counts.items())),
        beneficiaries=_records(evidence, group, ("beneficiary",), actor_filler, coreferent),
        outcome=outcome[0] if outcome else None,
        attributed_to=_attributed_to(evidence, group, statements),
    )


def telling_vectors(evidence: Evidence, tellings: Sequence[Telling]) -> bytes:
    """Unit vectors of the tellings: the mean of their passages' token vectors, float16, a row each."""
    starts = evidence.tokens.offsets[:, 0]
    rows = []
    for telling in tellings:
        inside = np.zeros(len(starts), dtype=bool)
        for p in telling.passages:
            inside |= (starts >= p.start_char) & (starts < p.end_char)
        mean = evidence.hidden[inside].mean(axis=0) if inside.any() else evidence.hidden.mean(axis=0)
        rows.append(mean / (np.linalg.norm(mean) + 1e-9))
    return np.array(rows, dtype=np.float16).tobytes()
