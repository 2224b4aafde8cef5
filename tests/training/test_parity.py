"""The heads in numpy give what the network in torch gives. Needs training/requirements.txt; skipped elsewhere."""

import numpy as np
import pytest

torch = pytest.importorskip("torch", reason="torch is in the training environment only")


def test_numpy_heads_are_the_networks_heads() -> None:
    from rashomon.read.heads import SPAN_LAYERS
    from rashomon.read.scoring import score_pairs, score_spans
    from training.export import head_arrays
    from training.network import Network

    torch.manual_seed(0)
    network = Network().eval()
    torch.nn.init.normal_(network.company_out.weight, std=0.05)
    weights = {k: v.astype(np.float32) for k, v in head_arrays(network).items()}
    hidden = torch.randn(40, 384)
    spans = torch.tensor([[0, 3], [5, 6], [7, 20], [30, 40]])
    layers = torch.tensor([0, 3, len(SPAN_LAYERS) - 1, 7])
    with torch.no_grad():
        pooled = network.pool(hidden, spans, layers)
        types = torch.sigmoid(network.span_heads["types"](pooled)).numpy()
        pairs = torch.sigmoid(network.pair(hidden, network.meet(pooled, spans, layers), spans)).numpy()
    scores = score_spans(weights, hidden.numpy(), spans.numpy(), layers.numpy())
    a, b = np.repeat(np.arange(4), 4), np.tile(np.arange(4), 4)
    found = np.stack([score_pairs(weights, scores, spans.numpy(), a, b, h).reshape(4, 4) for h in range(3)], 2)
    np.testing.assert_allclose(scores.types, types, atol=2e-3)
    off = ~np.eye(4, dtype=bool)
    np.testing.assert_allclose(found[off], pairs[off], atol=2e-3)
