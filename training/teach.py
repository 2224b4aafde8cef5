"""A teacher's answers: `python -m training.teach --plan PLAN.toml --run TEACHER --part N`.

In: `runs/TEACHER/last.pt` (a plan with `base = "mpnet"`), the plan's texts. Out: `runs/TEACHER/told-N.pkl`: the windows
of one epoch with what the teacher says of them, for plans whose `taught` names the file. Can be stopped at any moment.
Never: words masked: the teacher sees all, the one that learns from it may not.
"""

import argparse
import pickle
import random
import time
import tomllib
from dataclasses import replace
from pathlib import Path

import numpy as np
import torch

from training.batches import Batch, Window, iter_batches
from training.losses import encode, window_outputs
from training.network import Network
from training.pack import RUNS
from training.train import load_teacher, plan_windows


def answer(teacher: Network, batch: Batch, trust: float) -> list[Window]:
    """The windows of a batch with what the teacher says of them, and how much that is to weigh."""
    with torch.no_grad():
        hidden = encode(teacher, batch)
        tags = teacher.tag(hidden, batch.styles)
        found = []
        for i, window in enumerate(batch.windows):
            said = {head: out for head, out, _ in window_outputs(teacher, hidden[i], window)}
            said["tags"] = tags[i, : len(window.ids)]
            taught = {head: out.numpy().astype(np.float16) for head, out in said.items()}
            found.append(replace(window, taught=taught, trust=trust))
    return found


def main() -> None:
    """The command."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--plan", type=Path, required=True)
    parser.add_argument("--run", required=True)
    parser.add_argument("--part", type=int, required=True, help="which epoch; texts are altered otherwise in each")
    parser.add_argument(
        "--trust", type=float, default=0.6, help="the teacher's share of the loss, the annotation's is the rest"
    )
    arguments = parser.parse_args()
    plan = tomllib.loads(arguments.plan.read_text(encoding="utf-8"))
    torch.set_num_threads(1)
    rng = random.Random(int(plan["seed"]) * 1000 + 500 + arguments.part)
    windows = plan_windows(plan, rng)
    teacher = load_teacher(arguments.run)
    began, seen = time.time(), 0
    with (RUNS / arguments.run / f"told-{arguments.part}.pkl").open("wb") as file:
        for number, batch in enumerate(iter_batches(windows, plan["batch_tokens"], rng)):
            pickle.dump(answer(teacher, batch, arguments.trust), file)
            seen += int(batch.mask.sum())
            if number % 50 == 49:
                file.flush()
                print(f"  {number + 1} {seen} {seen / (time.time() - began):.0f} tokens/s", flush=True)


if __name__ == "__main__":
    main()
