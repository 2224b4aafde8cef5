"""Places: toponyms of news articles resolved, spans given (`python -m bench places FILE... [--half 0|1]`).

In: LGL or TR-News (XML, evaluated only: GPL). Out: the share within 161 km, and the median error in km.
Never: the text of these corpora in what is written, nor a weight fitted on them.
"""

import argparse
import gzip
import math
import re
import statistics
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path

from lxml import etree

from rashomon.resolve import Resolver
from rashomon.settings import Settings

NEAR_KM = 161.0


@dataclass(frozen=True, slots=True)
class Toponym:
    """A gold span with its coordinates (degrees)."""

    start: int
    end: int
    lat: float
    lon: float


def load_articles(path: Path) -> Iterator[tuple[str, list[Toponym]]]:
    """`(text, toponyms with coordinates)` of each article."""
    raw = gzip.decompress(path.read_bytes()) if path.suffix == ".gz" else path.read_bytes()
    for article in etree.fromstring(raw).iterfind("article"):
        text = article.findtext("text") or ""
        found = []
        for item in article.iterfind("toponyms/toponym"):
            lat, lon = (
                item.findtext("gaztag/lat") or item.findtext("lat"),
                item.findtext("gaztag/lon") or item.findtext("lon"),
            )
            start, end = _align(text, int(item.findtext("start") or 0), item.findtext("phrase") or "")
            if lat and lon:
                found.append(Toponym(start, end, float(lat), float(lon)))
        yield text, found


def _align(text: str, start: int, phrase: str) -> tuple[int, int]:
    """Where `phrase` stands nearest to `start`: some offsets of TR-News are a few characters off."""
    starts = [m.start() for m in re.finditer(re.escape(phrase), text)]
    best = min(starts, key=lambda s: abs(s - start), default=start)
    return best, best + len(phrase)


def distance_km(a: tuple[float, float], b: tuple[float, float]) -> float:
    """Great-circle distance of two points in degrees."""
    p, q = math.radians(a[0]), math.radians(b[0])
    h = math.sin((q - p) / 2) ** 2 + math.cos(p) * math.cos(q) * math.sin(math.radians(b[1] - a[1]) / 2) ** 2
    return 2 * 6371.0 * math.asin(math.sqrt(min(1.0, h)))


def measure(path: Path, half: int | None) -> dict[str, float]:
    """The figures of one file; `half` takes the even (0) or the odd (1) articles only."""
    resolver = Resolver(Settings())
    errors: list[float] = []
    for number, (text, toponyms) in enumerate(load_articles(path)):
        if half is not None and number % 2 != half:
            continue
        spans = [(t.start, t.end) for t in toponyms]
        for toponym, best in zip(toponyms, resolver.locate(text, spans), strict=True):
            error = distance_km((toponym.lat, toponym.lon), best) if best else math.inf
            errors.append(error)
    found = [e for e in errors if e < math.inf]
    return {
        "toponyms": len(errors),
        "resolved": round(len(found) / len(errors), 4),
        "within_161_km": round(sum(e <= NEAR_KM for e in errors) / len(errors), 4),
        "within_161_km_of_resolved": round(sum(e <= NEAR_KM for e in found) / max(1, len(found)), 4),
        "median_km": round(statistics.median(found), 2),
    }


def add_arguments(parser: argparse.ArgumentParser) -> None:
    """The benchmark's options."""
    parser.add_argument("files", nargs="+", type=Path, help="LGL or TR-News, XML, gzipped or not")
    parser.add_argument("--half", type=int, choices=(0, 1), help="only the even (0) or the odd (1) articles")


def run(args: argparse.Namespace) -> dict[str, object]:
    """Figures by file."""
    return {re.sub(r"\.xml(\.gz)?$", "", path.name): measure(path, args.half) for path in args.files}
