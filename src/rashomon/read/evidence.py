"""Everything that the network says of one article, gathered before it is put together.

In: an article. Out: `Evidence`: tagged spans with their head and pair probabilities, and each token's passage.
Never: a decision that drops a value; thresholds of the layers excepted.
"""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

from rashomon.read.decode import TaggedSpan, decode_layers
from rashomon.read.heads import LAYERS, SOCIAL, SPAN_HEADS, SPAN_LAYERS
from rashomon.read.model import Model
from rashomon.read.scoring import SpanScores, layer_index, score_pairs, score_spans, score_types
from rashomon.read.windows import Tokens, cut_windows, tokenize
from rashomon.records import Article, Passage

Floats = NDArray[np.float32]
Ints = NDArray[np.int64]
_FAINT = 0.25
"""By what the thresholds of anchors are multiplied where a passage tells an incident and none has been found in it."""
_ASKED = frozenset(SPAN_LAYERS[n] for n in SOCIAL)
"""Layers whose spans the heads are asked about."""
_GAP = 12
"""Characters between two passages that still count as one stretch of reading (list markers, paragraph breaks)."""


@dataclass(frozen=True, slots=True)
class Evidence:
    """What the network says of one article of N tokens, P passages and S tagged spans.

    The first A spans are those of roles and statements: `where` `(A, 2)` are their tokens, half-open, and `scores` has
    a row for each; the others (mentions, loaded words) are their layer and score and no more. `hidden` `(N, 384)` the
    token vectors; `passage_of` `(N,)` the passage of each token (-1: none); `passage_types` `(P, types)` the
    probabilities that a passage tells an incident of a type.
    """

    text: str
    passages: tuple[Passage, ...]
    tokens: Tokens
    hidden: Floats
    passage_of: Ints
    spans: tuple[TaggedSpan, ...]
    where: Ints
    scores: SpanScores
    passage_types: Floats
    weights: dict[str, Floats]

    def of_layers(self, *layers: str) -> list[int]:
        """Indexes of the spans of the named layers, in text order."""
        found = [i for i, s in enumerate(self.spans) if s.layer in layers]
        return sorted(found, key=lambda i: (self.spans[i].start_char, self.spans[i].end_char))

    def pairs(self, a: Sequence[int], b: Sequence[int], head: int, among: NDArray[np.bool_] | None = None) -> Floats:
        """`(len(a), len(b))` probabilities of one pair head; 0 for the pairs that are not `among` these."""
        out = np.zeros((len(a), len(b)), dtype=np.float32)
        if not a or not b:
            return out
        rows, columns = np.nonzero(np.ones(out.shape, dtype=bool) if among is None else among)
        i, j = np.array(a)[rows], np.array(b)[columns]
        out[rows, columns] = score_pairs(self.weights, self.scores, self.where, i, j, head)
        return out

    def passage(self, index: int) -> int:
        """The passage in which a span starts (index; -1: none)."""
        return int(self.passage_of[self.spans[index].first])


def _ranges(passages: Sequence[Passage]) -> list[tuple[int, int]]:
    ranges: list[tuple[int, int]] = []
    for p in passages:
        if ranges and p.start_char - ranges[-1][1] <= _GAP:
            ranges[-1] = (ranges[-1][0], max(ranges[-1][1], p.end_char))
        else:
            ranges.append((p.start_char, p.end_char))
    return ranges


def gather(model: Model, article: Article, style: str = "general", layers: Sequence[str] = LAYERS) -> Evidence:
    """Run the network over an article's passages."""
    passages = article.passages
    tokens = tokenize(article.text, _ranges(passages))
    starts = np.array([p.start_char for p in passages], dtype=np.int64)
    encoded = model.encode(tokens, cut_windows(tokens, starts.tolist()), style)
    at = np.searchsorted(starts, tokens.offsets[:, 0], side="right") - 1
    ends = np.array([p.end_char for p in passages] or [0], dtype=np.int64)
    passage_of = np.where((at >= 0) & (tokens.offsets[:, 0] < ends[np.maximum(at, 0)]), at, -1)
    thresholds = model.card.thresholds_for(style)
    told = _passage_types(model, encoded.hidden, passage_of, len(passages))
    spans = decode_layers(tokens, article.text, encoded.tags, passage_of, thresholds, layers)
    if "anchor" in layers:
        spans += _fainter_anchors(spans, tokens, article.text, encoded.tags, passage_of, told, thresholds)
    # what is only a mention or a loaded word is asked nothing more: those that are stand first, a row for each
    asked = [s for s in spans if s.layer in _ASKED]
    spans = asked + [s for s in spans if s.layer not in _ASKED]
    where = np.array([(s.first, s.last) for s in asked], dtype=np.int64).reshape(-1, 2)
    kinds = np.array([layer_index(s.layer) for s in asked], dtype=np.int64)
    scores = score_spans(model.heads, encoded.hidden, where, kinds)
    return Evidence(
        article.text, passages, tokens, encoded.hidden, passage_of, tuple(spans), where, scores, told, model.heads
    )


def _fainter_anchors(
    spans: Sequence[TaggedSpan],
    tokens: Tokens,
    text: str,
    tags: Floats,
    passage_of: Ints,
    told: Floats,
    thresholds: Mapping[str, float],
) -> list[TaggedSpan]:
    """Anchors less sure than the rest, of passages that as a whole tell an incident and have no surer one."""
    least = thresholds.get("anchor_told", 1.0)
    held = {int(passage_of[s.first]) for s in spans if s.layer == "anchor"}
    wanted = {int(p) for p in np.flatnonzero(told.max(axis=1, initial=0.0) >= least)} - held
    if not wanted:
        return []
    lower = {name: _FAINT * thresholds.get(name, 0.5) for name in ("anchor", "anchor_peak")}
    found = decode_layers(tokens, text, tags, passage_of, lower, ("anchor",))
    return [s for s in found if int(passage_of[s.first]) in wanted]


def _passage_types(model: Model, hidden: Floats, passage_of: Ints, count: int) -> Floats:
    """`(count, types)`: what each passage tells; zeros for one without tokens."""
    types = np.zeros((count, len(SPAN_HEADS["types"])), dtype=np.float32)
    held = np.flatnonzero(np.bincount(passage_of[passage_of >= 0], minlength=count)[:count])
    if len(held):
        first = np.searchsorted(np.maximum.accumulate(passage_of), held, side="left")
        last = np.searchsorted(np.maximum.accumulate(passage_of), held, side="right")
        kinds = np.full(len(held), layer_index("passage"), dtype=np.int64)
        where = np.stack([first, last], axis=1).astype(np.int64)
        types[held] = score_types(model.heads, hidden, where, kinds)
    return types
