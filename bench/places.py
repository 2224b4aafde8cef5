"""Places in news articles: `python -m bench places FILE... [--half 0|1]`.

In: LGL or TR-News (XML, evaluated only: GPL). Out: with the gold spans, the share within 161 km, mean and median error
in km; place names found (exact spans), with the demonyms, which these corpora count as names of places (and we do not),
and without; and both in one: place names found and within 161 km. Never: the text of these corpora in what is written,
nor a weight fitted on them.
"""

import argparse
import gzip
import math
import re
import statistics
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from pathlib import Path

from lxml import etree

from bench.matching import Score
from rashomon.resolve import Resolver
from rashomon.resolve.countries import country_of_demonym
from rashomon.settings import Settings

NEAR_KM = 161.0
Range = tuple[int, int]


@dataclass(frozen=True, slots=True)
class Toponym:
    """A gold span with its coordinates (degrees), if the corpus has any."""

    start: int
    end: int
    where: tuple[float, float] | None


@dataclass(frozen=True, slots=True)
class Marked:
    """A text with its gold toponyms."""

    text: str
    toponyms: tuple[Toponym, ...]


def load_articles(path: Path) -> Iterator[Marked]:
    """The articles of a file."""
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
            found.append(Toponym(start, end, (float(lat), float(lon)) if lat and lon else None))
        yield Marked(text, tuple(found))


def _align(text: str, start: int, phrase: str) -> Range:
    """Where `phrase` stands nearest to `start`: some offsets of TR-News are a few characters off."""
    starts = [m.start() for m in re.finditer(re.escape(phrase), text)]
    best = min(starts, key=lambda s: abs(s - start), default=start)
    return best, best + len(phrase)


def distance_km(a: tuple[float, float], b: tuple[float, float]) -> float:
    """Great-circle distance of two points in degrees."""
    p, q = math.radians(a[0]), math.radians(b[0])
    h = math.sin((q - p) / 2) ** 2 + math.cos(p) * math.cos(q) * math.sin(math.radians(b[1] - a[1]) / 2) ** 2
    return 2 * 6371.0 * math.asin(math.sqrt(min(1.0, h)))


def measure(path: Path, half: int | None) -> dict[str, object]:
    """The figures of one file; `half` takes the even (0) or the odd (1) articles only."""
    resolver = Resolver(Settings())
    articles = [a for i, a in enumerate(load_articles(path)) if half is None or i % 2 == half]
    errors = [e for article in articles for e in _errors(resolver, article)]
    found = [e for e in errors if e < math.inf]
    names = [{(n.start_char, n.end_char) for n in resolver.find_toponyms(a.text)} for a in articles]
    peoples = [{(p.start_char, p.end_char) for p in resolver.find_peoples(a.text)} for a in articles]
    named = [n | p for n, p in zip(names, peoples, strict=True)]
    both = sum((_end_to_end(resolver, a, n) for a, n in zip(articles, names, strict=True)), Score())
    return {
        "toponyms": len(errors),
        "resolved": round(len(found) / len(errors), 4),
        "within_161_km": round(sum(e <= NEAR_KM for e in errors) / len(errors), 4),
        "within_161_km_of_resolved": round(sum(e <= NEAR_KM for e in found) / max(1, len(found)), 4),
        "mean_km": round(statistics.mean(found), 1),
        "median_km": round(statistics.median(found), 2),
        "recognition": _recognise(articles, named, demonyms=True).figures(),
        "recognition_without_demonyms": _recognise(articles, names, demonyms=False).figures(),
        "end_to_end": both.figures(),
    }


def _errors(resolver: Resolver, article: Marked) -> Iterator[float]:
    """How far off the place of each gold span is, in km; infinite where none was found."""
    toponyms = [t for t in article.toponyms if t.where is not None]
    places = resolver.locate(article.text, [(t.start, t.end) for t in toponyms])
    for toponym, place in zip(toponyms, places, strict=True):
        yield distance_km(toponym.where, place) if place and toponym.where else math.inf


def _recognise(articles: Sequence[Marked], names: Sequence[set[Range]], demonyms: bool) -> Score:
    """Exact spans; without demonyms, those of either side are left out."""
    total = Score()
    for article, spans in zip(articles, names, strict=True):
        gold = {(t.start, t.end) for t in article.toponyms}
        peoples = {(a, b) for a, b in gold | spans if not demonyms and country_of_demonym(article.text[a:b])}
        right = len((gold & spans) - peoples)
        total += Score(right, len(spans - peoples), right, len(gold - peoples))
    return total


def _end_to_end(resolver: Resolver, article: Marked, found: set[Range]) -> Score:
    """Of the names found, gold spans that are resolved within 161 km; gold spans without a place do not count."""
    spans = sorted(found)
    places = dict(zip(spans, resolver.locate(article.text, spans), strict=True))
    unplaced = {(t.start, t.end) for t in article.toponyms if t.where is None}
    right, gold = 0, 0
    for toponym in article.toponyms:
        if toponym.where is not None:
            gold += 1
            place = places.get((toponym.start, toponym.end))
            right += place is not None and distance_km(toponym.where, place) <= NEAR_KM
    return Score(right, len(found - unplaced), right, gold)


def add_arguments(parser: argparse.ArgumentParser) -> None:
    """The benchmark's options."""
    parser.add_argument("files", nargs="+", type=Path, help="LGL or TR-News, XML, gzipped or not")
    parser.add_argument("--half", type=int, choices=(0, 1), help="only the even (0) or the odd (1) articles")


def run(args: argparse.Namespace) -> dict[str, object]:
    """Figures by file."""
    return {re.sub(r"\.xml(\.gz)?$", "", path.name): measure(path, args.half) for path in args.files}
