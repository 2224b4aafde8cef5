"""PolNeAR: attributions in stand-off → examples.

In: a split's folder with `text` and `attributions`. Out: examples of style `polnear`.
Never: discontinuous spans as one range: each part is a range of its own.
"""

from collections.abc import Iterator
from pathlib import Path

from training.examples import Example, Item, Range


def _parts(where: str) -> list[Range]:
    ranges = []
    for part in where.split(";"):
        start, end = part.split()
        ranges.append((int(start), int(end)))
    return ranges


def merge(ranges: list[Range]) -> list[Range]:
    """The union of `ranges` as disjoint ranges; ranges that only touch stay apart."""
    merged: list[Range] = []
    for start, end in sorted(ranges):
        if merged and start < merged[-1][1]:
            merged[-1] = (merged[-1][0], max(end, merged[-1][1]))
        else:
            merged.append((start, end))
    return merged


def to_example(name: str, text: str, annotations: str) -> Example:
    """One article with its `.ann` (brat stand-off; T lines are spans, E lines attributions)."""
    spans: dict[str, tuple[str, list[Range]]] = {}
    statements: dict[str, set[int]] = {}
    count = 0
    for line in annotations.split("\n"):
        fields = line.split("\t")
        if line.startswith("T") and len(fields) >= 2:
            kind, where = fields[1].split(" ", 1)
            spans[fields[0]] = (kind.lower(), _parts(where))
        elif line.startswith("E") and len(fields) >= 2:
            for argument in fields[1].split():
                statements.setdefault(argument.split(":")[1], set()).add(count)
            count += 1
    layers: dict[str, list[Range]] = {"source": [], "cue": [], "content": []}
    items = []
    for key, (kind, ranges) in spans.items():
        if kind not in layers:
            continue
        layers[kind] += ranges
        for start, end in ranges:
            items.append(Item(start, end, kind, statements=frozenset(statements.get(key, ()))))
    return Example(name, "polnear", text, {k: tuple(merge(v)) for k, v in layers.items()}, {}, tuple(items))


def load(folder: Path) -> Iterator[Example]:
    """All articles of a split."""
    for annotations in sorted((folder / "attributions").glob("*.ann")):
        name = annotations.stem.rsplit("_", 1)[0]  # the suffix names the annotator
        text = (folder / "text" / f"{name}.txt").read_text(encoding="utf-8")
        yield to_example(annotations.stem, text, annotations.read_text(encoding="utf-8"))
