"""Anchors in groups, one for each telling, and the fillers of each.

In: the evidence of one article. Out: `Group`s: indexes of spans. Never: a group that spans two items of a list.
"""

import re
from collections import defaultdict
from collections.abc import Sequence
from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

from rashomon.read.evidence import Evidence, Ints
from rashomon.read.fillers import folded, span_of
from rashomon.read.grouping import group_by_average
from rashomon.read.heads import PAIR_HEADS, PLACE_LAYERS
from rashomon.read.model import Card
from rashomon.read.odds import FILLER_LAYERS, Floats, Values, answer, log_odds
from rashomon.records import Passage

_SAME, _COREFERENT = PAIR_HEADS.index("same_telling"), PAIR_HEADS.index("coreferent")
_REACH = 6
"""Passages between an anchor and a filler beyond which they are not held together."""
_BULLETS = frozenset(("-", "*", "•", "–", "—", ""))
"""Markers by which one item cannot be told from the next."""
_BEFORE_SCENE = 2
"""How many words (a preposition, a marker) may stand before what sets the scene."""

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


@dataclass(frozen=True, slots=True)
class Group:
    """One telling in the making: indexes of its anchors, and of its fillers by layer, each with the probability that it
    is one. `kin`: how likely the likeliest of its anchors and another group's are of one telling; `tellings`: how many
    groups the article has.
    """

    anchors: tuple[int, ...]
    fillers: dict[str, list[tuple[int, float]]]
    kin: float = 0.0
    tellings: int = 1


@dataclass(frozen=True, slots=True)
class Candidates:
    """What may fill the roles of an article's groups: `fillers` (indexes of spans), the probability `(fillers,
    anchors)` that they belong together, and which of them are `near` enough to.
    """

    fillers: list[int]
    scores: Floats
    near: NDArray[np.bool_]

    def near_groups(self, groups: Sequence[Sequence[int]]) -> NDArray[np.bool_]:
        """`(fillers, groups)`: which are near enough to an anchor of each group."""
        return np.stack([self.near[:, list(g)].any(axis=1) for g in groups], axis=1)


def tells(words: str) -> bool:
    """Whether there is more than function words in an anchor.

    >>> tells("was shot"), tells("had the")
    (True, False)
    """
    return any(w.isalpha() and w.casefold() not in _FUNCTION_WORDS for w in re.findall(r"\w+", words))


def anchors_of(evidence: Evidence) -> list[int]:
    """Indexes of the anchors that say something."""
    return [i for i in evidence.of_layers("anchor") if tells(span_of(evidence, i).text)]


def group_tellings(evidence: Evidence, card: Card) -> list[Group]:
    """Anchors in groups, and with each group the fillers that belong to it."""
    anchors = anchors_of(evidence)
    if not anchors:
        return []
    together, groups = group_anchors(evidence, anchors, card)
    candidates = find_candidates(evidence, anchors)
    likely = answer("filler", filler_values(evidence, anchors, groups, candidates), card.odds)
    near = candidates.near_groups(groups)
    fills = near & (likely >= card.thresholds.get("filler", 0.5))
    fills |= near & _opening(evidence, candidates.fillers, [anchors[g[0]] for g in groups], fills)
    held: dict[int, dict[str, list[tuple[int, float]]]] = defaultdict(lambda: defaultdict(list))
    for filler, group in zip(*np.nonzero(fills), strict=True):
        index = candidates.fillers[filler]
        held[int(group)][evidence.spans[index].layer].append((index, float(likely[filler, group])))
    kin = _kin(together, groups)
    return [Group(tuple(anchors[i] for i in g), dict(held[n]), kin[n], len(groups)) for n, g in enumerate(groups)]


def group_anchors(evidence: Evidence, anchors: Sequence[int], card: Card) -> tuple[Floats, list[list[int]]]:
    """How likely each two anchors tell one incident, `(A, A)`, and groups of their places in `anchors`."""
    together = answer("together", together_values(evidence, anchors), card.odds)
    apart = apart_in_list(evidence, anchors, anchors)
    return together, group_by_average(together, card.thresholds.get("together", 0.5), apart)


def _kin(together: Floats, groups: Sequence[Sequence[int]]) -> list[float]:
    of = np.empty(len(together), dtype=np.int64)
    for n, group in enumerate(groups):
        of[list(group)] = n
    apart = np.where(of[:, None] == of[None, :], np.float32(0), together)
    return [float(apart[list(group)].max()) for group in groups]


def together_values(evidence: Evidence, anchors: Sequence[int]) -> Values:
    """`(A, A)`: what is weighed for the question `together`."""
    where = np.array([evidence.passage(i) for i in anchors])
    types = evidence.scores.types[list(anchors)]
    types = types / np.linalg.norm(types, axis=1, keepdims=True)
    return {
        "bias": np.ones((1, 1), np.float32),
        "pair": log_odds(_both_ways(evidence.pairs(anchors, anchors, _SAME))),
        "passage": where[:, None] == where[None, :],
        "types": types @ types.T,
        "coreferent": log_odds(_both_ways(evidence.pairs(anchors, anchors, _COREFERENT))),
    }


def _both_ways(pairs: Floats) -> Floats:
    return np.asarray((pairs + pairs.T) / 2, dtype=np.float32)


def find_candidates(evidence: Evidence, anchors: Sequence[int]) -> Candidates:
    """What may fill a role of a telling with one of these anchors."""
    fillers = evidence.of_layers(*FILLER_LAYERS)
    here, where = (np.array([evidence.passage(i) for i in held], dtype=np.int64) for held in (fillers, anchors))
    near = (np.abs(here[:, None] - where[None, :]) <= _REACH) & ~apart_in_list(evidence, fillers, anchors)
    return Candidates(fillers, evidence.pairs(fillers, anchors, _SAME, near), near)


def filler_values(
    evidence: Evidence, anchors: Sequence[int], groups: Sequence[Sequence[int]], candidates: Candidates
) -> Values:
    """`(fillers, groups)`: what is weighed for the question `filler`; groups are indexes of `anchors`."""
    fillers, scores = candidates.fillers, candidates.scores
    pair = np.stack([_best_two(scores[:, list(g)]) for g in groups], axis=1)
    mean = np.stack([scores[:, list(g)].mean(axis=1) for g in groups], axis=1, dtype=np.float32)
    tag = np.array([evidence.spans[i].score for i in fillers], dtype=np.float32)[:, None]
    strength = pair * tag
    layers = [evidence.spans[i].layer for i in fillers]
    words = [span_of(evidence, i).text for i in fillers]
    rival, repeat = _rivals(strength, layers, [folded(w) for w in words])
    of_group = [[anchors[i] for i in g] for g in groups]
    types = np.array([evidence.scores.types[g].max() for g in of_group], dtype=np.float32)
    stance = np.array([evidence.scores.logs["stance"][g].mean(axis=0).argmax() for g in of_group])
    here = np.array([evidence.passage(i) for i in fillers], dtype=np.int64)[:, None]
    distance = [np.abs(here - [evidence.passage(i) for i in g]).min(axis=1) for g in of_group]
    return {
        "pair": log_odds(pair),
        "mean": log_odds(mean),
        "tag": log_odds(tag),
        "both": strength,
        "type": log_odds(types)[None, :],
        "ahead": strength - rival,
        "margin": pair - _best_other(pair),
        "repeat": repeat,
        "capital": np.array([[any(map(str.isupper, w))] for w in words], dtype=bool).reshape(-1, 1),
        "words": np.array([len(w.split()) for w in words], dtype=np.float32)[:, None],
        "stance": evidence.scores.logs["stance"][np.array(fillers, dtype=np.int64)][:, stance],
        "distance": np.stack(distance, axis=1).astype(np.float32),
        "tellings": np.full((1, 1), len(groups), np.float32),
    } | {layer: np.array([held == layer for held in layers], dtype=bool)[:, None] for layer in FILLER_LAYERS}


def _opening(
    evidence: Evidence, fillers: Sequence[int], first_anchors: Sequence[int], fills: NDArray[np.bool_]
) -> NDArray[np.bool_]:
    """`(fillers, groups)`: places and times that open the passage of a group's first anchor, or the list item in which
    it stands: what is put first ("In Belu, …", "On 3 May …") sets the scene for all that the sentence or item tells,
    however likely. An incident has one time: none where one `fills` the group already.
    """
    out = np.zeros(fills.shape, dtype=bool)
    layers = [evidence.spans[i].layer for i in fillers]
    timed = fills[np.array([layer == "time" for layer in layers], dtype=bool)].any(axis=0)
    items = _items_of(evidence, first_anchors).tolist()
    scenes = [{evidence.passage(i), item} for i, item in zip(first_anchors, items, strict=True)]
    for row, (index, layer) in enumerate(zip(fillers, layers, strict=True)):
        at = evidence.passage(index)
        if layer in (*PLACE_LAYERS, "time") and at >= 0:
            before = evidence.text[evidence.passages[at].start_char : evidence.spans[index].start_char]
            if len(before.split()) <= _BEFORE_SCENE:
                out[row] = [at in scene and (layer != "time" or not timed[n]) for n, scene in enumerate(scenes)]
    return out


def _best_two(columns: Floats) -> Floats:
    """Of each row, two parts of the second largest and three of the largest."""
    if columns.shape[1] == 1:
        return columns[:, 0]
    two = np.sort(columns, axis=1)[:, -2:]
    return np.asarray(0.4 * two[:, 0] + 0.6 * two[:, 1], dtype=np.float32)


def _best_other(pair: Floats) -> Floats:
    """`(F, G)`: for each group the largest value of the others in its row, 0 if there is none.

    >>> _best_other(np.array([[3, 1, 2]])).tolist()
    [[2, 3, 3]]
    """
    if pair.shape[1] == 1:
        return np.zeros_like(pair)
    two = np.sort(pair, axis=1)[:, -2:]
    is_best = np.arange(pair.shape[1])[None, :] == pair.argmax(axis=1)[:, None]
    return np.where(is_best, two[:, :1], two[:, 1:])


def _rivals(strength: Floats, layers: Sequence[str], words: Sequence[str]) -> tuple[Floats, Floats]:
    """`(F, G)` each: the strongest other filler of the same layer by other words, and by the same words; 0 if none."""
    rival, repeat = np.zeros_like(strength), np.zeros_like(strength)
    for layer in set(layers):
        held = np.array([n for n, x in enumerate(layers) if x == layer])
        _, known, counts = np.unique([words[n] for n in held], return_inverse=True, return_counts=True)
        best = np.zeros((len(counts), strength.shape[1]), dtype=np.float32)
        np.maximum.at(best, known, strength[held])
        rival[held] = _best_other(best.T).T[known]
        for word in np.flatnonzero(counts > 1):
            same = held[known == word]
            repeat[same] = _best_other(strength[same].T).T
    return rival, repeat


def _items(passages: Sequence[Passage]) -> Ints:
    """`(P,)`: at which passage the item of a list begins that each is of; -1: it is of none."""
    first = np.full(len(passages), -1, dtype=np.int64)
    for at, passage in enumerate(passages):
        if passage.kind == "item":
            before = passages[at - 1] if at else None
            goes_on = before and (before.kind, before.marker, before.lead) == ("item", passage.marker, passage.lead)
            first[at] = first[at - 1] if goes_on and passage.marker not in _BULLETS else at
    return first


def _items_of(evidence: Evidence, spans: Sequence[int]) -> Ints:
    """`(len(spans),)`: the same of the passages in which these spans stand."""
    items = np.append(_items(evidence.passages), -1)  # the last: of spans that stand in no passage
    found: Ints = items[np.array([evidence.passage(i) for i in spans], dtype=np.int64)]
    return found


def apart_in_list(evidence: Evidence, a: Sequence[int], b: Sequence[int]) -> NDArray[np.bool_]:
    """`(len(a), len(b))`: whether two spans stand in different items of a list."""
    left, right = _items_of(evidence, a), _items_of(evidence, b)
    apart: NDArray[np.bool_] = (left[:, None] != right) & (left >= 0)[:, None] & (right >= 0)
    return apart
