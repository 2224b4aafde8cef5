"""Wording shifts: which words an outlet changes when it shares a passage with another, counted over the whole case.

In: a case with echoes. Out: shifts, the most frequent first, with passages to check them by. Never: who copied from
whom where dates do not tell; a verdict on a word.
"""

from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass, field
from typing import Any

from sqlalchemy import Connection, Row, Select, func, or_, select

from rashomon import link
from rashomon.present import shapes as s
from rashomon.present.dates import compare_dates
from rashomon.records import Edit
from rashomon.store import schema

MOST_WORDS = 4
"""A change of more words on either side is a rewording, not a shift of words."""
PASSAGES = 3
FORWARD, UNDETERMINED = "a_to_b", "undetermined"


@dataclass(frozen=True, slots=True)
class ShiftKey:
    """One change of words from outlet `a` to outlet `b`."""

    a: str
    b: str
    direction: str
    edit: Edit


@dataclass(slots=True)
class _Counted:
    """The passages of `b` in which it was found (page number, first character), and some echoes that show it."""

    passages: set[tuple[int, int]] = field(default_factory=set)
    echoes: list[tuple[int, bool]] = field(default_factory=list)


def iter_shifts(
    connection: Connection, *, outlet: str | None = None, most_echoes: int | None = None, most: int | None = None
) -> Iterator[s.ShiftShape]:
    """Shifts over all echoes (or the first `most_echoes`) of all outlets (or one of the pair is `outlet`)."""
    counted: dict[ShiftKey, _Counted] = {}
    for row in connection.execute(_edits_query(outlet, most_echoes)):
        found = _orient(row)
        if found is None:
            continue
        key, turned = found
        held = counted.setdefault(key, _Counted())
        held.passages.add((row.a_page, row.a_start_char) if turned else (row.b_page, row.b_start_char))
        if len(held.echoes) < PASSAGES:
            held.echoes.append((row.number, turned))
    ranked = sorted(counted, key=lambda k: (-len(counted[k].passages), k.direction, k.a, k.b, k.edit.a, k.edit.b))
    for key in ranked[:most]:
        yield _describe(connection, key, counted[key])


def _edits_query(outlet: str | None, most_echoes: int | None) -> Select[Any]:
    e, edit = schema.echoes.c, schema.echo_edits.c
    a_text, b_text = schema.articles.alias("a_text").c, schema.articles.alias("b_text").c
    a_page, b_page = schema.pages.alias("a_of").c, schema.pages.alias("b_of").c
    a_name, b_name = func.coalesce(a_text.outlet, a_page.source), func.coalesce(b_text.outlet, b_page.source)
    query = select(
        e.number, e.a_page, e.a_start_char, e.b_page, e.b_start_char, a_name.label("a_name"), b_name.label("b_name"),
        a_text.published_start.label("a_start"), a_text.published_end.label("a_end"),
        b_text.published_start.label("b_start"), b_text.published_end.label("b_end"), edit.kind, edit.a, edit.b,
    ).where(
        edit.echo == e.number, a_text.page == e.a_page, b_text.page == e.b_page, a_page.number == e.a_page,
        b_page.number == e.b_page, a_name != b_name,
    )  # fmt: skip
    if outlet is not None:
        query = query.where(or_(a_text.outlet == outlet, b_text.outlet == outlet))
    if most_echoes is not None:
        query = query.where(e.number.in_(_first_echoes(outlet, most_echoes)))
    return query.order_by(e.number, edit.ordinal)


def _first_echoes(outlet: str | None, most: int) -> Select[Any]:
    e = schema.echoes.c
    query = select(e.number).order_by(e.number).limit(most)
    if outlet is None:
        return query
    mine = select(schema.articles.c.page).where(schema.articles.c.outlet == outlet)
    return query.where(or_(e.a_page.in_(mine), e.b_page.in_(mine)))


def _orient(row: Row[Any]) -> tuple[ShiftKey, bool] | None:
    """The change from the earlier outlet to the later; of the two by name where dates do not tell. None: too long."""
    if max(len(row.a.split()), len(row.b.split())) > MOST_WORDS:
        return None
    order = compare_dates((row.a_start, row.a_end), (row.b_start, row.b_end))
    turned = row.b_name < row.a_name if order == 0 else order > 0
    edit = Edit(row.kind, " ".join(row.a.casefold().split()), " ".join(row.b.casefold().split()))
    if turned:
        edit = link.turn_edit(edit)
    a, b = (row.b_name, row.a_name) if turned else (row.a_name, row.b_name)
    return ShiftKey(a, b, FORWARD if order else UNDETERMINED, edit), turned


def _describe(connection: Connection, key: ShiftKey, counted: _Counted) -> s.ShiftShape:
    sides = _load_sides(connection, [number for number, _ in counted.echoes])
    passages = tuple(
        s.ShiftPassageShape(*(reversed(sides[number]) if turned else sides[number]))
        for number, turned in counted.echoes
        if number in sides
    )
    return s.ShiftShape(
        a=key.a, b=key.b, direction=key.direction, kind=key.edit.kind, a_words=key.edit.a, b_words=key.edit.b,
        count=len(counted.passages), passages=passages,
    )  # fmt: skip


def _load_sides(
    connection: Connection, numbers: Iterable[int]
) -> Mapping[int, tuple[s.PagePassageShape, s.PagePassageShape]]:
    e = schema.echoes.c
    a_text, b_text = schema.articles.alias("a_text").c, schema.articles.alias("b_text").c
    a_page, b_page = schema.pages.alias("a_of").c, schema.pages.alias("b_of").c
    query = select(
        e.number, a_page.id.label("a_id"), e.a_start_char, e.a_end_char, b_page.id.label("b_id"), e.b_start_char,
        e.b_end_char, func.substr(a_text.text, e.a_start_char + 1, e.a_end_char - e.a_start_char).label("a_words"),
        func.substr(b_text.text, e.b_start_char + 1, e.b_end_char - e.b_start_char).label("b_words"),
    ).where(
        e.number.in_(list(numbers)), a_text.page == e.a_page, b_text.page == e.b_page, a_page.number == e.a_page,
        b_page.number == e.b_page,
    )  # fmt: skip
    return {
        r.number: (
            s.PagePassageShape(r.a_id, r.a_words, r.a_start_char, r.a_end_char),
            s.PagePassageShape(r.b_id, r.b_words, r.b_start_char, r.b_end_char),
        )
        for r in connection.execute(query)
    }
