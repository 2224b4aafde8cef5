"""Places: the gazetteers, names taken apart, and which place of a name is meant."""

from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from rashomon.errors import SettingsError
from rashomon.resolve.gazetteer import Gazetteer
from rashomon.resolve.places import Located, locate_places
from rashomon.resolve.toponyms import move, parse_toponym

GAZETTEER = Gazetteer()


@pytest.fixture(scope="module")
def gazetteer() -> Gazetteer:
    return GAZETTEER


def locate(gazetteer: Gazetteer, text: str, *words: str) -> list[Located]:
    spans = [(text.index(w), text.index(w) + len(w)) for w in words]
    return locate_places(gazetteer, text, spans)


@pytest.mark.parametrize("spelling", ["Al-Hasakah", "al hasakah", "AL HASAKAH", "Al-Ḥasakah", "Alhasakah"])
def test_spellings_of_one_name_meet(gazetteer: Gazetteer, spelling: str) -> None:
    assert any(e.country == "SY" for e in gazetteer.find(spelling))


def test_the_page_decides_which_place_of_a_name_is_meant(gazetteer: Gazetteer) -> None:
    (france,) = locate(gazetteer, "The shop in Paris was closed.", "Paris")
    texas, *_ = locate(gazetteer, "The shop in Paris, Texas, was closed.", "Paris", "Texas")
    assert (france.country, texas.country, texas.admin1) == ("FR", "US", "TX")
    libya, *_ = locate(gazetteer, "Tripoli and Misrata, Libya", "Tripoli", "Misrata", "Libya")
    lebanon, *_ = locate(gazetteer, "Tripoli and Sidon, Lebanon", "Tripoli", "Sidon", "Lebanon")
    assert (libya.country, lebanon.country) == ("LY", "LB")


def test_places_around_one_home_hold_each_other_up(gazetteer: Gazetteer) -> None:
    text = "The sheriff of Henry County closed the road from Paris to Puryear."
    county, paris, _ = locate(gazetteer, text, "Henry County", "Paris", "Puryear")
    assert {(p.country, p.admin1) for p in (county, paris)} == {("US", "TN")}
    ontario, middlesex = locate(gazetteer, "A farm in Strathroy, west of London", "London", "Strathroy")
    assert (ontario.country, middlesex.country) == ("CA", "CA")


def test_countries_that_are_told_decide_where_a_namesake_lies(gazetteer: Gazetteer) -> None:
    russia, _ = locate(gazetteer, "From Moscow he went to St. Petersburg.", "St. Petersburg", "Moscow")
    florida, _ = locate(gazetteer, "From Tampa he went to St. Petersburg.", "St. Petersburg", "Tampa")
    assert (russia.country, florida.country) == ("RU", "US")
    texas, _ = locate(gazetteer, "Palestine lies in Texas.", "Palestine", "Texas")
    palestine, _ = locate(gazetteer, "Palestine borders on Egypt.", "Palestine", "Egypt")
    assert (texas.admin1, palestine.precision) == ("TX", "country")


def test_a_capital_stands_before_its_namesakes(gazetteer: Gazetteer) -> None:
    (washington,) = locate(gazetteer, "The envoy flew to Washington.", "Washington")
    assert (washington.admin1, washington.precision) == ("DC", "town")


def test_what_lies_alone_is_not_chosen_for_that(gazetteer: Gazetteer) -> None:
    (albany,) = locate(gazetteer, "The meeting in Albany was long.", "Albany")
    assert albany.candidates[0].country == "US"


@given(st.permutations(["Tripoli", "Sidon", "Beirut", "Paris", "Springfield", "Iraq"]))
def test_the_order_of_names_makes_no_difference(names: list[str]) -> None:
    found = locate(GAZETTEER, ", then ".join(names), *names)
    told = {name: (p.lat, p.lon, p.candidates[0].score) for name, p in zip(names, found, strict=True)}
    usual = sorted(names)
    again = locate(GAZETTEER, ", then ".join(usual), *usual)
    assert told == {name: (p.lat, p.lon, p.candidates[0].score) for name, p in zip(usual, again, strict=True)}


@pytest.mark.parametrize(
    ("words", "name"),
    [("L.A.", "Los Angeles"), ("La.", "Louisiana"), ("B.C.", "British Columbia"), ("Mt. Vernon", "Mount Vernon"),
     ("Chechens", "Chechnya"), ("European", "Europe"), ("U.S.", "United States")],
)  # fmt: skip
def test_short_forms_and_peoples_lead_to_the_place(gazetteer: Gazetteer, words: str, name: str) -> None:
    (found,) = locate(gazetteer, f"They came to {words} last year.", words)
    assert found.candidates[0].name == name


def test_a_list_of_counties_asks_for_each(gazetteer: Gazetteer) -> None:
    text = "Storms hit Clarke and Oconee counties in Georgia."
    clarke, oconee, _ = locate(gazetteer, text, "Clarke", "Oconee", "Georgia")
    assert (clarke.admin1, clarke.precision) == ("GA", "region")
    assert (oconee.admin1, oconee.precision) == ("GA", "region")


def test_a_province_is_a_region_and_its_city_a_town(gazetteer: Gazetteer) -> None:
    text = "Fighting was reported in Kermanshah province and in Kermanshah."
    (province,) = locate(gazetteer, text, "Kermanshah province")
    (city,) = locate(gazetteer, text, "Kermanshah.")
    assert (province.precision, province.country) == ("region", "IR")
    assert (city.precision, city.country) == ("town", "IR")


def test_a_place_told_from_another_is_an_area_beside_it(gazetteer: Gazetteer) -> None:
    (near,) = locate(gazetteer, "A mine went off 20 km south of Mosul.", "20 km south of Mosul")
    (mosul,) = locate(gazetteer, "Mosul, Iraq", "Mosul")
    assert near.precision == "area"
    assert near.radius_km == pytest.approx(6.0)
    assert near.lat is not None
    assert mosul.lat is not None
    assert mosul.lat - near.lat == pytest.approx(20 / 111.2, abs=0.01)


@pytest.mark.parametrize(
    ("words", "name", "precision"),
    [
        ("about 20 kilometers (12 miles) south of Mosul", "Mosul", "area"),
        ("a checkpoint near the town of Tikrit", "Tikrīt", "area"),
        ("five miles outside the city of Kandahar", "Kandahār", "area"),
        ("the Lake Chad area", "Lake Chad", "area"),
        ("the far north of Cameroon", "Cameroon", "country"),
        ("the Sagaing Region of Myanmar", "Sagaing", "region"),
        ("the village of Kafr Zita in Hama province", "Kafr Zaytā", "town"),
    ],
)
def test_words_around_a_name_are_taken_apart(gazetteer: Gazetteer, words: str, name: str, precision: str) -> None:
    (found,) = locate(gazetteer, words, words)
    assert (found.name, found.precision) == (name, precision)


def test_words_before_a_bare_name_make_an_area_of_it(gazetteer: Gazetteer) -> None:
    (mosul,) = locate(gazetteer, "It was in Mosul, Iraq.", "Mosul")
    (south,) = locate(gazetteer, "A mine went off 20 km south of Mosul, Iraq.", "Mosul")
    (near,) = locate(gazetteer, "They were held near the city of Mosul, Iraq.", "Mosul")
    (people,) = locate(gazetteer, "The people of Mosul, Iraq, stayed.", "Mosul")
    assert (south.precision, near.precision, people.precision) == ("area", "area", "town")
    assert (mosul.lat or 0) - (south.lat or 0) == pytest.approx(20 / 111.2, abs=0.01)
    assert (near.lat, near.radius_km) == (mosul.lat, 10.0)


def test_what_lies_between_two_places_is_the_area_half_way(gazetteer: Gazetteer) -> None:
    text = "It was on the road between Mosul and Erbil, not in Mosul. Nor in Erbil itself."
    (road,) = locate(gazetteer, text, "the road between Mosul and Erbil")
    mosul, erbil = locate(gazetteer, "Mosul and Erbil, Iraq", "Mosul", "Erbil")
    assert None not in (mosul.lat, erbil.lat, road.lat, road.radius_km)
    assert road.lat == pytest.approx(((mosul.lat or 0) + (erbil.lat or 0)) / 2, abs=0.01)
    assert 35 < (road.radius_km or 0) < 45


def test_places_too_far_apart_have_no_area_between_them(gazetteer: Gazetteer) -> None:
    (flight,) = locate(gazetteer, "the route between Mosul and Lisbon", "the route between Mosul and Lisbon")
    (mosul,) = locate(gazetteer, "Mosul, Iraq", "Mosul")
    assert (flight.lat, flight.lon) == (mosul.lat, mosul.lon)


def test_a_name_in_no_gazetteer_stays_a_name(gazetteer: Gazetteer) -> None:
    (found,) = locate(gazetteer, "They fled to Belu Qasrmar.", "Belu Qasrmar")
    assert (found.name, found.lat, found.precision, found.candidates) == ("Belu Qasrmar", None, "unknown", ())


def test_all_candidates_are_kept_when_unsure(gazetteer: Gazetteer) -> None:
    (found,) = locate(gazetteer, "They met in Springfield.", "Springfield")
    assert len(found.candidates) > 3
    assert sum(c.score for c in found.candidates) <= 1.001
    assert [c.score for c in found.candidates] == sorted((c.score for c in found.candidates), reverse=True)


def test_the_users_own_gazetteer_comes_first(tmp_path: Path) -> None:
    path = tmp_path / "own.csv"
    path.write_text("name,lat,lon,kind,aliases\nParis,1.5,2.5,town,Old Paris;New Paris\n", encoding="utf-8")
    own = Gazetteer(path)
    for words in ("Paris", "Old Paris"):
        (found,) = locate(own, f"It was in {words}.", words)
        assert (found.lat, found.lon, found.candidates[0].id) == (1.5, 2.5, "user:1")


@pytest.mark.parametrize(
    "row", ["name,lat,lon\nX,95,0\n", "name,lat\nX,1\n", "name,lat,lon\n,1,1\n", "name,lat,lon\nX,nan,1\n"]
)
def test_a_wrong_gazetteer_is_refused_with_its_line(tmp_path: Path, row: str) -> None:
    path = tmp_path / "own.csv"
    path.write_text(row, encoding="utf-8")
    with pytest.raises(SettingsError):
        Gazetteer(path)


@given(st.text(max_size=80))
def test_any_words_can_be_taken_apart(words: str) -> None:
    assert parse_toponym(words).radius_km >= 0


@given(st.floats(-80, 80), st.floats(-179, 179), st.floats(0, 500), st.floats(0, 360))
def test_moving_there_and_back_ends_where_it_began(lat: float, lon: float, km: float, bearing: float) -> None:
    there = move(lat, lon, km, bearing)
    assert -90 <= there[0] <= 90
    assert -180 <= there[1] <= 180
