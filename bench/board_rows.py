"""The rows of the scoreboard: which figure of which benchmark, on which data, and what it is compared with.

In: nothing. Out: `ROWS`, and the files that a row needs. Never: running anything.
"""

import hashlib
import os
from collections.abc import Sequence
from dataclasses import dataclass
from pathlib import Path

from corpus.annotated import TEXTS
from corpus.cases import case_paths
from training.splits import TEST

ROOT = Path(__file__).parent.parent


def data_folder() -> Path:
    """Where the corpora of others lie (`RASHOMON_DATA`, else `../shared/data`); they are never in the repository."""
    return Path(os.environ.get("RASHOMON_DATA") or ROOT.parent / "shared" / "data")


@dataclass(frozen=True, slots=True)
class Row:
    """One figure. `arguments` name files below the data folder by `data:`, `figure` is a path into the JSON, `scale`
    makes percent of a share, `target` and `published` are what is asked for and the best that others published.
    """

    name: str
    dataset: str
    metric: str
    benchmark: str
    arguments: tuple[str, ...]
    figure: str
    target: float | None = None
    published: str = ""
    higher: bool = True
    scale: float = 1.0
    pinned: bool = True


_MUC4 = (
    "--texts", "data:muc4/tst1/tst1-muc3", "data:muc4/tst2/tst2-muc4",
    "--keys", "data:muc4/tst1/key-tst1.v7", "data:muc4/tst2/key-tst2.v4",
)  # fmt: skip
_TUNED = "MUC-4 TST1+2, thresholds set on them"
_POLNEAR = ("--texts", "data:polnear/dev/text", "--annotations", "data:polnear/dev/attributions")
_OURS = tuple(str(TEXTS / conflict) for conflict in TEST if (TEXTS / conflict).is_dir())
_REAL = (str(TEXTS.parent / "standoff"),)
_CASES = tuple(map(str, case_paths(test=True)))
_CASES_NAME = "ours, two dense conflicts"
_CHECK = ("data:muc4/scorer-check",)
_ECB = ("data:ecbplus", "--incident-topics", "3,8,12,16,18,19,22,24,32,33,35")
_ECB_NAME = "ECB+ 1-35, our incidents, cross-fitted"
_MUC4_INCIDENTS = "MUC-4 TST1+2, incidents"
_FAMUS = ("data:famus/source_validation_dev.jsonl.gz",)
_ALPHA = "annotators' alpha 75"
_GE = "GE 57.15 (TST4)"


def _baselines(benchmark: str, dataset: str, arguments: tuple[str, ...]) -> tuple[Row, ...]:
    """The rows of the two baselines of linking."""
    return tuple(
        Row(f"{benchmark}-{base}", dataset, f"the same B³ F1 by {told}", benchmark, arguments,
            f"baselines.{base}.b3_f", pinned=False)
        for base, told in (("tfidf", "TF-IDF at its best"), ("components", "components at their best"))
    )  # fmt: skip


ROWS: tuple[Row, ...] = (
    Row("roles", _TUNED, "five roles, CEAF-REE F1", "roles", _MUC4, "f", 55, "GRIT 54.50 (TST3+4)"),
    Row("templates", _TUNED, "all templates, P&R F", "muc4", _MUC4, "all_templates.f", 50, _GE),
    Row("scorer-cells", "MUC-4 TST4 answers", "score reports' cells equal, %", "muc4-check", _CHECK, "cells_equal", 99),
    Row(
        "scorer-cells-aligned", "MUC-4 TST4 answers", "the same, aligned as reported, %", "muc4-check", _CHECK,
        "cells_equal_aligned", 99,
    ),
    Row("scorer-systems", "MUC-4 TST4 answers", "systems in 0.5 F", "muc4-check", _CHECK, "systems_within_half", 17),
    Row(
        "scorer-systems-aligned", "MUC-4 TST4 answers", "the same, aligned as reported", "muc4-check", _CHECK,
        "systems_within_half_aligned", 17,
    ),
    Row("sources", "PolNeAR dev", "source token F1", "attribution", _POLNEAR, "source.f", 75, _ALPHA),
    Row("cues", "PolNeAR dev", "cue token F1", "attribution", _POLNEAR, "cue.f", 75, _ALPHA),
    Row("contents", "PolNeAR dev", "content token F1", "attribution", _POLNEAR, "content.f", 80, _ALPHA),
    Row(
        "entities", "re3d dev, thresholds set on it", "entity F1", "entities", ("data:re3d/dev.txt",), "f",
        68, "ConfliBERT 68.4, best 69.5",
    ),
    Row(
        "places-lgl", "LGL", "gold spans, within 161 km, %", "places",
        ("data:places/lgl.xml.gz",), "lgl.within_161_km",
        83, "Mordecai 3 82.7", scale=100,
    ),
    Row(
        "places-trnews", "TR-News", "gold spans, within 161 km, %", "places", ("data:places/TR-News.xml.gz",),
        "TR-News.within_161_km", None, "Mordecai 3 87.3", scale=100,
    ),
    Row(
        "toponyms-lgl", "LGL", "names of places, exact spans, F1", "places", ("data:places/lgl.xml.gz",),
        "lgl.recognition.f", 75,
    ),
    Row(
        "toponyms-trnews", "TR-News", "names of places, exact spans, F1", "places", ("data:places/TR-News.xml.gz",),
        "TR-News.recognition.f", None,
    ),
    Row("tellings", "ours, unseen conflicts", "telling F1", "tellings", _OURS, "tellings.f", 80),
    Row("telling-roles", "ours, unseen conflicts", "role F1", "tellings", _OURS, "roles.f", 70),
    Row("telling-types", "ours, unseen conflicts", "type F1", "tellings", _OURS, "types.f", 80),
    Row("real-tellings", "real texts, annotated by us", "telling F1", "real-tellings", _REAL, "tellings.f"),
    Row("real-roles", "real texts, annotated by us", "role F1", "real-tellings", _REAL, "roles.f"),
    Row("real-types", "real texts, annotated by us", "type F1", "real-tellings", _REAL, "types.f"),
    Row("stance", "ours, unseen conflicts", "stance accuracy", "tellings", _OURS, "stance_accuracy", 85),
    Row(
        "calibration", "ours, unseen conflicts", "expected calibration error", "tellings", _OURS, "calibration_error",
        0.05, higher=False,
    ),
    Row(
        "event-types", "CASE 2021 task 2", "ACLED sub-events, weighted F1", "event-types",
        ("data:case2021/task2.tsv",), "f_weighted", None, "83.9 supervised",
    ),
    Row(
        "pages", "article-extraction-benchmark", "main text, F1", "pages", ("data:article-extraction-benchmark",), "f",
        None, "trafilatura 95.8, rs_trafilatura 97.0",
    ),
    Row("coreference", _ECB_NAME, "documents, B³ F1", "coreference", _ECB, "b3_f"),
    Row("coreference-conll", _ECB_NAME, "documents, CoNLL F1", "coreference", _ECB, "conll_f"),
    *_baselines("coreference", _ECB_NAME, _ECB),
    Row("incidents", _MUC4_INCIDENTS, "templates, B³ F1", "incidents", _MUC4, "b3_f"),
    Row("incidents-conll", _MUC4_INCIDENTS, "templates, CoNLL F1", "incidents", _MUC4, "conll_f"),
    *_baselines("incidents", _MUC4_INCIDENTS, _MUC4),
    Row("cases", _CASES_NAME, "tellings, B³ F1", "cases", _CASES, "b3_f"),
    Row("cases-conll", _CASES_NAME, "tellings, CoNLL F1", "cases", _CASES, "conll_f"),
    *_baselines("cases", _CASES_NAME, _CASES),
    Row("same-event", "FAMuS dev", "source tells of the same event, accuracy", "same-event", _FAMUS, "accuracy"),
    Row("same-event-f", "FAMuS dev", "the same, F1", "same-event", _FAMUS, "f"),
    Row("same-event-tfidf", "FAMuS dev", "the same accuracy by TF-IDF at its best", "same-event", _FAMUS,
        "baselines.tfidf.accuracy", pinned=False),
    Row("echo-recall", "ours, 2,000 altered in 100,000", "echoes, recall, %", "echoes", (), "recall", 97, scale=100),
    Row("echo-precision", "ours, 2,000 altered in 100,000", "echoes, precision, %", "echoes", (), "precision", 99,
        scale=100),
    Row(
        "linking-speed", "synthetic tellings", "100,000 linked, seconds", "linking-scale", ("--sizes", "10000,100000"),
        "sizes.100000.seconds", higher=False, pinned=False,
    ),
    Row(
        "linking-growth", "synthetic tellings", "exponent of n in processor time", "linking-scale",
        ("--sizes", "10000,100000"), "cpu_growth.10000-100000", 1.1, higher=False, pinned=False,
    ),
    Row(
        "speed", "ours, recombined", "articles of 400 words read a second, one thread", "speed",
        ("--sizes", "100", "--processes", "1"), "100x1.read_per_s", 15, pinned=False,
    ),
    Row(
        "speed-added", "ours, recombined", "100 articles of 400 words added, articles a second", "speed",
        ("--sizes", "100", "--processes", "1"), "100x1.articles_per_s", pinned=False,
    ),
)  # fmt: skip


def resolve(row: Row) -> tuple[str, ...]:
    """The arguments with their paths."""
    return tuple(str(data_folder() / a.removeprefix("data:")) if a.startswith("data:") else a for a in row.arguments)


def paths_of(row: Row) -> list[Path]:
    """The files and folders that a row reads."""
    data, at = str(data_folder()), str(TEXTS.parent)
    return [Path(a) for a in resolve(row) if a.startswith((data, at))]


def checksum(paths: Sequence[Path]) -> str:
    """SHA-256 of names and bytes of all files below `paths`, in order; short (16 hexadecimal digits)."""
    digest = hashlib.sha256()
    for path in paths:
        for file in sorted(p for p in path.rglob("*") if p.is_file()) if path.is_dir() else [path]:
            digest.update(file.name.encode() + b"\0" + hashlib.sha256(file.read_bytes()).digest())
    return digest.hexdigest()[:16]


def shown(text: str) -> str:
    """A text without this machine's folders: the data's by its variable, ours from the repository's root."""
    return text.replace(str(data_folder()), "$RASHOMON_DATA").replace(f"{ROOT}/", "")
