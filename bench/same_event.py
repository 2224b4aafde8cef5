"""Does a source tell of the event of a report: `python -m bench same-event FILE` (FAMuS, source validation).

In: FAMuS's JSON lines (gzipped or not). Out: accuracy and F1 of "the source tells of the same event", and those of
answering always yes. Never: training; FAMuS only evaluates, and the thresholds below come from other corpora.

Report and source are read end to end and linked as one case of two pages. The report's event is the telling whose
anchor is the marked trigger, or else whose passage holds it; the answer is yes if its best link to a telling of the
source has at least the probability from which the pipeline merges, or if the source holds enough of the words of the
sentence with the trigger, weighed by rarity. Most of FAMuS's frames (births, purchases, weather) are no incidents of
ours: where the report has no such telling, the words alone decide. `by_telling` and `by_words` score the two apart.

The baseline is TF-IDF's cosine of report and source at the threshold that is best for the very answers that score it.
"""

import argparse
import gzip
import itertools
import json
import re
from collections.abc import Sequence
from pathlib import Path
from typing import Any

import numpy as np

from bench.end_to_end import ReadText, read_all
from bench.tfidf import cosines
from rashomon.link import link_rows, score_pairs
from rashomon.link.comparisons import load_weights
from rashomon.link.words import level_of, weigh_words
from rashomon.records import Telling

WORDS = 48
LEAST_SHARE = 0.4
"""Share of the weight of a sentence's words that a source must hold. Set on ECB+: sentences of an article against
another of the same incident and one of the topic's other incident, each lengthened with articles of other topics to a
length drawn from those of FAMuS's sources; answers were right most often from 0.35 to 0.45 (71 %)."""


def add_arguments(parser: argparse.ArgumentParser) -> None:
    """Options of the command line."""
    parser.add_argument("file", type=Path)
    parser.add_argument("--limit", type=int, help="only the first so many pairs")


def run(args: argparse.Namespace) -> dict[str, object]:
    """Read, answer and score."""
    with gzip.open(args.file, "rt") if args.file.suffix == ".gz" else args.file.open(encoding="utf-8") as lines:
        pairs = [json.loads(line) for line in lines][: args.limit]
    return evaluate(pairs, read_all(texts_of(pairs)))


def texts_of(pairs: Sequence[dict[str, Any]]) -> dict[str, str]:
    """Report and source of each pair, in turn."""
    return {f"{n} {side}": p[f"{side}_dict"]["doctext"] for n, p in enumerate(pairs) for side in ("report", "source")}


def told_at(read: ReadText, start: int, end: int) -> Telling | None:
    """The telling of a trigger: one with an anchor there, else one with a passage there."""
    told = read.reading.tellings
    anchored = [t for t in told if any(a.start_char < end and start < a.end_char for a in t.anchors)]
    around = [t for t in told if any(p.start_char <= start < p.end_char for p in t.passages)]
    return max(anchored or around, key=lambda t: t.score, default=None)


def best_link(report: ReadText, telling: Telling, source: ReadText) -> float:
    """The probability of the likeliest link of a telling to any of the source's."""
    rows = [*link_rows(report.article, report.reading), *link_rows(source.article, source.reading)]
    kept = [r for r in rows if r.page == source.article.page or r.unique_id == telling.id]
    return max((link.probability for link in score_pairs(kept, 0.001) if telling.id in (link.a, link.b)), default=0.0)


def shared_weight(passage: str, source: str) -> float:
    """The share of the weight of a passage's words (squares of their levels) that stand in the source too.

    >>> round(shared_weight("the mill at Oranmarsh burned", "Oranmarsh"), 1)
    0.4
    """
    words = weigh_words([passage], WORDS)
    held = set(weigh_words([source], 10_000))
    total = sum(level_of(w) ** 2 for w in words)
    return sum(level_of(w) ** 2 for w in words if w in held) / total if total else 0.0


def _passage(text: str, start: int, end: int) -> str:
    """The sentence around a trigger, as FAMuS writes sentences (` . ` between them)."""
    cuts = [0, *(m.end() for m in re.finditer(r" [.!?] ", text)), len(text)]
    return next((text[a:b] for a, b in itertools.pairwise(cuts) if a <= start < b), text[start:end])


def answer(pair: dict[str, Any], report: ReadText, source: ReadText) -> tuple[bool, str]:
    """Whether the source tells of the report's event, and how that was found."""
    text, (_, start, end, *_) = pair["report_dict"]["doctext"], pair["report_dict"]["frame-trigger-span"]
    telling = told_at(report, start, end)
    shares = shared_weight(_passage(text, start, end), pair["source_dict"]["doctext"]) >= LEAST_SHARE
    if telling is not None and source.reading.tellings:
        return shares or best_link(report, telling, source) >= load_weights().merge_at, "by_telling"
    return shares, "by_words"


def accuracy_f1(answers: Sequence[tuple[bool, bool]]) -> dict[str, float]:
    """Of (answer, truth) pairs.

    >>> accuracy_f1([(True, True), (True, False), (False, True), (False, False)])
    {'accuracy': 50.0, 'f': 50.0, 'p': 50.0, 'r': 50.0, 'pairs': 4}
    """
    hits = sum(a and t for a, t in answers)
    said, true = sum(a for a, _ in answers), sum(t for _, t in answers)
    return {
        "accuracy": round(100 * sum(a == t for a, t in answers) / max(1, len(answers)), 2),
        "f": round(200 * hits / max(1, said + true), 2),
        "p": round(100 * hits / max(1, said), 2),
        "r": round(100 * hits / max(1, true), 2),
        "pairs": len(answers),
    }


def evaluate(pairs: Sequence[dict[str, Any]], read: dict[str, ReadText]) -> dict[str, object]:
    """Score all pairs."""
    found: dict[str, list[tuple[bool, bool]]] = {"by_telling": [], "by_words": []}
    for n, pair in enumerate(pairs):
        said, how = answer(pair, read[f"{n} report"], read[f"{n} source"])
        found[how].append((said, bool(pair["valid_source"])))
    everything = [a for held in found.values() for a in held]
    truth = [bool(pair["valid_source"]) for pair in pairs]
    alike = cosines(texts_of(pairs))[np.arange(0, 2 * len(pairs), 2), np.arange(1, 2 * len(pairs), 2)]
    cuts = [accuracy_f1([(bool(x >= cut), t) for x, t in zip(alike, truth, strict=True)]) for cut in np.unique(alike)]
    return {
        **accuracy_f1(everything),
        **{how: accuracy_f1(held) for how, held in found.items()},
        "baselines": {
            "always_yes": accuracy_f1([(True, t) for t in truth]),
            "tfidf": max(cuts, key=lambda c: (c["accuracy"], c["f"])),
        },
    }
