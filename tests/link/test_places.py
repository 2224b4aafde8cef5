"""Places of two tellings: what is not in the gazetteer is unknown, not elsewhere."""

from dataclasses import replace

from rashomon.link import LinkRow
from tests.link.rows import TOWNS, WORDS, level, make_row


def told_at(page: int, places: list[str], within: list[str], where: tuple[float, float] | None = None) -> LinkRow:
    row = make_row(page, page, "tarn", 738_000, WORDS[:6], None)
    lat, lon = where or (None, None)
    return replace(row, places=places, within=within, lat=lat, lon=lon)


def test_a_place_of_which_nothing_is_known_is_not_elsewhere() -> None:
    patio, town = told_at(0, ["thepatio"], []), told_at(1, ["tarn"], ["coast", "norland"])
    assert level("place", patio, town) == "unknown"
    assert level("place", patio, told_at(2, ["thepatio"], [])) == "same named place"


def test_places_of_which_only_the_coordinates_are_known_are_near_or_not() -> None:
    tarn = told_at(0, ["tarn"], [], TOWNS["tarn"])
    assert level("place", tarn, told_at(1, ["tarnmarket"], [], (10.01, 20.01))) == "within 15 km"
    assert level("place", tarn, told_at(1, ["vell"], [], TOWNS["vell"])) == "different places"


def test_places_of_two_countries_are_different() -> None:
    assert level("place", told_at(0, ["tarn"], ["coast", "norland"]), told_at(1, ["vell"], ["sudmark"])) == (
        "different places"
    )


def test_places_of_one_country_are_different_or_one_holds_the_other() -> None:
    town = told_at(0, ["tarn"], ["coast", "norland"])
    assert level("place", town, told_at(2, ["othin"], ["hills", "norland"])) == "different places of one region"
    assert level("place", town, replace(told_at(3, [], []), broad_places=["norland"])) == "one contains the other"
