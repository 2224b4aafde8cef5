"""The scorer against the score reports of 1992: `python -m bench muc4-check DIR` (DIR: `muc4/scorer-check`).

In: the key, the answers of the systems, their official score reports, the history of human decisions. Out: by system
the all-templates F beside the reported one, and the share of equal cells (ten columns of 24 slots, message by message).
Never: a text or the reader.

`cells_equal` is with our own alignment of templates, `cells_equal_aligned` with the report's: people realigned some
templates by hand, and no file but the report says which.
"""

import argparse
import re
from collections.abc import Mapping
from dataclasses import dataclass
from pathlib import Path

from bench.muc4 import by_message, report, score
from bench.muc4_fills import SLOTS
from bench.muc4_match import read_history
from bench.muc4_read import read_alignments, read_templates

Cells = Mapping[str, Mapping[str, tuple[int, ...]]]
NOTHING = (0,) * 10
_BLOCK = re.compile(r"^(\S+-MUC\d-\d+)(?:\s+key: (\S+)\s+response: (\S+))?\s*(\[\w+\])?\s*$")
_F = re.compile(r"^F-MEASURES\s+([\d.]+)\s")
_ROW = re.compile(
    r"^([A-Za-z][A-Za-z/ -]*?)\s+(\d+)\s+(\d+)\|\s*(\d+)\s*(\d+)\s*(\d+)\|\s*(\d+)\s*(\d+)\|\s*(\d+)\s*(\d+)\s*(\d+)\|"
)


@dataclass(frozen=True, slots=True)
class Report:
    """An official score report: F (P&R) of all templates, and its columns by message and slot."""

    f: float
    cells: Cells


def read_report(path: Path) -> Report:
    """A report by template or by message; templates that cost nothing (`[optional]`, `[irrelevant]`) are left out."""
    cells: dict[str, dict[str, tuple[int, ...]]] = {}
    message, f = "", 0.0
    for line in path.read_text(encoding="latin-1").split("\n"):
        if m := _BLOCK.match(line):
            message = m[1] if m[4] not in ("[optional]", "[irrelevant]") else ""
        elif "TOTAL SLOT SCORES" in line:
            message = ""
        elif m := _F.match(line):
            f = float(m[1])
        elif message and (row := _ROW.match(line)) and row[1] in SLOTS:
            slots = cells.setdefault(message, {})
            found = tuple(int(n) for n in row.groups()[1:])
            slots[row[1]] = tuple(a + b for a, b in zip(slots.get(row[1], NOTHING), found, strict=True))
    return Report(f, cells)


def compare_cells(ours: Cells, theirs: Cells) -> tuple[int, int]:
    """Equal cells, and all cells of the messages that either side counts."""
    equal = total = 0
    for message in ours.keys() | theirs.keys():
        for slot in SLOTS:
            a = ours.get(message, {}).get(slot, NOTHING)
            b = theirs.get(message, {}).get(slot, NOTHING)
            equal += sum(x == y for x, y in zip(a, b, strict=True))
            total += len(a)
    return equal, total


def add_arguments(parser: argparse.ArgumentParser) -> None:
    """Options of the command line."""
    parser.add_argument("folder", type=Path)


def run(args: argparse.Namespace) -> dict[str, object]:
    """Score every system's answers and compare."""
    keys = read_templates(sorted(args.folder.glob("key-*")))
    history = read_history(next(args.folder.glob("*hist*")))
    systems: dict[str, dict[str, float]] = {}
    sums = {"cells_equal": [0, 0], "cells_equal_aligned": [0, 0]}
    for path in sorted(args.folder.glob("*-response*")):
        name = path.name.split("-response")[0]
        official = next(args.folder.glob(f"{name}-scores*"))
        theirs, answers = read_report(official), read_templates([path])
        scored = score(keys, answers, history)
        alignments = read_alignments(official)
        aligned = score(keys, answers, history, alignments) if alignments else scored
        systems[name] = {
            "f": _all_templates(report(scored)),
            "f_aligned": _all_templates(report(aligned)),
            "f_reported": theirs.f,
        }
        for measure, ours in (("cells_equal", scored), ("cells_equal_aligned", aligned)):
            equal, total = compare_cells(by_message(ours), theirs.cells)
            sums[measure][0] += equal
            sums[measure][1] += total
            systems[name][measure] = round(100 * equal / total, 3)
    apart = [abs(s["f"] - s["f_reported"]) for s in systems.values()]
    return {
        **{measure: round(100 * equal / max(1, total), 3) for measure, (equal, total) in sums.items()},
        "systems_within_half": sum(d <= 0.5 for d in apart),
        "systems_within_half_aligned": sum(abs(s["f_aligned"] - s["f_reported"]) <= 0.5 for s in systems.values()),
        "largest_difference": round(max(apart, default=0.0), 2),
        "systems": systems,
    }


def _all_templates(figures: Mapping[str, object]) -> float:
    found = figures["all_templates"]
    return float(found["f"]) if isinstance(found, dict) else 0.0
