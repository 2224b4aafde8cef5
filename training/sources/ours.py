"""Our own annotated texts → examples of style `general`.

In: annotated texts. Out: examples with every layer of roles and statements.
Never: a repeated name far from its telling as a negative: such repeats are unsure.
"""

import sys
from collections.abc import Iterable, Iterator
from pathlib import Path

from corpus.annotated import AnnotatedTelling, AnnotatedText, AnnotationError, Filler, read_annotated
from rashomon import vocabulary
from training.examples import Example, Item, Range, find_all, sentence_ranges
from training.sources.polnear import merge


def _layer(filler: Filler) -> str:
    if filler.role == "perp":
        return "perp_org" if filler.attribute(vocabulary.ACTOR_FORMS) == "organisation" else "perp_actor"
    if filler.role == "target":
        human = filler.attribute(vocabulary.TARGET_KINDS) in vocabulary.HUMAN_KINDS
        return "target_human" if human else "target_physical"
    return filler.role


def _labels(filler: Filler, telling: AnnotatedTelling) -> dict[str, tuple[str, ...]]:
    labels: dict[str, tuple[str, ...]] = {"types": telling.types, "stage": (telling.stage,), "stance": (telling.stance,)}
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


def to_example(annotated: AnnotatedText) -> Example:
    """One annotated text as an example."""
    text = annotated.text
    sentences = sentence_ranges(text)
    layers: dict[str, list[Range]] = {
        k: [] for k in ("anchor", "perp_actor", "perp_org", "target_human", "target_physical", "instrument", "place",
                        "time", "count", "beneficiary", "by", "outcome", "source", "cue", "content", "audience", "loaded")
    }  # fmt: skip
    unsure: dict[str, list[Range]] = {}
    items: dict[tuple[int, int, str], Item] = {}
    entities: dict[Range, int] = {}

    def add(span: Range, layer: str, labels: dict[str, tuple[str, ...]], telling: int | None, entity: int | None) -> None:
        layers[layer].append(span)
        old = items.get((*span, layer))
        tellings = frozenset() if telling is None else frozenset({telling})
        if old is not None:
            types = tuple(dict.fromkeys([*old.labels.get("types", ()), *labels.get("types", ())]))
            labels = {**labels, **old.labels} | ({"types": types} if types else {})
            tellings |= old.tellings
            entity = old.entity if old.entity is not None else entity
        items[*span, layer] = Item(*span, layer, labels, tellings, frozenset(), entity)

    for t, telling in enumerate(annotated.tellings):
        told_in = {_sentence_of(a[0], sentences) for a in telling.anchors}
        head = {"types": telling.types, "stance": (telling.stance,), "stage": (telling.stage,)}
        for anchor in telling.anchors:
            add(anchor, "anchor", head, t, None)
        for span in telling.by:
            add(span, "by", head, t, None)
        if telling.outcome is not None:
            add(telling.outcome, "outcome", head, t, None)
        for filler in telling.fillers:
            layer, labels = _layer(filler), _labels(filler, telling)
            entity = next((entities[m] for m in filler.mentions if m in entities), len(entities))
            for mention in filler.mentions:
                entities.setdefault(mention, entity)
                add(mention, layer, labels, t, entity)
            for string in {text[a:b] for a, b in filler.mentions}:
                for span in find_all(string, text):
                    if span in filler.mentions:
                        continue
                    if _sentence_of(span[0], sentences) in told_in and len(string) > 3:
                        add(span, layer, labels, t, entity)
                    else:
                        unsure.setdefault(layer, []).append(span)
    statement_items: dict[tuple[int, int, str], set[int]] = {}
    cue_stances: dict[tuple[int, int, str], str] = {}
    for s, statement in enumerate(annotated.statements):
        for layer, span in (("source", statement.source), ("cue", statement.cue),
                            ("content", statement.content), ("audience", statement.audience)):  # fmt: skip
            if span is not None:
                layers[layer].append(span)
                statement_items.setdefault((*span, layer), set()).add(s)
                if layer == "cue":
                    cue_stances[*span, layer] = statement.stance
    for (start, end, layer), held in statement_items.items():
        labels = {"stance": (cue_stances[start, end, layer],)} if layer == "cue" else {}
        items[start, end, layer] = Item(start, end, layer, labels, frozenset(), frozenset(held), entities.get((start, end)))
    layers["loaded"] = [w.span for w in annotated.loaded]
    for layer, spans in layers.items():
        held_spans = set(spans)
        unsure[layer] = [u for u in unsure.get(layer, []) if u not in held_spans]
    return Example(
        annotated.id, "general", text,
        {k: tuple(merge(v)) for k, v in layers.items()}, {k: tuple(v) for k, v in unsure.items()}, tuple(items.values()),
    )  # fmt: skip


def _sentence_of(at: int, sentences: list[Range]) -> int:
    return next((i for i, (a, b) in enumerate(sentences) if a <= at < b), 0)


def load(paths: Iterable[Path]) -> Iterator[Example]:
    """All the named annotated texts; one that does not follow the guideline is named on stderr and left out."""
    for path in paths:
        try:
            yield to_example(read_annotated(path))
        except AnnotationError as error:
            print(error, file=sys.stderr)
