"""Our own annotated texts → examples of style `general`.

In: annotated texts. Out: examples with every layer of roles and statements.
Never: a repeated name far from its telling as a negative: such repeats are unsure.
"""

import sys
from collections.abc import Iterable, Iterator, Sequence
from functools import cache
from pathlib import Path

from corpus.annotated import (
    AnnotatedStatement,
    AnnotatedTelling,
    AnnotatedText,
    AnnotationError,
    Filler,
    read_annotated,
)
from rashomon import vocabulary
from training.examples import Example, Item, Range, find_all, sentence_ranges
from training.sources.polnear import merge

Labels = dict[str, tuple[str, ...]]


def layer_of(filler: Filler) -> str:
    """The network's layer of a filler's role."""
    if filler.role == "perp":
        return "perp_org" if filler.attribute(vocabulary.ACTOR_FORMS) == "organisation" else "perp_actor"
    if filler.role == "target":
        human = filler.attribute(vocabulary.TARGET_KINDS) in vocabulary.HUMAN_KINDS
        return "target_human" if human else "target_physical"
    if filler.role == "place" and filler.attribute(vocabulary.SITE_KINDS):
        return "site"
    return filler.role


def _labels(filler: Filler, telling: AnnotatedTelling) -> dict[str, tuple[str, ...]]:
    labels: dict[str, tuple[str, ...]] = {
        "types": telling.types,
        "stage": (telling.stage,),
        "stance": (telling.stance,),
    }
    heads = {
        "perp": (("form", vocabulary.ACTOR_FORMS), ("side", vocabulary.ACTOR_SIDES), ("stance", vocabulary.STANCES)),
        "beneficiary": (("form", vocabulary.ACTOR_FORMS), ("side", vocabulary.ACTOR_SIDES)),
        "target": (("target_kind", vocabulary.TARGET_KINDS), ("effect", vocabulary.EFFECTS)),
        "instrument": (("instrument_kind", vocabulary.INSTRUMENT_KINDS),),
        "place": (("place_kind", vocabulary.PLACE_KINDS),),
        "count": (("effect", vocabulary.EFFECTS),),
        "time": (),
    }
    for head, allowed in heads[filler.role]:
        if value := filler.attribute(allowed):
            labels[head] = (value,)
    return labels


_LAYERS = (
    "anchor", "perp_actor", "perp_org", "target_human", "target_physical", "instrument", "place", "site", "time",
    "count", "beneficiary", "by", "outcome", "source", "cue", "content", "audience", "loaded",
)  # fmt: skip


class _Collector:
    """The layers and items of one text while its tellings and statements are gone through."""

    def __init__(self, text: str) -> None:
        self.text = text
        self.sentences = sentence_ranges(text)
        self.layers: dict[str, list[Range]] = {layer: [] for layer in _LAYERS}
        self.unsure: dict[str, list[Range]] = {layer: [] for layer in _LAYERS}
        self.items: dict[tuple[int, int, str], Item] = {}
        self.entities: dict[Range, int] = {}

    def add(self, span: Range, layer: str, labels: Labels, telling: int, entity: int | None = None) -> None:
        """A span of a telling; what it was given before by another telling is kept."""
        self.layers[layer].append(span)
        old = self.items.get((*span, layer))
        tellings = frozenset({telling})
        if old is not None:
            types = tuple(dict.fromkeys([*old.labels.get("types", ()), *labels.get("types", ())]))
            labels = {**labels, **old.labels, "types": types}
            tellings |= old.tellings
            entity = old.entity if old.entity is not None else entity
        self.items[*span, layer] = Item(*span, layer, labels, tellings, frozenset(), entity)

    def add_telling(self, number: int, telling: AnnotatedTelling) -> None:
        """Everything of one telling."""
        head = {"types": telling.types, "stance": (telling.stance,), "stage": (telling.stage,)}
        outcome = [telling.outcome] if telling.outcome else []
        for layer, spans in (("anchor", telling.anchors), ("by", telling.by), ("outcome", outcome)):
            for span in spans:
                self.add(span, layer, head, number)
        told_in = {_sentence_of(a[0], self.sentences) for a in telling.anchors}
        for filler in telling.fillers:
            self._add_filler(filler, telling, number, told_in)

    def _add_filler(self, filler: Filler, telling: AnnotatedTelling, number: int, told_in: set[int]) -> None:
        layer, labels = layer_of(filler), _labels(filler, telling)
        known = (self.entities[m] for m in filler.mentions if m in self.entities)
        entity = next(known, len(self.entities))
        for mention in filler.mentions:
            self.entities.setdefault(mention, entity)
            self.add(mention, layer, labels, number, entity)
        for string in {self.text[a:b] for a, b in filler.mentions}:
            for span in find_all(string, self.text):
                if span in filler.mentions:
                    continue
                if _sentence_of(span[0], self.sentences) in told_in and len(string) > 3:
                    self.add(span, layer, labels, number, entity)
                else:
                    self.unsure[layer].append(span)

    def add_statements(self, statements: Sequence[AnnotatedStatement]) -> None:
        """All statements; a span that several share is one item."""
        held: dict[tuple[int, int, str], set[int]] = {}
        stances: dict[tuple[int, int, str], str] = {}
        for s, st in enumerate(statements):
            named = (("source", st.source), ("cue", st.cue), ("content", st.content), ("audience", st.audience))
            for layer, span in named:
                if span is not None:
                    self.layers[layer].append(span)
                    held.setdefault((*span, layer), set()).add(s)
                    stances[*span, layer] = st.stance
        for (start, end, layer), numbers in held.items():
            labels: Labels = {"stance": (stances[start, end, layer],)} if layer == "cue" else {}
            entity = self.entities.get((start, end))
            self.items[start, end, layer] = Item(start, end, layer, labels, frozenset(), frozenset(numbers), entity)


def to_example(annotated: AnnotatedText) -> Example:
    """One annotated text as an example."""
    found = _Collector(annotated.text)
    for number, telling in enumerate(annotated.tellings):
        found.add_telling(number, telling)
    found.add_statements(annotated.statements)
    found.layers["loaded"] = [w.span for w in annotated.loaded]
    layers = {layer: tuple(merge(spans)) for layer, spans in found.layers.items()}
    unsure = {k: tuple(u for u in v if u not in set(found.layers[k])) for k, v in found.unsure.items()}
    return Example(annotated.id, "general", annotated.text, layers, unsure, tuple(found.items.values()))


@cache
def _load(path: Path, changed: int) -> Example:
    """A text is read again only when it has `changed`: reading all of them takes a tenth of an epoch."""
    del changed
    return to_example(read_annotated(path))


def _sentence_of(at: int, sentences: list[Range]) -> int:
    return next((i for i, (a, b) in enumerate(sentences) if a <= at < b), 0)


def load(paths: Iterable[Path]) -> Iterator[Example]:
    """All the named annotated texts; one that does not follow the guideline, or is gone, is named on stderr."""
    for path in paths:
        try:
            yield _load(path, path.stat().st_mtime_ns)
        except (AnnotationError, FileNotFoundError) as error:
            print(error, file=sys.stderr)
