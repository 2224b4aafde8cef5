"""Weighing: copies count once, and what is contested."""

import pytest

from rashomon.records import ActorFiller, CountFiller, Echo, PagePassage, PlaceFiller, Telling, TimeFiller
from rashomon.spans import Span
from rashomon.weigh import copying_pages, find_origins, incident_origins, weigh_fields


def span(text: str, start: int = 0) -> Span:
    return Span(start, start + len(text), text)


def telling(name: str, page: str, stance: str = "asserts", by: str | None = None, **fields: object) -> Telling:
    return Telling(
        id=name, page=page, span=span("It happened."), score=0.9, types=("killing",), type_scores=(0.9,), stance=stance,
        stage="accomplished", anchors=(span("happened", 3),), passages=(span("It happened."),),
        attributed_to=span(by) if by else None, **fields,  # type: ignore[arg-type]  # the fillers
    )  # fmt: skip


def killed(low: int, high: int | None) -> tuple[CountFiller, ...]:
    return (CountFiller(span("n"), 0.9, "killed", low, low, high),)


def place(name: str, lat: float, lon: float) -> tuple[PlaceFiller, ...]:
    return (PlaceFiller(span(name), "town", 0.9, name=name, lat=lat, lon=lon, precision="town"),)


def day(start: str, end: str | None = None) -> TimeFiller:
    return TimeFiller(span("then"), 0.9, start, end or start, "day")


def by(*names: str) -> tuple[ActorFiller, ...]:
    return tuple(ActorFiller(span(n), "organisation", 0.9, actor=n.casefold()) for n in names)


def statuses(*tellings: Telling, origin_of: dict[str, str] | None = None) -> dict[str, str]:
    origins = origin_of or {t.page: f"origin of {t.page}" for t in tellings}
    return {f.field: f.status for f in weigh_fields(tellings, origins)}


def echo(a: str, b: str, length: int) -> Echo:
    text = "x" * length
    return Echo(PagePassage(a, span(text)), PagePassage(b, span(text)), 0.9, ())


@pytest.mark.parametrize(
    ("one", "other", "status"),
    [(killed(5, 5), killed(9, 9), "contested"), (killed(5, 5), killed(5, 5), "agreed"),
     (killed(24, None), killed(30, 30), "agreed"), (killed(24, None), killed(9, 9), "contested")],
)  # fmt: skip
def test_counts_are_contested_where_their_ranges_do_not_overlap(
    one: tuple[CountFiller, ...], other: tuple[CountFiller, ...], status: str
) -> None:
    assert statuses(telling("a", "p", counts=one), telling("b", "q", counts=other))["count_killed"] == status


def test_places_times_perpetrators_and_denials() -> None:
    a = telling("a", "p", places=place("Tarn", 1.0, 1.0), time=day("2020-01-01"), perpetrators=by("Red Sash"))
    b = telling("b", "q", "denies", places=place("Belu", 5.0, 5.0), time=day("2020-03-01"), perpetrators=by("Army"))
    assert statuses(a, b) == dict.fromkeys(("place", "time", "perpetrator", "stance"), "contested")
    near = telling(
        "c",
        "r",
        places=place("Tarn Bridge", 1.05, 1.0),
        time=day("2019-12-31", "2020-01-02"),
        perpetrators=by("Red Sash"),
    )
    assert statuses(a, near) == dict.fromkeys(("place", "time", "perpetrator", "stance"), "agreed")


def test_perpetrators_are_shown_by_the_words_of_the_tellings() -> None:
    tellings = [
        telling(n, f"p{n}", perpetrators=by(name))
        for n, name in zip("abc", ("Red Sash", "Red Sash", "RED SASH"), strict=True)
    ]
    field = next(f for f in weigh_fields(tellings, {f"p{n}": n for n in "abc"}) if f.field == "perpetrator")
    assert [v.value for v in field.values] == ["Red Sash"]


@pytest.mark.parametrize(
    ("one", "other", "status"),
    [("the Front", "the so-called Salt Front", "agreed"), ("Salt Front", "River Front", "contested")],
)
def test_a_name_that_says_less_contradicts_nothing(one: str, other: str, status: str) -> None:
    a, b = telling("a", "p", perpetrators=by(one)), telling("b", "q", perpetrators=by(other))
    assert statuses(a, b)["perpetrator"] == status


def test_one_origin_alone_is_told_once_however_many_pages_copy_it() -> None:
    tellings = [telling(n, f"p{n}", counts=killed(5, 5)) for n in "abc"]
    fields = weigh_fields(tellings, {f"p{n}": "o" for n in "abc"}, [echo("pa", "pb", 90), echo("pb", "pc", 90)])
    assert {f.field: (f.status, f.origins) for f in fields}["count_killed"] == ("told_once", ("o",))


@pytest.mark.parametrize(("at", "origins"), [(95, 1), (300, 2)])
def test_a_short_passage_beside_what_was_copied_was_copied_with_it(at: int, origins: int) -> None:
    told = [telling(n, f"p{n}", counts=counted(5, 5, 5, at)) for n in "ab"]
    fields = weigh_fields(told, {"pa": "o", "pb": "o"}, [echo("pa", "pb", 90)])
    assert len(next(f for f in fields if f.field == "count_killed").origins) == origins


def test_a_place_without_coordinates_contests_nothing() -> None:
    unknown = (PlaceFiller(span("Qasr"), "town", 0.9, name="Qasr"),)
    assert (
        statuses(telling("a", "p", places=unknown), telling("b", "q", places=place("Tarn", 1.0, 1.0)))["place"]
        == "agreed"
    )


def test_pages_that_share_a_good_part_are_one_origin_whose_first_is_the_earliest() -> None:
    lengths = {"p": 1000, "q": 400, "r": 1000}
    pairs = copying_pages([echo("p", "q", 300), echo("p", "r", 50)], lengths)
    assert pairs == {("p", "q")}
    origins = find_origins(lengths, pairs, {"p": "2020-01-02", "q": "2020-01-01", "r": None})
    assert {o.pages for o in origins} == {("p", "q"), ("r",)}
    assert next(o for o in origins if len(o.pages) == 2).first == "q"


def test_origins_of_an_incident_count_copies_once() -> None:
    told = [telling("a", "p"), telling("b", "q"), telling("c", "r")]
    found = incident_origins(told, [echo("p", "q", 300)], {("p", "q")}, {"p": None, "q": None, "r": None})
    assert found["p"].id == found["q"].id != found["r"].id


def counted(low: int | None, best: int | None, high: int | None, at: int = 0) -> tuple[CountFiller, ...]:
    return (CountFiller(span("n", at), 0.9, "killed", low, best, high),)


def test_the_lowest_best_and_highest_number_say_who_tells_them() -> None:
    told = [
        telling("a", "p", counts=counted(9, 9, 9)), telling("b", "q", counts=counted(12, 12, 12)),
        telling("c", "r", counts=counted(12, 12, None)), telling("d", "s", counts=counted(None, None, 20)),
        telling("e", "t", "denies", counts=counted(2, 2, 2)),
        telling("f", "u", "hypothetical", counts=counted(99, 99, 99)),
    ]  # fmt: skip
    fields = {f.field: f for f in weigh_fields(told, {t.page: f"of {t.page}" for t in told})}
    found = fields["count_killed"].range
    assert found is not None
    assert [(n.number, n.tellings) for n in (found.low, found.best, found.high)] == [
        (2, ("e",)), (12, ("b", "c")), (20, ("d",))
    ]  # fmt: skip
    assert fields["stance"].range is None


def test_the_best_number_is_that_of_most_origins_not_of_most_pages_and_of_several_the_lowest() -> None:
    numbers = {"a": 7, "b": 7, "c": 7, "d": 5}
    told = [telling(n, f"p{n}", counts=counted(number, number, number)) for n, number in numbers.items()]
    origins = {"pa": "o", "pb": "o", "pc": "o", "pd": "d"}
    copied = weigh_fields(told, origins, [echo("pa", "pb", 300), echo("pb", "pc", 300)])
    found = next(f.range for f in copied if f.field == "count_killed")
    assert found is not None
    assert (found.best.number, found.best.tellings) == (5, ("d",))


def test_of_several_numbers_of_one_telling_the_greatest_counts() -> None:
    both = (*counted(14, 14, 14), *counted(3, 3, 3))
    found = next(f.range for f in weigh_fields([telling("a", "p", counts=both)], {"p": "o"}) if f.range)
    assert (found.low.number, found.high.number) == (14, 14)


def test_a_page_may_copy_the_number_and_have_the_place_from_elsewhere() -> None:
    def page_of(name: str, where: int) -> Telling:
        spot = PlaceFiller(span("Tarn", where), "town", 0.9, name="Tarn", lat=1.0, lon=1.0, precision="town")
        return telling(name, f"p{name}", counts=counted(9, 9, 9), places=(spot,))

    told = [page_of("a", 500), page_of("b", 700)]
    fields = {f.field: f for f in weigh_fields(told, {"pa": "o", "pb": "o"}, [echo("pa", "pb", 300)])}
    assert (fields["count_killed"].status, fields["count_killed"].origins) == ("told_once", ("o",))
    assert fields["place"].status == "agreed"
    assert len(fields["place"].origins) == 2
    assert fields["stance"].origins == ("o",)


@pytest.mark.parametrize(("quoted", "origins"), [("Reuters", 1), ("the Reuters news agency", 1), ("police", 2)])
def test_pages_that_quote_the_same_news_agency_are_one_origin(quoted: str, origins: int) -> None:
    told = [
        telling("a", "p", by=quoted, counts=counted(9, 9, 9, 100)),
        telling("b", "q", by="Reuters" if origins == 1 else "police", counts=counted(9, 9, 9, 700)),
        telling("c", "r"),
    ]  # fmt: skip
    found = incident_origins(told, [], set(), dict.fromkeys("pqr"))
    assert len({o.id for o in found.values()}) == origins + 1
    assert found["p"].named == ("reuters" if origins == 1 else None)
    assert found["r"].named is None
    fields = weigh_fields(told, {page: o.id for page, o in found.items()})
    assert len(next(f for f in fields if f.field == "count_killed").origins) == origins


def test_a_page_that_has_something_of_its_own_does_not_only_quote() -> None:
    told = [telling("a", "p", by="Reuters"), telling("b", "p"), telling("c", "q", by="Reuters")]
    found = incident_origins(told, [], set(), dict.fromkeys("pq"))
    assert found["p"].id != found["q"].id


def counts_of(*numbers: int) -> tuple[CountFiller, ...]:
    return tuple(CountFiller(span("n", i), 0.9, "killed", n, n, n) for i, n in enumerate(numbers))


@pytest.mark.parametrize(
    ("one", "other", "status"),
    [((14, 3), (14,), "agreed"), ((14, 3), (17,), "agreed"), ((14, 3), (3,), "contested"), ((14,), (17,), "contested")],
)
def test_numbers_of_one_telling_are_parts_or_a_sum(one: tuple[int, ...], other: tuple[int, ...], status: str) -> None:
    a, b = telling("a", "p", counts=counts_of(*one)), telling("b", "q", counts=counts_of(*other))
    assert statuses(a, b)["count_killed"] == status


def person(text: str, at: int = 0, **more: object) -> tuple[ActorFiller, ...]:
    return (ActorFiller(span(text, at), "group", 0.9, actor=text.casefold(), **more),)  # type: ignore[arg-type]


@pytest.mark.parametrize("words", ["We", "They", "Gunmen"])
def test_who_is_only_pointed_at_or_described_contradicts_no_name(words: str) -> None:
    a, b = telling("a", "p", perpetrators=by("Red Sash")), telling("b", "q", perpetrators=person(words))
    assert statuses(a, b)["perpetrator"] == "told_once"


def test_forms_of_a_name_and_the_state_at_large_contradict_nothing() -> None:
    forms = (
        ActorFiller(
            span("RSF"), "organisation", 0.9, mentions=(span("RSF"), span("the Red Sash Front", 40)), actor="rsf"
        ),
    )
    a, b = telling("a", "p", perpetrators=forms), telling("b", "q", perpetrators=by("Red Sash"))
    assert statuses(a, b)["perpetrator"] == "agreed"
    regime, guard = (
        (ActorFiller(span(n), "organisation", 0.9, side="state", actor=n.casefold()),)
        for n in ("the regime", "Second Guard")
    )
    c, d = telling("c", "p", perpetrators=regime), telling("d", "q", perpetrators=guard)
    assert statuses(c, d)["perpetrator"] == "agreed"


def test_men_of_a_body_are_named_by_the_bodys_name() -> None:
    a, b = (
        telling("a", "p", perpetrators=person("bandits of the Salt Front")),
        telling("b", "q", perpetrators=by("Front")),
    )
    assert statuses(a, b)["perpetrator"] == "agreed"
    column = person("the Ossil Column of the Front")
    assert statuses(a, telling("c", "q", perpetrators=column))["perpetrator"] == "agreed"


def test_what_is_told_of_for_the_first_time_is_no_name() -> None:
    a, b = telling("a", "p", perpetrators=by("Red Sash")), telling("b", "q", perpetrators=by("a so-called court"))
    assert statuses(a, b)["perpetrator"] == "told_once"
