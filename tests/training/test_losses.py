"""Losses of annotation and teacher. Needs training/requirements.txt; skipped elsewhere."""

from dataclasses import replace

import numpy as np
import pytest

torch = pytest.importorskip("torch", reason="torch is in the training environment only")

SURE = 60.0


def test_a_teacher_that_repeats_the_annotation_changes_nothing_and_another_does() -> None:
    from rashomon.read.heads import SPAN_HEADS, TAGS
    from training.batches import IGNORE, collate, to_windows
    from training.examples import Example, Item
    from training.losses import YES_OR_NO, losses, window_outputs
    from training.network import Network

    torch.manual_seed(0)
    network = Network().eval()
    text = "Soldiers shot two farmers near the river."
    types = tuple(SPAN_HEADS["types"][:1])
    items = (
        Item(0, 8, "perp_actor", {"types": types, "stance": ("asserts",)}, frozenset({0})),
        Item(9, 13, "anchor", {"types": types, "stance": ("asserts",)}, frozenset({0})),
    )
    example = Example("a", "general", text, {"anchor": ((9, 13),), "perp_actor": ((0, 8),)}, items=items)
    (window,) = to_windows(example, None)
    batch = collate([window])
    assert batch.taught is None
    with torch.no_grad():
        plain = losses(network, batch)
        outs = list(window_outputs(network, torch.randn(len(window.ids), 384), window))
        said = {}
        for head, out, target in outs:
            one_hot = target if head in YES_OR_NO else torch.nn.functional.one_hot(target, out.shape[1])
            said[head] = ((one_hot * 2.0 - 1) * SURE).numpy().astype(np.float16)
        known = np.where(window.tags == IGNORE, 0, window.tags)
        said["tags"] = ((np.eye(len(TAGS))[known] * 2 - 1) * SURE).astype(np.float16)
        same = losses(network, collate([replace(window, taught=said, trust=0.6)]))
        other = losses(network, collate([replace(window, taught={k: -v for k, v in said.items()}, trust=0.6)]))
    assert set(plain) == set(same) >= {"tags", "types", "stance", "pair"}
    for head, loss in plain.items():
        assert float(same[head]) == pytest.approx(float(loss), rel=1e-3), head
        assert abs(float(other[head]) - float(loss)) > 1e-3, head
