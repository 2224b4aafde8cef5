"""Tellings: evidence put together, one record an incident that the article tells.

In: the evidence of one article. Out: tellings with all their fillers' spans and scores, and their vectors.
Never: a telling that spans two items of a list, nor a value that has no span.
"""

import hashlib
import re
from collections import defaultdict
from collections.abc import Callable, Sequence
from dataclasses import dataclass
from typing import TypeVar

import numpy as np
from numpy.typing import NDArray

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
from rashomon.read.grouping import attach, group_by_average
from rashomon.read.heads import PAIR_HEADS, ROLE_LAYERS, SPAN_HEADS
from rashomon.read.model import Card
from rashomon.records import Statement, Telling, TimeFiller
from rashomon.spans import Span, cover, take_span

_SAME = PAIR_HEADS.index("same_telling")
_FILLERS = (*(layer for layer in ROLE_LAYERS if layer != "anchor"), "outcome")
Record = TypeVar("Record")

_FUNCTION_WORDS = frozenset(
    """
    a an the and or but nor so if as of in on at to from by for with without into onto over under up down out off about
    after before during since until while because than then there here that this these those it its he she they we you
    i him her them us me my your his their our who whom whose which what when where why how is are was were be been
    being am do does did done has have had having will would shall should can could may might must not no never also
    too very just only still even again once both each every any some all many much more most few one two three four
    five six seven eight nine ten other others another such own same s t ll ve re d m
    """.split()  # noqa: SIM905  (read as prose)
)

SCORE_WEIGHTS = {"bias": 0.0, "anchor": 0.4, "type": 0.3, "passage": 0.3}
"""Names of the weights of `score_features`, and their values where nothing was fitted."""

_FRAMED = 0.5
_BEFORE_SCENE = 2
"""The link of a filler that only sets the scene, and how many words (a preposition, a marker) may stand before it."""

_REACH = 6
"""Passages between an anchor and a filler beyond which they are not held together."""


@dataclass(frozen=True, slots=True)
class Group:
    """One telling in the making: indexes of its anchors, and of its fillers by layer with their scores."""

    anchors: tuple[int, ...]
    fillers: dict[str, list[tuple[int, float]]]


def _item_key(evidence: Evidence, index: int) -> tuple[int, str] | None:
    """Which item of which list a span stands in (None: in none)."""
    at = evidence.passage(index)
    if at < 0 or evidence.passages[at].kind != "item":
        return None
    passage = evidence.passages[at]
    first = at
    while first > 0 and (b := evidence.passages[first - 1]).kind == "item" and b.marker == passage.marker:
        if passage.marker in ("-", "*", "•", "–", "—", "") or b.lead != passage.lead:
            break
        first -= 1
    return first, passage.marker


def _apart(evidence: Evidence, a: Sequence[int], b: Sequence[int]) -> NDArray[np.bool_]:
    """`(len(a), len(b))`: whether two spans stand in different items of a list."""
    left, right = [_item_key(evidence, i) for i in a], [_item_key(evidence, i) for i in b]
    return np.array([[x is not None and y is not None and x != y for y in right] for x in left], dtype=bool).reshape(
        len(a), len(b)
    )


def tells(words: str) -> bool:
    """Whether there is more than function words in an anchor.

    >>> tells("was shot"), tells("had the")
    (True, False)
    """
    return any(w.isalpha() and w.casefold() not in _FUNCTION_WORDS for w in re.findall(r"\w+", words))


def group_tellings(evidence: Evidence, thresholds: dict[str, float]) -> list[Group]:
    """Anchors in groups, and with each group the fillers that belong to it."""
    anchors = [i for i in evidence.of_layers("anchor") if tells(span_of(evidence, i).text)]
    if not anchors:
        return []
    similar = evidence.pairs(anchors, anchors, _SAME)
    where = np.array([evidence.passage(i) for i in anchors])
    together = (where[:, None] == where[None, :]) * thresholds.get("same_passage", 0.0)
    similar = np.asarray((similar + similar.T) / 2 + together, dtype=np.float32)
    groups = group_by_average(similar, thresholds.get("same_telling", 0.5), _apart(evidence, anchors, anchors))
    fillers = evidence.of_layers(*_FILLERS)
    here = np.array([evidence.passage(i) for i in fillers])
    near = (np.abs(here[:, None] - where[None, :]) <= _REACH) & ~_apart(evidence, fillers, anchors)
    scores = evidence.pairs(fillers, anchors, _SAME, near)
    held: dict[int, dict[str, list[tuple[int, float]]]] = defaultdict(lambda: defaultdict(list))
    for link in attach(scores, groups, thresholds.get("attach", 0.5), thresholds.get("attach_floor", 0.3), near):
        index = fillers[link.filler]
        held[link.group][evidence.spans[index].layer].append((index, link.score))
    for n, group in enumerate(groups):
        for layer in ("place", "time"):
            known = {i for i, _ in held[n].get(layer, ())}
            if not known or layer == "place":  # an incident has one time, but may be told to be in a street of a town
                framing = _framing(evidence, [anchors[i] for i in group], fillers, layer)
                held[n][layer] += [(i, _FRAMED) for i in framing if i not in known]
    return [Group(tuple(anchors[i] for i in g), dict(held[n])) for n, g in enumerate(groups)]


def _framing(evidence: Evidence, anchors: Sequence[int], fillers: Sequence[int], layer: str) -> list[int]:
    """Places or times that open the passage of the first anchor, or the list item in which it stands: what is put first
    ("In Belu, …", "On 3 May …") sets the scene for all that the sentence or item tells.
    """
    first = evidence.passage(anchors[0])
    if first < 0:
        return []
    item = _item_key(evidence, anchors[0])
    scenes = {first} | ({item[0]} if item else set())
    opening = {p: evidence.passages[p].start_char for p in scenes}
    return [
        i for i in fillers
        if evidence.spans[i].layer == layer and (p := evidence.passage(i)) in opening
        and len(evidence.text[opening[p] : evidence.spans[i].start_char].split()) <= _BEFORE_SCENE
    ]  # fmt: skip


def _filler_score(evidence: Evidence, group: Sequence[int], links: dict[int, float]) -> float:
    return round(max(evidence.spans[i].score * links[i] for i in group), 4)


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
        links = dict(group.fillers.get(layer, []))
        groups = coreferent_groups(evidence, sorted(links), coreferent)
        out += [make(evidence, g, _filler_score(evidence, g, links)) for g in groups]
    return tuple(out)


def _best_span(evidence: Evidence, group: Group, layer: str) -> tuple[Span, float] | None:
    found = group.fillers.get(layer, [])
    if not found:
        return None
    index, link = max(found, key=lambda f: evidence.spans[f[0]].score * f[1])
    return span_of(evidence, index), round(evidence.spans[index].score * link, 4)


def _types(evidence: Evidence, group: Group, thresholds: dict[str, float]) -> tuple[tuple[str, ...], tuple[float, ...]]:
    """Types of a telling: what its anchors say, and how far the passages around them agree; never none."""
    rows = evidence.scores.types[list(group.anchors)]
    score = 0.5 * rows.max(axis=0) + 0.5 * rows.mean(axis=0)
    around = sorted({p for i in group.anchors if (p := evidence.passage(i)) >= 0})
    if around:
        told = evidence.passage_types[around].max(axis=0)
        share = thresholds.get("types_passage", 0.35)
        score = np.exp((1 - share) * np.log(score + 1e-6) + share * np.log(told + 1e-6))
    order = np.argsort(-score)
    kept = [int(i) for i in order if score[i] >= thresholds.get("types", 0.5)] or [int(order[0])]
    names = SPAN_HEADS["types"]
    return tuple(names[i] for i in kept), tuple(round(float(score[i]), 4) for i in kept)


def score_features(evidence: Evidence, group: Group) -> NDArray[np.float64]:
    """`(4,)`: 1, and the log odds of the best anchor, of its likeliest type and of the likeliest type around it."""
    rows = evidence.scores.types[list(group.anchors)]
    around = [p for i in group.anchors if (p := evidence.passage(i)) >= 0]
    told = float(evidence.passage_types[around].max()) if around else 0.5
    best = max(evidence.spans[i].score for i in group.anchors)
    odds = np.clip(np.array([best, float(rows.max()), told], dtype=np.float64), 0.005, 0.995)
    return np.concatenate([[1.0], np.log(odds / (1 - odds))])


def score_telling(evidence: Evidence, group: Group, weights: dict[str, float]) -> float:
    """The probability that the telling is right, by a logistic regression fitted on the dev split."""
    w = np.array([weights.get(name, default) for name, default in SCORE_WEIGHTS.items()])
    return round(float(1 / (1 + np.exp(-score_features(evidence, group) @ w))), 4)


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


def make_telling(evidence: Evidence, page: str, group: Group, statements: Sequence[Statement], card: Card) -> Telling:
    """One group of anchors and fillers as a record."""
    coreferent = card.thresholds.get("coreferent", 0.5)
    types, type_scores = _types(evidence, group, card.thresholds)
    anchors = tuple(span_of(evidence, i) for i in group.anchors)
    passages = _passage_spans(evidence, group)
    time = _best_span(evidence, group, "time")
    outcome = _best_span(evidence, group, "outcome")
    counts = dict(group.fillers.get("count", []))
    return Telling(
        id=_telling_id(page, types, anchors),
        page=page,
        span=_first_stretch(evidence, passages),
        score=score_telling(evidence, group, card.calibration),
        types=types,
        type_scores=type_scores,
        stance=best_label(evidence, group.anchors, "stance"),
        stage=best_label(evidence, group.anchors, "stage"),
        anchors=anchors,
        passages=tuple(passages),
        perpetrators=_records(evidence, group, ("perp_actor", "perp_org"), actor_filler, coreferent),
        targets=_records(evidence, group, ("target_human", "target_physical"), target_filler, coreferent),
        instruments=_records(evidence, group, ("instrument",), instrument_filler, coreferent),
        places=_records(evidence, group, ("place",), place_filler, coreferent),
        time=TimeFiller(*time) if time else None,
        counts=tuple(
            count_filler(evidence, i, round(evidence.spans[i].score * link, 4)) for i, link in sorted(counts.items())
        ),
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
