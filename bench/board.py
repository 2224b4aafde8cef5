"""The scoreboard: every row measured on the data that this machine has, against its floor.

In: the rows, and what was measured before. Out: `scoreboard.json`, and a table. Never: a figure without its command.

A row whose data is not here, or whose benchmark says that it cannot run, is kept with the reason, and what was
measured of it before.
"""

import argparse
import importlib
import json
import sys
from collections.abc import Mapping, Sequence
from dataclasses import asdict, dataclass, replace
from pathlib import Path

from bench.board_rows import ROWS, Row, checksum, paths_of, resolve, shown
from bench.floors import Floor, is_below, raised, read_floors, write_floors
from rashomon.errors import RashomonError
from rashomon.read.model import load_model

BOARD = Path(__file__).parent / "scoreboard.json"


@dataclass(frozen=True, slots=True)
class Measured:
    """A row as measured: the figure (None: never), on which data, by which reader; or why not this time."""

    name: str
    ours: float | None = None
    data: str = ""
    reader: str = ""
    command: str = ""
    skipped: str = ""


def command_of(row: Row) -> str:
    """The command that prints the row's figure, with the data folder named by its variable."""
    return shown(" ".join(("python -m bench", row.benchmark, *resolve(row), "--json")))


def figure_at(figures: Mapping[str, object], path: str) -> float | None:
    """A figure by its dotted path, None if there is none."""
    found: object = figures
    for part in path.split("."):
        if not isinstance(found, Mapping) or part not in found:
            return None
        found = found[part]
    return float(found) if isinstance(found, (int, float)) else None


def missing(row: Row) -> str:
    """Why a row cannot be measured here; nothing if it can."""
    gone = [p for p in paths_of(row) if not p.exists()]
    return shown(f"not on this machine: {', '.join(str(p) for p in gone)}") if gone else ""


def run_benchmark(name: str, arguments: Sequence[str]) -> dict[str, object]:
    """The figures of one benchmark."""
    module = importlib.import_module("bench." + name.replace("-", "_"))
    parser = argparse.ArgumentParser(prog=f"python -m bench {name}", exit_on_error=False)
    module.add_arguments(parser)
    figures: dict[str, object] = module.run(parser.parse_args(list(arguments)))
    return figures


def measure(rows: Sequence[Row]) -> dict[str, Measured]:
    """Each row; rows of the same benchmark on the same data are measured in one run."""
    done: dict[tuple[str, tuple[str, ...]], dict[str, object] | str] = {}
    out: dict[str, Measured] = {}
    for row in rows:
        if reason := missing(row):
            out[row.name] = Measured(row.name, skipped=reason)
            continue
        key = (row.benchmark, resolve(row))
        if key not in done:
            print(f"{row.benchmark} on {row.dataset} ...", file=sys.stderr)
            try:
                done[key] = run_benchmark(*key)
            except (OSError, ValueError, RashomonError, argparse.ArgumentError) as error:
                done[key] = shown(f"{type(error).__name__}: {error}")
        out[row.name] = _measured(row, done[key])
    return out


def _measured(row: Row, figures: dict[str, object] | str) -> Measured:
    if isinstance(figures, str):
        return Measured(row.name, skipped=figures)
    value = figure_at(figures, row.figure)
    if value is None:
        return Measured(row.name, skipped=f"{row.benchmark} gives no {row.figure}")
    return Measured(row.name, round(value * row.scale, 4), checksum(paths_of(row)), _reader(), command_of(row))


def _reader() -> str:
    try:
        return load_model().card.version
    except RashomonError:
        return ""


def read_board(path: Path = BOARD) -> dict[str, Measured]:
    """What was measured before, by row."""
    held = json.loads(path.read_text(encoding="utf-8")) if path.exists() else []
    return {m["name"]: Measured(**{k: m[k] for k in Measured.__slots__ if k in m}) for m in held}


def merge(before: Mapping[str, Measured], now: Mapping[str, Measured]) -> dict[str, Measured]:
    """New figures over old ones; a row that was skipped keeps its last figure beside the reason."""
    merged = dict(before)
    for name, found in now.items():
        old = before.get(name)
        merged[name] = replace(old, skipped=found.skipped) if found.skipped and old else found
    return merged


def write_board(board: Mapping[str, Measured], floors: Mapping[str, Floor], path: Path = BOARD) -> None:
    """Write the scoreboard in the order of the rows, each with what it is compared with."""
    rows = [
        asdict(board[row.name])
        | {"dataset": row.dataset, "metric": row.metric, "target": row.target, "published": row.published}
        | {"floor": floors[row.name].value if row.name in floors else None}
        for row in ROWS
        if row.name in board
    ]
    path.write_text(json.dumps(rows, indent=1, ensure_ascii=False) + "\n", encoding="utf-8")


def below(board: Mapping[str, Measured], floors: Mapping[str, Floor]) -> list[str]:
    """Rows whose figure is worse than their floor."""
    return [
        row.name
        for row in ROWS
        if (m := board.get(row.name)) and m.ours is not None and is_below(row, m.ours, floors.get(row.name), m.data)
    ]


def table(board: Mapping[str, Measured], floors: Mapping[str, Floor]) -> list[tuple[str, ...]]:
    """Dataset, metric, ours, floor, target and the best published, as words; reasons where there is no figure."""
    lines: list[tuple[str, ...]] = [("dataset", "metric", "ours", "floor", "target", "published best")]
    for row in ROWS:
        m = board.get(row.name, Measured(row.name, skipped="never measured"))
        ours = "-" if m.ours is None else f"{m.ours:g}"
        floor = f"{floors[row.name].value:g}" if row.name in floors else "-"
        target = "-" if row.target is None else f"{row.target:g}"
        note = f"  [{m.skipped}]" if m.skipped else ""
        lines.append((row.dataset, row.metric, ours, floor, target, (row.published or "-") + note))
    return lines


def main(arguments: Sequence[str]) -> int:
    """Measure, write, print; 1 if a figure lies below its floor."""
    parser = argparse.ArgumentParser(prog="python -m bench", description=__doc__)
    parser.add_argument("--only", nargs="+", metavar="ROW", default=[], help="only these rows, or rows of a benchmark")
    parser.add_argument("--raise-floors", action="store_true", help="raise floors to what was measured")
    parser.add_argument("--board", type=Path, default=BOARD, help="where the scoreboard is kept")
    parser.add_argument("--json", action="store_true", help="the scoreboard as JSON on stdout")
    args = parser.parse_args(arguments)
    now = measure([r for r in ROWS if not args.only or r.name in args.only or r.benchmark in args.only])
    board, floors = merge(read_board(args.board), now), read_floors()
    if args.raise_floors:
        for row in ROWS:
            m = now.get(row.name)
            if m and m.ours is not None and (new := raised(row, m.ours, floors.get(row.name), m.data)):
                floors[row.name] = new
        write_floors(floors)
    write_board(board, floors, args.board)
    if args.json:
        print(args.board.read_text(encoding="utf-8"), end="")
    else:
        lines = table(board, floors)
        widths = [max(len(line[i]) for line in lines) for i in range(len(lines[0]) - 1)]
        for line in lines:
            print("  ".join([*(c.ljust(w) for c, w in zip(line, widths, strict=False)), line[-1]]))
    worse = below(board, floors)
    if worse:
        print("below the floor: " + ", ".join(worse), file=sys.stderr)
    return 1 if worse else 0
