"""PolNeAR: `python -m bench attribution --texts DIR --annotations DIR`.

In: texts, and brat stand-off annotations (Newell et al. 2018). Out: token F1 of sources, cues and contents.
Never: linking of the three (only which words are in one).

A token is a run of letters and digits or a single other character; it is in a span if it overlaps one.
"""

import argparse
import re
from pathlib import Path

from bench.matching import Score
from rashomon.capture import article_from_text
from rashomon.read.evidence import Evidence, gather
from rashomon.read.heads import STATEMENT_LAYERS
from rashomon.read.model import load_model

LAYERS = ("source", "cue", "content")
Range = tuple[int, int]


def read_spans(path: Path) -> dict[str, list[Range]]:
    """The ranges of sources, cues and contents in one `.ann`."""
    spans: dict[str, list[Range]] = {layer: [] for layer in LAYERS}
    for line in path.read_text(encoding="utf-8").split("\n"):
        fields = line.split("\t")
        if line.startswith("T") and len(fields) > 1:
            kind, where = fields[1].split(" ", 1)
            if kind.lower() in spans:
                for part in where.split(";"):
                    start, end = part.split()
                    spans[kind.lower()].append((int(start), int(end)))
    return spans


def covered_tokens(text: str, spans: list[Range]) -> set[int]:
    """Starts of the tokens that overlap one of `spans`."""
    inside = bytearray(len(text) + 1)
    for start, end in spans:
        inside[start:end] = b"\x01" * (end - start)
    return {m.start() for m in re.finditer(r"\w+|[^\w\s]", text) if any(inside[m.start() : m.end()])}


def read_text_of(annotations: Path, texts: Path) -> str:
    """The text that an `.ann` is about; its name may end with the annotator's."""
    name = annotations.stem if (texts / f"{annotations.stem}.txt").exists() else annotations.stem.rsplit("_", 1)[0]
    return (texts / f"{name}.txt").read_text(encoding="utf-8")


def score_layer(evidence: Evidence, layer: str, gold: list[Range]) -> Score:
    """Tokens found in one layer against those of the key."""
    found = [(evidence.spans[i].start_char, evidence.spans[i].end_char) for i in evidence.of_layers(layer)]
    a, b = covered_tokens(evidence.text, found), covered_tokens(evidence.text, gold)
    return Score(len(a & b), len(a), len(a & b), len(b))


def add_arguments(parser: argparse.ArgumentParser) -> None:
    """Options of the command line."""
    parser.add_argument("--texts", type=Path, required=True)
    parser.add_argument("--annotations", type=Path, required=True)
    parser.add_argument("--limit", type=int, help="only the first so many texts")


def run(args: argparse.Namespace) -> dict[str, object]:
    """Read every annotated text and score it."""
    model = load_model()
    scores = dict.fromkeys(LAYERS, Score())
    for path in sorted(args.annotations.glob("*.ann"))[: args.limit]:
        text = read_text_of(path, args.texts)
        evidence = gather(model, article_from_text(text, path.stem), "polnear", STATEMENT_LAYERS)
        gold = read_spans(path)
        for layer in LAYERS:
            scores[layer] += score_layer(evidence, layer, gold[layer])
    return {layer: s.figures() for layer, s in scores.items()}
