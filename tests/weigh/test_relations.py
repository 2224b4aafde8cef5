"""Relations: from words that say so, from what a page names, from persons; never against the times."""

import pytest

from rashomon.records import ActorFiller, PlaceFiller, Relation, TargetFiller, Telling, TimeFiller
from rashomon.spans import Span, take_span
from rashomon.weigh import find_relations

NAME = Span(0, 2, "It")


def tell(
    name: str, text: str, anchor: str, *, page: str = "p", types: tuple[str, ...] = ("killing",),
    day: str | None = None,
    by: str | None = None, to: str | None = None, at: str | None = None,
) -> Telling:  # fmt: skip
    start = text.index(anchor)
    whole = Span(0, len(text), text)
    who = Span(0, 4, "Cora")
    return Telling(
        id=name, page=page, span=whole, score=0.9, types=types, type_scores=(0.9,) * len(types), stance="asserts",
        stage="accomplished", anchors=(take_span(text, start, start + len(anchor)),), passages=(whole,),
        time=TimeFiller(NAME, 0.9, day, day, "day") if day else None,
        perpetrators=(ActorFiller(who, "person", 0.9, actor=by),) if by else (),
        targets=(TargetFiller(who, "civilian", 0.9, "arrested", actor=to),) if to else (),
        places=(PlaceFiller(NAME, "town", 0.9, name=at),) if at else (),
    )  # fmt: skip


def related(*pages: list[Telling]) -> list[Relation]:
    """Every telling is of an incident of its own, of the same name in capitals."""
    return find_relations(pages, {t.id: t.id.upper() for told in pages for t in told})


@pytest.mark.parametrize(
    ("text", "kind"),
    [
        ("Gunmen torched a mill in retaliation for the shooting of a guard.", "because_of"),
        ("A mill was torched to avenge the shooting of a guard.", "because_of"),
        ("A crowd torched a mill two days after the shooting of a guard.", "before"),
        ("A mill was torched in the course of the shooting.", "part_of"),
        ("After the shooting of a guard, a crowd torched a mill.", "before"),
    ],
)
def test_words_between_two_tellings_say_how_they_stand(text: str, kind: str) -> None:
    found = related([tell("guard", text, "shooting"), tell("mill", text, "torched")])
    assert [(r.first, r.then, r.kind, r.page) for r in found] == [("GUARD", "MILL", kind, "p")]
    assert found[0].cue is not None
    assert text[found[0].cue.start_char : found[0].cue.end_char] == found[0].cue.text
    assert found[0].cue.text in found[0].reasons[0]


def test_accusations_are_of_arrests_and_trials_alone() -> None:
    text = "Police shot a man accused of bombing a mill."
    assert related([tell("shot", text, "shot"), tell("mill", text, "bombing")]) == []
    text = "Police seized a man accused of bombing a mill."
    found = related([tell("held", text, "seized", types=("arrest_detention",)), tell("mill", text, "bombing")])
    assert [(r.first, r.then, r.kind) for r in found] == [("MILL", "HELD", "because_of")]


def test_words_without_a_relation_relate_nothing() -> None:
    text = "Gunmen torched a mill and shot a guard."
    assert related([tell("mill", text, "torched"), tell("guard", text, "shot")]) == []


def test_a_relation_against_the_times_told_is_none() -> None:
    text = "Gunmen torched a mill in retaliation for the shooting of a guard."
    guard = tell("guard", text, "shooting", day="2020-05-09")
    assert related([guard, tell("mill", text, "torched", day="2020-05-01")]) == []


def test_what_a_page_names_by_kind_and_place_is_the_last_such_incident_before() -> None:
    told = "A bomb went off."
    bombs = [
        [tell("old", told, "went off", page="a", types=("bombing",), day="2020-01-01", at="Tarn")],
        [tell("last", told, "went off", page="b", types=("bombing",), day="2020-03-01", at="Tarn")],
        [tell("orr", told, "went off", page="c", types=("bombing",), day="2020-03-02", at="Orr")],
        [tell("later", told, "went off", page="d", types=("bombing",), day="2020-05-01", at="Tarn")],
    ]
    text = "Two men were seized in connection with the market bombing in Tarn."
    held = tell("held", text, "seized", page="e", types=("arrest_detention",), day="2020-03-05", at="Orr")
    found = related(*bombs, [held])
    assert [(r.first, r.then, r.kind) for r in found] == [("LAST", "HELD", "because_of")]
    assert "the last bombing told of tarn before" in found[0].reasons


def test_an_arrest_of_a_person_told_to_have_done_something_comes_after_it() -> None:
    text = "It was told of Cora."
    done = tell("done", text, "told", page="a", day="2020-05-01", by="cora")
    held = tell("held", text, "told", page="b", types=("arrest_detention",), day="2020-05-09", to="cora")
    tried = tell("tried", text, "told", page="c", types=("trial_punishment",), day="2021-01-01", to="cora")
    found = {(r.first, r.then): r for r in related([done], [held], [tried])}
    assert {pair: r.kind for pair, r in found.items()} == {
        ("DONE", "HELD"): "before", ("DONE", "TRIED"): "before", ("HELD", "TRIED"): "before"
    }  # fmt: skip
    assert found["DONE", "HELD"].reasons == ("arrest detention of cora, told as perpetrator there",)
    earlier = tell("early", text, "told", page="d", types=("arrest_detention",), day="2020-04-01", to="cora")
    assert related([done], [earlier]) == []


def test_the_order_of_pages_makes_no_difference() -> None:
    text = "Gunmen torched a mill in retaliation for the shooting of a guard."
    one = [tell("guard", text, "shooting"), tell("mill", text, "torched")]
    other = [tell("done", text, "torched", page="q", day="2020-05-01", by="cora")]
    last = [tell("held", text, "torched", page="r", types=("arrest_detention",), day="2020-05-09", to="cora")]
    assert related(one, other, last) == related(last, other, one)
