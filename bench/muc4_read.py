"""MUC-4's templates as they stand in files: keys, answers, and the alignments of score reports.

In: files of templates or a score report. Out: `Template`s in the order of the file; aligned pairs by message.
Never: scoring.
"""

import re
from collections.abc import Iterable, Iterator, Sequence
from pathlib import Path

from bench.muc4_align import Alignment
from bench.muc4_fills import SLOTS, Fill, read_fill
from bench.muc4_score import Template

_SLOT = re.compile(r"^\s?(\d+)\.\s+[A-Z]+:? [A-Z :]*?(?:\s{2,}|\t\s*)(.*)$")
_PAIR = re.compile(r"^(\S+-MUC\d-\d+)\s+key: (\S+)\s+response: (\S+)")


def read_templates(paths: Iterable[Path]) -> list[Template]:
    """All templates of some files. A line that is none of a template's (a comment, a broken one) is left out."""
    return [t for path in paths for t in parse_templates(path.read_text(encoding="latin-1").split("\n"))]


def parse_templates(lines: Sequence[str]) -> Iterator[Template]:
    """Templates of lines as in the key; a value goes on in the lines below it, which begin with white space."""
    message, number = "", ""
    optional, name = False, ""
    slots: dict[str, list[Fill]] = {}
    for line in lines:
        if m := _SLOT.match(line):
            at, value = int(m[1]), m[2].strip()
            if at <= 1:
                if at == 0 and number:
                    yield Template(message, number, optional, slots)
                    number, slots = "", {}
                message = value.split()[0] if at == 0 else message
                if at == 1:
                    number, optional = value.split()[0], "OPTIONAL" in value
                continue
            name = SLOTS[at - 1] if at <= len(SLOTS) else ""
        elif line[:1] in (" ", "\t") and line.strip():
            value = line.strip()
        else:
            continue
        fill = read_fill(name, value) if name else None
        if fill:
            slots.setdefault(name, []).append(fill)
    if number:
        yield Template(message, number, optional, slots)


def read_alignments(report: Path) -> dict[str, Alignment]:
    """Which templates a score report paired, by message: people could realign them, and nothing else says so."""
    pairs: dict[str, set[tuple[str, str]]] = {}
    for line in report.read_text(encoding="latin-1").split("\n"):
        if m := _PAIR.match(line):
            pairs.setdefault(m[1], set())
            if m[2].isdigit() and m[3].isdigit():
                pairs[m[1]].add((m[2], m[3]))
    return {message: frozenset(found) for message, found in pairs.items()}
