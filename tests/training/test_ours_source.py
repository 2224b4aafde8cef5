"""Our annotated texts as examples: a place within a place has a layer of its own."""

import pytest

from corpus.annotated import parse_annotated
from training.sources.ours import to_example

TEXT = """id: x-01
conflict: x
genre: wire
outlet: Post
published: 2019-05-03
=== text
A bomb went off at the market of Belu, in northern Tarn.
=== tellings
types: bombing | asserts | accomplished
anchors: A bomb went off
instrument [bomb]: A bomb
place [site]: the market of Belu
place [town]: Belu
place [region]: northern Tarn
=== statements
=== loaded
"""


def test_a_site_and_the_town_in_its_name_are_of_two_layers() -> None:
    example = to_example(parse_annotated(TEXT, "x-01.txt"))
    held = {layer: [example.text[a:b] for a, b in example.layers[layer]] for layer in ("site", "place")}
    assert held == {"site": ["the market of Belu"], "place": ["Belu", "northern Tarn"]}


def test_of_two_spans_of_one_layer_that_overlap_the_longer_stays_whole() -> None:
    pytest.importorskip("torch", reason="torch is in the training environment only")
    from rashomon.read.heads import LAYERS
    from rashomon.read.windows import tokenize
    from training.batches import tag_targets
    from training.examples import Example

    text = "the journalist Iro Tamas"
    for spans in (((0, 24), (15, 24)), ((15, 24), (0, 24))):
        tags = tag_targets(Example("x", "general", text, {"target_human": spans}, {}, ()), tokenize(text))
        column = tags[:, LAYERS.index("target_human")].tolist()
        assert column == [1] + [2] * (len(column) - 1)
