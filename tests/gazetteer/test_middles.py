"""Middles of divisions: by the land around their towns, or by the box around these."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from gazetteer.middles import Spot, find_land_middles, find_middle

LAND = [(0.0, 0.0), (20.0, 0.0), (20.0, 10.0), (0.0, 10.0)]


def test_land_belongs_to_the_nearest_town() -> None:
    middles = find_land_middles(
        [LAND], [("west", Spot(5.0, 2.0)), ("east", Spot(5.0, 10.0)), ("east", Spot(5.0, 18.0))]
    )
    assert middles["west"] == pytest.approx((5.0, 3.0), abs=0.1)
    assert middles["east"] == pytest.approx((5.0, 13.0), abs=0.1)


def test_an_empty_north_belongs_to_the_division_below_it() -> None:
    towns = [("lower", Spot(1.0, float(lon))) for lon in range(1, 20)]
    assert find_land_middles([LAND], towns)["lower"] == pytest.approx((5.0, 10.0), abs=0.1)
    assert find_middle([s for _, s in towns]) == (1.0, 10.0)


def test_a_division_smaller_than_the_cells_is_left_to_its_towns() -> None:
    towns = [("wide", Spot(5.0, 15.0)), ("small", Spot(0.2, 0.2)), ("wide", Spot(0.6, 0.6)), ("wide", Spot(0.1, 0.9))]
    assert set(find_land_middles([LAND], towns)) == {"wide"}


def test_far_islands_do_not_move_the_middle() -> None:
    assert find_middle([Spot(10.0, 10.0), Spot(12.0, 12.0), Spot(11.0, 11.0), Spot(60.0, 90.0)]) == (11.0, 11.0)


@given(st.lists(st.tuples(st.floats(-60, 60), st.floats(-170, 170)), min_size=1, max_size=30))
def test_the_middle_lies_within_the_box_of_the_towns(places: list[tuple[float, float]]) -> None:
    lat, lon = find_middle([Spot(a, b) for a, b in places])
    assert min(a for a, _ in places) - 0.5 <= lat <= max(a for a, _ in places) + 0.5
    assert min(b for _, b in places) - 0.5 <= lon <= max(b for _, b in places) + 0.5
