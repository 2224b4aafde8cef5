"""Train the reader: `python -m training.train --plan PLAN.toml --run NAME`; stops and resumes at any epoch.

In: the corpora (`RASHOMON_DATA`), our texts, a plan. Out: `runs/NAME/last.pt` after each epoch.
Never: texts of a split that the plan does not name.

A plan's `tokens` is the whole budget; the learning rate falls along a cosine over it, whatever an epoch holds. Our own
texts are read anew at every epoch, so that texts written meanwhile are learnt from too.
"""

import argparse
import math
import os
import pickle
import random
import time
import tomllib
from collections import defaultdict
from collections.abc import Iterable
from pathlib import Path

import torch
from torch import Tensor, nn

from training.augment import Names, augment, learn_names
from training.batches import Window, iter_batches, mask_words, to_windows
from training.examples import Example
from training.losses import losses
from training.network import Network
from training.pack import PACKAGED, RUNS
from training.phrases import Phrases, learn_phrases, swap_phrases
from training.sources import ecbplus, muc4, ours, polnear, re3d, standoff
from training.splits import MUC4_HELD_BACK, is_held_back, ours_paths, snippet_paths
from training.teacher import Teacher
from training.unpack import unpack

DATA = Path(os.environ.get("RASHOMON_DATA", Path(__file__).parents[1] / ".." / "shared" / "data"))
OURS = ("ours", "snippets", "standoff")
"""The corpora that we annotated: only their items say what each phrase is."""


def load_corpora(plan: dict[str, object]) -> dict[str, list[Example]]:
    """The corpora that the plan samples from, by name."""
    corpora: dict[str, list[Example]] = {}
    for name in plan["share"]:  # type: ignore[attr-defined]  # a table of the plan
        if name == "muc4":
            found = (e for part in plan["muc4_parts"] for e in muc4.load(DATA / "muc4" / part))  # type: ignore[attr-defined]
            corpora[name] = [e for e in found if e.id not in MUC4_HELD_BACK]
        elif name == "polnear":
            corpora[name] = [e for e in polnear.load(DATA / "polnear" / "train") if not is_held_back(e.id)]
        elif name == "re3d":
            corpora[name] = list(re3d.load(DATA / "re3d" / "train.txt", 1))
        elif name == "ecbplus":
            corpora[name] = list(ecbplus.load(DATA / "ecbplus", tuple(plan["ecbplus_topics"])))  # type: ignore[arg-type]
    return corpora | load_ours(plan)


def load_ours(plan: dict[str, object]) -> dict[str, list[Example]]:
    """What we annotated, as it is now: our own texts, and real ones by their offsets."""
    found: dict[str, list[Example]] = {}
    if "ours" in plan["share"]:  # type: ignore[operator]
        found["ours"] = list(ours.load(ours_paths(*plan["ours_splits"])))  # type: ignore[misc]
    if "snippets" in plan["share"]:  # type: ignore[operator]
        found["snippets"] = list(ours.load(snippet_paths("train")))
    if "standoff" in plan["share"]:  # type: ignore[operator]
        found["standoff"] = list(standoff.load(DATA, "train"))
    if "guessed" in plan["share"]:  # type: ignore[operator]
        found["guessed"] = list(standoff.load(DATA, "train", folder=RUNS / str(plan["guessed"]) / "guessed"))
    return found


def epoch_windows(
    corpora: dict[str, list[Example]], share: dict[str, float], names: Names, phrases: Phrases, rng: random.Random
) -> list[Window]:
    """One epoch: of each corpus its share (2.5 is twice all and half once more), augmented anew, no word masked yet."""
    windows: list[Window] = []
    for name, examples in corpora.items():
        pool = examples
        if name == "muc4":  # half of the messages hold nothing; half of them suffices
            full = [e for e in examples if any(e.layers.values())]
            empty = [e for e in examples if not any(e.layers.values())]
            pool = full + rng.sample(empty, len(empty) // 2)
        whole, part = divmod(share[name], 1)
        chosen = pool * int(whole) + rng.sample(pool, round(part * len(pool)))
        for example in chosen:
            swapped = swap_phrases(example, phrases, rng) if phrases and name in OURS else example
            windows += to_windows(augment(swapped, names, rng), rng)
    return windows


def plan_windows(plan: dict[str, object], rng: random.Random) -> list[Window]:
    """One epoch of a plan's texts, without phrases swapped."""
    corpora = load_corpora(plan)
    names = learn_names(e for examples in corpora.values() for e in examples)
    return epoch_windows(corpora, plan["share"], names, {}, rng)  # type: ignore[arg-type]


def load_taught(paths: Iterable[Path]) -> list[Window]:
    """The windows that a teacher has answered (`training.teach`), of a file that was cut off those before the cut."""
    windows: list[Window] = []
    for path in paths:
        with path.open("rb") as file:
            try:
                while True:
                    windows += pickle.load(file)
            except (EOFError, pickle.UnpicklingError):
                continue
    return windows


FROZEN = "encoder.embeddings.word_embeddings.weight"
WEIGHTS = {"tags": 1.0, "types": 0.9, "pair": 2.5, "stance": 0.3, "target_kind": 0.12}


def load_weights(run: str) -> dict[str, Tensor]:
    """The moving average of a run's weights; `packaged` are those that ship."""
    if run == "packaged":
        return unpack(PACKAGED)
    weights: dict[str, Tensor] = torch.load(RUNS / run / "last.pt")["ema"]
    return weights


def save_run(run: Path, state: dict[str, object]) -> None:
    """Write `run/last.pt`, whole or not at all."""
    run.mkdir(parents=True, exist_ok=True)
    torch.save(state, run / "new.pt")
    (run / "new.pt").replace(run / "last.pt")


def start_from(network: Network, state: dict[str, Tensor]) -> None:
    """Take over the weights of an earlier stage; outputs that it did not have keep their first values."""
    own = network.state_dict()
    for name, value in state.items():
        if name in own and own[name].shape == value.shape:
            own[name].copy_(value)
        elif name in own:
            own[name][: len(value)].copy_(value)


def build(plan: dict[str, object]) -> Network:
    """The network that the plan trains: the reader's, or with `base = "mpnet"` the teacher's."""
    if plan.get("base") == "mpnet":
        return Teacher()
    return Network(float(plan.get("dropout", 0.0)), int(plan["seed"]))  # type: ignore[arg-type, call-overload]


def load_teacher(run: str) -> Teacher:
    """A trained teacher, to be asked."""
    teacher = Teacher()
    start_from(teacher, load_weights(run))
    teacher.eval()
    return teacher


def freeze(network: Network, layers: int) -> None:
    """Leave the embeddings and the first `layers` layers of the encoder as they are; what is above them is trained."""
    if not layers:
        return
    for module in (network.encoder.embeddings, network.case, network.style, *network.encoder.encoder.layer[:layers]):
        module.requires_grad_(False)


def train(plan: dict[str, object], run: Path) -> None:
    """Train by the plan, resuming from `run/last.pt` if it is there."""
    torch.set_num_threads(int(os.environ.get("RASHOMON_THREADS", "2")))
    seed = int(plan["seed"])  # type: ignore[call-overload]
    torch.manual_seed(seed)
    corpora = load_corpora(plan)
    names = learn_names(e for examples in corpora.values() for e in examples)
    phrases = learn_phrases(e for name in OURS for e in corpora.get(name, ())) if plan.get("phrases") else {}
    taught = load_taught(RUNS / name for name in plan.get("taught", ()))  # type: ignore[attr-defined]
    print(
        {k: len(v) for k, v in corpora.items()},
        len(taught),
        len(names.common),
        {k: len(v) for k, v in names.pools.items()},
        flush=True,
    )
    network = build(plan)
    if plan.get("start"):
        start_from(network, load_weights(str(plan["start"])))
    freeze(network, int(plan.get("frozen_layers", 0)))  # type: ignore[call-overload]
    encoder = [p for n, p in network.named_parameters() if n.startswith("encoder") and p.requires_grad]
    heads = [p for n, p in network.named_parameters() if not n.startswith("encoder") and p.requires_grad]
    optimizer = torch.optim.AdamW(
        [{"params": encoder, "lr": float(plan["encoder_rate"])}, {"params": heads, "lr": float(plan["head_rate"])}],  # type: ignore[arg-type]
        weight_decay=0.01,
        fused=True,
    )
    peak = [g["lr"] for g in optimizer.param_groups]
    budget, tokens = int(plan["tokens"]), int(plan["batch_tokens"])  # type: ignore[call-overload]
    ema = {k: v.clone() for k, v in network.state_dict().items()}
    epoch, spent, steps = 0, 0, 0
    if (run / "last.pt").exists():
        state = torch.load(run / "last.pt")
        network.load_state_dict(state["network"])
        optimizer.load_state_dict(state["optimizer"])
        ema, epoch, spent, steps = state["ema"], state["epoch"], state["spent"], state["steps"]
    while spent < budget:
        corpora |= load_ours(plan)
        rng = random.Random(seed * 1000 + epoch)
        windows = epoch_windows(corpora, plan["share"], names, phrases, rng)  # type: ignore[arg-type]
        windows += rng.sample(taught, round(float(plan.get("taught_share", 1.0)) * len(taught)))  # type: ignore[arg-type]
        batches = list(iter_batches([mask_words(w, rng) for w in windows], tokens, rng))
        network.train()
        shown: dict[str, float] = defaultdict(float)
        began, seen = time.time(), 0
        for step, batch in enumerate(batches):
            share = min(1.0, (spent + seen) / budget)
            warm = min(1.0, (steps + 1) / 100)
            for group, rate in zip(optimizer.param_groups, peak, strict=True):
                group["lr"] = rate * warm * (0.03 + 0.97 * 0.5 * (1 + math.cos(math.pi * share)))
            parts = losses(network, batch)
            loss = sum(WEIGHTS.get(k, 0.1) * v for k, v in parts.items())
            optimizer.zero_grad(set_to_none=True)
            loss.backward()  # type: ignore[union-attr]
            nn.utils.clip_grad_norm_(network.parameters(), 1.0)
            optimizer.step()
            seen += int(batch.mask.sum())
            steps += 1
            for k, v in parts.items():
                shown[k] += float(v.detach()) / len(batches)
            if steps % 5 == 0:
                decay = min(0.985, steps / (50 + steps))
                for k, v in network.state_dict().items():
                    if k == FROZEN:
                        continue
                    ema[k].lerp_(v, 1 - decay) if v.is_floating_point() else ema[k].copy_(v)
            if step % 50 == 49:
                print(
                    f"  {step + 1}/{len(batches)} {seen / (time.time() - began):.0f} tokens/s loss {float(loss):.3f}",
                    flush=True,
                )
        epoch, spent = epoch + 1, spent + seen
        state = {"network": network.state_dict(), "ema": ema, "optimizer": optimizer.state_dict()}
        save_run(run, state | {"epoch": epoch, "spent": spent, "steps": steps})
        took = time.time() - began
        means = " ".join(f"{k}={v:.3f}" for k, v in shown.items())
        print(f"epoch {epoch} {spent} spent {took:.0f}s {seen / took:.0f} tokens/s {means}", flush=True)


def main() -> None:
    """The command."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--plan", type=Path, required=True)
    parser.add_argument("--run", required=True)
    arguments = parser.parse_args()
    train(tomllib.loads(arguments.plan.read_text(encoding="utf-8")), RUNS / arguments.run)


if __name__ == "__main__":
    main()
