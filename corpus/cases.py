"""Cases: pages about one invented conflict, with what each tells labelled by incident. `corpus/cases/NAME.json`.

In: such a file. Out: its pages. Never: a string that is not in the page's text; AnnotationError names it.

They teach and measure what single texts cannot: which tellings of a dense conflict, of one day, town and kind, are of
one incident. Whole cases are for testing, never single pages (`TEST_CASES`).
"""

import json
import re
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from corpus.annotated import AnnotationError, Span
from rashomon.vocabulary import INCIDENT_TYPES

CASES = Path(__file__).parent / "cases"
TEST_CASES = ("mokunde", "keldovar")
"""What `python -m bench cases` scores; the weights of linking learn from the others."""


@dataclass(frozen=True, slots=True)
class LabelledTelling:
    """What a page tells of one incident: where the anchors stand, and the strings of its targets."""

    incident: str
    types: frozenset[str]
    anchors: tuple[Span, ...]
    targets: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class CasePage:
    """One page; `published` is an ISO day."""

    id: str
    outlet: str
    published: str
    text: str
    tellings: tuple[LabelledTelling, ...]


def case_paths(*, test: bool) -> list[Path]:
    """The cases for testing, or those for learning, in order."""
    return [p for p in sorted(CASES.glob("*.json")) if (p.stem in TEST_CASES) == test]


def read_case(path: Path) -> list[CasePage]:
    """The pages of a case, in order."""
    return list(_iter_pages(path))


def _iter_pages(path: Path) -> Iterator[CasePage]:
    for page in json.loads(path.read_text(encoding="utf-8"))["pages"]:
        told = tuple(_telling(t, page["text"], page["id"]) for t in page["tellings"])
        yield CasePage(page["id"], page["outlet"], page["published"], page["text"], told)


def _telling(held: Mapping[str, Any], text: str, where: str) -> LabelledTelling:
    if unknown := set(held["types"]) - set(INCIDENT_TYPES):
        raise AnnotationError(f"{where}: unknown types {', '.join(sorted(unknown))}")
    for string in (*held["anchors"], *held["targets"]):
        if find_string(string, text) is None:
            raise AnnotationError(f"{where}: not in the text: {string!r}")
    return label_telling(held, text)


def label_telling(held: Mapping[str, Any], text: str) -> LabelledTelling:
    """What is expected of a page, as a file holds it; anchors that are not in the text are left out."""
    anchors = tuple(span for a in held["anchors"] if (span := find_string(a, text)))
    return LabelledTelling(str(held["incident"]), frozenset(held["types"]), anchors, tuple(held["targets"]))


def find_string(string: str, text: str) -> Span | None:
    """Where the string first stands, if it does; a space in it matches any run of white space."""
    found = re.search(r"\s+".join(map(re.escape, string.split())), text)
    return found.span() if found else None
