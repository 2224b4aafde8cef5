"""Actors: aliases within a page, and one actor over many pages."""

from dataclasses import replace
from pathlib import Path

import pytest

from rashomon import capture
from rashomon.records import ActorFiller, Alias, Article, Mention, Reading, Statement, Telling
from rashomon.resolve import group_actors, load_resolver
from rashomon.resolve.aliases import AliasList, find_aliases, name_actors
from rashomon.resolve.names import actor_key, has_name, is_abbreviation
from rashomon.settings import Settings
from rashomon.spans import take_span


def read(text: str, *names: str, page: str = "p1") -> tuple[Article, Reading]:
    """A reading in which each name is told as a perpetrator of an incident of its own."""
    spans = [take_span(text, text.index(n), text.index(n) + len(n)) for n in names]
    tellings = tuple(
        Telling(f"{page}.t{i}", page, s, 0.9, ("killing",), (0.9,), "asserts", "accomplished",
                perpetrators=(ActorFiller(s, "organisation", 0.9, mentions=(s,)),))
        for i, s in enumerate(spans)
    )  # fmt: skip
    mentions = tuple(Mention(s, "organisation", 0.9) for s in spans)
    article = capture.article_from_text(text, page)
    reading = Reading(page, mentions, tellings)
    return article, replace(reading, aliases=find_aliases(article, reading))


def keys(reading: Reading, own: AliasList | None = None) -> list[str | None]:
    named = name_actors(reading, own or AliasList(None))
    return [t.perpetrators[0].actor for t in named.tellings]


def test_an_abbreviation_in_brackets_names_the_same_actor() -> None:
    _, reading = read("The Red Sash Front (RSF) fired. Later the RSF fled.", "The Red Sash Front", "the RSF")
    assert [(a.a.text, a.b.text, a.reason) for a in reading.aliases] == [("Red Sash Front", "RSF", "abbreviation")]
    assert keys(reading) == ["redsashfront", "redsashfront"]


def test_a_bracket_that_does_not_fit_is_no_abbreviation() -> None:
    _, reading = read("The Red Sash Front (see Annex) fired at Iro Tamas.", "The Red Sash Front")
    assert reading.aliases == ()


def test_an_apposition_names_the_same_actor() -> None:
    _, reading = read("Iro Tamas, known as the Grey Heron, fired.", "Iro Tamas")
    assert [(a.a.text, a.b.text) for a in reading.aliases] == [("Iro Tamas", "Grey Heron")]


@pytest.mark.parametrize(
    "text",
    [
        "Iro Tamas, the head of the RSF, said so.",
        "He met the head of the RSF, Iro Tamas, there.",
    ],
)
def test_an_office_beside_a_name_names_the_same_actor(text: str) -> None:
    article, reading = read(text)
    spans = [take_span(text, text.index(n), text.index(n) + len(n)) for n in ("Iro Tamas", "the head of the RSF")]
    reading = replace(reading, mentions=tuple(Mention(s, "person", 0.9) for s in spans))
    assert [(a.a.text, a.b.text, a.reason) for a in find_aliases(article, reading)] == [
        ("Iro Tamas", "the head of the RSF", "apposition")
    ]


def test_two_people_in_a_list_are_two() -> None:
    text = "Iro Tamas, the mayor of Belu and Anna Silt, a judge of the High Court, came."
    article, reading = read(text)
    names = ("Iro Tamas", "Anna Silt", "a judge of the High Court")
    spans = [take_span(text, text.index(n), text.index(n) + len(n)) for n in names]
    reading = replace(reading, mentions=tuple(Mention(s, "person", 0.9) for s in spans))
    assert [(a.a.text, a.b.text) for a in find_aliases(article, reading)] == [
        ("Anna Silt", "a judge of the High Court")
    ]


def test_an_actor_is_called_by_a_proper_name() -> None:
    text = "The head of the RSF fired. Iro Tamas fled."
    article, reading = read(text, "The head of the RSF", "Iro Tamas")
    del article
    alias = Alias(take_span(text, 27, 36), take_span(text, 0, 19), "apposition", 0.85)
    named = name_actors(replace(reading, aliases=(alias,)), AliasList(None))
    assert [(a.name, a.aliases) for a in group_actors([named])] == [("Iro Tamas", ("head of the RSF",))]


def test_a_part_of_one_organisations_name_is_that_organisation() -> None:
    text = "The Salt Front for Liberation fired. Then the Salt Front fled. The Front denied it."
    _, reading = read(text, "The Salt Front for Liberation", "the Salt Front", "The Front")
    assert keys(reading) == ["saltfrontforliberation"] * 3


def test_a_part_of_two_organisations_names_is_neither() -> None:
    _, reading = read(
        "The Salt Front and the Sand Front met. The Front fired.", "The Salt Front", "the Sand Front", "The Front"
    )
    assert keys(reading)[2] not in ("saltfront", "sandfront")


def test_an_army_is_no_part_of_another_armys_name() -> None:
    _, reading = read("The Free Highlands Army fired. The Army fired back.", "The Free Highlands Army", "The Army")
    assert keys(reading)[1] != "freehighlandsarmy"


def test_who_is_only_described_is_no_actor() -> None:
    _, reading = read("Gunmen fired. The army fled.", "Gunmen", "The army")
    assert keys(reading) == [None, None]


def test_the_users_aliases_come_first(tmp_path: Path) -> None:
    path = tmp_path / "aliases.csv"
    path.write_text("name,alias\nRed Sash Front,the Sashes\n", encoding="utf-8")
    _, reading = read("The Sashes fired.", "The Sashes")
    assert keys(reading, AliasList(path)) == ["redsashfront"]
    assert load_resolver(Settings(aliases=path))


def test_one_actor_over_pages_whatever_their_order() -> None:
    pages = [
        read("The Red Sash Front (RSF) fired.", "The Red Sash Front", page="a")[1],
        read("The RSF fled.", "The RSF", page="b")[1],
        read("The Red-Sash Front sang.", "The Red-Sash Front", page="c")[1],
        read("Mohammed Yousefi sang.", "Mohammed Yousefi", page="d")[1],
        read("Muhammad Yousefi slept.", "Muhammad Yousefi", page="e")[1],
    ]  # fmt: skip
    readings = [name_actors(r, AliasList(None)) for r in pages]
    actors = group_actors(readings)
    assert actors == group_actors(readings[::-1])
    front = next(a for a in actors if a.id == "redsashfront")
    assert front.mentions == 3
    assert "RSF" in front.aliases
    assert len([a for a in actors if "yousefi" in a.id]) == 1


def test_names_that_are_merely_alike_are_suggested_not_merged() -> None:
    pages = [read(f"{n} sang.", n, page=n)[1] for n in ("Hassan Karimi", "Hasan Karami", "Olu Bright")]
    actors = {a.id: a for a in group_actors(name_actors(r, AliasList(None)) for r in pages)}
    assert len(actors) == 3
    assert actors["hassankarimi"].suggested == ("hasankarami",)
    assert actors["olubright"].suggested == ()


def test_a_name_that_opens_a_longer_one_is_suggested_not_merged() -> None:
    columns = [f"Grey Column{more}" for more in ("", " East", " West", " of Tarn", " of Orrin")]
    names = ("Salt Front", "Salt Front for Liberation", *columns)
    pages = [read(f"{n} sang.", n, page=n)[1] for n in names]
    actors = {a.id: a for a in group_actors(name_actors(r, AliasList(None)) for r in pages)}
    assert len(actors) == len(names)
    assert actors["saltfront"].suggested == ("saltfrontforliberation",)
    assert actors["saltfrontforliberation"].suggested == ("saltfront",)
    assert actors["greycolumn"].suggested == ()  # it may be any of four


def test_what_a_page_thinks_of_a_group_is_no_part_of_its_name() -> None:
    assert actor_key('the so-called "Salt Front"') == actor_key("the terrorist Salt Front") == actor_key("Salt Front")
    assert actor_key("the armed forces") != actor_key("the forces")


@pytest.mark.parametrize(("short", "long"), [("UN", "United Nations"), ("KGB", "Komitet Gosudarstvennoy Bezopasnosti")])
def test_initials_fit(short: str, long: str) -> None:
    assert is_abbreviation(short, long)
    assert not is_abbreviation(short, "Quiet Lake Rovers")


def test_titles_and_articles_are_no_part_of_a_name() -> None:
    assert actor_key("Colonel Iro Tamas") == actor_key("Iro Tamás") == "irotamas"
    assert has_name("the RSF")
    assert not has_name("The gunmen")


def test_he_is_the_speaker_named_last_if_that_was_not_long_before() -> None:
    text = 'Colonel Iro Tamas said: "We won." He told the radio: "They fled." ' + "It rained. " * 50 + 'He said: "No."'
    page = capture.article_from_text(text, "p")

    def told(number: int, source: str, content: str, after: int = 0) -> Statement:
        at, said = text.index(source, after), text.index(content, after)
        return Statement(
            id=str(number), page="p", source=take_span(text, at, at + len(source)), cue=None,
            content=take_span(text, said, said + len(content)), audience=None, stance="asserts", score=0.9,
        )  # fmt: skip

    late = text.rindex("He said")
    statements = (
        told(1, "Colonel Iro Tamas", "We won."), told(2, "He", "They fled."), told(3, "He", "No.", late),
    )  # fmt: skip
    named = name_actors(Reading(page.page, statements=statements), AliasList(None))
    first, second, third = named.statements
    assert first.source_actor == second.source_actor == actor_key("Colonel Iro Tamas")
    assert third.source_actor is None
