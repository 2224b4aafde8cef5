"""Average the weights of runs: `python -m training.average --run NAME RUN [RUN...]`; `packaged` is one too.

In: `runs/RUN/last.pt` of runs that went on from the same weights. Out: `runs/NAME/last.pt`, for `training.export`.
Never: runs that share no beginning: their weights lie in different valleys, and the mean between them.

Two runs that part at a checkpoint and go on with other texts and seeds make different mistakes; their mean makes fewer
than either (Wortsman et al. 2022, "Model soups"), and costs nothing when it reads.
"""

import argparse
from collections.abc import Sequence
from pathlib import Path

import torch
from torch import Tensor

from training.train import RUNS, load_weights


def average(weights: Sequence[dict[str, Tensor]]) -> dict[str, Tensor]:
    """The mean of each tensor that all of them have; the others, and whole numbers, as the first has them."""
    first = weights[0]
    out = dict(first)
    for name, value in first.items():
        if value.is_floating_point() and all(name in w for w in weights):
            out[name] = torch.stack([w[name].float() for w in weights]).mean(0)
    return out


def main() -> None:
    """The command."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--run", required=True)
    parser.add_argument("runs", nargs="+")
    arguments = parser.parse_args()
    to: Path = RUNS / arguments.run
    to.mkdir(parents=True, exist_ok=True)
    torch.save({"ema": average([load_weights(run) for run in arguments.runs])}, to / "last.pt")


if __name__ == "__main__":
    main()
