"""Our own annotated texts: `python -m bench tellings DIR`.

In: a folder of annotated texts (see corpus/GUIDELINE.md). Out: F1 of tellings, of role fillers and of types, and the
accuracy of stance and stage on tellings that were found. Never: texts of conflicts that the reader was trained on,
unless the caller names their folder.

A predicted telling may be matched to an annotated one if an anchor of one stands in a passage of the other and they
share a type; the matching is the one with the largest overlap of anchors, types and fillers. A filler is right if one
of its mentions covers at least half of an annotated mention of the same role, and the other way round.
"""

import argparse
from collections import Counter
from collections.abc import Iterable, Sequence
from dataclasses import dataclass, field
from pathlib import Path

from bench.matching import Score, best_matching
from corpus.annotated import AnnotatedTelling, AnnotatedText, AnnotationError, read_annotated
from rashomon.capture import article_from_text
from rashomon.read.model import load_model
from rashomon.read.reader import Reader
from rashomon.records import Telling
from rashomon.spans import Span

Range = tuple[int, int]
ROLES = ("perpetrator", "target", "instrument", "place", "time", "count", "beneficiary")


@dataclass(slots=True)
class Totals:
    """Sums over texts."""

    tellings: Score = field(default_factory=Score)
    types: Score = field(default_factory=Score)
    roles: dict[str, Score] = field(default_factory=lambda: dict.fromkeys(ROLES, Score()))
    right: Counter[str] = field(default_factory=Counter)
    matched: int = 0
    kinds: Counter[str] = field(default_factory=Counter)
    scored: list[tuple[float, bool]] = field(default_factory=list)


def alike(a: Range, b: Range) -> bool:
    """Whether each covers at least half of the other.

    >>> alike((0, 10), (5, 12)), alike((0, 10), (6, 9))
    (True, False)
    """
    shared = min(a[1], b[1]) - max(a[0], b[0])
    return shared > 0 and 2 * shared >= max(a[1] - a[0], b[1] - b[0])


def _gold_fillers(telling: AnnotatedTelling) -> dict[str, list[tuple[Range, ...]]]:
    names = {"perp": "perpetrator"}
    out: dict[str, list[tuple[Range, ...]]] = {role: [] for role in ROLES}
    for filler in telling.fillers:
        out[names.get(filler.role, filler.role)].append(filler.mentions)
    return out


def _ranges(spans: Sequence[Span]) -> tuple[Range, ...]:
    return tuple((s.start_char, s.end_char) for s in spans)


def _found_fillers(telling: Telling) -> dict[str, list[tuple[Range, ...]]]:
    def mentions(fillers: Sequence[object]) -> list[tuple[Range, ...]]:
        return [_ranges((f.span, *getattr(f, "mentions", ()))) for f in fillers]  # type: ignore[attr-defined]

    return {
        "perpetrator": mentions(telling.perpetrators),
        "target": mentions(telling.targets),
        "instrument": mentions(telling.instruments),
        "place": mentions(telling.places),
        "time": mentions([telling.time] if telling.time else []),
        "count": mentions(telling.counts),
        "beneficiary": mentions(telling.beneficiaries),
    }


def _matched_fillers(found: list[tuple[Range, ...]], gold: list[tuple[Range, ...]]) -> int:
    hits = [[1.0 if any(alike(a, b) for a in f for b in g) else 0.0 for g in gold] for f in found]
    return len(best_matching(hits))


def _similarity(found: Telling, gold: AnnotatedTelling) -> float:
    types = set(found.types) & set(gold.types)
    anchors = sum(any(a[0] < y.end_char and y.start_char < a[1] for y in found.anchors) for a in gold.anchors)
    passages = any(p.start_char <= a[0] < p.end_char for p in found.passages for a in gold.anchors)
    if not types or not (anchors or passages):
        return 0.0
    a, b = _found_fillers(found), _gold_fillers(gold)
    fillers = sum(_matched_fillers(a[role], b[role]) for role in ROLES)
    union = len(set(found.types) | set(gold.types))
    return 0.2 + anchors / len(gold.anchors) + len(types) / union + 0.3 * fillers


def match_tellings(annotated: AnnotatedText, tellings: Sequence[Telling]) -> list[tuple[int, int]]:
    """Pairs of indexes (found, annotated): the matching of the largest likeness."""
    return best_matching([[_similarity(t, g) for g in annotated.tellings] for t in tellings])


def add_text(totals: Totals, annotated: AnnotatedText, tellings: Sequence[Telling]) -> None:
    """Add one text's figures to the totals."""
    pairs = match_tellings(annotated, tellings)
    totals.tellings += Score(len(pairs), len(tellings), len(pairs), len(annotated.tellings))
    right = {i for i, _ in pairs}
    totals.scored += [(t.score, i in right) for i, t in enumerate(tellings)]
    found_of = dict(pairs)
    for i, telling in enumerate(tellings):
        gold = annotated.tellings[found_of[i]] if i in found_of else None
        shared = len(set(telling.types) & set(gold.types)) if gold else 0
        totals.types += Score(shared, len(telling.types), shared, 0)
        fillers, wanted = _found_fillers(telling), _gold_fillers(gold) if gold else {}
        for role in ROLES:
            hit = _matched_fillers(fillers[role], wanted.get(role, []))
            totals.roles[role] += Score(hit, len(fillers[role]), hit, 0)
        if gold:
            totals.matched += 1
            totals.right["stance"] += telling.stance == gold.stance
            totals.right["stage"] += telling.stage == gold.stage
    for gold in annotated.tellings:
        totals.types += Score(0, 0, 0, len(gold.types))
        for role, wanted_fillers in _gold_fillers(gold).items():
            totals.roles[role] += Score(0, 0, 0, len(wanted_fillers))


def calibration_error(scored: Sequence[tuple[float, bool]], bins: int = 10) -> float:
    """Expected calibration error (Guo et al. 2017, eq. 3) of scores in [0, 1] against right or wrong."""
    if not scored:
        return 0.0
    held: dict[int, list[tuple[float, bool]]] = {}
    for score, right in scored:
        held.setdefault(min(bins - 1, int(score * bins)), []).append((score, right))
    return sum(
        abs(sum(s for s, _ in b) / len(b) - sum(r for _, r in b) / len(b)) * len(b) / len(scored) for b in held.values()
    )


def evaluate(texts: Sequence[AnnotatedText], thresholds: dict[str, float] | None = None) -> dict[str, object]:
    """Read every text and score it."""
    model = load_model()
    if thresholds:
        model.card.thresholds.update(thresholds)
    return evaluate_reader(Reader(model), texts)


def evaluate_reader(reader: Reader, texts: Sequence[AnnotatedText]) -> dict[str, object]:
    """Score what this reader reads in every text."""
    totals = Totals()
    for annotated in texts:
        add_text(totals, annotated, reader.read(article_from_text(annotated.text, annotated.id)).tellings)
    return figures_of(totals, len(texts))


def figures_of(totals: Totals, texts: int) -> dict[str, object]:
    """The sums over so many texts as JSON."""
    role_total = sum(totals.roles.values(), Score())
    return {
        "texts": texts,
        "tellings": totals.tellings.figures(),
        "roles": role_total.figures() | {"by_role": {k: v.figures() for k, v in totals.roles.items()}},
        "types": totals.types.figures(),
        "stance_accuracy": round(100 * totals.right["stance"] / max(1, totals.matched), 2),
        "stage_accuracy": round(100 * totals.right["stage"] / max(1, totals.matched), 2),
        "calibration_error": round(calibration_error(totals.scored), 4),
    }


def load_texts(folder: Path) -> list[AnnotatedText]:
    """All annotated texts below a folder that follow the guideline."""
    return read_those(sorted(folder.rglob("*.txt")))


def read_those(paths: Iterable[Path]) -> list[AnnotatedText]:
    """The annotated texts that follow the guideline; what is wrong with the others is printed."""
    texts = []
    for path in paths:
        try:
            texts.append(read_annotated(path))
        except AnnotationError as error:
            print(error)
    return texts


def add_arguments(parser: argparse.ArgumentParser) -> None:
    """Options of the command line."""
    parser.add_argument("folder", type=Path, nargs="+")
    parser.add_argument("--limit", type=int, help="only the first so many texts")


def run(args: argparse.Namespace) -> dict[str, object]:
    """Score the texts below the named folders."""
    return evaluate([t for folder in args.folder for t in load_texts(folder)][: args.limit])
