"""`rashomon export` and `rashomon import`, as they are typed."""

import json
import subprocess
import sys
from pathlib import Path

from tests.exports.cases import make_case


def run(*arguments: object) -> "subprocess.CompletedProcess[str]":
    command = [sys.executable, "-m", "rashomon", *map(str, arguments)]
    return subprocess.run(command, capture_output=True, text=True, check=False)


def test_a_case_travels_by_the_command_line(tmp_path: Path) -> None:
    case = make_case(tmp_path)
    lines, again, other = tmp_path / "a.jsonl", tmp_path / "b.jsonl", tmp_path / "other.db"
    done = run("export", case, "jsonl", "-o", lines)
    assert (done.returncode, done.stdout) == (0, "")
    assert "lines written" in done.stderr
    done = run("import", other, lines)
    assert done.returncode == 0, done.stderr
    assert "4 pages brought" in done.stderr
    assert run("export", other, "jsonl", "-o", again).returncode == 0
    assert again.read_bytes() == lines.read_bytes()


def test_filters_stdout_and_what_is_left_out(tmp_path: Path) -> None:
    case = make_case(tmp_path)
    done = run("export", case, "geojson", "-o", "-", "--where", "place=Tarn", "--where", "type=killing")
    assert done.returncode == 0, done.stderr
    places = [f["properties"]["place"] for f in json.loads(done.stdout)["features"]]
    assert set(places) == {"Tarn"}
    assert done.stderr.strip() == f"{len(places)} features written"


def test_mistakes_end_with_2_and_a_sentence(tmp_path: Path) -> None:
    case = make_case(tmp_path)
    for arguments, said in (
        (("export", case, "xls", "-o", tmp_path / "a"), "no format"),
        (("export", case, "geojson", "-o", tmp_path / "a", "--where", "colour=red"), "no filter 'colour'"),
        (("export", case, "geojson", "-o", tmp_path / "a", "--where", "since=soon"), "wrong filter"),
        (("export", tmp_path / "none.db", "geojson", "-o", tmp_path / "a"), "no case"),
        (("import", tmp_path / "n.db", tmp_path / "a.docx"), "unknown kind"),
        (("import", tmp_path / "n.db", tmp_path / "a.csv", "--column", "text"), "wrong column"),
    ):
        done = run(*arguments)
        assert done.returncode == 2, arguments
        assert said in done.stderr
        assert "Traceback" not in done.stderr
