"""Trained weights → what ships: `python -m training.export --run NAME [--thresholds FILE]`.

In: `runs/NAME/last.pt`. Out: `reader.onnx` (int8 per channel), `heads.npz`, `reader.json` in the package.
Never: float weights of the encoder in the package.
"""

import argparse
import hashlib
import json
import math
import re
import tempfile
from pathlib import Path

import numpy as np
import onnx
import torch
from onnxruntime.quantization import QuantType, quantize_dynamic
from onnxruntime.quantization.shape_inference import quant_pre_process
from torch import Tensor, nn
from torch.nn import functional

from rashomon.read.heads import LAYERS, SPAN_HEADS, TAGS
from training.network import HIDDEN, Network
from training.train import RUNS, start_from

WEIGHTS = Path(__file__).parents[1] / "src" / "rashomon" / "read" / "weights"
HEADS = 12


class Plain(nn.Module):
    """The same network spelt out, without masks or dropout, for batches of one window."""

    def __init__(self, network: Network) -> None:
        super().__init__()
        self.n = network

    def forward(self, ids: Tensor, cases: Tensor, styles: Tensor) -> tuple[Tensor, Tensor]:
        """`(1, L)`, `(1, L)`, `(1,)` → tag probabilities `(1, L, layers, 3)`, hidden `(1, L, 384)`."""
        e = self.n.encoder.embeddings
        length = ids.shape[1]
        positions = e.position_embeddings.weight[:length]
        x = e.word_embeddings(ids) + self.n.case(cases) + self.n.style(styles)[:, None, :]
        x = e.LayerNorm(x + positions + e.token_type_embeddings.weight[0])
        for layer in self.n.encoder.encoder.layer:
            a = layer.attention
            q, k, v = (
                f(x).view(1, -1, HEADS, HIDDEN // HEADS).transpose(1, 2)
                for f in (a.self.query, a.self.key, a.self.value)
            )
            p = torch.softmax(q @ k.transpose(2, 3) / math.sqrt(HIDDEN // HEADS), -1)
            c = (p @ v).transpose(1, 2).reshape(1, -1, HIDDEN)
            x = a.output.LayerNorm(a.output.dense(c) + x)
            x = layer.output.LayerNorm(layer.output.dense(functional.gelu(layer.intermediate.dense(x))) + x)
        tags = self.n.layers(x).view(1, -1, len(LAYERS), len(TAGS))
        return torch.softmax(tags, -1), x


def head_arrays(network: Network) -> dict[str, np.ndarray]:
    """The weights of the span and pair heads, as `rashomon.read.scoring` names them."""
    arrays = {"span_layer": network.span_layer.weight, "distance": network.distance.weight}
    linear = {"span_body": network.span_body, "pair_body": network.pair_body, "pair_hidden": network.pair_hidden,
              "pair_out": network.pair_out} | {name: network.span_heads[name] for name in SPAN_HEADS}  # fmt: skip
    for name, module in linear.items():
        arrays[f"{name}.w"], arrays[f"{name}.b"] = module.weight.T, module.bias
    return {k: v.detach().numpy().astype(np.float16) for k, v in arrays.items()}


def export(run: str, thresholds: dict[str, float], calibration: dict[str, float]) -> None:
    """Write the three files; prints how far int8 is from float32 on a sample."""
    network = Network()
    start_from(network, torch.load(RUNS / run / "last.pt")["ema"])
    network.eval()
    plain = Plain(network).eval()
    ids = torch.randint(1000, 20000, (1, 50))
    cases, styles = torch.randint(0, 4, (1, 50)), torch.zeros(1, dtype=torch.long)
    with torch.no_grad():
        same = (plain(ids, cases, styles)[1] - network.encode(ids, cases, styles, torch.ones_like(ids))).abs().max()
    assert float(same) < 1e-3, f"the spelt-out network differs by {float(same)}"
    with tempfile.TemporaryDirectory() as folder:
        raw, ready = Path(folder) / "raw.onnx", Path(folder) / "ready.onnx"
        torch.onnx.export(
            plain, (ids, cases, styles), str(raw), dynamo=False, opset_version=17,
            input_names=["ids", "cases", "styles"], output_names=["tags", "hidden"],
            dynamic_axes={"ids": {1: "L"}, "cases": {1: "L"}, "tags": {1: "L"}, "hidden": {1: "L"}},
        )  # fmt: skip
        quant_pre_process(str(raw), str(ready), skip_symbolic_shape=True)
        out = WEIGHTS / "reader.onnx"
        nodes = onnx.load(str(ready)).graph.node
        keep_float = [n.name for n in nodes if n.op_type == "MatMul" and re.search(r"/layers/", n.name)]
        quantize_dynamic(
            str(ready), str(out), per_channel=True, weight_type=QuantType.QInt8,
            op_types_to_quantize=["MatMul", "Gather"],
            nodes_to_exclude=keep_float,
        )  # fmt: skip
    np.savez_compressed(WEIGHTS / "heads.npz", **head_arrays(network))
    digest = hashlib.sha256(out.read_bytes() + (WEIGHTS / "heads.npz").read_bytes()).hexdigest()[:12]
    card = {
        "version": f"{run}-{digest}",
        "layers": list(LAYERS),
        "thresholds": thresholds,
        "calibration": calibration,
    }
    (WEIGHTS / "reader.json").write_text(json.dumps(card, indent=1) + "\n", encoding="utf-8")
    print(card["version"], f"{out.stat().st_size / 1e6:.1f} MB")


def main() -> None:
    """The command."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--run", required=True)
    parser.add_argument("--thresholds", type=Path, default=Path(__file__).parent / "thresholds.json")
    arguments = parser.parse_args()
    held = json.loads(arguments.thresholds.read_text(encoding="utf-8")) if arguments.thresholds.exists() else {}
    export(arguments.run, held.get("thresholds", {}), held.get("calibration", {}))


if __name__ == "__main__":
    main()
