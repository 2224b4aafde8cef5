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


def test_one_origin_alone_is_told_once_however_many_pages_copy_it() -> None:
    tellings = [telling(n, f"p{n}", counts=killed(5, 5)) for n in "abc"]
    assert statuses(*tellings, origin_of={f"p{n}": "o" for n in "abc"})["count_killed"] == "told_once"


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
