"""How long each export takes, and how much memory: every format of a made case, each in a process of its own.

In: a number of tellings, or a case that is there. Out: seconds, peak memory and bytes a format; the same for `import`
of the jsonl.
Never: texts of others (the case is made of invented names), nor a format measured in a process that held another.
"""

import argparse
import json
import resource
import subprocess
import sys
import tempfile
import time
from pathlib import Path

from sqlalchemy import func, select

from bench.export_case import make_case
from rashomon import store
from rashomon.store import schema

TELLINGS, FULL = 20_000, 1_000_000
MOST_MB = 500
FORMATS = ("acled-csv", "ucdp-csv", "gdelt-mentions", "plover-jsonl", "geojson", "csvw", "parquet", "ftm", "gexf",
           "html", "jsonl")  # fmt: skip


def add_arguments(parser: argparse.ArgumentParser) -> None:
    """Arguments of the benchmark."""
    parser.add_argument("--tellings", type=int, default=TELLINGS, help="how many tellings the case holds")
    parser.add_argument("--full", action="store_true", help=f"{FULL:,} of them (takes long)")
    parser.add_argument("--formats", default=",".join(FORMATS), help="formats, with commas between")
    parser.add_argument("--case", type=Path, help="measure on this case, which is only read; nothing is made")
    parser.add_argument("--folder", type=Path, help="where the files go meanwhile (default: a temporary folder)")


def run(args: argparse.Namespace) -> dict[str, object]:
    """Make the case and measure every format; the table goes to stderr as it grows."""
    count = FULL if args.full else args.tellings
    figures: dict[str, object] = {}
    with tempfile.TemporaryDirectory(prefix="rashomon-bench-", dir=args.folder) as held:
        folder = Path(held)
        case: Path = args.case or folder / "case.db"
        if args.case is None:
            started = time.perf_counter()
            make_case(case, count)
            figures["made_s"] = round(time.perf_counter() - started, 1)
        figures |= {"tellings": _count_tellings(case), "case_mb": case.stat().st_size >> 20}
        print(
            f"{'format':>16} {'seconds':>9} {'CPU s':>7} {'peak MB':>8} {'MB out':>8}"
            f"  ({figures['tellings']:,} tellings, {figures['case_mb']:,} MB)",
            file=sys.stderr,
        )
        for name in args.formats.split(","):
            out = folder / f"out-{name}"
            figures[name] = _measure(name, case, out)
            if name == "jsonl":
                figures["import"] = _measure("import", folder / "other.db", out)
            _remove(out)
    return figures


def _count_tellings(case: Path) -> int:
    with store.open_case(case) as opened, opened.read() as connection:
        return int(connection.execute(select(func.count()).select_from(schema.tellings)).scalar_one())


def _measure(name: str, case: Path, out: Path) -> dict[str, float]:
    command = [sys.executable, "-m", "bench.exports", name, str(case), str(out)]
    done = subprocess.run(command, check=True, capture_output=True, text=True)
    found: dict[str, float] = json.loads(done.stdout.splitlines()[-1])
    size = sum(p.stat().st_size for p in ([out] if out.is_file() else out.iterdir())) / 2**20
    found["out_mb"] = round(size, 1)
    over = "" if found["peak_mb"] < MOST_MB else f"  over {MOST_MB} MB"
    print(
        f"{name:>16} {found['seconds']:9.1f} {found['cpu_s']:7.1f} {found['peak_mb']:8.0f} {size:8.1f}{over}",
        file=sys.stderr,
        flush=True,
    )
    return found


def _remove(out: Path) -> None:
    for path in [out] if out.is_file() else [*out.iterdir()]:
        path.unlink()
    if out.is_dir():
        out.rmdir()


def _child(name: str, case_path: str, out: str) -> None:
    """One export (or import), in a process of its own; prints what was measured as JSON."""
    started = time.perf_counter()
    if name == "import":
        from rashomon.imports.jsonl import import_jsonl

        with store.open_case(case_path, create=True) as case, Path(out).open("rb") as stream:
            import_jsonl(case, stream, out)
    else:
        from rashomon.present.exports.write import write_export
        from rashomon.present.filters import Filters

        with store.open_case(case_path) as case, case.read() as connection:
            write_export(connection, name, Path(out), Filters(), "bench")
    peak_mb = _peak_mb()
    spent = {"seconds": time.perf_counter() - started, "cpu_s": time.process_time()}
    print(json.dumps({name: round(value, 2) for name, value in spent.items()} | {"peak_mb": round(peak_mb)}))


def _peak_mb() -> float:
    """The most memory that this process held. Linux's ru_maxrss would count what its parent held when it forked."""
    status = Path("/proc/self/status")
    if status.exists():
        line = next(x for x in status.read_text(encoding="ascii").splitlines() if x.startswith("VmHWM:"))
        return int(line.split()[1]) / 1024
    return resource.getrusage(resource.RUSAGE_SELF).ru_maxrss / 1024


if __name__ == "__main__":
    _child(*sys.argv[1:])
