"""Land and borders under the maps: where they are, that they end with the picture, that the pages hold them."""

import re
import sqlite3
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from rashomon.resolve import find_largest
from rashomon.web import outlines
from rashomon.web.contexts.spots import Cell, Extent, MapShape
from rashomon.web.maps import TOWNS, draw_map
from rashomon.web.outlines import draw_outlines
from rashomon.web.projection import HEIGHT, WIDTH, View, choose_view
from scripts.outlines import PER_DEGREE, make_outlines
from tests.web.conftest import open_browser

WORLD = Extent(-170, -70, 170, 80)
EUROPE = Extent(-10, 36, 55, 62)
EGYPT = Extent(26, 23, 34, 31)
OPEN_SEA = Extent(-140, -40, -125, -30)
_PART = re.compile(r"M([^Mlz]+)l([^Mlz]+)(z?)")
_NUMBER = re.compile(r"-?(?:\d+(?:\.\d+)?|\.\d+)")

Points = list[tuple[float, float]]


def follow(path: str) -> list[Points]:
    """The lines that a path draws, as an SVG reader follows its steps."""
    assert "".join(m[0] for m in _PART.finditer(path)) == path
    lines = []
    for start, steps, _ in _PART.findall(path):
        x, y = map(float, _NUMBER.findall(start))
        numbers = [float(n) for n in _NUMBER.findall(steps)]
        line = [(x, y)]
        for dx, dy in zip(numbers[::2], numbers[1::2], strict=True):
            x, y = x + dx, y + dy
            line.append((x, y))
        lines.append(line)
    return lines


def is_within(rings: list[Points], x: float, y: float) -> bool:
    """By the even-odd rule, which the stylesheet names."""
    crossed = False
    for ring in rings:
        for (x1, y1), (x2, y2) in zip(ring, [*ring[1:], ring[0]], strict=True):
            if (y1 > y) != (y2 > y) and x < x1 + (y - y1) / (y2 - y1) * (x2 - x1):
                crossed = not crossed
    return crossed


def see_land(view: View, lat: float, lon: float) -> bool:
    drawn = draw_outlines(view)
    assert drawn is not None
    return is_within(follow(drawn.land), *view.place(lat, lon))


@pytest.mark.parametrize("extent", [WORLD, EUROPE], ids=["world", "europe"])
@pytest.mark.parametrize(
    ("lat", "lon", "land"),
    [(48.9, 2.4, True), (52.2, 21.0, True), (39.5, 33.0, True), (38.0, 5.5, False), (43.3, 34.0, False),
     (46.0, -6.0, False), (42.0, 50.7, False)],
    ids=["Paris", "Warsaw", "Anatolia", "Balearic Sea", "Black Sea", "Biscay", "Caspian, a hole in the land"],
)  # fmt: skip
def test_land_is_where_it_is(extent: Extent, lat: float, lon: float, land: bool) -> None:
    assert see_land(choose_view(extent), lat, lon) is land


def test_a_coast_and_a_border_lie_where_they_lie() -> None:
    view = choose_view(EGYPT)
    assert see_land(view, 30.0, 31.2)
    assert not see_land(view, 31.9, 30.0)
    assert not see_land(view, 26.0, 35.2)
    drawn = draw_outlines(view)
    assert drawn is not None
    # between Egypt and Libya: the 25th meridian; between Egypt and Sudan: the 22nd parallel
    x, y = view.place(22.0, 25.0)
    borders = [point for line in follow(drawn.borders) for point in line]
    assert sum(abs(px - x) < 4 for px, _ in borders) >= 2
    assert sum(abs(py - y) < 4 for _, py in borders) >= 2


def test_land_goes_on_beyond_the_180th_meridian_and_around_the_pole() -> None:
    for extent in (Extent(170, 62, 180, 70), Extent(-180, 62, -170, 70)):
        view = choose_view(extent)
        turn = 0 if view.lon > 0 else -360
        assert see_land(view, 67.5, 178.5 + turn)
        assert see_land(view, 67.0, 181.5 + turn)
    for lon in (-179.0, -1.0, 90.0, 179.0):
        assert see_land(choose_view(Extent(-180, -89, 180, -60)), -87.0, lon)


@pytest.mark.parametrize("extent", [WORLD, EUROPE, EGYPT, Extent(34, 33, 38, 36)])
def test_paths_end_just_outside_the_picture(extent: Extent) -> None:
    drawn = draw_outlines(choose_view(extent))
    assert drawn is not None
    assert drawn.land
    assert drawn.borders
    for x, y in (point for path in (drawn.land, drawn.borders) for line in follow(path) for point in line):
        assert -9 < x < WIDTH + 9
        assert -9 < y < HEIGHT + 9


def test_the_edge_of_the_picture_is_not_drawn_as_a_coast() -> None:
    # all land: the ring that is left lies outside what is shown
    drawn = draw_outlines(choose_view(Extent(98, 58, 102, 60)))
    assert drawn is not None
    assert not [p for line in follow(drawn.land) for p in line if 0 <= p[0] <= WIDTH and 0 <= p[1] <= HEIGHT]
    assert see_land(choose_view(Extent(98, 58, 102, 60)), 59, 100)


def test_open_sea_has_no_outlines_and_a_small_map_is_not_given_any() -> None:
    at_sea = draw_outlines(choose_view(OPEN_SEA))
    assert at_sea is not None
    assert (at_sea.land, at_sea.borders) == ("", "")
    assert draw_outlines(choose_view(Extent(31, 30, 32, 31))) is None
    drawn = [draw_outlines(choose_view(Extent(25, 25, 25 + size, 25 + size))) for size in (3, 15)]
    assert [d.coarse for d in drawn if d] == [True, False]


def test_the_world_is_small_and_drawn_once() -> None:
    view = choose_view(WORLD)
    first = draw_outlines(view)
    assert first is not None
    assert 5_000 < len(first.land) + len(first.borders) < 40_000
    assert draw_outlines(choose_view(WORLD)) is first
    assert (Path(outlines.__file__).parent / "data" / "outlines.json").stat().st_size < 80_000


_COORDINATE = st.integers(-900, 1500).map(float)


@given(
    st.lists(st.tuples(_COORDINATE, _COORDINATE), min_size=3, max_size=12),
    st.integers(0, int(WIDTH) - 1), st.integers(0, int(HEIGHT) - 1),
)  # fmt: skip
def test_a_ring_that_is_cut_covers_what_it_covered(ring: Points, x: int, y: int) -> None:
    cut = list(outlines._cut_ring(ring))
    point = (x + 0.14142135, y + 0.27182818)  # on no line between whole numbers
    assert is_within(cut, *point) == is_within([ring], *point)
    assert all(-8 <= px <= WIDTH + 8 and -8 <= py <= HEIGHT + 8 for part in cut for px, py in part)


def test_a_line_that_leaves_the_picture_comes_back_as_a_second_one() -> None:
    line = [(600.0, 100.0), (700.0, 100.0), (700.0, 200.0), (600.0, 200.0)]
    assert list(outlines._cut_line(line)) == [[(600, 100), (648, 100)], [(648, 200), (600, 200)]]
    assert list(outlines._cut_line([(-20.0, -20.0), (-30.0, 900.0)])) == []


def move_places(path: Path, lat: float, lon: float, apart: float) -> None:
    """Every spot of the map into a row of them; what tellings say is where, to the first, as a whole country."""
    case = sqlite3.connect(path)
    assert case.execute("SELECT count(*) FROM spots").fetchone()[0] > 1
    case.execute("UPDATE spots SET lat = ?, lon = ? + (number - 1) * ?", (lat, lon, apart))
    case.execute("UPDATE fillers SET lat = ?, lon = ?, precision = 'country' WHERE lat IS NOT NULL", (lat, lon))
    case.commit()
    case.close()


def test_maps_hold_the_outlines_under_the_circles(case_path: Path) -> None:
    move_places(case_path, 45.0, 5.0, 9.0)
    browser = open_browser(case_path)
    with browser.client:
        incident = browser.api("/incidents?sort=tellings")["incidents"][0]
        for path in ("/", f"/incidents/{incident['id']}"):
            page = browser.get(path).text
            found = re.search(r'<g class="outlines" aria-hidden="true">(.*?)</g>', page, re.DOTALL)
            assert found is not None, path
            assert "style" not in found[0]
            land = follow(re.findall(r'class="land" d="([^"]+)"', found[1])[0])
            assert sum(map(len, land)) > 10, path
            assert page.index('class="outlines"') < page.index('class="graticule"') < page.index('<circle class="spot')
            assert "Natural Earth" in page


def test_a_map_of_open_sea_or_of_a_town_holds_none(case_path: Path) -> None:
    move_places(case_path, -35.0, -140.0, 15.0)
    browser = open_browser(case_path)
    with browser.client:
        page = browser.get("/").text
        assert '<figure class="map outlined">' in page
        assert 'class="outlines"' not in page
        assert "Natural Earth" not in page
    move_places(case_path, 45.0, 5.0, 0.1)
    browser = open_browser(case_path)
    with browser.client:
        page = browser.get("/").text
        assert '<figure class="map">' in page
        assert 'class="outlines"' not in page


def test_the_file_is_made_of_shared_lines_drawn_once() -> None:
    # two countries side by side, the second across the 180th meridian
    topology = {
        "transform": {"scale": [1, 1], "translate": [-180, -90]},
        "arcs": [
            [[350, 100], [0, 10]],
            [[350, 110], [-10, 0], [0, -10], [10, 0]],
            [[350, 110], [-345, 0], [0, -10], [345, 0]],
        ],
        "objects": {
            "countries": {"geometries": [{"arcs": [[0, 1]]}, {"arcs": [[[-1, 2]]]}]},
            "land": {"geometries": [{"type": "MultiPolygon", "arcs": [[[1, -3]]]}]},
        },
    }  # fmt: skip
    made = make_outlines(topology)
    assert made["borders"] == [[170 * PER_DEGREE, 10 * PER_DEGREE, 0, 10 * PER_DEGREE]]
    ring = [n // PER_DEGREE for n in made["land"][0]]
    assert ring == [170, 20, -10, 0, 0, -10, 10, 0, 15, 0, 0, 10]


def test_a_ring_around_the_pole_is_closed_along_it() -> None:
    around = [[0, 20], *([[90, 0]] * 3), [90, 0]]
    topology = {
        "transform": {"scale": [1, 1], "translate": [-180, -90]},
        "arcs": [around],
        "objects": {
            "countries": {"geometries": []},
            "land": {"geometries": [{"type": "Polygon", "arcs": [[0]]}]},
        },
    }
    (packed,) = make_outlines(topology)["land"]
    ring = [n // PER_DEGREE for n in packed]
    assert len(ring) // 2 == 3 * 4 + 2
    assert sum(ring[0:-2:2]) == 450
    assert sum(ring[1::2]) == -90


def test_the_largest_towns_are_named_where_no_told_place_is_in_their_way() -> None:
    told = Cell(30.0, 31.3, 3, 0, "Cairo", "town", None, (31.0, 29.9, 31.5, 30.1))
    picture = draw_map(MapShape(EGYPT, (told,), (), 0))
    assert picture is not None
    names = [t.name for t in picture.towns]
    assert "Cairo" not in names
    assert "Alexandria" in names or "Luxor" in names
    assert len(names) <= TOWNS
    assert all(0 < t.x < WIDTH and 0 < t.y < HEIGHT for t in picture.towns)


def test_towns_beyond_the_180th_degree_are_found() -> None:
    names = {t.name for t in find_largest(170, -50, 200, -10, 48)}
    assert {"Auckland", "Suva"} <= names
    assert find_largest(-140, -40, -125, -30, 48) == []
