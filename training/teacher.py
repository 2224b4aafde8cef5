"""The teacher's network in torch: MPNet base, a larger encoder, under the reader's heads (`base = "mpnet"` in a plan).

In: what `training.network` takes. Out: the same. Never: anything that ships: it is four times as large as a package may
be. Its word pieces are the reader's own, so what it says of a window can be asked of the reader token by token.
"""

import os
from pathlib import Path

import torch
from torch import Tensor, nn
from transformers import MPNetModel

from rashomon.read.heads import CASES, STYLES
from training.batches import CLS, MASK, SEP
from training.network import HIDDEN, Network
from training.pack import RUNS

BASE = Path(os.environ.get("RASHOMON_MPNET") or RUNS / "mpnet")
"""The folder of all-mpnet-base-v2 (training/README.md says how to get it)."""
WIDE = 768
FROZEN_LAYERS = 3
"""The lowest layers of the encoder stay as they are; letter case and style come in above them."""
SHIFT = 4
"""MPNet's vocabulary is BERT's behind four special tokens."""
SPECIAL = {0: 1, CLS: 0, SEP: 2, MASK: 30526}


class Teacher(Network):
    """The reader's network with another encoder under it."""

    def __init__(self) -> None:
        super().__init__()
        self.encoder = MPNetModel.from_pretrained(str(BASE), add_pooling_layer=False)
        for module in self.encoder.modules():
            if isinstance(module, nn.Dropout):
                module.p = 0.0
        self.encoder.embeddings.requires_grad_(False)
        for layer in self.encoder.encoder.layer[:FROZEN_LAYERS]:
            layer.requires_grad_(False)
        self.case, self.style = nn.Embedding(len(CASES), WIDE), nn.Embedding(len(STYLES), WIDE)
        nn.init.normal_(self.case.weight, std=0.01)
        nn.init.normal_(self.style.weight, std=0.01)
        self.narrow = nn.Linear(WIDE, HIDDEN)
        own = torch.arange(self.encoder.config.vocab_size) + SHIFT
        for reader, larger in SPECIAL.items():
            own[reader] = larger
        self.register_buffer("own_ids", own, persistent=False)

    def wide(self, ids: Tensor, cases: Tensor, styles: Tensor, mask: Tensor) -> Tensor:
        """As `encode`, before the map: `(B, L, 768)`."""
        stack = self.encoder.encoder
        hidden_keys = (1.0 - mask[:, None, None, :].float()) * -1e4
        with torch.no_grad():
            x = self.encoder.embeddings(input_ids=self.own_ids[ids])
            bias = stack.compute_position_bias(x)
            for layer in stack.layer[:FROZEN_LAYERS]:
                x = layer(x, hidden_keys, bias)[0]
        x = x + self.case(cases) + self.style(styles)[:, None, :]
        for layer in stack.layer[FROZEN_LAYERS:]:
            x = layer(x, hidden_keys, bias)[0]
        return x

    def encode(self, ids: Tensor, cases: Tensor, styles: Tensor, mask: Tensor) -> Tensor:
        """`(B, L)` integers (styles `(B,)`), mask 1 where there is a token → `(B, L, 384)`."""
        return self.narrow(self.wide(ids, cases, styles, mask))
