"""Loaded words get the counterpart that others use; never a loaded one, a pronoun, or one of the same page."""

from dataclasses import replace

import pytest

from rashomon.link import find_echoes
from rashomon.records import ActorFiller, LoadedWord, PagePassage, Telling
from rashomon.spans import Span, take_span
from rashomon.weigh import contrast_echoes, contrast_tellings

LOADED = "Nine people were butchered in the market of Tarn on Tuesday morning by bandits."
NEUTRAL = "Nine people were killed in the market of Tarn on Tuesday morning by gunmen."


def at(text: str, words: str) -> Span:
    start = text.index(words)
    return take_span(text, start, start + len(words))


def loaded_in(text: str, *words: str) -> list[LoadedWord]:
    return [LoadedWord(at(text, w), 0.9) for w in words]


def tell(page: str, text: str, by: str, anchor: str) -> Telling:
    whole = Span(0, len(text), text)
    return Telling(
        id=f"t{page}", page=page, span=whole, score=0.9, types=("killing",), type_scores=(0.9,), stance="asserts",
        stage="accomplished", anchors=(at(text, anchor),), passages=(whole,),
        perpetrators=(ActorFiller(at(text, by), "group", 0.9),),
    )  # fmt: skip


def test_the_aligned_words_of_an_echo_are_the_counterpart() -> None:
    echoes = find_echoes(PagePassage(p, Span(0, len(t), t)) for p, t in (("p", NEUTRAL), ("q", LOADED)))
    found = contrast_echoes(echoes, {"q": loaded_in(LOADED, "butchered", "bandits")})
    assert {(c.page, LOADED[c.start_char : c.end_char], c.neutral) for c in found} == {
        ("q", "butchered", "killed"), ("q", "bandits", "gunmen")
    }  # fmt: skip
    both = {"q": loaded_in(LOADED, "bandits"), "p": loaded_in(NEUTRAL, "gunmen")}
    assert contrast_echoes(echoes, both) == [], "a loaded word is no counterpart of another"


def test_what_others_call_the_same_role_and_the_same_act_is_the_counterpart() -> None:
    other = "Gunmen of the hills shot nine in Tarn."
    third = "In Tarn the gunmen shot nine."
    tellings = [
        tell("q", LOADED, "bandits", "butchered"), tell("p", other, "Gunmen", "shot"),
        tell("r", third, "gunmen", "shot"),
    ]  # fmt: skip
    found = contrast_tellings(tellings, {"q": loaded_in(LOADED, "butchered", "bandits")})
    assert [(LOADED[c.start_char : c.end_char], c.neutral.casefold()) for c in found] == [
        ("butchered", "shot"), ("bandits", "gunmen")
    ]  # fmt: skip


@pytest.mark.parametrize(
    ("text", "by", "page", "kind"),
    [
        ("They shot nine in Tarn.", "They", "p", "group"),
        ("The gunmen shot nine in Tarn.", "gunmen", "q", "group"),
        ("The gunmen shot nine in Tarn.", "gunmen", "p", "person"),
    ],
    ids=["a pronoun", "of the same page", "of another kind"],
)
def test_what_is_no_counterpart(text: str, by: str, page: str, kind: str) -> None:
    other = tell(page, text, by, "shot")
    other = replace(other, perpetrators=tuple(replace(p, kind=kind) for p in other.perpetrators))
    tellings = [tell("q", LOADED, "bandits", "butchered"), other]
    assert contrast_tellings(tellings, {"q": loaded_in(LOADED, "bandits")}) == []


def test_a_word_beside_what_someone_is_called_has_no_counterpart_of_theirs() -> None:
    text = "The so called union shot nine in Tarn."
    tellings = [tell("q", text, "so called union", "shot"), tell("p", "Gunmen shot nine.", "Gunmen", "shot")]
    assert contrast_tellings(tellings, {"q": loaded_in(text, "called")}) == []
