"""Choose the thresholds of the layers: `python -m training.tune [--texts N]`, after `training.export`.

In: the packaged weights; the dev splits of what we annotated.
Out: `training/thresholds.json`, which `training.export` packs.
Never: a text of the test split, nor of the sets kept apart.

Tags are computed once a text; each layer's threshold is the one with the best F1 of spans (exact within a word at
either edge) on the dev split, but for anchors: those that are less sure are found as well, and weighed with all that
their telling holds. Then the odds are fitted (training/fit.py), and the thresholds of grouping, fillers, types and
tellings chosen one after the other by the F1 of tellings, roles and types.
"""

import argparse
import json
from collections.abc import Sequence
from dataclasses import dataclass, replace

import numpy as np

from bench.board_rows import data_folder
from bench.matching import Score
from bench.tellings import Totals, add_text, read_those
from corpus.annotated import AnnotatedText
from rashomon.capture import article_from_text
from rashomon.read import evidence as gathering
from rashomon.read import reader as reading
from rashomon.read.decode import decode_layers
from rashomon.read.heads import ROLE_LAYERS, STATEMENT_LAYERS
from rashomon.read.model import Encoded, Model, load_model
from rashomon.read.windows import Tokens, cut_windows
from training.examples import Range
from training.fit import effect_shares, fit_odds
from training.pack import HELD
from training.sources import standoff
from training.sources.ours import to_example
from training.splits import ours_paths, snippet_paths

GRID = (0.1, 0.15, 0.2, 0.25, 0.3, 0.35, 0.4, 0.45, 0.5, 0.55, 0.6, 0.7)
PEAKS = (0.0, 0.3, 0.4, 0.5, 0.6, 0.7, 0.8)
ANCHORS = {"anchor": 0.2, "anchor_peak": 0.4, "anchor_told": 0.6}
"""Low, for the odds to weigh (on dev, December 2026, F1 of tellings 76.0 with 0.35, 0.65, 0.8 and 76.4 with these)."""
FIRST = {"together": 0.3, "filler": 0.25, "types": 0.25, "coreferent": 0.15, "telling": 0.45}
"""With what the odds are fitted."""
GRIDS = {
    "together": (0.2, 0.3, 0.4), "filler": (0.2, 0.25, 0.3, 0.35), "types": (0.15, 0.2, 0.25, 0.3),
    "coreferent": (0.1, 0.15, 0.25, 0.4), "telling": (0.35, 0.4, 0.45, 0.5),
}  # fmt: skip
SNIPPETS_EVERY = 6
"""One snippet in so many is enough for the thresholds of grouping, which take longest."""


class Remembering(Model):
    """A model that encodes each text once."""

    def __init__(self, model: Model) -> None:
        super().__init__(model._session, model.heads, model.card)
        self._held: dict[bytes, Encoded] = {}

    def encode(self, tokens: Tokens, windows: list[tuple[int, int]], style: str = "general") -> Encoded:
        """As `Model.encode`, from memory where the tokens were seen before."""
        key = tokens.ids.tobytes() + style.encode()
        if key not in self._held:
            self._held[key] = super().encode(tokens, windows, style)
        return self._held[key]


@dataclass(frozen=True, slots=True)
class Tagged:
    """A text's tag probabilities, from which each layer's spans follow for any threshold."""

    text: str
    tokens: Tokens
    tags: np.ndarray
    passage_of: np.ndarray
    gold: dict[str, tuple[Range, ...]]


def tag(model: Model, annotated: AnnotatedText) -> Tagged:
    """Run the network over one text."""
    article = article_from_text(annotated.text, annotated.id)
    everything = gathering.gather(model, article, "general", ())
    starts = [p.start_char for p in article.passages]
    encoded = model.encode(everything.tokens, cut_windows(everything.tokens, starts))
    return Tagged(article.text, everything.tokens, encoded.tags, everything.passage_of, to_example(annotated).layers)


def _near(a: Range, b: Range) -> bool:
    return abs(a[0] - b[0]) <= 5 and abs(a[1] - b[1]) <= 5


def _layer_f(texts: Sequence[Tagged], layer: str, threshold: float, peak: float = 0.0) -> float:
    score = Score()
    limits = {layer: threshold, f"{layer}_peak": peak}
    for t in texts:
        gold = t.gold.get(layer, ())
        spans = decode_layers(t.tokens, t.text, t.tags, t.passage_of, limits, (layer,))
        found = [(s.start_char, s.end_char) for s in spans]
        hits = sum(any(_near(f, g) for g in gold) for f in found)
        recalled = sum(any(_near(f, g) for f in found) for g in gold)
        score += Score(hits, len(found), recalled, len(gold))
    return score.f


def _telling_f(model: Model, texts: Sequence[AnnotatedText]) -> float:
    totals = Totals()
    reader = reading.Reader(model)
    for annotated in texts:
        add_text(totals, annotated, reader.read(article_from_text(annotated.text, annotated.id)).tellings)
    roles = sum(totals.roles.values(), Score())
    return totals.tellings.f + roles.f + 0.7 * totals.types.f


def dev_texts() -> list[AnnotatedText]:
    """What thresholds are set on: texts and snippets of ours, and real texts that we annotated."""
    texts = read_those([*ours_paths("dev"), *snippet_paths("dev")])
    return [*texts, *standoff.annotated_texts(data_folder(), "dev")]


def train_texts() -> list[AnnotatedText]:
    """What the network was trained on of our own texts and snippets."""
    return read_those([*ours_paths("train"), *snippet_paths("train")])


def tune(model: Model, texts: Sequence[AnnotatedText]) -> None:
    """Set the thresholds of the layers in the model's card."""
    chosen = model.card.thresholds
    tagged = [tag(model, t) for t in texts]
    for layer in (*ROLE_LAYERS[1:], *STATEMENT_LAYERS, "loaded", "outcome"):
        pairs = [(t, p) for t in GRID for p in PEAKS if p == 0 or p > t]
        t, p = max(pairs, key=lambda x: (_layer_f(tagged, layer, *x), -abs(x[0] - 0.4), -x[1]))
        chosen[layer], chosen[f"{layer}_peak"] = t, p
        print(f"{layer:16} {t:.2f} {p:.2f}  F1 {_layer_f(tagged, layer, t, p):.1f}", flush=True)


def tune_grouping(model: Model, texts: Sequence[AnnotatedText]) -> None:
    """Fit the odds, then set the thresholds of `GRIDS`, by the F1 of tellings, roles and types on these texts."""
    model.card.thresholds.update(ANCHORS | FIRST)
    read = [(t, gathering.gather(model, article_from_text(t.text, t.id))) for t in texts]
    model.card = fit_odds(model.card, read)
    chosen = model.card.thresholds
    texts = [t for n, t in enumerate(texts) if t.conflict != "snippets" or n % SNIPPETS_EVERY == 0]
    for name, grid in GRIDS.items():
        figures = {}
        for value in grid:
            chosen[name] = value
            figures[value] = _telling_f(model, texts)
        chosen[name] = max(grid, key=lambda v: figures[v])
        print(f"{name:16} {chosen[name]:.2f}  {figures[chosen[name]]:.1f}", flush=True)


def main() -> None:
    """The command."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--texts", type=int, default=0, help="only so many texts, for a quick look")
    arguments = parser.parse_args()
    texts = dev_texts()[: arguments.texts or None]
    model = Remembering(load_model())
    model.card = replace(model.card, thresholds={}, odds={}, effects=effect_shares(train_texts()))
    tune(model, texts)
    tune_grouping(model, texts)
    card = model.card
    held = {"odds": card.odds, "effects": card.effects, "thresholds": dict(sorted(card.thresholds.items()))}
    HELD.write_text(json.dumps(held, indent=1) + "\n", encoding="utf-8")


if __name__ == "__main__":
    main()
