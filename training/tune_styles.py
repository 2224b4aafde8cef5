"""Thresholds for the styles of public corpora: `python -m training.tune_styles`, after `training.tune`.

In: the packaged weights; what training held back of PolNeAR's train part and of MUC-4's dev part; besides, as usual for
these corpora, their development parts: MUC-4's TST1 and TST2 (for whole templates TST1), re3d's dev.
Out: `training/thresholds.json` with keys `STYLE/NAME` added. Never: TST3, TST4 or any other test part. What the
scoreboard says of TST1, TST2 and re3d's dev is so of texts that thresholds were set on, and says so.

The reader always follows our own guideline; these thresholds are for the benchmarks that ask for another one.
"""

import json
from collections.abc import Callable, Iterable, Sequence
from dataclasses import replace
from pathlib import Path

from bench.attribution import read_spans, read_text_of, score_layer
from bench.board_rows import data_folder
from bench.conll import read_sentences
from bench.entities import score_sentences
from bench.matching import Score
from bench.muc4 import report, score
from bench.muc4_answers import answer
from bench.muc4_files import read_keys, read_texts
from bench.muc4_match import History
from bench.muc4_read import read_templates
from bench.muc4_score import Template
from bench.roles import ROLES, GoldEntity, entities_of, gold_entities, score_role
from rashomon.capture import article_from_text
from rashomon.read.evidence import gather
from rashomon.read.heads import MENTION_LAYERS
from rashomon.read.model import load_model
from rashomon.read.reader import Reader
from rashomon.resolve import load_resolver
from rashomon.settings import Settings
from training.pack import HELD
from training.splits import MUC4_HELD_BACK, is_held_back
from training.tune import Remembering

THRESHOLDS = (0.1, 0.2, 0.3, 0.4, 0.5)
PEAKS = (0.0, 0.3, 0.4, 0.5, 0.6, 0.7, 0.8, 0.9)
TEMPLATES = {
    "anchor": (0.1, 0.2, 0.35), "anchor_peak": (0.2, 0.4, 0.6), "together": (0.1, 0.2, 0.35, 0.5),
    "coreferent": (0.2, 0.3, 0.4, 0.5), "types": (0.1, 0.2, 0.35), "anchor_told": (0.5, 0.8, 1.01),
    "filler": (0.15, 0.25, 0.35),
}  # fmt: skip


MERGED = (0.4, 0.5, 0.6, 0.7, 0.8)
"""How alike two spans of a role must be to be one entity where all incidents of a message are one set."""

Gold = dict[str, dict[str, list[GoldEntity]]]


def _best(values: Iterable[tuple[float, ...]], figure: Callable[[tuple[float, ...]], float]) -> tuple[float, ...]:
    return max(values, key=lambda v: (figure(v), v))


def _pairs() -> list[tuple[float, ...]]:
    return [(t, p) for t in THRESHOLDS for p in PEAKS if p == 0 or p > t]


def tune_roles(model: Remembering, texts: dict[str, str], gold: Gold) -> None:
    """Thresholds of the five roles in MUC-4's style, each by its own F (CEAF-REE) on these messages."""
    articles = {m: article_from_text(t, m) for m, t in texts.items()}
    chosen = model.card.thresholds
    for role, layer in ROLES.items():

        def figure(pair: tuple[float, ...], role: str = role, layer: str = layer) -> float:
            chosen[f"muc4/{layer}"], chosen[f"muc4/{layer}_peak"] = pair
            total = Score()
            for message, article in articles.items():
                evidence = gather(model, article, "muc4", (layer,))
                total += score_role(entities_of(evidence, layer, model.card), gold[message][role])
            return total.f

        pair = _best(_pairs(), figure)
        print(f"{role:20} {pair}  F1 {figure(pair):.1f}", flush=True)
    gathered = {m: gather(model, a, "muc4", tuple(ROLES.values())) for m, a in articles.items()}

    def merged(value: tuple[float, ...]) -> float:
        chosen["muc4/coreferent_merged"] = value[0]
        scores = (
            score_role(entities_of(gathered[m], layer, model.card), gold[m][role])
            for m in gathered
            for role, layer in ROLES.items()
        )
        return sum(scores, Score()).f

    value = _best([(v,) for v in MERGED], merged)
    print(f"coreferent_merged    {value[0]}  F1 {merged(value):.1f}", flush=True)


def tune_templates(model: Remembering, texts: dict[str, str], keys: Sequence[Template]) -> None:
    """Thresholds of anchors and grouping in MUC-4's style, by the F of whole templates on these messages."""
    resolver, chosen = load_resolver(Settings()), model.card.thresholds

    def figure(value: tuple[float, ...], name: str) -> float:
        chosen[f"muc4/{name}"] = value[0]
        answers = [t for m, text in texts.items() for t in answer(Reader(model), resolver, m, text)]
        totals: dict[str, dict[str, float]] = report(score(keys, answers, History(), None))  # type: ignore[assignment]
        return totals["all_templates"]["f"]

    for name, grid in TEMPLATES.items():
        value = _best([(v,) for v in grid], lambda v, name=name: figure(v, name))  # type: ignore[misc]
        print(f"{name:20} {value[0]}  F {figure(value, name):.2f}", flush=True)


def tune_attribution(model: Remembering, folder: Path) -> None:
    """Thresholds of sources, cues and contents in PolNeAR's style, by the F of tokens on the articles held back."""
    held = [p for p in sorted((folder / "attributions").glob("*.ann")) if is_held_back(p.stem)]
    texts = [read_text_of(p, folder / "text") for p in held]
    gold = [read_spans(p) for p in held]
    chosen = model.card.thresholds
    for layer in ("source", "cue", "content"):

        def figure(pair: tuple[float, ...], layer: str = layer) -> float:
            chosen[f"polnear/{layer}"], chosen[f"polnear/{layer}_peak"] = pair
            total = Score()
            for text, spans in zip(texts, gold, strict=True):
                evidence = gather(model, article_from_text(text, ""), "polnear", (layer,))
                total += score_layer(evidence, layer, spans[layer])
            return total.f

        pair = _best(_pairs(), figure)
        print(f"{layer:20} {pair}  F1 {figure(pair):.1f}", flush=True)


def tune_entities(model: Remembering, path: Path) -> None:
    """One threshold and one peak for all mentions in re3d's style, on its dev part."""
    sentences, chosen = list(read_sentences(path)), model.card.thresholds

    def figure(pair: tuple[float, ...]) -> float:
        for layer in MENTION_LAYERS:
            chosen[f"re3d/{layer}"], chosen[f"re3d/{layer}_peak"] = pair
        return sum(score_sentences(model, sentences).values(), Score()).f

    pair = _best(_pairs(), figure)
    print(f"mentions             {pair}  F1 {figure(pair):.1f}", flush=True)


def main() -> None:
    """The command."""
    held = json.loads(HELD.read_text(encoding="utf-8"))
    model = Remembering(load_model())
    ours = {k: v for k, v in held["thresholds"].items() if "/" not in k}
    model.card = replace(model.card, thresholds=ours, odds=held["odds"], effects=held["effects"])
    folder = data_folder() / "muc4"
    texts = {m: t for m, t in read_texts(sorted(folder.glob("dev/dev-muc3-*"))).items() if m in MUC4_HELD_BACK}
    texts |= read_texts([folder / "tst1" / "tst1-muc3"])
    paths = [p for part in ("dev", "tst1", "tst2") for p in sorted((folder / part).glob("key-*"))]
    entities = read_keys(paths)
    more = texts | read_texts([folder / "tst2" / "tst2-muc4"])
    tune_roles(model, more, {m: gold_entities(entities.get(m, [])) for m in more})
    tune_templates(model, texts, [k for k in read_templates(paths) if k.message in texts])
    tune_attribution(model, data_folder() / "polnear" / "train")
    tune_entities(model, data_folder() / "re3d" / "dev.txt")
    held["thresholds"] = dict(sorted(model.card.thresholds.items()))
    HELD.write_text(json.dumps(held, indent=1) + "\n", encoding="utf-8")


if __name__ == "__main__":
    main()
