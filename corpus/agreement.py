"""How far two annotators agree: `python -m corpus agreement [--json] [--standoff | SECOND FIRST]`.

In: the texts of `corpus/second` and the same texts of `corpus/texts`. Out: F1 of tellings, types, roles, statements and
loaded words, agreement and Krippendorff's alpha of stance and stage, each with a 95% interval by bootstrap over texts.
Never: a figure over texts that only one of them annotated; and neither of them is taken as right (F1 is symmetric).

Tellings are matched as `bench/tellings.py` does it: an anchor of one stands in a passage of the other and they share a
type; of all matchings the one with the largest likeness. A filler agrees if one mention covers at least half of a
mention of the other's filler, and the other way round; so do statements by their contents, and loaded words.
"""

import json
from collections.abc import Callable, Sequence
from dataclasses import dataclass
from math import isnan, nan
from pathlib import Path
from random import Random

from bench.matching import Score, best_matching
from bench.tellings import alike
from corpus.alpha import krippendorff_alpha
from corpus.annotated import TEXTS, AnnotatedStatement, AnnotatedTelling, AnnotatedText, Span, read_annotated
from corpus.standoff import read_standoff
from rashomon.capture import article_from_text

SECOND = Path(__file__).parent / "second"
SECOND_REAL = Path(__file__).parent / "standoff" / "second"
ROLES = ("perp", "target", "instrument", "place", "time", "count", "beneficiary")
NOTHING = Score()


@dataclass(frozen=True, slots=True)
class TextAgreement:
    """What two annotators agree on in one text; the second annotator's counts stand as predicted, the first's as gold.

    `roles` and `matched_types` count matched tellings only, `all_roles` and `types` every telling. `stances` and
    `stages` hold (first, second) of each matched telling; `sources` whether matched statements have one source.
    """

    tellings: Score
    types: Score
    matched_types: Score
    roles: dict[str, Score]
    all_roles: Score
    statements: Score
    loaded: Score
    stances: tuple[tuple[str, str], ...]
    stages: tuple[tuple[str, str], ...]
    sources: tuple[bool, ...]


@dataclass(frozen=True, slots=True)
class Figure:
    """One figure with its 95% interval; `units` is what it rests on: first/second annotations, or matched pairs."""

    name: str
    value: float
    low: float
    high: float
    units: str


def _both(matched: int, second: int, first: int) -> Score:
    return Score(matched, second, matched, first)


def _share_mention(a: Sequence[Span], b: Sequence[Span]) -> bool:
    return any(alike(x, y) for x in a for y in b)


def _matched_fillers(first: AnnotatedTelling, second: AnnotatedTelling, role: str) -> int:
    a, b = first.of_role(role), second.of_role(role)
    return len(best_matching([[float(_share_mention(x.mentions, y.mentions)) for y in b] for x in a]))


def _likeness(first: AnnotatedTelling, second: AnnotatedTelling, passages: Sequence[Span]) -> float:
    shared = set(first.types) & set(second.types)
    overlap = [(a, b) for a in first.anchors for b in second.anchors if a[0] < b[1] and b[0] < a[1]]
    told_in = [{i for i, p in enumerate(passages) for a in t.anchors if p[0] <= a[0] < p[1]} for t in (first, second)]
    if not shared or not (overlap or told_in[0] & told_in[1]):
        return 0.0
    anchors = len({a for a, _ in overlap}) / len(first.anchors) + len({b for _, b in overlap}) / len(second.anchors)
    fillers = sum(_matched_fillers(first, second, role) for role in ROLES)
    return 0.2 + anchors / 2 + len(shared) / len({*first.types, *second.types}) + 0.3 * fillers


def match_tellings(first: AnnotatedText, second: AnnotatedText) -> list[tuple[int, int]]:
    """Pairs of indexes (first's telling, second's telling)."""
    passages = [(p.start_char, p.end_char) for p in article_from_text(first.text, first.id).passages]
    return best_matching([[_likeness(a, b, passages) for b in second.tellings] for a in first.tellings])


def _match_statements(
    first: Sequence[AnnotatedStatement], second: Sequence[AnnotatedStatement]
) -> list[tuple[AnnotatedStatement, AnnotatedStatement]]:
    def likeness(a: AnnotatedStatement, b: AnnotatedStatement) -> float:
        if not (a.content and b.content and alike(a.content, b.content)):
            return 0.0
        return 1.0 + 0.1 * _same_source(a, b)

    return [(first[i], second[j]) for i, j in best_matching([[likeness(a, b) for b in second] for a in first])]


def _same_source(a: AnnotatedStatement, b: AnnotatedStatement) -> bool:
    return a.source == b.source or bool(a.source and b.source and alike(a.source, b.source))


def _type_score(pairs: Sequence[tuple[AnnotatedTelling, AnnotatedTelling]]) -> Score:
    scores = [_both(len({*a.types} & {*b.types}), len(b.types), len(a.types)) for a, b in pairs]
    return sum(scores, NOTHING)


def compare_texts(first: AnnotatedText, second: AnnotatedText) -> TextAgreement:
    """What the two annotations of one text share; raises ValueError if they are not of the same text."""
    if first.text != second.text:
        raise ValueError(f"{first.id} and {second.id} are not the same text")
    pairs = [(first.tellings[i], second.tellings[j]) for i, j in match_tellings(first, second)]
    matched = _type_score(pairs)
    roles = {}
    for role in ROLES:
        hits = [_both(_matched_fillers(a, b, role), len(b.of_role(role)), len(a.of_role(role))) for a, b in pairs]
        roles[role] = sum(hits, NOTHING)
    in_roles = [sum(f.role in ROLES for t in text.tellings for f in t.fillers) for text in (first, second)]
    statements = _match_statements(first.statements, second.statements)
    words = best_matching([[float(alike(a.span, b.span)) for b in second.loaded] for a in first.loaded])
    return TextAgreement(
        tellings=_both(len(pairs), len(second.tellings), len(first.tellings)),
        types=_both(int(matched.matched_gold), *(sum(len(t.types) for t in text.tellings) for text in (second, first))),
        matched_types=matched,
        roles=roles,
        all_roles=_both(int(sum(s.matched_gold for s in roles.values())), in_roles[1], in_roles[0]),
        statements=_both(len(statements), len(second.statements), len(first.statements)),
        loaded=_both(len(words), len(second.loaded), len(first.loaded)),
        stances=tuple((a.stance, b.stance) for a, b in pairs),
        stages=tuple((a.stage, b.stage) for a, b in pairs),
        sources=tuple(_same_source(a, b) for a, b in statements),
    )


def _percent(hits: Sequence[bool]) -> float:
    return 100 * sum(hits) / len(hits) if hits else nan


def _measures() -> dict[str, Callable[[Sequence[TextAgreement]], Score | float]]:
    def role(name: str) -> Callable[[Sequence[TextAgreement]], Score]:
        return lambda texts: sum((t.roles[name] for t in texts), NOTHING)

    return {
        "tellings F1": lambda texts: sum((t.tellings for t in texts), NOTHING),
        "types F1, all tellings": lambda texts: sum((t.types for t in texts), NOTHING),
        "types F1, matched tellings": lambda texts: sum((t.matched_types for t in texts), NOTHING),
        "roles F1, all tellings": lambda texts: sum((t.all_roles for t in texts), NOTHING),
        "roles F1, matched tellings": lambda texts: sum((s for t in texts for s in t.roles.values()), NOTHING),
        **{f"  {name} F1, matched tellings": role(name) for name in ROLES},
        "stance, same %": lambda texts: _percent([a == b for t in texts for a, b in t.stances]),
        "stance, alpha": lambda texts: krippendorff_alpha([p for t in texts for p in t.stances]),
        "stage, same %": lambda texts: _percent([a == b for t in texts for a, b in t.stages]),
        "stage, alpha": lambda texts: krippendorff_alpha([p for t in texts for p in t.stages]),
        "statements F1": lambda texts: sum((t.statements for t in texts), NOTHING),
        "statements, same source %": lambda texts: _percent([s for t in texts for s in t.sources]),
        "loaded F1": lambda texts: sum((t.loaded for t in texts), NOTHING),
    }


def _value(measured: Score | float) -> float:
    if isinstance(measured, Score):
        return measured.f if measured.predicted and measured.gold else nan
    return measured


def agreement_figures(texts: Sequence[TextAgreement], samples: int = 2000, seed: int = 1950) -> list[Figure]:
    """All figures; the interval holds the middle 95% of `samples` drawings of as many texts with replacement."""
    random = Random(seed)  # noqa: S311 (no secret: a drawing that anybody can repeat)
    drawings = [random.choices(texts, k=len(texts)) for _ in range(samples)]
    figures = []
    for name, measure in _measures().items():
        measured = measure(texts)
        drawn = sorted(v for d in drawings if not isnan(v := _value(measure(d))))
        low, high = (drawn[int(q * (len(drawn) - 1))] for q in (0.025, 0.975)) if drawn else (nan, nan)
        if isinstance(measured, Score):
            units = f"{measured.gold:.0f}/{measured.predicted:.0f}"
        else:
            units = str(sum(len(t.sources if "source" in name else t.stances) for t in texts))
        figures.append(Figure(name, _value(measured), low, high, units))
    return figures


def read_pairs(second: Path = SECOND, first: Path = TEXTS) -> list[tuple[AnnotatedText, AnnotatedText]]:
    """(first, second) of every text below `second`; raises AnnotationError or FileNotFoundError."""
    paths = sorted(second.rglob("*.txt"))
    return [(read_annotated(first / p.relative_to(second)), read_annotated(p)) for p in paths]


def real_pairs() -> list[tuple[AnnotatedText, AnnotatedText]]:
    """(first, second) of the real texts that two annotated; the corpora's folder has to be there."""
    from bench.board_rows import data_folder  # with the corpora's readers, which nothing else here needs
    from training.sources.standoff import texts_of

    pairs = []
    for corpus, texts in texts_of(data_folder()).items():
        first = {a.id: a for a in read_standoff(corpus, texts)}
        pairs += [(first[b.id], b) for b in read_standoff(corpus, texts, SECOND_REAL)]
    return pairs


def main(arguments: Sequence[str]) -> int:
    """Print value, low and high of all figures of the corpus, of real texts (`--standoff`) or of two folders."""
    folders = [Path(a) for a in arguments if not a.startswith("--")]
    pairs = real_pairs() if "--standoff" in arguments else read_pairs(*folders)
    texts = [compare_texts(*pair) for pair in pairs]
    figures = agreement_figures(texts)
    if "--json" in arguments:
        shown = {f.name.strip(): [None if isnan(v) else round(v, 3) for v in (f.value, f.low, f.high)] for f in figures}
        print(json.dumps({"texts": len(texts), "figures": shown}, indent=1))
        return 0
    print(f"{len(texts)} texts; units are first/second, or pairs")
    for f in figures:
        print(f"{f.name:34} {f.value:7.2f}  [{f.low:6.2f}, {f.high:6.2f}]  {f.units}")
    return 0
