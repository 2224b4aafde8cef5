"""Average the weights of runs: `python -m training.average --run NAME RUN [RUN...]`; `packaged` is one too.

In: `runs/RUN/last.pt` of runs that went on from the same weights. Out: `runs/NAME/last.pt`, for `training.export`; with
`--meet` in place of `--run NAME` the runs themselves, stopped, go on from their mean: weights and optimizer's moments.
Never: runs that share no beginning: their weights lie in different valleys, and the mean between them.

Two runs that part at a checkpoint and go on with other texts and seeds make different mistakes; their mean makes fewer
than either (Wortsman et al. 2022, "Model soups"), and costs nothing when it reads. Runs that meet after each epoch
learn from as many texts as there are runs (Stich 2019, "Local SGD").
"""

import argparse
from collections.abc import Sequence

import torch
from torch import Tensor

from training.pack import RUNS
from training.train import load_weights, save_run

Moments = dict[int, dict[str, Tensor]]
"""What the optimizer remembers, by number and name."""


def average(weights: Sequence[dict[str, Tensor]]) -> dict[str, Tensor]:
    """The mean of each tensor that all of them have; the others, and whole numbers, as the first has them."""
    first = weights[0]
    out = dict(first)
    for name, value in first.items():
        if value.is_floating_point() and all(name in w for w in weights):
            out[name] = torch.stack([w[name].float() for w in weights]).mean(0)
    return out


def meet(runs: Sequence[str]) -> None:
    """Let stopped runs go on from their mean, each with its own seed and its own count of steps."""
    states = [torch.load(RUNS / run / "last.pt") for run in runs]
    network, ema = (average([s[part] for s in states]) for part in ("network", "ema"))
    held: list[Moments] = [s["optimizer"]["state"] for s in states]
    moments = {number: average([m[number] for m in held]) for number in held[0]}
    for run, state in zip(runs, states, strict=True):
        optimizer = {**state["optimizer"], "state": moments}
        save_run(RUNS / run, {**state, "network": network, "ema": ema, "optimizer": optimizer})


def main() -> None:
    """The command."""
    parser = argparse.ArgumentParser(description=__doc__)
    to_where = parser.add_mutually_exclusive_group(required=True)
    to_where.add_argument("--run")
    to_where.add_argument("--meet", action="store_true")
    parser.add_argument("runs", nargs="+")
    arguments = parser.parse_args()
    if arguments.meet:
        meet(arguments.runs)
        return
    save_run(RUNS / arguments.run, {"ema": average([load_weights(run) for run in arguments.runs])})


if __name__ == "__main__":
    main()
