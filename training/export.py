"""Trained weights → what ships: `python -m training.export --run NAME [--thresholds FILE] [--out FOLDER]`.

In: `runs/NAME/last.pt`. Out: `reader.onnx` (int8 per channel), `heads.npz`, `reader.json` in the package (or FOLDER).
Never: float weights of the encoder in the package.

Attention is one operation (onnxruntime's MultiHeadAttention): no copies in between, a fiftieth of the network's time
saved. Outlying channels are evened out first (smoothing.py). Weights are signed, of 8 bits: where a processor has no
VNNI, sums of two products may saturate, but the outputs were as near to float as those of unsigned weights, which do
not (and take a fifth longer), and nearer than with 7 bits (`reduce_range`). Float weights take half as long again,
blocks of 8 bits (`MatMulNBits`) twice as long. All measured on a Zen 3 with onnxruntime 1.32, November 2026.
"""

import argparse
import math
import tempfile
from pathlib import Path
from typing import Any

import numpy as np
import onnx
import torch
from onnxruntime import InferenceSession
from onnxruntime.quantization import QuantType, quantize_dynamic
from onnxruntime.quantization.shape_inference import quant_pre_process
from torch import Tensor, nn
from torch.nn import functional

from rashomon.read.heads import LAYERS, SPAN_HEADS, TAGS
from training.network import HIDDEN, Network
from training.pack import HELD, PACKAGED, load_held, write_card
from training.smoothing import iter_windows, smooth
from training.train import load_weights, start_from
from training.unpack import COMPANY_PARTS, HEAD_MODULES, LAYERS_BY_STYLE, factor_name

HEADS = 12


class Attention(torch.autograd.Function):
    """Attention of `HEADS` heads as the one operation that onnxruntime has for it."""

    @staticmethod
    def forward(ctx: object, q: Tensor, k: Tensor, v: Tensor) -> Tensor:
        """`(1, L, 384)` each → `(1, L, 384)`."""
        del ctx
        q, k, v = (x.view(1, -1, HEADS, HIDDEN // HEADS).transpose(1, 2) for x in (q, k, v))
        p = torch.softmax(q @ k.transpose(2, 3) / math.sqrt(HIDDEN // HEADS), -1)
        return (p @ v).transpose(1, 2).reshape(1, -1, HIDDEN)

    @staticmethod
    def symbolic(g: Any, q: Any, k: Any, v: Any) -> Any:
        """The node that stands for it."""
        node = g.op("com.microsoft::MultiHeadAttention", q, k, v, num_heads_i=HEADS)
        node.setType(q.type())
        return node


class Plain(nn.Module):
    """The same network spelt out, without masks or dropout, for batches of one window; `factors` are `smooth`'s."""

    def __init__(self, network: Network, factors: dict[str, Tensor]) -> None:
        super().__init__()
        self.n = network
        for name, factor in factors.items():
            self.register_buffer(factor_name(name), factor)
        self.register_buffer(LAYERS_BY_STYLE, (network.layers.weight.T + network.layers_of_style).detach())

    def forward(self, ids: Tensor, cases: Tensor, styles: Tensor) -> tuple[Tensor, Tensor]:
        """`(1, L)`, `(1, L)`, `(1,)` → tag probabilities `(1, L, layers, 3)`, hidden `(1, L, 384)`."""
        e = self.n.encoder.embeddings
        length = ids.shape[1]
        positions = e.position_embeddings.weight[:length]
        x = e.word_embeddings(ids) + self.n.case(cases) + self.n.style(styles)[:, None, :]
        x = e.LayerNorm(x + positions + e.token_type_embeddings.weight[0])
        for number, layer in enumerate(self.n.encoder.encoder.layer):
            into, out_of = (getattr(self, factor_name(f"{number}.{part}")) for part in ("intermediate", "output"))
            a = layer.attention
            c = Attention.apply(a.self.query(x), a.self.key(x), a.self.value(x))
            x = a.output.LayerNorm(a.output.dense(c) + x)
            h = functional.gelu(layer.intermediate.dense(x * into))
            x = layer.output.LayerNorm(layer.output.dense(h * out_of) + x)
        tags = x @ getattr(self, LAYERS_BY_STYLE).index_select(0, styles)[0] + self.n.layers.bias
        tags = tags.view(1, -1, len(LAYERS), len(TAGS))
        return torch.softmax(tags, -1), x


def head_arrays(network: Network) -> dict[str, np.ndarray]:
    """The weights of the span and pair heads, as `rashomon.read.scoring` names them."""
    arrays = {"span_layer": network.span_layer.weight, "gap": network.gap.weight}
    linear = {name: getattr(network, name) for name in HEAD_MODULES} | {n: network.span_heads[n] for n in SPAN_HEADS}
    for number, layer in enumerate(network.company):
        arrays[f"company.{number}.near"] = layer.near.weight
        for part in COMPANY_PARTS:
            linear[f"company.{number}.{part}"] = getattr(layer, part)
    for name, module in linear.items():
        if isinstance(module, nn.LayerNorm):
            arrays[f"{name}.scale"] = module.weight
        else:
            arrays[f"{name}.w"] = module.weight.T
        if module.bias is not None:
            arrays[f"{name}.b"] = module.bias
    return {k: v.detach().numpy().astype(np.float16) for k, v in arrays.items()}


def export(run: str, held: dict[str, Any], folder_out: Path) -> None:
    """Write the three files into `folder_out`; prints the version, the size, and how far int8 is from float32."""
    network = Network()
    start_from(network, load_weights(run))
    network.eval()
    ids, cases = next(iter_windows())
    styles = torch.zeros(1, dtype=torch.long)
    with torch.no_grad():
        wanted = network.encode(ids, cases, styles, torch.ones_like(ids))
        heads = head_arrays(network)
        plain = Plain(network, smooth(network)).eval()
        same = (plain(ids, cases, styles)[1] - wanted).abs().max()
    assert float(same) < 1e-3, f"the spelt-out network differs by {float(same)}"
    with tempfile.TemporaryDirectory() as folder:
        raw, ready = Path(folder) / "raw.onnx", Path(folder) / "ready.onnx"
        torch.onnx.export(
            plain, (ids, cases, styles), str(raw), dynamo=False, opset_version=17, custom_opsets={"com.microsoft": 1},
            input_names=["ids", "cases", "styles"], output_names=["tags", "hidden"],
            dynamic_axes={"ids": {1: "L"}, "cases": {1: "L"}, "tags": {1: "L"}, "hidden": {1: "L"}},
        )  # fmt: skip
        quant_pre_process(str(raw), str(ready), skip_symbolic_shape=True)
        out = folder_out / "reader.onnx"
        nodes = onnx.load(str(ready)).graph.node
        keep_float = [n.name for n in nodes if n.op_type == "Gather" and n.input[0] == LAYERS_BY_STYLE]
        quantize_dynamic(
            str(ready), str(out), per_channel=True, weight_type=QuantType.QInt8,
            op_types_to_quantize=["MatMul", "Gather"],
            nodes_to_exclude=keep_float,
        )  # fmt: skip
    np.savez_compressed(folder_out / "heads.npz", **heads)
    version = write_card(run, held, folder_out)
    feed = {"ids": ids.numpy(), "cases": cases.numpy(), "styles": styles.numpy()}
    found = torch.from_numpy(InferenceSession(str(out)).run(["hidden"], feed)[0])
    print(version, f"{out.stat().st_size / 1e6:.1f} MB, off by {(found - wanted).norm() / wanted.norm():.3f}")


def main() -> None:
    """The command."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--run", required=True)
    parser.add_argument("--thresholds", type=Path, default=HELD)
    parser.add_argument("--out", type=Path, default=PACKAGED, help="the folder to write to (the package's)")
    arguments = parser.parse_args()
    export(arguments.run, load_held(arguments.thresholds), arguments.out)


if __name__ == "__main__":
    main()
