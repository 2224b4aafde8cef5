"""What makes int8 coarse, evened out before the weights are quantised.

In: a network. Out: the same network, computing the same, and for each layer what its inputs have to be divided by.
Never: a weight trained, or a text of others: the ranges are measured on our own training texts.

onnxruntime quantises what goes into a multiplication with one scale for all channels. In this base one channel in 384
(and one or two in the 1,536 of a feed-forward layer) reaches 15 times as far as the others, which leaves those a dozen
of the 256 steps. So such channels are divided by their excess, and the weights that meet them multiplied by it
(SmoothQuant, Xiao et al. 2023, section 4, for outliers alone: evening out all channels coarsened the weights more than
it helped).
"""

import re
from collections.abc import Iterator
from functools import partial

import numpy as np
import torch
from torch import Tensor, nn

from corpus.annotated import read_annotated
from rashomon.read.windows import MAX_TOKENS, tokenize
from training.network import Network
from training.splits import ours_paths

MEDIANS = 2.0
"""How far a channel may reach, in medians of all channels of its layer. Of 2 and 3, and of smoothing all channels by
powers of 0.5 and 0.7, 2 was nearest to float on texts not measured on (November 2026)."""
SMOOTHED = re.compile(r"encoder\.layer\.(\d+)\.(intermediate|output)\.dense")
_EVERY = 12


def iter_windows() -> Iterator[tuple[Tensor, Tensor]]:
    """Word pieces and letter cases `(1, L)` of the start of every twelfth training text of ours."""
    for path in list(ours_paths("train"))[::_EVERY]:
        tokens = tokenize(read_annotated(path).text)
        inside = slice(0, MAX_TOKENS - 2)
        ids = np.concatenate([[101], tokens.ids[inside], [102]])
        yield torch.from_numpy(ids[None]), torch.from_numpy(np.pad(tokens.cases[inside], 1)[None])


def _widen(_: nn.Module, inputs: tuple[Tensor], *, ranges: dict[str, Tensor], name: str) -> None:
    reach = inputs[0].abs().amax(dim=(0, 1))
    ranges[name] = torch.maximum(ranges[name], reach) if name in ranges else reach


@torch.no_grad()
def smooth(network: Network) -> dict[str, Tensor]:
    """Multiply the weights of outlying channels in place; returns, by layer and part ("0.intermediate"), the factors
    `(channels,)` with which the inputs have to be multiplied for the network to compute the same.
    """
    linears = {n: m for n, m in network.encoder.named_modules() if SMOOTHED.fullmatch(n)}
    ranges: dict[str, Tensor] = {}
    hooks = [m.register_forward_pre_hook(partial(_widen, ranges=ranges, name=n)) for n, m in linears.items()]
    for ids, cases in iter_windows():
        network.encode(ids, cases, torch.zeros(1, dtype=torch.long), torch.ones_like(ids))
    for hook in hooks:
        hook.remove()
    factors: dict[str, Tensor] = {}
    for name, linear in linears.items():
        excess = (ranges[name] / (MEDIANS * ranges[name].median())).clamp(min=1.0)
        linear.weight.mul_(excess)
        match = SMOOTHED.fullmatch(name)
        assert match is not None
        factors[f"{match[1]}.{match[2]}"] = 1.0 / excess
    return factors
