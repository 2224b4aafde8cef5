"""Linking by number of tellings: `python -m bench linking-scale [--sizes 10000,50000] [--full]`.

In: nothing. Out: for each number of tellings the seconds of scoring and of clustering, peak memory, candidate links,
B³ against what was generated, and the growth from size to size as the exponent of n, by the clock and (`cpu_growth`,
which a busy machine leaves as it is) by processor time. Making the tellings up, one by one as they are asked for, is
not counted as time; what it holds (`made_mb` when the first is asked for) is in the peak. Never: a warm start: every
size is a process of its own.

Synthetic tellings: incidents are told k times with a probability that falls as k^-2.8, and a few a thousand times; they
have a place, a day, types, targets and words of their own; places, names and words are drawn as often as Zipf's law has
them, so that many incidents share some. A telling lacks or blurs some of it; an article tells one to five incidents of
one region and shares its context among them.
"""

import argparse
import json
import math
import random
import resource
import subprocess
import sys
import time
from array import array
from bisect import bisect
from collections.abc import Iterable, Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from itertools import accumulate, groupby, pairwise

from bench.clustering import b_cubed
from rashomon.link import LinkRow, cluster_tellings, find_again, score_pairs
from rashomon.link.words import FIRST_TIMES, TOP_LEVEL, norm_of
from rashomon.vocabulary import INCIDENT_TYPES

SIZES = (10_000, 50_000)
FULL_SIZES = (10_000, 50_000, 250_000, 1_000_000)
MOST_TOLD, FALL = 1000, 2.8
FAMILY = {t: f"family{i % 8}" for i, t in enumerate(sorted(INCIDENT_TYPES))}


class Zipf:
    """Draws ranks below `n` as often as Zipf's law has them."""

    def __init__(self, n: int, power: float = 1.0) -> None:
        self._sums = list(accumulate(1 / (r + 3) ** power for r in range(n)))

    def draw(self, rng: random.Random) -> int:
        """A rank, 0 the commonest."""
        return min(len(self._sums) - 1, bisect(self._sums, rng.random() * self._sums[-1]))


@dataclass(frozen=True, slots=True)
class Made:
    """One incident: what all of its tellings are drawn from."""

    number: int
    types: list[str]
    day: int
    place: int
    names: "array[int]"
    words: "array[int]"
    killed: int
    sketch: tuple[int, int, int, int]


@dataclass(frozen=True, slots=True)
class _Article:
    """What the tellings of one article share."""

    context: list[int]
    roster: list[int]
    years: list[int]
    numbers: list[int]


def _code(kind: int, rank: int, commonest: int) -> int:
    """A word's code: rarer words have higher levels."""
    level = min(TOP_LEVEL, commonest + int(math.log2(rank + 1)))
    return (((kind << 40) + rank + 1) << 4) | level


def make_rows(count: int, seed: int = 1) -> tuple[Iterator[LinkRow], dict[str, int]]:
    """`count` tellings, made one by one as they are asked for, and the incident of each."""
    rng = random.Random(seed)
    sizes = list(range(1, MOST_TOLD + 1))
    shares = [k**-FALL for k in sizes]
    places, names, words = Zipf(20_000), Zipf(max(2000, count // 2), 0.8), Zipf(50_000)
    types = sorted(INCIDENT_TYPES)
    told: list[Made] = []
    # a few incidents are told very often whatever the draw
    fixed = [min(MOST_TOLD, count // 50)] * 3
    number = 0
    while len(told) < count:
        size = fixed.pop() if fixed else rng.choices(sizes, shares)[0]
        made = Made(
            number, rng.sample(types, rng.choice((1, 1, 2))), 730_000 + int(rng.random() * 3650), places.draw(rng),
            array("q", [_code(1, names.draw(rng), 8) for _ in range(rng.randint(2, 6))]),
            array("q", [_code(2, words.draw(rng), 2) for _ in range(60)]), int(rng.expovariate(0.2)),
            (rng.getrandbits(63), rng.getrandbits(63), rng.getrandbits(63), rng.getrandbits(63)),
        )  # fmt: skip
        told += [made] * size
        number += 1
    told = told[:count]
    rng.shuffle(told)
    return _iter_rows(told, words, rng), {_id(n): made.number for n, made in enumerate(told)}


def _id(n: int) -> str:
    return f"t{n:08}"


def _iter_rows(told: list[Made], words: Zipf, rng: random.Random) -> Iterator[LinkRow]:
    left, page, shared = 0, 0, _Article([], [], [], [])
    for n, made in enumerate(told):
        if left == 0:
            left = rng.choice((1, 1, 2, 3, 5))
            page += 1
            common = [_code(2, words.draw(rng), 2) for _ in range(24)]
            once = {*common, *rng.sample(made.words, 40)}
            named = {*made.names, *common[:20]}
            shared = _Article(
                sorted({*once, *(c + FIRST_TIMES for c in once)}), sorted({*named, *(c + FIRST_TIMES for c in named)}),
                sorted({made.day // 365, 1980 + rng.randrange(30)}), sorted(rng.sample(range(2, 100), 8)),
            )  # fmt: skip
        left -= 1
        yield _row(n, page, made, shared, words, rng)


def _row(n: int, page: int, made: Made, shared: _Article, words: Zipf, rng: random.Random) -> LinkRow:
    known_day, known_place = rng.random() < 0.7, rng.random() < 0.8
    day = made.day + (rng.random() < 0.1)
    held = [c for c in made.names if rng.random() < 0.75]
    told = sorted({*rng.sample(made.words, 16), *(_code(2, words.draw(rng), 2) for _ in range(12))})
    blur = [rng.getrandbits(63) & rng.getrandbits(63) & rng.getrandbits(63) for _ in made.sketch]
    sketch = [s ^ b for s, b in zip(made.sketch, blur, strict=True)]
    kept = [t for t in made.types if rng.random() < 0.85] or made.types[:1]
    return LinkRow(
        unique_id=_id(n), page=f"p{page:08}", item=None, families=sorted({FAMILY[t] for t in kept}),
        types=sorted(kept), first_day=day if known_day else None, last_day=day if known_day else None,
        published_day=made.day + int(rng.expovariate(0.1)), lat=made.place % 170 - 85.0 if known_place else None,
        lon=made.place * 7 % 350 - 175.0 if known_place else None, radius_km=0.0,
        places=[f"place{made.place}"] if known_place else [], broad_places=[], within=[f"region{made.place % 300}"],
        perpetrators=held[:1], targets=held[1:],
        victims=held[1:2] if "killing" in kept else [], killed_low=made.killed if rng.random() < 0.5 else None,
        killed_high=made.killed, injured_low=None, names=sorted(held), words=told, context=shared.context,
        roster=shared.roster, words_norm=norm_of(told), context_norm=norm_of(shared.context),
        roster_norm=norm_of(shared.roster), names_norm=norm_of(held), weekdays=[(day + 6) % 7],
        days=[32 * (day // 31 % 12 + 1) + day % 31 + 1], years=shared.years, numbers=shared.numbers,
        sketch_0=sketch[0], sketch_1=sketch[1], sketch_2=sketch[2], sketch_3=sketch[3],
    )  # fmt: skip


class Watch:
    """Takes the time by the clock and by the processor; what is done in `apart` does not count."""

    def __init__(self) -> None:
        self._clock, self._cpu = time.perf_counter(), time.process_time()

    def read(self) -> tuple[float, float]:
        """Seconds by the clock and by the processor."""
        return time.perf_counter() - self._clock, time.process_time() - self._cpu

    @contextmanager
    def apart(self) -> Iterator[None]:
        """Stand still meanwhile."""
        clock, cpu = self.read()
        yield
        self._clock, self._cpu = time.perf_counter() - clock, time.process_time() - cpu


def _by_page(rows: Iterable[LinkRow], watch: Watch) -> Iterator[list[LinkRow]]:
    """The rows of one page after another; the time it takes to make them up does not count."""
    pages = groupby(rows, key=lambda row: row.page)
    while True:
        with watch.apart():
            page = [*next(pages, ("", ()))[1]]
        if not page:
            return
        yield page


def measure(count: int) -> dict[str, float]:
    """One size, in this process."""
    made, incident = make_rows(count)
    made_mb = resource.getrusage(resource.RUSAGE_SELF).ru_maxrss / 1024
    watch = Watch()
    page_of: dict[str, str] = {}
    again: set[tuple[str, str]] = set()

    def rows() -> Iterator[LinkRow]:
        for page in _by_page(made, watch):
            again.update(find_again(page))
            page_of.update((row.unique_id, row.page) for row in page)
            yield from page

    links = score_pairs(rows())
    scored, _ = watch.read()
    groups = cluster_tellings(page_of, links, again=again)
    ended, cpu = watch.read()
    found = {t: n for n, g in enumerate(groups) for t in g.tellings}
    return {
        "tellings": count,
        "seconds": round(ended, 1),
        "cpu_s": round(cpu, 1),
        "score_s": round(scored, 1),
        "cluster_s": round(ended - scored, 1),
        "peak_mb": round(resource.getrusage(resource.RUSAGE_SELF).ru_maxrss / 1024),
        "made_mb": round(made_mb),
        "links": len(links),
        "incidents": len(groups),
        "b3_f": round(b_cubed(incident, found).f, 2),
    }


def add_arguments(parser: argparse.ArgumentParser) -> None:
    """Options of the command line."""
    parser.add_argument("--sizes", default=",".join(map(str, SIZES)), help="numbers of tellings, with commas between")
    parser.add_argument("--full", action="store_true", help=f"sizes {FULL_SIZES} (takes long)")


def run(args: argparse.Namespace) -> dict[str, object]:
    """Measure every size; the table goes to stderr as it grows."""
    sizes = FULL_SIZES if args.full else [int(s) for s in args.sizes.split(",")]
    rows: list[dict[str, float]] = []
    for size in sizes:
        command = [
            sys.executable,
            "-c",
            f"import json; from bench.linking_scale import measure; print(json.dumps(measure({size})))",
        ]
        rows.append(json.loads(subprocess.run(command, capture_output=True, check=True, text=True).stdout))
        print(rows[-1], file=sys.stderr, flush=True)
    return {
        "sizes": {str(r["tellings"]): r for r in rows},
        "growth": growth(rows, "seconds"),
        "cpu_growth": growth(rows, "cpu_s"),
    }


def growth(rows: list[dict[str, float]], of: str) -> dict[str, float]:
    """The exponent of n with which a time grows from one size to the next (n·log n from 10⁴ to 10⁵: 1.1).

    >>> growth([{"tellings": 10, "seconds": 1.0}, {"tellings": 100, "seconds": 20.0}], "seconds")
    {'10-100': 1.3}
    """
    return {
        f"{a['tellings']}-{b['tellings']}": round(
            math.log(max(b[of], 0.1) / max(a[of], 0.1)) / math.log(b["tellings"] / a["tellings"]), 2
        )
        for a, b in pairwise(rows)
    }
