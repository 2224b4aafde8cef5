"""Readers of weights that do not ship: those in a folder that `training.export` wrote, and teachers.

In: a folder, or `runs/RUN/last.pt` of a plan with `base = "mpnet"`. Out: a `Reader`. Never: odds or thresholds of a
teacher's own: it reads with those that ship.
"""

from pathlib import Path

import numpy as np
from numpy.typing import NDArray

from rashomon.read.model import Model, load_model, read_model
from rashomon.read.reader import Reader

Arrays = dict[str, NDArray[np.generic]]


def folder_reader(folder: Path) -> Reader:
    """The reader of these weights."""
    return Reader(read_model(folder))


def teacher_reader(run: str) -> Reader:
    """A teacher as a reader, in torch; the packaged weights lend it their odds and thresholds."""
    import torch

    from training.export import head_arrays
    from training.losses import HALF
    from training.train import load_teacher

    torch.set_num_threads(1)
    teacher = load_teacher(run)

    class Session:
        """What a `Model` asks of onnxruntime."""

        def run(self, _names: list[str], feed: Arrays) -> list[NDArray[np.float32]]:
            """The tags and the hidden states of one window."""
            ids, cases, styles = (torch.from_numpy(feed[k].astype(np.int64)) for k in ("ids", "cases", "styles"))
            with torch.no_grad():
                with torch.autocast("cpu", dtype=torch.bfloat16, enabled=HALF):
                    hidden = teacher.encode(ids, cases, styles, torch.ones_like(ids)).float()
                return [teacher.tag(hidden, styles).softmax(-1).numpy(), hidden.numpy()]

    heads = {name: values.astype(np.float32) for name, values in head_arrays(teacher).items()}
    return Reader(Model(Session(), heads, load_model().card))  # type: ignore[arg-type]  # all that it asks of one
