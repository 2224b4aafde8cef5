"""The gazetteer that was built with the package: current, within its size, and with what people look up."""

import sqlite3
from pathlib import Path

import pytest

from gazetteer.build import Rows, is_current
from gazetteer.sources import Division, Town
from rashomon.resolve.folding import fold_name
from rashomon.resolve.gazetteer import BUNDLED, Gazetteer


@pytest.fixture(scope="module")
def gazetteer() -> Gazetteer:
    return Gazetteer()


def test_the_gazetteer_is_made_by_these_sources_and_small(tmp_path: Path) -> None:
    assert is_current(BUNDLED)
    assert BUNDLED.stat().st_size < 40_000_000
    assert not is_current(tmp_path / "none.sqlite")
    (tmp_path / "other.sqlite").write_bytes(b"not a database, whatever it says it is" * 9)
    assert not is_current(tmp_path / "other.sqlite")


@pytest.mark.parametrize(
    ("name", "country", "kind"),
    [
        ("Deir ez-Zor", "SY", "region"), ("Anbar", "IQ", "region"), ("Tigray", "ET", "region"),
        ("Xinjiang", "CN", "region"), ("Donetsk Oblast", "UA", "region"), ("Scotland", "GB", "region"),
        ("Netherlands", "NL", "country"), ("Darfur", "SD", "region"), ("Gaza Strip", "PS", "region"),
        ("Sahel", None, "region"), ("Africa", None, "region"),
        ("Henry County", "US", "district"),
    ],
)  # fmt: skip
def test_provinces_landscapes_and_continents_go_by_their_usual_names(
    gazetteer: Gazetteer, name: str, country: str | None, kind: str
) -> None:
    assert any((e.country, e.kind) == (country, kind) for e in gazetteer.find(name))


def test_a_capital_is_marked_and_its_namesakes_are_not(gazetteer: Gazetteer) -> None:
    assert [e.country for e in gazetteer.find("Paris") if e.capital] == ["FR"]


def test_the_middle_of_a_division_is_that_of_its_land(gazetteer: Gazetteer) -> None:
    for name, lat, lon in (("Texas", 31.5, -99.3), ("Florida", 28.4, -82.4), ("Nebraska", 41.5, -99.8)):
        (state,) = (e for e in gazetteer.find(name) if e.kind == "region" and e.country == "US")
        assert (state.lat, state.lon) == pytest.approx((lat, lon), abs=0.8)


def test_a_division_is_found_with_and_without_the_word_for_it(tmp_path: Path) -> None:
    rows = Rows(fold_name)
    town = Town(7, "Belu", (), "XX", "01", 1.0, 2.0, 5_000, (1,))
    rows.add_towns([town], {"XX": "Belu"})
    rows.add_divisions(
        {1: Division(9, "Belu Governorate", ("Northern", "Belou Province"), "XX", "01", "region")}, [town], {}
    )
    rows.save(tmp_path / "made.sqlite")
    with sqlite3.connect(tmp_path / "made.sqlite") as connection:
        names = {n for (n,) in connection.execute("select name from names where place = 9")}
        capital = connection.execute("select capital from places where id = 7").fetchone()[0]
        inside = dict(connection.execute("select kind || ' ' || key, weight from scopes"))
    connection.close()
    assert names == {"belugovernorate", "belu", "belouprovince", "belou"}
    assert capital == 1
    assert inside["near 2 4"] == inside["region XX.01"] > 0
