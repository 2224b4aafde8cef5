"""What a batch costs: how far the network's answers are from the annotation, and from a teacher's where it has them.

In: a network, a batch. Out: the parts of the loss, by head. Never: a target for what is not annotated: a teacher too is
only asked what the annotation says something about.
"""

from collections import defaultdict
from collections.abc import Iterator

import torch
from torch import Tensor
from torch.nn import functional

from rashomon.read.heads import SPAN_HEADS, SPAN_LAYERS
from training.batches import IGNORE, Batch, Window, head_targets, pair_targets
from training.network import Network

HALF = torch.cpu._is_avx512_bf16_supported()
"""Whether the processor multiplies bfloat16 in hardware: then the encoder runs in it, 3 to 4 times as fast."""
YES_OR_NO = ("types", "pair")
"""Heads each of whose outputs is a question of its own; of the other heads' outputs one is right."""


def encode(network: Network, batch: Batch) -> Tensor:
    """The hidden states of a batch `(B, L, 384)`."""
    with torch.autocast("cpu", dtype=torch.bfloat16, enabled=HALF):
        return network.encode(batch.ids, batch.cases, batch.styles, batch.mask).float()


def window_outputs(network: Network, hidden: Tensor, window: Window) -> Iterator[tuple[str, Tensor, Tensor]]:
    """The logits of one window's spans and pairs and what they should say, by head; `hidden` `(L, 384)`."""
    if not window.items:
        return
    spans = torch.from_numpy(window.spans)
    layers = torch.tensor([SPAN_LAYERS.index(item.layer) for item in window.items])
    seen = network.drop(hidden)
    pooled = network.pool(seen, spans, layers)
    for head in SPAN_HEADS:
        rows, target = head_targets(window.items, head)
        if rows:
            yield head, network.span_heads[head](pooled[rows]), target
    if len(window.items) > 1:
        target = pair_targets(window.items)
        known = target != IGNORE
        if known.any():
            yield "pair", network.pair(seen, network.meet(pooled, spans, layers), spans)[known], target[known]


def span_loss(head: str, out: Tensor, target: Tensor) -> Tensor:
    """Each span's or pair's loss: targets are numbers of labels, or as many shares as there are outputs."""
    if head not in YES_OR_NO:
        return functional.cross_entropy(out, target, reduction="none")
    loss = functional.binary_cross_entropy_with_logits(out, target, reduction="none")
    return loss.sum(1) if loss.dim() > 1 else loss


def told(head: str, logits: Tensor) -> Tensor:
    """A teacher's logits as the shares that `span_loss` takes."""
    return logits.sigmoid() if head in YES_OR_NO else logits.softmax(-1)


def tag_loss(logits: Tensor, batch: Batch) -> Tensor:
    """The loss of the tags `(B, L, layers, 3)`, a token's mean over the batch."""
    known = batch.tags != IGNORE
    loss = functional.cross_entropy(logits[known], batch.tags[known], reduction="none")
    if batch.taught is None:
        return loss.sum() / batch.mask.sum()
    nearness = functional.cross_entropy(logits[known], batch.taught[known].float().softmax(-1), reduction="none")
    trust = torch.tensor([w.trust for w in batch.windows])
    share = trust[:, None, None].expand_as(known)[known]
    return ((1 - share) * loss + share * nearness).sum() / batch.mask.sum()


def losses(network: Network, batch: Batch) -> dict[str, Tensor]:
    """The parts of the loss of one batch."""
    hidden = encode(network, batch)
    sums: dict[str, list[Tensor]] = defaultdict(list)
    for i, window in enumerate(batch.windows):
        for head, out, target in window_outputs(network, hidden[i], window):
            loss = span_loss(head, out, target)
            if window.taught is not None:
                said = told(head, torch.from_numpy(window.taught[head]).float())
                loss = (1 - window.trust) * loss + window.trust * span_loss(head, out, said)
            sums[head].append(loss)
    parts = {name: torch.cat(values).mean() for name, values in sums.items()}
    return {"tags": tag_loss(network.tag(hidden, batch.styles), batch)} | parts
