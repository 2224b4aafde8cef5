"""How long each export takes, and how much memory: every format of a made case, each in a process of its own.

In: a number of tellings. Out: seconds, peak memory and bytes a format; the same for `import` of the jsonl.
Never: texts of others (the case is made of invented names), nor a format measured in a process that held another.
"""

import argparse
import json
import random
import resource
import subprocess
import sys
import tempfile
import time
from collections.abc import Iterator
from dataclasses import replace
from itertools import product
from pathlib import Path

from rashomon import records as r
from rashomon import store
from rashomon.capture import make_page
from rashomon.spans import Span

TELLINGS, FULL = 20_000, 1_000_000
TELLINGS_A_PAGE = 4
PAGES_A_TRANSACTION = 2_000
MOST_MB = 500
FORMATS = ("acled-csv", "ucdp-csv", "gdelt-mentions", "plover-jsonl", "geojson", "csvw", "parquet", "ftm", "gexf",
           "html", "jsonl")  # fmt: skip
_SYLLABLES = ("ka", "lo", "mir", "ten", "sa", "du", "bar", "ne", "vo", "rin", "gal", "hes", "ti", "pol", "zu", "mar")
_TYPES = ("killing", "bombing", "abduction_hostage", "arrest_detention", "protest", "armed_clash")


def add_arguments(parser: argparse.ArgumentParser) -> None:
    """Arguments of the benchmark."""
    parser.add_argument("--tellings", type=int, default=TELLINGS, help="how many tellings the case holds")
    parser.add_argument("--full", action="store_true", help=f"{FULL:,} of them (takes long)")
    parser.add_argument("--formats", default=",".join(FORMATS), help="formats, with commas between")


def run(args: argparse.Namespace) -> dict[str, object]:
    """Make the case and measure every format; the table goes to stderr as it grows."""
    count = FULL if args.full else args.tellings
    figures: dict[str, object] = {"tellings": count}
    with tempfile.TemporaryDirectory(prefix="rashomon-bench-") as held:
        folder = Path(held)
        case = folder / "case.db"
        started = time.perf_counter()
        make_case(case, count)
        figures["made_s"], figures["case_mb"] = round(time.perf_counter() - started, 1), case.stat().st_size >> 20
        print(
            f"{'format':>16} {'seconds':>9} {'CPU s':>7} {'peak MB':>8} {'MB out':>8}  ({count:,} tellings)",
            file=sys.stderr,
        )
        for name in args.formats.split(","):
            out = folder / f"out-{name}"
            figures[name] = _measure(name, case, out)
            if name == "jsonl":
                figures["import"] = _measure("import", folder / "other.db", out)
            _remove(out)
    return figures


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


def make_case(path: Path, tellings: int, seed: int = 7) -> None:
    """A case of so many tellings: pages of four, incidents of one to six, told by one to three origins."""
    chance = random.Random(seed)
    names = ["".join(parts).capitalize() for parts in chance.sample(list(product(_SYLLABLES, repeat=3)), 3_000)]
    pages = -(-tellings // TELLINGS_A_PAGE)
    with store.open_case(path, create=True) as case:
        for first in range(0, pages, PAGES_A_TRANSACTION):
            with case.write() as connection:
                for number in range(first, min(pages, first + PAGES_A_TRANSACTION)):
                    article, reading, page = _make_page(number, chance, names)
                    entry = store.save_page(connection, page)
                    assert entry is not None
                    store.save_article(connection, entry.number, article, "bench")
                    made = {"read_by": "bench", "resolved_by": "bench"}
                    store.save_reading(connection, entry.number, article, reading, **made)
                    store.set_status(connection, entry.number, "read", "bench")
        with case.write() as connection:
            store.replace_actors(connection, (r.Actor(n.casefold(), n, "organisation", (n,), 1) for n in names))
            store.replace_incidents(connection, _iter_incidents(pages, chance))
            store.replace_links(connection, _iter_links(pages))
            store.replace_overview(connection)


def _id(page: int, ordinal: int) -> str:
    return f"t{page:08}-{ordinal}"


def _make_page(number: int, chance: random.Random, names: list[str]) -> tuple[r.Article, r.Reading, r.Page]:
    parts, tellings, at = [], [], 0
    url = f"https://lantern{number % 60}.example/{number}"
    for ordinal in range(TELLINGS_A_PAGE):
        doer, place, source = chance.choice(names), chance.choice(names[:300]), chance.choice(names)
        day = f"2024-{number % 12 + 1:02}-{ordinal * 7 + 1:02}"
        killed = chance.randint(1, 40)
        words = (
            f"{doer} killed {killed} villagers in {place} on {day}, {source} said. Witnesses told how the "
            f"fighters came at dawn and went from house to house until the market of {place} was empty.\n\n"
        )
        parts.append(words)
        tellings.append(_telling(number, ordinal, at, words, (doer, place, day, str(killed), source), chance))
        at += len(words)
    text = "".join(parts)
    page = make_page(url, text.encode(), "text/plain", url)
    published = r.Published(f"2024-{number % 12 + 1:02}-28", f"2024-{number % 12 + 1:02}-28", "day", "meta")
    article = r.Article(
        page=page.id, text=text, title=f"What {names[number % 3000]} did", byline=None,
        outlet=f"The Lantern {number % 60}", outlet_found="meta", published=published, language="en",
        sections=(r.Section("article", "", 0, len(text), text),),
        passages=tuple(r.Passage(t.span.start_char, t.span.end_char) for t in tellings),
    )  # fmt: skip
    told = tuple(replace(t, page=page.id, passages=(t.span,)) for t in tellings)
    return article, r.Reading(page=page.id, tellings=told), page


def _telling(number: int, ordinal: int, at: int, words: str, told: tuple[str, ...], chance: random.Random) -> r.Telling:
    def span(part: str) -> Span:
        start = at + words.index(part)
        return Span(start, start + len(part), part)

    doer, place, day, killed, source = told
    count = int(killed)
    kind = chance.choice(_TYPES)
    return r.Telling(
        id=_id(number, ordinal), page="", span=Span(at, at + len(words.rstrip()), words.rstrip()), score=0.9,
        types=(kind,), type_scores=(0.9,), stance="asserts", stage="accomplished", anchors=(span("killed"),),

        perpetrators=(r.ActorFiller(span(doer), "organisation", 0.9, "nonstate", (span(doer),), doer.casefold()),),
        targets=(r.TargetFiller(span("villagers"), "civilian", 0.9, "killed", (span("villagers"),),
                                place.casefold()),),
        places=(r.PlaceFiller(span(place), "town", 0.9, (span(place),), place, "DE", "Low Tarn",
                              chance.uniform(47, 55), chance.uniform(6, 15), "town"),),
        time=r.TimeFiller(span(day), 0.9, day, day, "day"),
        counts=(r.CountFiller(span(killed), 0.9, "killed", count, count, count),), attributed_to=span(source),
    )  # fmt: skip


def _iter_incidents(pages: int, chance: random.Random) -> Iterator[r.Incident]:
    """Tellings in the order of their ordinals, so that those of one incident stand on different pages."""
    for ordinal in range(TELLINGS_A_PAGE):
        at = 0
        while at < pages:
            size = min(chance.choice((1, 1, 1, 2, 3, 6)), pages - at)
            ids = tuple(_id(at + i, ordinal) for i in range(size))
            origins = tuple(f"o{at}-{i}" for i in range(min(size, 3)))
            values = tuple(r.ToldValue(str(i), (told,), (origins[i % len(origins)],)) for i, told in enumerate(ids))
            low, high = (r.ToldNumber(n, (ids[n],), values[n].origins) for n in (0, size - 1))
            status = "contested" if size > 1 else "told_once"
            field = r.WeighedField("count_killed", status, values, r.CountRange(low, low, high))
            yield r.Incident(f"i{ordinal}-{at}", ids, (_TYPES[at % len(_TYPES)],), origins, (field,))
            at += size


def _iter_links(pages: int) -> Iterator[r.Link]:
    for page in range(0, pages - 1, 2):
        weights = (r.MatchWeight("time", "same day", 4.2), r.MatchWeight("place", "same place", 3.1))
        yield r.Link(_id(page, 0), _id(page + 1, 0), 0.9, weights)


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
