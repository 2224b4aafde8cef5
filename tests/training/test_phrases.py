"""Phrases swapped for others of their kind: what stays, what moves along, what is never touched."""

import random
from collections.abc import Sequence
from dataclasses import replace

import pytest

from training import phrases
from training.examples import Example, Item
from training.phrases import learn_phrases, swap_phrases

TEXT = "Two shepherds were detained in Tarn; soldiers beat the priest. He was freed."


def _span(string: str, text: str = TEXT) -> tuple[int, int]:
    start = text.index(string)
    return start, start + len(string)


def _item(string: str, layer: str, entity: int | None = None, **labels: tuple[str, ...]) -> Item:
    return Item(*_span(string), layer, labels, frozenset({0}), frozenset(), entity)


def _example(*items: Item) -> Example:
    layers: dict[str, tuple[tuple[int, int], ...]] = {}
    for i in items:
        layers[i.layer] = (*layers.get(i.layer, ()), (i.start, i.end))
    return Example("x", "general", TEXT, layers, {}, items)


def _pool(*targets: str) -> list[Example]:
    made = []
    for words in targets:
        item = Item(0, len(words), "target_human", {"target_kind": ("civilian",)}, frozenset({0}), frozenset(), 0)
        made.append(Example("y", "general", words, {"target_human": ((0, len(words)),)}, {}, (item,)))
    return made


def _swapped(example: Example, pool: Sequence[Example], monkeypatch: pytest.MonkeyPatch) -> Example:
    monkeypatch.setattr(phrases, "TEXTS", 1.0)
    monkeypatch.setattr(phrases, "PHRASES", 1.0)
    return swap_phrases(example, learn_phrases(pool), random.Random(1))


SHEPHERDS = _item("Two shepherds", "target_human", 0, target_kind=("civilian",))
PRIEST = _item("the priest", "target_human", 1, target_kind=("civilian",))
HE = _item("He", "target_human", 1, target_kind=("civilian",))


def test_a_phrase_gives_way_to_another_of_its_kind_and_number(monkeypatch: pytest.MonkeyPatch) -> None:
    found = _swapped(_example(SHEPHERDS), _pool("three nuns", "nine old miners", "a nun", "the nun"), monkeypatch)
    assert found.text.startswith(("Three nuns were", "Nine old miners were"))
    [item] = found.items
    assert found.text[item.start : item.end] in ("Three nuns", "Nine old miners")
    assert found.layers["target_human"] == ((item.start, item.end),)


def test_later_spans_move_along(monkeypatch: pytest.MonkeyPatch) -> None:
    place = _item("Tarn", "place", place_kind=("town",))
    found = _swapped(_example(SHEPHERDS, place), _pool("three old tin miners", "four nuns"), monkeypatch)
    assert found.text[slice(*found.layers["place"][0])] == "Tarn"


def test_who_is_called_otherwise_too_is_left_alone(monkeypatch: pytest.MonkeyPatch) -> None:
    assert _swapped(_example(PRIEST, HE), _pool("the nun", "the miner"), monkeypatch).text == TEXT


def test_a_phrase_that_holds_another_span_is_left_alone(monkeypatch: pytest.MonkeyPatch) -> None:
    count = _item("Two", "count", effect=("arrested",))
    assert _swapped(_example(SHEPHERDS, count), _pool("three nuns", "four nuns"), monkeypatch).text == TEXT


def test_names_and_other_kinds_are_never_taken(monkeypatch: pytest.MonkeyPatch) -> None:
    other = replace(SHEPHERDS, labels={"target_kind": ("military",)})
    assert _swapped(_example(other), _pool("three nuns", "four nuns"), monkeypatch).text == TEXT
    assert _swapped(_example(PRIEST), _pool("the Emir", "the Pope"), monkeypatch).text == TEXT


def test_an_act_of_one_type_gives_way_only_to_usual_words_for_it(monkeypatch: pytest.MonkeyPatch) -> None:
    act = _item("were detained", "anchor", types=("arrest_detention",))

    def told(words: str, *types: str) -> Example:
        item = Item(0, len(words), "anchor", {"types": types}, frozenset({0}))
        return Example("y", "general", words, {"anchor": ((0, len(words)),)}, {}, (item,))

    once, mixed = told("were jailed", "arrest_detention"), told("were removed", "arrest_detention")
    usual = [told(w, "arrest_detention") for w in ("were arrested", "were rounded", "were arrested", "were rounded")]
    pool = [once, *usual, mixed, mixed, *[told("were removed", "displacement_expulsion")] * 3]
    seen = {_swapped(_example(act), pool, monkeypatch).text for _ in range(3)}
    assert seen <= {TEXT.replace("were detained", w) for w in ("were arrested", "were rounded")}
    assert TEXT not in seen
