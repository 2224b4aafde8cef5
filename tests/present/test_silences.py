"""Silence: outlets that tell of the place and the time, and not of the incident."""

from pathlib import Path

import pytest

from rashomon import store
from rashomon.present import queries
from rashomon.present import shapes as s
from rashomon.records import PlaceFiller, TimeFiller
from rashomon.spans import Span
from tests.present.cases import add_page, incident, new_case, telling

TEXT = "It was told."


def silences_of(folder: Path, told: dict[str, tuple[str, str, float | None]]) -> list[s.SilenceShape]:
    """Each page tells one incident: its outlet, day and latitude."""
    span = Span(0, 2, "It")
    with new_case(folder) as case:
        with case.write() as connection:
            for name, (outlet, day, lat) in told.items():
                spot = PlaceFiller(span, "town", 0.9, name="Tarn", lat=lat, lon=lat and 20.0, precision="town")
                when = TimeFiller(span, 0.9, day, day, "day" if len(day) == 10 else "year")
                page_telling = telling(name, TEXT, TEXT, places=(spot,), time=when)
                add_page(connection, name, TEXT, outlet=outlet, tellings=(page_telling,))
            store.replace_incidents(connection, [incident(f"i{name}", f"t{name}0") for name in told])
            store.replace_overview(connection)
        with case.read() as connection:
            return [x for x in queries.iter_shown(connection, "silences") if isinstance(x, s.SilenceShape)]


def test_who_tells_of_the_place_and_time_is_silent_about_what_it_does_not_tell(tmp_path: Path) -> None:
    found = silences_of(tmp_path, {"a": ("Courier", "2020-05-01", 10.0), "b": ("Banner", "2020-05-20", 10.3)})
    assert [(x.incident, x.outlet, x.covers, x.tellings) for x in found] == [
        ("ia", "Banner", ("ib",), ("tb0",)), ("ib", "Courier", ("ia",), ("ta0",))
    ]  # fmt: skip


@pytest.mark.parametrize(
    "other",
    [("Banner", "2020-07-20", 10.0), ("Banner", "2020-05-02", 11.0), ("Banner", "2020", 10.0),
     ("Courier", "2020-05-02", 10.0)],
    ids=["another time", "another place", "no close time", "the same outlet"],
)  # fmt: skip
def test_nobody_is_silent_about_what_they_do_not_cover(tmp_path: Path, other: tuple[str, str, float]) -> None:
    assert silences_of(tmp_path, {"a": ("Courier", "2020-05-01", 10.0), "b": other}) == []


def test_a_place_of_the_same_name_counts_where_no_coordinates_are_known(tmp_path: Path) -> None:
    found = silences_of(tmp_path, {"a": ("Courier", "2020-05-01", None), "b": ("Banner", "2020-05-01", 10.0)})
    assert [(x.incident, x.outlet) for x in found] == [("ia", "Banner"), ("ib", "Courier")]
