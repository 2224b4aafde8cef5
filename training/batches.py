"""Batches: examples → windows of tokens with targets, grouped by length.

In: augmented examples. Out: `Window`s (one text each) and padded tensors. Never: a target for what is not annotated.
"""

import random
from collections.abc import Iterator
from dataclasses import dataclass, replace

import numpy as np
import torch
from torch import Tensor

from rashomon.read.heads import LAYERS, SPAN_HEADS, STYLES, TAGS
from rashomon.read.windows import MAX_TOKENS, Tokens, cut_windows, tokenize
from training.examples import Example, Item, sentence_ranges

IGNORE = -100
MAX_ITEMS = 72
CLS, SEP, MASK = 101, 102, 103
MASKED_WINDOWS, MOST_MASKED = 0.5, 0.12
"""The share of windows in which words are masked, and the most of their word pieces that are."""


@dataclass(frozen=True, slots=True)
class Window:
    """One window: `ids`, `cases` with the special tokens; `tags` `(L, layers)`; items with token spans `(S, 2)`.

    `taught` are a teacher's logits: `tags` `(L, layers, 3)`, and of each head what `losses.window_outputs` gives of it;
    `trust` is the share of the loss that is how far the window is from them.
    """

    style: int
    ids: np.ndarray
    cases: np.ndarray
    tags: np.ndarray
    items: tuple[Item, ...]
    spans: np.ndarray
    taught: dict[str, np.ndarray] | None = None
    trust: float = 0.0


def _token_range(tokens: Tokens, start: int, end: int) -> tuple[int, int]:
    first = int(np.searchsorted(tokens.offsets[:, 1], start, side="right"))
    last = int(np.searchsorted(tokens.offsets[:, 0], end, side="left"))
    return first, last


def tag_targets(example: Example, tokens: Tokens) -> np.ndarray:
    """`(N, layers)` int8 targets: 0 O, 1 B, 2 I, IGNORE where the corpus says nothing."""
    tags = np.full((len(tokens), len(LAYERS)), IGNORE, dtype=np.int64)
    for layer, ranges in example.layers.items():
        k = LAYERS.index(layer)
        tags[:, k] = 0
        for start, end in example.unsure.get(layer, ()):
            first, last = _token_range(tokens, start, end)
            tags[first:last, k] = IGNORE
        for start, end in sorted(ranges, key=lambda r: r[1] - r[0]):  # of two that overlap the longer stays whole
            first, last = _token_range(tokens, start, end)
            if last > first:
                tags[first:last, k] = 2
                tags[first, k] = 1
    return tags


def passage_items(example: Example) -> Iterator[Item]:
    """Each sentence as an item that has the types of the anchors in it, none where nothing is told."""
    if "anchor" not in example.layers or example.unsure.get("anchor"):
        return
    anchors = [i for i in example.items if i.layer == "anchor"]
    for start, end in sentence_ranges(example.text):
        types = {x for a in anchors if start <= a.start < end for x in a.labels.get("types", ())}
        yield Item(start, end, "passage", {"types": tuple(sorted(types))})


def to_windows(example: Example, rng: random.Random | None, max_tokens: int = MAX_TOKENS) -> Iterator[Window]:
    """The windows of one example; with `rng`, spans are jittered and items beyond MAX_ITEMS dropped at random."""
    tokens = tokenize(example.text)
    tags = tag_targets(example, tokens)
    starts = [a for a, _ in sentence_ranges(example.text)]
    items = (*example.items, *passage_items(example))
    where = [(item, *_token_range(tokens, item.start, item.end)) for item in items]
    for first, last in cut_windows(tokens, starts, max_tokens, 0):
        held = [(i, a - first + 1, b - first + 1) for i, a, b in where if first <= a < b <= last]
        if len(held) > MAX_ITEMS and rng is not None:
            held = rng.sample(held, MAX_ITEMS)
        n = last - first
        ids, cases = np.full(n + 2, CLS), np.zeros(n + 2, dtype=np.int64)
        ids[1:-1], ids[-1], cases[1:-1] = tokens.ids[first:last], SEP, tokens.cases[first:last]
        window_tags = np.full((n + 2, len(LAYERS)), IGNORE, dtype=np.int64)
        window_tags[1:-1] = tags[first:last]
        spans = np.array([(a, b) for _, a, b in held], dtype=np.int64).reshape(-1, 2)
        if rng is not None and len(spans):
            move = np.array([[rng.random() < 0.08, rng.random() < 0.08] for _ in held])
            spans[:, 0] = np.where(move[:, 0] & (spans[:, 0] > 1), spans[:, 0] - 1, spans[:, 0])
            spans[:, 1] = np.where(move[:, 1] & (spans[:, 1] < n), spans[:, 1] + 1, spans[:, 1])
        yield Window(STYLES.index(example.style), ids, cases, window_tags, tuple(i for i, _, _ in held), spans)


def mask_words(window: Window, rng: random.Random) -> Window:
    """The window with some of its word pieces masked, or none."""
    if rng.random() >= MASKED_WINDOWS:
        return window
    hidden = np.random.default_rng(rng.getrandbits(32)).random(len(window.ids)) < rng.uniform(0.0, MOST_MASKED)
    hidden[[0, -1]] = False
    return replace(window, ids=np.where(hidden, MASK, window.ids))


@dataclass(frozen=True, slots=True)
class Batch:
    """Padded tensors of some windows, and the windows themselves for their items.

    `taught` `(B, L, layers, 3)` holds what teachers say of the tags; None if no window has one.
    """

    ids: Tensor
    cases: Tensor
    styles: Tensor
    mask: Tensor
    tags: Tensor
    windows: tuple[Window, ...]
    taught: Tensor | None


def collate(windows: list[Window]) -> Batch:
    """Pad to the longest."""
    length = max(len(w.ids) for w in windows)
    ids, cases, mask = (torch.zeros(len(windows), length, dtype=torch.long) for _ in range(3))
    tags = torch.full((len(windows), length, len(LAYERS)), IGNORE)
    has_teacher = any(w.taught for w in windows)
    taught = torch.zeros(len(windows), length, len(LAYERS), len(TAGS), dtype=torch.float16) if has_teacher else None
    for i, w in enumerate(windows):
        n = len(w.ids)
        ids[i, :n], cases[i, :n], mask[i, :n] = torch.from_numpy(w.ids), torch.from_numpy(w.cases), 1
        tags[i, :n] = torch.from_numpy(w.tags)
        if taught is not None and w.taught:
            taught[i, :n] = torch.from_numpy(w.taught["tags"])
    return Batch(ids, cases, torch.tensor([w.style for w in windows]), mask, tags, tuple(windows), taught)


def iter_batches(windows: list[Window], tokens: int, rng: random.Random) -> Iterator[Batch]:
    """Batches of at most `tokens` padded tokens, of windows of like length, in random order."""
    ordered = sorted(windows, key=lambda w: len(w.ids) + rng.uniform(-8, 8))
    groups: list[list[Window]] = [[]]
    for w in ordered:
        if groups[-1] and len(w.ids) * (len(groups[-1]) + 1) > tokens:
            groups.append([])
        groups[-1].append(w)
    rng.shuffle(groups)
    for group in groups:
        if group:
            yield collate(group)


def head_targets(items: tuple[Item, ...], head: str) -> tuple[list[int], Tensor]:
    """Which items have a label of this head, and the targets: indexes, or `(n, labels)` 0/1 for `types`."""
    names = SPAN_HEADS[head]
    rows = [i for i, item in enumerate(items) if any(x in names for x in item.labels.get(head, ()))]
    if head == "types":
        rows = [i for i, item in enumerate(items) if item.layer == "passage" or i in rows]
        hot = torch.zeros(len(rows), len(names))
        for r, i in enumerate(rows):
            for x in items[i].labels[head]:
                hot[r, names.index(x)] = 1.0
        return rows, hot
    return rows, torch.tensor([names.index(items[i].labels[head][0]) for i in rows], dtype=torch.long)


def pair_targets(items: tuple[Item, ...]) -> Tensor:
    """`(S, S, 3)`: 1 same, 0 not, IGNORE where the corpus does not say, and on the diagonal.

    Whether two are of one telling is asked only where the other (the column) is an anchor.
    """

    def same(groups: list[frozenset[int]]) -> np.ndarray:
        ids = {g: k for k, g in enumerate({x for held in groups for x in held})}
        member = np.zeros((len(groups), max(1, len(ids))), dtype=np.float32)
        for i, held in enumerate(groups):
            member[i, [ids[x] for x in held]] = 1
        known = member.any(1)
        return np.where(known[:, None] & known[None, :], (member @ member.T > 0).astype(np.float32), IGNORE)

    entities = [frozenset() if i.entity is None else frozenset({i.entity}) for i in items]
    targets = np.stack([same([i.tellings for i in items]), same([i.statements for i in items]), same(entities)], 2)
    where = [(i.start, i.end) for i in items]
    identical = np.array([[a == b for b in where] for a in where])
    targets[identical, 2] = IGNORE
    targets[:, [i.layer != "anchor" for i in items], 0] = IGNORE
    targets[np.eye(len(items), dtype=bool)] = IGNORE
    return torch.from_numpy(targets.astype(np.float32))
