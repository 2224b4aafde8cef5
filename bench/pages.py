"""Main text of pages: `python -m bench pages DIR`, the layout of scrapinghub's article-extraction-benchmark.

In: `ground-truth.json` (page id → `articleBody`) and `html/ID.html.gz`. Out: precision, recall and F1 of shingles of
four words, each page weighing the same, and the share of pages that are exactly right. Never: the truth as input.

Counted as that benchmark's `evaluate.py` does: recall and precision are means over pages, and F1 is of the means.
"""

import argparse
import gzip
import json
import re
from collections import Counter
from dataclasses import dataclass
from pathlib import Path
from statistics import mean

from rashomon.capture import make_page, open_page
from rashomon.errors import CaptureError
from rashomon.settings import Settings

SHINGLE = 4


@dataclass(frozen=True, slots=True)
class Overlap:
    """Shingles in both texts, in the found one alone, and in the true one alone."""

    both: int
    found: int
    true: int

    @property
    def p(self) -> float:
        """Precision, 0 to 1; an empty text found where there is none is right."""
        return self._share(self.found)

    @property
    def r(self) -> float:
        """Recall, 0 to 1."""
        return self._share(self.true)

    def _share(self, alone: int) -> float:
        if not self.found and not self.true:
            return 1.0
        return self.both / (self.both + alone) if self.both else 0.0


def shingles(text: str) -> Counter[tuple[str, ...]]:
    """Runs of four words; all words of a text that is shorter.

    >>> len(shingles("one two three four five")), len(shingles("one, two")), len(shingles(""))
    (2, 1, 0)
    """
    words = re.findall(r"\w+", text)
    runs = [tuple(words[i : i + SHINGLE]) for i in range(max(1, len(words) - SHINGLE + 1))]
    return Counter(r for r in runs if r)


def overlap(found: str, true: str) -> Overlap:
    """How far two texts share their shingles."""
    a, b = shingles(found), shingles(true)
    both = (a & b).total()
    return Overlap(both, a.total() - both, b.total() - both)


def figures(overlaps: list[Overlap]) -> dict[str, object]:
    """Means over pages, percent."""
    p, r = mean(o.p for o in overlaps), mean(o.r for o in overlaps)
    return {
        "p": round(100 * p, 2),
        "r": round(100 * r, 2),
        "f": round(200 * p * r / (p + r), 2) if p + r else 0.0,
        "exact": round(100 * mean(o.found == o.true == 0 for o in overlaps), 2),
        "pages": len(overlaps),
    }


def read_page(path: Path, url: str) -> str:
    """The article's text of one page; nothing where the page is rejected."""
    settings = Settings()
    try:
        return open_page(make_page(url, gzip.decompress(path.read_bytes()), "text/html", url), settings).text
    except CaptureError:
        return ""


def add_arguments(parser: argparse.ArgumentParser) -> None:
    """Options of the command line."""
    parser.add_argument("folder", type=Path)
    parser.add_argument("--limit", type=int, help="only the first so many pages")


def run(args: argparse.Namespace) -> dict[str, object]:
    """Capture every page and compare its article."""
    truth = json.loads((args.folder / "ground-truth.json").read_text(encoding="utf-8"))
    overlaps = []
    for name, wanted in sorted(truth.items())[: args.limit]:
        found = read_page(args.folder / "html" / f"{name}.html.gz", wanted.get("url") or f"https://pages.test/{name}")
        overlaps.append(overlap(found, wanted.get("articleBody") or ""))
    if not overlaps:
        raise ValueError(f"no pages in {args.folder}")
    return figures(overlaps)
