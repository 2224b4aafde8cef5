"""The network, run by onnxruntime: the only place that knows it.

In: windows of word pieces. Out: for each token of a text the tag probabilities and its vector.
Never: torch, a download, more than one session a process, or more than one thread a session.
"""

import json
from dataclasses import dataclass
from functools import lru_cache
from importlib import resources
from importlib.resources.abc import Traversable
from typing import Any

import numpy as np
import onnxruntime
from numpy.typing import NDArray

from rashomon.errors import ReaderError
from rashomon.read.heads import LAYERS, STYLES, TAGS
from rashomon.read.windows import Tokens

Floats = NDArray[np.float32]
_CLS, _SEP = 101, 102
_SLOW_FUSION = "SkipLayerNormFusion"
"""An optimisation that is none (onnxruntime 1.32): its fused addition and normalisation take six times as long as the
two by themselves, a twentieth of the network's time (measured on a Zen 3, November 2026)."""


@dataclass(frozen=True, slots=True)
class Encoded:
    """`tags` `(N, layers, 3)` probabilities and `hidden` `(N, 384)` of a text's N tokens."""

    tags: Floats
    hidden: Floats


@dataclass(frozen=True, slots=True)
class Card:
    """What comes with the weights: their version; thresholds and odds (odds.py), set on the dev split; `effects`: the
    share of each effect among the targets of each type, counted in training texts.
    """

    version: str
    thresholds: dict[str, float]
    odds: dict[str, dict[str, float]]
    effects: dict[str, dict[str, float]]

    def thresholds_for(self, style: str) -> dict[str, float]:
        """The thresholds of one style of annotation: its own (keys `STYLE/NAME`) before those of ours."""
        own = {k.removeprefix(f"{style}/"): v for k, v in self.thresholds.items() if k.startswith(f"{style}/")}
        return self.thresholds | own


class Model:
    """A held session and the weights of the span and pair heads."""

    def __init__(self, session: onnxruntime.InferenceSession, heads: dict[str, Floats], card: Card) -> None:
        self._session = session
        self.heads = heads
        self.card = card

    def encode(self, tokens: Tokens, windows: list[tuple[int, int]], style: str = "general") -> Encoded:
        """Run every window, one at a time: int8 results would vary with padding.

        A token seen twice is taken from the window in which it stands further from the edge.
        """
        tags = np.zeros((len(tokens), len(LAYERS), len(TAGS)), dtype=np.float32)
        tags[:, :, 0] = 1.0
        hidden = np.zeros((len(tokens), 384), dtype=np.float32)
        depth = np.full(len(tokens), -1)
        for first, last in windows:
            n = last - first
            feed: dict[str, Any] = {
                "ids": np.concatenate([[_CLS], tokens.ids[first:last], [_SEP]])[None, :],
                "cases": np.concatenate([[0], tokens.cases[first:last], [0]])[None, :],
                "styles": np.array([STYLES.index(style)], dtype=np.int64),
            }
            out_tags, out_hidden = self._session.run(["tags", "hidden"], feed)
            here = np.minimum(np.arange(n) + (10_000 if first == 0 else 0), np.arange(n)[::-1])
            better = here > depth[first:last]
            tags[first:last][better] = out_tags[0, 1:-1][better]
            hidden[first:last][better] = out_hidden[0, 1:-1][better]
            depth[first:last][better] = here[better]
        return Encoded(tags, hidden)


@lru_cache(maxsize=1)
def load_model() -> Model:
    """The packaged weights; raises ReaderError if they are missing or do not fit."""
    return read_model(resources.files("rashomon.read") / "weights")


def read_model(folder: Traversable) -> Model:
    """The weights in `folder`; raises ReaderError if they are missing or do not fit."""
    try:
        options = onnxruntime.SessionOptions()
        options.intra_op_num_threads = 1
        options.inter_op_num_threads = 1
        options.log_severity_level = 3
        session = onnxruntime.InferenceSession(
            (folder / "reader.onnx").read_bytes(), options, providers=["CPUExecutionProvider"],
            disabled_optimizers=[_SLOW_FUSION],
        )  # fmt: skip
        with (folder / "heads.npz").open("rb") as handle, np.load(handle) as arrays:
            heads = {name: arrays[name].astype(np.float32) for name in arrays.files}
        card = json.loads((folder / "reader.json").read_text(encoding="utf-8"))
    except FileNotFoundError as error:
        raise ReaderError("weights_missing", str(error)) from error
    if card["layers"] != list(LAYERS):
        raise ReaderError("weights_do_not_fit", f"made for other outputs (version {card['version']})")
    return Model(session, heads, Card(card["version"], card["thresholds"], card["odds"], card["effects"]))
