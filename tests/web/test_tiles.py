"""Pictures under the maps: none but from a server that was named, and where they lie."""

import math
import re
from pathlib import Path

import pytest

from rashomon.commands_serve import make_options
from rashomon.errors import SettingsError
from rashomon.web.contexts.spots import Extent
from rashomon.web.guard import HEADERS, make_headers
from rashomon.web.options import WebOptions
from rashomon.web.projection import HEIGHT, WIDTH, choose_view
from rashomon.web.tiles import list_tiles, read_address
from tests.web.conftest import open_browser

ADDRESS = "https://tiles.example/{z}/{x}/{y}.png"


@pytest.mark.parametrize(
    "extent", [Extent(46.0, 33.0, 48.0, 34.5), Extent(-170, -60, 170, 75), Extent(178, -19, 182, -16)]
)
def test_tiles_cover_the_picture_and_join(extent: Extent) -> None:
    tiles = list_tiles(choose_view(extent), ADDRESS)
    assert 1 <= len(tiles) <= 48
    assert min(t.x for t in tiles) <= 0
    assert max(t.x + t.width for t in tiles) >= WIDTH
    if abs(extent.north) < 60:
        assert min(t.y for t in tiles) <= 0
        assert max(t.y + t.height for t in tiles) >= HEIGHT
    for left in tiles:
        assert all(
            abs(left.x + left.width - right.x) < 0.25 for right in tiles if 0 < right.x - left.x < left.width * 1.5
        )


def test_the_tile_of_a_place_is_the_one_that_the_scheme_names() -> None:
    view, lat, lon = choose_view(Extent(46.0, 33.5, 48.0, 35.0)), 34.31, 47.06
    x, y = view.place(lat, lon)
    held = [t for t in list_tiles(view, ADDRESS) if t.x <= x < t.x + t.width and t.y <= y < t.y + t.height]
    depth = int(held[0].address.split("/")[3])
    # as OpenStreetMap's wiki ("Slippy map tilenames") has it
    angle = math.radians(lat)
    row = int((1 - math.log(math.tan(angle) + 1 / math.cos(angle)) / math.pi) / 2 * 2**depth)
    column = int((lon + 180) / 360 * 2**depth)
    assert [t.address for t in held] == [f"https://tiles.example/{depth}/{column}/{row}.png"]


def test_only_a_named_server_of_tiles_may_send_pictures() -> None:
    assert make_headers(WebOptions()) == HEADERS
    policy = make_headers(WebOptions(tiles=ADDRESS))["Content-Security-Policy"]
    assert "img-src 'self' https://tiles.example;" in policy
    assert policy.replace(" https://tiles.example", "") == HEADERS["Content-Security-Policy"]


@pytest.mark.parametrize(
    "address", ["https://tiles.example/", "ftp://x/{z}/{x}/{y}", "https://x;script-src *//{z}/{x}/{y}", ""]
)
def test_what_is_no_address_of_tiles_is_refused(address: str) -> None:
    with pytest.raises(SettingsError, match="wrong tiles"):
        make_options("127.0.0.1", (), None, address)
    assert read_address(ADDRESS) == ADDRESS


def test_maps_have_pictures_only_where_a_server_was_named(tmp_path: Path, case_template: bytes) -> None:
    path = tmp_path / "case.db"
    path.write_bytes(case_template)
    assert "<image" not in open_browser(path).get("/").text
    page = open_browser(path, WebOptions(tiles=ADDRESS)).get("/")
    assert re.search(r'<image href="https://tiles\.example/\d+/\d+/\d+\.png"', page.text)
    assert "The ground is drawn by https://tiles.example" in page.text
    assert "img-src 'self' https://tiles.example;" in page.headers["content-security-policy"]
