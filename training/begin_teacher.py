"""A start for the teacher: `python -m training.begin_teacher --plan PLAN.toml --run NAME --like RUN`.

In: `runs/RUN/last.pt` (a reader's weights), all-mpnet-base-v2, the plan's texts. Out: `runs/NAME/last.pt`.
Never: training; that is `training.train`.

The heads begin as RUN's, on what a linear map, fitted by least squares, makes of the teacher's 768 numbers for RUN's
384.
"""

import argparse
import random
import tomllib
from pathlib import Path

import torch

from training.batches import Batch, iter_batches
from training.losses import HALF
from training.network import Network
from training.pack import RUNS
from training.teacher import Teacher
from training.train import load_weights, plan_windows, save_run, start_from

FITTED = 60_000
"""Tokens from which the map is fitted."""


def fit_map(teacher: Teacher, reader: Network, batches: list[Batch]) -> float:
    """Set the teacher's map by least squares; the share of the reader's variance that it leaves unexplained."""
    wide, wanted = [], []
    with torch.no_grad(), torch.autocast("cpu", dtype=torch.bfloat16, enabled=HALF):
        for b in batches:
            held = b.mask.bool()
            wide.append(teacher.wide(b.ids, b.cases, b.styles, b.mask)[held].float())
            wanted.append(reader.encode(b.ids, b.cases, b.styles, b.mask)[held].float())
    x, y = torch.cat(wide), torch.cat(wanted)
    x = torch.cat([x, torch.ones(len(x), 1)], 1)
    fitted = torch.linalg.solve(x.T @ x + 1e-2 * torch.eye(x.shape[1]), x.T @ y)
    with torch.no_grad():
        teacher.narrow.weight.copy_(fitted[:-1].T)
        teacher.narrow.bias.copy_(fitted[-1])
    return float(((x @ fitted - y) ** 2).sum() / ((y - y.mean(0)) ** 2).sum())


def main() -> None:
    """The command."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--plan", type=Path, required=True, help="whose texts the map is fitted on")
    parser.add_argument("--run", required=True)
    parser.add_argument("--like", required=True)
    arguments = parser.parse_args()
    plan = tomllib.loads(arguments.plan.read_text(encoding="utf-8"))
    torch.manual_seed(int(plan["seed"]))
    rng = random.Random(int(plan["seed"]))
    windows = plan_windows(plan, rng)
    batches: list[Batch] = []
    held = 0
    for batch in iter_batches(windows, plan["batch_tokens"], rng):
        batches.append(batch)
        held += int(batch.mask.sum())
        if held > FITTED:
            break
    reader, teacher = Network(), Teacher()
    state = load_weights(arguments.like)
    start_from(reader, state)
    heads = ("encoder.", "case.", "style.")
    start_from(teacher, {k: v for k, v in state.items() if not k.startswith(heads)})
    reader.eval()
    teacher.eval()
    print(f"unexplained {fit_map(teacher, reader, batches):.3f} of {held} tokens")
    save_run(RUNS / arguments.run, {"ema": teacher.state_dict()})


if __name__ == "__main__":
    main()
