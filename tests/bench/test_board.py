"""The scoreboard: floors only rise, what was recorded lies above them, and each row says how it was measured."""

import argparse
import json
from dataclasses import replace
from pathlib import Path

import pytest

from bench import board
from bench.__main__ import BENCHMARKS, main
from bench.board import Measured, below, figure_at, merge, read_board, table
from bench.board_rows import ROWS, Row, checksum, data_folder
from bench.floors import Floor, is_below, raised, read_floors, write_floors
from bench.muc4_check import run as run_check

MORE = Row("more", "ours", "F1", "roles", (), "f")
LESS = replace(MORE, name="less", higher=False)


def test_no_recorded_figure_lies_below_its_floor() -> None:
    recorded, floors = read_board(), read_floors()
    assert recorded, "nothing was recorded: run `python -m bench`"
    assert below(recorded, floors) == []


def test_floors_and_records_are_of_rows() -> None:
    names = {row.name for row in ROWS}
    assert set(read_floors()) <= names
    assert set(read_board()) <= names
    assert len(names) == len(ROWS)
    assert {row.benchmark for row in ROWS} <= set(BENCHMARKS)


def test_a_recorded_figure_says_its_command_and_data() -> None:
    for m in read_board().values():
        if m.ours is not None:
            assert m.command.startswith("python -m bench ")
            assert m.data
            assert str(data_folder()) not in m.command


@pytest.mark.parametrize(("row", "worse", "better"), [(MORE, 59.9, 60.0), (LESS, 60.1, 60.0)])
def test_below_a_floor_is_worse_than_it_on_the_same_data(row: Row, worse: float, better: float) -> None:
    floor = Floor(60.0, "abc")
    assert is_below(row, worse, floor, "abc")
    assert not is_below(row, better, floor, "abc")
    assert not is_below(row, worse, floor, "other data")
    assert not is_below(row, worse, None, "abc")


def test_floors_are_raised_and_never_lowered_on_the_same_data() -> None:
    assert raised(MORE, 61.27, None, "abc") == Floor(61.2, "abc")
    assert raised(MORE, 61.27, Floor(60.0, "abc"), "abc") == Floor(61.2, "abc")
    assert raised(MORE, 40.0, Floor(60.0, "abc"), "abc") == Floor(60.0, "abc")
    assert raised(MORE, 40.0, Floor(60.0, "abc"), "new") == Floor(40.0, "new")
    assert raised(LESS, 0.0412, Floor(0.1, "abc"), "abc") == Floor(0.042, "abc")
    assert raised(LESS, 0.2, Floor(0.1, "abc"), "abc") == Floor(0.1, "abc")
    assert raised(replace(MORE, pinned=False), 61.27, None, "abc") is None


def test_floors_come_back_as_written(tmp_path: Path) -> None:
    floors = {"roles": Floor(51.3, "0f"), "calibration": Floor(0.05, "1a")}
    write_floors(floors, tmp_path / "floors.toml")
    assert read_floors(tmp_path / "floors.toml") == floors
    assert read_floors(tmp_path / "none.toml") == {}


def test_a_skipped_row_keeps_its_last_figure_with_the_reason() -> None:
    old = {"roles": Measured("roles", 51.0, "abc", "main1", "python -m bench roles")}
    now = {"roles": Measured("roles", skipped="not on this machine"), "pages": Measured("pages", skipped="no data")}
    found = merge(old, now)
    assert (found["roles"].ours, found["roles"].skipped) == (51.0, "not on this machine")
    assert found["pages"].ours is None
    assert merge(found, {"roles": Measured("roles", 52.0, "abc")})["roles"] == Measured("roles", 52.0, "abc")


def test_the_table_has_a_line_a_row() -> None:
    lines = table({"roles": Measured("roles", 51.0, "abc")}, {"roles": Floor(50.0, "abc")})
    assert len(lines) == len(ROWS) + 1
    assert lines[1][2:5] == ("51", "50", "55")
    assert "never measured" in lines[2][-1]


def test_a_figure_by_its_path() -> None:
    assert figure_at({"a": {"f": 3}}, "a.f") == 3
    assert figure_at({"a": {"f": "x"}}, "a.f") is None
    assert figure_at({"a": 1}, "a.f") is None


def test_the_checksum_is_of_names_and_bytes(tmp_path: Path) -> None:
    (tmp_path / "a").write_text("one")
    first = checksum([tmp_path])
    assert checksum([tmp_path]) == first
    (tmp_path / "a").rename(tmp_path / "b")
    assert checksum([tmp_path]) != first


def test_without_a_name_the_scoreboard_is_run_and_written(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    monkeypatch.setattr(board, "measure", lambda rows: {r.name: Measured(r.name, 1.0, "abc") for r in rows})
    monkeypatch.setattr(board, "read_floors", lambda: {"roles": Floor(50.0, "abc")})
    path = tmp_path / "board.json"
    assert main(["--board", str(path), "--json"]) == 1
    held = json.loads(path.read_text())
    assert json.loads(capsys.readouterr().out) == held
    assert [m["name"] for m in held] == [r.name for r in ROWS]
    assert {"name", "dataset", "metric", "ours", "floor", "target", "published", "command"} <= set(held[0])
    assert main(["--board", str(path), "--only", "speed"]) == 1
    monkeypatch.setattr(board, "read_floors", lambda: {"roles": Floor(1.0, "abc")})
    assert main(["--board", str(path)]) == 0


def test_a_row_whose_data_is_not_here_is_skipped_with_the_reason(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("RASHOMON_DATA", str(tmp_path))
    found = board.measure([r for r in ROWS if r.name in ("scorer-cells", "pages")])
    assert found["scorer-cells"].skipped == "not on this machine: $RASHOMON_DATA/muc4/scorer-check"
    assert found["pages"].ours is None


@pytest.mark.data
def test_the_muc4_scorer_agrees_with_the_reports_of_1992() -> None:
    folder = data_folder() / "muc4" / "scorer-check"
    if not folder.is_dir():
        pytest.skip(f"{folder} is not on this machine")
    found = run_check(argparse.Namespace(folder=folder))
    assert float(str(found["cells_equal"])) >= 99.4
    assert float(str(found["cells_equal_aligned"])) >= 99.8
    assert found["systems_within_half_aligned"] == 17
    assert float(str(found["largest_difference"])) <= 1.2
