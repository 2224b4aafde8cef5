"""The packaged weights back in torch, as a start for further training: `start = "packaged"` in a plan.

In: `reader.onnx` (int8) and `heads.npz` of the package. Out: a state of `Network`.
Never: the word embeddings, which are the base's own and frozen.
"""

import re
from pathlib import Path

import numpy as np
import onnx
import torch
from onnx import numpy_helper
from torch import Tensor

_LINEAR = re.compile(r"^/(query|key|value|dense)(?:_(\d+))?/MatMul_quant$")
HEAD_MODULES = (
    "span_body", "company_in", "company_out", "pair_one", "pair_other", "product_one", "product_other", "product_out",
    "between", "between_out", "pair_score",
)  # fmt: skip
"""The network's linear layers whose weights are in `heads.npz`, besides the span heads."""
COMPANY_PARTS = ("norm_see", "asked", "seen", "norm_think", "wide", "narrow")
"""What the layers of the spans' transformer are made of, besides their distances."""
LAYERS_BY_STYLE = "layers_by_style"
"""The initializer that holds the weights of the token layers, `(styles, 384, layers * 3)`."""
_OF_DENSE = ("attention.output.dense", "intermediate.dense", "output.dense")


def factor_name(part: str) -> str:
    """Under which name the export keeps what the inputs of a layer's part ("0.intermediate") are multiplied with."""
    return "factor_" + part.replace(".", "_")


def _module(name: str) -> str | None:
    """The module whose weight a node multiplies with; the export names them in the order of the layers."""
    m = _LINEAR.match(name)
    if m is None:
        return None
    kind, number = m[1], int(m[2] or 0)
    if kind == "dense":
        return f"encoder.encoder.layer.{number // 3}.{_OF_DENSE[number % 3]}"
    return f"encoder.encoder.layer.{number}.attention.self.{kind}"


def unpack(folder: Path) -> dict[str, Tensor]:
    """The weights of `folder`, dequantised, by the names of `Network`; what the package does not hold is absent."""
    graph = onnx.load(str(folder / "reader.onnx")).graph
    held = {i.name: numpy_helper.to_array(i) for i in graph.initializer}
    state: dict[str, np.ndarray] = {}
    for name, values in held.items():
        if name.startswith("n.") and values.dtype == np.float32 and not name.endswith("_scale"):
            state[name.removeprefix("n.")] = values
    for name in ("case", "style"):
        q, scale, zero = (held[f"n.{name}.weight_{k}"] for k in ("quantized", "scale", "zero_point"))
        state[f"{name}.weight"] = (q.astype(np.float32) - zero) * scale
    for node in graph.node:
        if node.op_type == "MatMulInteger" and (module := _module(node.name)):
            key = node.input[1].removesuffix("_quantized")
            values = held[f"{key}_quantized"].astype(np.float32) * held[f"{key}_scale"]
            part = re.sub(r"^encoder\.encoder\.layer\.|\.dense$", "", module)
            state[f"{module}.weight"] = values.T * held.get(factor_name(part), 1.0)
    by_style = held[LAYERS_BY_STYLE]
    state["layers.weight"], state["layers_of_style"] = by_style[0].T, by_style - by_style[0]
    with np.load(folder / "heads.npz") as arrays:
        for name in arrays.files:
            values = arrays[name].astype(np.float32)
            base, _, part = name.rpartition(".")
            if part not in ("w", "b", "scale"):
                state[f"{name}.weight"] = values
                continue
            owner = base if base in HEAD_MODULES or base.startswith("company.") else f"span_heads.{base}"
            state[f"{owner}.{'bias' if part == 'b' else 'weight'}"] = values.T
    return {name: torch.from_numpy(np.array(values, dtype=np.float32)) for name, values in state.items()}
