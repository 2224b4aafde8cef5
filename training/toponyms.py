"""The weights that find place names: `python -m training.toponyms`.

In: PolNeAR's texts with the named entities that CoreNLP found in them (LOCATION). Out:
`src/rashomon/resolve/weights/toponyms.npz`. Never: LGL or TR-News, which only measure.

Every text is learnt from as it is, and once more with other names of the gazetteer in the places of half its place
names, so that names themselves count for less than what the gazetteer says of them and the words around them.
"""

import gzip
import random
import re
import sqlite3
from collections.abc import Iterator, Sequence, Set
from dataclasses import dataclass
from pathlib import Path

import numpy as np
from numpy.typing import NDArray

from bench.board_rows import data_folder
from rashomon.resolve.gazetteer import BUNDLED, Gazetteer
from rashomon.resolve.toponym_spans import SIZE, WEIGHTS, Page
from rashomon.resolve.toponym_words import split_tokens

EPOCHS = 5
RATE = 0.1
DECAY = 2e-6
SWAPPED = 0.5
SHOUTED = 0.1
"""Place names of the second version in capitals, as datelines and headlines have them."""
_MEDIA = re.compile(
    r"\b(?:Times|Post|Journal|News|Tribune|Herald|Globe|Star|Review|Gazette|Register|Today|Press|Magazine)\b"
)
LEAST = 0.02
"""Weights nearer to zero are left out."""


@dataclass(frozen=True, slots=True)
class Labelled:
    """A text with the spans of its place names, and of names of organisations."""

    text: str
    places: tuple[tuple[int, int], ...]
    organisations: tuple[tuple[int, int], ...] = ()


def read_labelled(folder: Path, split: str) -> Iterator[Labelled]:
    """PolNeAR's texts of one split."""
    for path in sorted((folder / split / "corenlp").glob("*.tsv.gz")):
        text = (folder / split / "text" / path.name.replace(".tsv.gz", ".txt")).read_text(encoding="utf-8")
        found: dict[str, list[tuple[int, int]]] = {"LOCATION": [], "ORGANIZATION": []}
        last = ""
        for line in gzip.decompress(path.read_bytes()).decode().splitlines():
            cells = line.split("\t")
            kind = cells[4] if len(cells) > 8 else ""
            if kind in found:
                start, end = int(cells[7]), int(cells[8])
                spans = found[kind]
                found[kind] = [*spans[:-1], (spans[-1][0], end)] if last == kind else [*spans, (start, end)]
            last = kind
        yield Labelled(text, tuple(found["LOCATION"]), tuple(found["ORGANIZATION"]))


def mark_inner(labelled: Labelled, known: Set[str]) -> Labelled:
    """With the places in names of organisations ("Ohio Department of Health", "University of Rochester") marked too:
    they tell where it is. Names of media are left alone: they are read everywhere.
    """
    inner = []
    for a, b in labelled.organisations:
        words = labelled.text[a:b]
        if "\n" in words or _MEDIA.search(words):
            continue
        parts = [m.start() for m in re.finditer(r"(?<=\s)\S", words)]
        heads = [(0, p - 1) for p in reversed(parts) if words[: p - 1] in known]
        tails = [(m.end(), len(words)) for m in re.finditer(r"\bof (?:the )?", words) if words[m.end() :] in known]
        inner += [(a + s, a + e) for s, e in [*heads[:1], *tails[:1]]]
    return Labelled(labelled.text, tuple(sorted({*labelled.places, *inner})))


def swap_names(labelled: Labelled, names: Sequence[str], rng: random.Random) -> Labelled:
    """The text with half of its place names, all their occurrences, given other names."""
    texts = {labelled.text[a:b] for a, b in labelled.places}
    others = {
        t: rng.choice(names) for t in sorted(texts) if rng.random() < SWAPPED and re.fullmatch(r"[A-Z][\w' -]+", t)
    }
    parts, places, at, length = [], [], 0, 0
    for a, b in labelled.places:
        name = others.get(labelled.text[a:b], labelled.text[a:b])
        name = name.upper() if rng.random() < SHOUTED and "." not in name else name
        parts += [labelled.text[at:a], name]
        length += a - at
        places.append((length, length + len(name)))
        length, at = length + len(name), b
    return Labelled("".join([*parts, labelled.text[at:]]), tuple(places))


def make_examples(gazetteer: Gazetteer, labelled: Labelled) -> Iterator[tuple[list[int], bool]]:
    """Features and label of every capitalised word."""
    tokens = split_tokens(labelled.text)
    page = Page(gazetteer, tokens)
    starts = sorted(labelled.places)
    at, before = 0, False
    for i, token in enumerate(tokens):
        while at < len(starts) and starts[at][1] <= token.start_char:
            at += 1
        inside = at < len(starts) and starts[at][0] <= token.start_char
        if token.capital:
            yield page.features(i, before), inside
        before = inside


def fit(examples: Sequence[tuple[NDArray[np.intp], bool]], rng: random.Random) -> NDArray[np.float64]:
    """Logistic regression by AdaGrad (Duchi et al. 2011), weights decaying."""
    weights, seen = np.zeros(SIZE), np.full(SIZE, 1e-6)
    order = list(range(len(examples)))
    for _ in range(EPOCHS):
        rng.shuffle(order)
        for i in order:
            where, label = examples[i]
            error = 1 / (1 + np.exp(-np.clip(weights[where].sum(), -30, 30))) - label
            if abs(error) > 0.01:
                seen[where] += error * error
                weights[where] -= RATE * (error + DECAY * weights[where]) / np.sqrt(seen[where])
    return weights


def main() -> None:
    """Learn, and write the weights."""
    rng = random.Random(7)
    gazetteer = Gazetteer()
    connection = sqlite3.connect(BUNDLED)
    rows = connection.execute("select name from places where kind in ('town', 'region', 'district') order by id")
    names = [name for (name,) in rows if re.fullmatch(r"[A-Z][\w' -]+", name)]
    examples = []
    folder = data_folder() / "polnear"
    read = [labelled for split in ("train", "dev") for labelled in read_labelled(folder, split)]
    known = {t.text[a:b] for t in read for a, b in t.places}
    for labelled in (mark_inner(t, known) for t in read):
        for version in (labelled, swap_names(labelled, names, rng)):
            examples += [(np.array(f, dtype=np.intp), y) for f, y in make_examples(gazetteer, version)]
    weights = fit(examples, rng)
    where = np.flatnonzero(np.abs(weights) >= LEAST)
    WEIGHTS.parent.mkdir(exist_ok=True)
    np.savez_compressed(WEIGHTS, where=where.astype(np.uint16), weights=weights[where].astype(np.float16))
    print(f"{len(examples)} words, {len(where)} weights, {WEIGHTS.stat().st_size} bytes")


if __name__ == "__main__":
    main()
