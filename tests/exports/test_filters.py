"""Filters: the same incidents for `--where` as for the web app's URL."""

from pathlib import Path
from urllib.parse import parse_qsl

import msgspec
import pytest
from sqlalchemy import select

from rashomon import store
from rashomon.errors import SettingsError
from rashomon.present.filters import Filters, parse_where, select_incidents
from rashomon.present.names import FILTER_NAMES
from rashomon.store.overview_tables import incident_lines
from rashomon.web.contexts.filters import conditions as web_conditions
from rashomon.web.contexts.params import IncidentsParams, read_params
from tests.exports.cases import make_case

URLS = (
    "", "type=killing", "type=bombing&type=killing", "place=Tarn", "place=Tarn&place=Marn", "outlet=The+Lantern",
    "origins=2", "contested=true", "judged=yes", "judged=no", "q=killed+Eve", 'q="Bo in Tarn"', "since=2024",
    "until=2024-02", "box=2,1,3,2", "box=-10,-10,0,0", "actor=nobody",
)  # fmt: skip


def test_there_are_the_filters_of_the_web_app() -> None:
    assert {f.name for f in msgspec.structs.fields(IncidentsParams)} == {
        *(f.name for f in msgspec.structs.fields(Filters)), "sort", "page",
    }  # fmt: skip


def test_every_filter_is_named_for_people() -> None:
    assert list(FILTER_NAMES) == [f.name for f in msgspec.structs.fields(Filters)]


def test_they_leave_the_same_incidents(tmp_path: Path) -> None:
    sizes = set()
    with store.open_case(make_case(tmp_path)) as case, case.read() as connection:
        for url in URLS:
            params = read_params(IncidentsParams, parse_qsl(url))
            asked = select(incident_lines.c.incident).where(*web_conditions(params))
            found = set(connection.execute(select_incidents(parse_where([url] if url else []))).scalars())
            assert found == set(connection.execute(asked).scalars()), url
            sizes.add(len(found))
    assert len(sizes) > 2


def test_a_box_across_the_line_of_dates(tmp_path: Path) -> None:
    with store.open_case(make_case(tmp_path)) as case, case.read() as connection:
        across = select_incidents(parse_where(["box=170,-10,3,10"]))  # from 170° east over 180° to 3° east
        assert list(connection.execute(across).scalars())


@pytest.mark.parametrize(
    "where", ["colour=red", "since=soon", "since=2024-13", "box=1,2,3", "origins=-1", "judged=maybe"]
)
def test_a_filter_that_is_none_is_said(where: str) -> None:
    with pytest.raises(SettingsError) as caught:
        parse_where([where])
    assert caught.value.reason == "wrong_filter"
