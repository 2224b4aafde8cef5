"""Places: the gazetteers, names taken apart, and which place of a name is meant."""

from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from rashomon.errors import SettingsError
from rashomon.resolve.gazetteer import Gazetteer
from rashomon.resolve.places import Located, locate_places
from rashomon.resolve.toponyms import move, parse_toponym


@pytest.fixture(scope="module")
def gazetteer() -> Gazetteer:
    return Gazetteer()


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
