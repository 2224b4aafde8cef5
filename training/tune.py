"""Choose the thresholds of the layers: `python -m training.tune [--run NAME]`, after `training.export`.

In: the packaged weights; the dev split of our texts. Out: `training/thresholds.json`, which `training.export` packs.
Never: a text of the test split, nor of the sets kept apart.

Tags are computed once a text; each layer's threshold is the one with the best F1 of spans (exact within a word at
either edge) on the dev split; then the thresholds of grouping and types are chosen one after the other by the F1 of
tellings and roles.
"""

import argparse
import json
from collections.abc import Sequence
from dataclasses import replace
from pathlib import Path

from bench.matching import Score
from bench.tellings import Totals, add_text
from corpus.annotated import AnnotatedText, AnnotationError, read_annotated
from rashomon.capture import article_from_text
from rashomon.read import evidence as gathering
from rashomon.read import reader as reading
from rashomon.read.heads import ROLE_LAYERS, STATEMENT_LAYERS
from rashomon.read.model import Encoded, Model, load_model
from rashomon.read.windows import Tokens
from training.sources.ours import to_example
from training.splits import ours_paths

OUT = Path(__file__).parent / "thresholds.json"
GRID = (0.15, 0.2, 0.25, 0.3, 0.35, 0.4, 0.45, 0.5, 0.55, 0.6, 0.7)


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


def _layer_f(model: Model, texts: Sequence[AnnotatedText], layer: str, threshold: float) -> float:
    score = Score()
    for annotated in texts:
        gold = to_example(annotated).layers.get(layer, ())
        article = article_from_text(annotated.text, annotated.id)
        model.card.thresholds[layer] = threshold
        found = gathering.gather(model, article, "general", (layer,)).spans
        hits = sum(any(abs(s.start_char - a) <= 5 and abs(s.end_char - b) <= 5 for a, b in gold) for s in found)
        recalled = sum(any(abs(s.start_char - a) <= 5 and abs(s.end_char - b) <= 5 for s in found) for a, b in gold)
        score += Score(hits, len(found), recalled, len(gold))
    return score.f


def _telling_f(model: Model, texts: Sequence[AnnotatedText]) -> float:
    totals = Totals()
    reader = reading.Reader(model)
    for annotated in texts:
        add_text(totals, annotated, reader.read(article_from_text(annotated.text, annotated.id)).tellings)
    roles = sum(totals.roles.values(), Score())
    return totals.tellings.f + roles.f + 0.5 * totals.types.f


def tune(texts: Sequence[AnnotatedText]) -> dict[str, float]:
    """Thresholds by name."""
    model = Remembering(replace_card(load_model()))
    chosen = model.card.thresholds
    for layer in (*ROLE_LAYERS, *STATEMENT_LAYERS, "loaded", "outcome"):
        chosen[layer] = max(GRID, key=lambda t: (_layer_f(model, texts, layer, t), -abs(t - 0.4)))
        print(f"{layer:16} {chosen[layer]:.2f}  F1 {_layer_f(model, texts, layer, chosen[layer]):.1f}", flush=True)
    grids = {
        "same_telling": (0.4, 0.5, 0.6, 0.7), "attach": (0.35, 0.45, 0.55, 0.65), "attach_floor": (0.15, 0.25, 0.35),
        "coreferent": (0.4, 0.5, 0.6, 0.7), "types": (0.35, 0.45, 0.55), "anchor": GRID[1:9],
    }  # fmt: skip
    for name, grid in grids.items():
        best, best_f = chosen.get(name, 0.5), -1.0
        for value in grid:
            chosen[name] = value
            if (f := _telling_f(model, texts)) > best_f:
                best, best_f = value, f
        chosen[name] = best
        print(f"{name:16} {best:.2f}  {best_f:.1f}", flush=True)
    return dict(sorted(chosen.items()))


def replace_card(model: Model) -> Model:
    """The same model with thresholds of its own, so that tuning starts from nothing."""
    model.card = replace(model.card, thresholds={})
    return model


def main() -> None:
    """The command."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--texts", type=int, default=0, help="only so many texts, for a quick look")
    arguments = parser.parse_args()
    texts = []
    for path in ours_paths("dev"):
        try:
            texts.append(read_annotated(path))
        except AnnotationError as error:
            print(error)
    chosen = tune(texts[: arguments.texts or None])
    held = json.loads(OUT.read_text(encoding="utf-8")) if OUT.exists() else {"temperatures": {}}
    OUT.write_text(json.dumps({**held, "thresholds": chosen}, indent=1) + "\n", encoding="utf-8")


if __name__ == "__main__":
    main()
