"""What of a page is marked in its text.

In: a page's shape, the layers that are shown. Out: pieces (marks.py). Never: a label that claims: roles are "as told".
"""

from collections.abc import Iterable, Sequence
from dataclasses import replace
from typing import Any

from rashomon.present import shapes as s
from rashomon.web.contexts.page import PageScreen
from rashomon.web.contexts.tellings import ToldTelling
from rashomon.web.marks import Mark, Piece, mark_text

LAYERS = ("tellings", "statements", "mentions", "loaded", "echoes")
_ROLES = (
    ("perpetrators", "who", "told to be behind it"),
    ("targets", "whom", "to whom"),
    ("instruments", "with", "with what"),
    ("places", "where", "where"),
    ("beneficiaries", "for", "for whom"),
)


def mark_article(screen: PageScreen, layers: Sequence[str]) -> list[Piece]:
    """The whole article with the marks of these layers."""
    page = screen.page
    marks: list[Mark] = []
    if "tellings" in layers:
        marks += _join(m for i, t in enumerate(page.tellings, start=1) for m in _mark_telling(t, f"T{i}"))
    if "statements" in layers:
        for number, said in enumerate(page.statements, start=1):
            label = f"S{number}"
            marks.append(Mark(said.content.start_char, said.content.end_char, "said", f"{label} what is said", said.id))
            marks += _maybe(said.source, "source", f"{label} who says so", said.id)
            marks += _maybe(said.cue, "cue", f"{label} cue", said.id)
            marks += _maybe(said.audience, "audience", f"{label} to whom it is said", said.id)
    if "mentions" in layers:
        marks += (Mark(m.start_char, m.end_char, "mention", m.kind) for m in page.mentions)
    if "loaded" in layers:
        marks += (_mark_loaded(w) for w in page.loaded)
    if "echoes" in layers:
        marks += (Mark(e.start_char, e.end_char, "echo", f"also in {e.outlet}", e.page) for e in screen.echoes)
    return mark_text(page.text, marks)


def mark_passage(told: ToldTelling, passage: s.SpanShape) -> list[Piece]:
    """One passage of a telling, with its roles and loaded words marked."""
    # offsets count in the article: the passage's words stand at its own start
    shift = passage.start_char
    marks = [*_roles(told.telling, ""), *(_mark_loaded(w) for w in told.loaded)]
    moved = [Mark(m.start_char - shift, m.end_char - shift, m.kind, m.label, m.id) for m in marks]
    inside = [m for m in moved if m.start_char >= 0 and m.end_char <= len(passage.text)]
    return mark_text(passage.text, inside)


def _join(marks: Iterable[Mark]) -> Iterable[Mark]:
    """What several tellings mark alike is marked once, for all of them: "T1 T2 where"."""
    alike: dict[tuple[int, int, str, str], list[Mark]] = {}
    for mark in marks:
        _, _, role = mark.label.partition(" ")
        alike.setdefault((mark.start_char, mark.end_char, mark.kind, role), []).append(mark)
    for (_, _, _, role), held in alike.items():
        numbers = dict.fromkeys(m.label.partition(" ")[0] for m in held)
        yield replace(held[0], label=" ".join([*numbers, role]).strip())


def _mark_telling(telling: s.TellingShape, label: str) -> Iterable[Mark]:
    for passage in telling.passages or (s.SpanShape(telling.text, telling.start_char, telling.end_char),):
        yield Mark(passage.start_char, passage.end_char, "telling", label, telling.id)
    yield from _roles(telling, f"{label} ")


def _roles(telling: s.TellingShape, label: str) -> Iterable[Mark]:
    for anchor in telling.anchors:
        yield Mark(anchor.start_char, anchor.end_char, "what", f"{label}what", telling.id)
    for name, kind, words in _ROLES:
        filler: Any
        for filler in getattr(telling, name):
            yield Mark(filler.start_char, filler.end_char, kind, f"{label}{words}", telling.id)
    if telling.time is not None:
        yield Mark(telling.time.start_char, telling.time.end_char, "when", f"{label}when", telling.id)
    for told in telling.counts:
        yield Mark(told.start_char, told.end_char, "many", f"{label}how many {told.what}", telling.id)
    yield from _maybe(telling.attributed_to, "source", f"{label}according to", telling.id)
    yield from _maybe(telling.outcome, "outcome", f"{label}outcome", telling.id)


def _mark_loaded(word: s.LoadedShape) -> Mark:
    label = f"loaded; others say: {word.neutral}" if word.neutral else "loaded"
    return Mark(word.start_char, word.end_char, "loaded", label)


def _maybe(span: s.SpanShape | None, kind: str, label: str, identifier: str) -> list[Mark]:
    return [] if span is None else [Mark(span.start_char, span.end_char, kind, label, identifier)]
