"""The command line: exit codes, JSON keys, tables, streams."""

import io
import json
import subprocess
import sys
import time
from functools import partial
from pathlib import Path

import pytest
from typer.testing import CliRunner

from rashomon import cli, store
from rashomon.pipeline import add as pipeline
from rashomon.present import queries
from rashomon.present.jsons import read_lines, read_whole
from rashomon.present.terminal import PIPED_WIDTH
from rashomon.records import Article, Reading
from tests.fakes import FakeWorker, read_article

KEYS = {
    "pages": "id source sha256 captured_at outlet title published language sections teasers",
    "tellings": "id page incident text start_char end_char types stance stage perpetrators targets instruments places "
    "time counts attributed_to unsourced",
    "statements": "id page source cue content audience stance",
    "incidents": "id types time places tellings origins contested",
    "rejected": "source stage reason",
}


@pytest.fixture(scope="module")
def case_path(tmp_path_factory: pytest.TempPathFactory) -> Path:
    folder = tmp_path_factory.mktemp("cli")
    texts = {
        "a": "Ana killed Bo in Tarn. Cy said that Ana killed Bo.",
        "b": "Every one of the nine lanterns by the old harbour was seen to go out.",
        "c": "RAISE",
    }
    for name, text in texts.items():
        (folder / f"{name}.txt").write_text(text, encoding="utf-8")
    path = folder / "case.db"
    with store.open_case(path, create=True) as case:
        pipeline.add(case, [str(folder)], pipeline.Run(start=partial(FakeWorker, "fake 1")))
    return path


def run(*arguments: object) -> tuple[int, str]:
    result = CliRunner().invoke(cli.app, [str(a) for a in arguments])
    if result.exception and not isinstance(result.exception, SystemExit):
        raise result.exception
    return result.exit_code, result.stdout


def show(*arguments: object) -> list[dict]:
    code, printed = run("show", *arguments, "--json")
    assert code == 0
    return json.loads(printed)


@pytest.mark.parametrize("what", KEYS)
def test_json_has_the_keys_that_are_relied_on(case_path: Path, what: str) -> None:
    found = show(case_path, what)
    assert found
    for record in found:
        assert set(KEYS[what].split()) <= set(record)


def test_json_of_nothing_is_an_empty_array(case_path: Path) -> None:
    assert show(case_path, "echoes") == []


def test_fillers_are_spans_with_scores_and_kinds(case_path: Path) -> None:
    text = show(case_path, show(case_path, "tellings")[0]["page"])[0]["text"]
    for telling in show(case_path, "tellings"):
        fillers = [f for role in ("perpetrators", "targets", "instruments", "places") for f in telling[role]]
        assert fillers
        for f in fillers:
            assert {"text", "start_char", "end_char", "score", "kind"} <= set(f)
            assert text[f["start_char"] : f["end_char"]] == f["text"]
        assert [t["effect"] for t in telling["targets"]] == ["killed"]
        assert all({"name", "lat", "lon", "precision", "candidates"} <= set(p) for p in telling["places"])
        assert telling["attributed_to"]["text"] == "Cy"
        assert telling["unsourced"] is False


def test_every_record_can_be_shown_whole_by_its_id(case_path: Path) -> None:
    for what in ("pages", "tellings", "statements", "incidents"):
        for record in show(case_path, what):
            (whole,) = show(case_path, record["id"])
            assert {k: whole[k] for k in record if k not in ("sections", "incident")} == {
                k: v for k, v in record.items() if k not in ("sections", "incident")
            }
            code, printed = run("show", case_path, record["id"])
            assert code == 0
            assert record["id"] in printed


def test_a_whole_page_holds_its_text_and_what_was_read_in_it(case_path: Path) -> None:
    page = next(p for p in show(case_path, "pages") if p["title"].startswith("Ana"))
    (whole,) = show(case_path, page["id"])
    assert whole["text"].startswith("Ana killed Bo in Tarn.")
    assert {t["incident"] for t in whole["tellings"]} <= {i["id"] for i in show(case_path, "incidents")}
    assert [s["content"]["text"] for s in whole["statements"]] == ["Ana killed Bo"]


@pytest.mark.parametrize("what", queries.WHATS)
def test_tables_are_for_people(case_path: Path, what: str) -> None:
    code, printed = run("show", case_path, what, "--most", 1)
    assert code == 0
    assert max(map(len, printed.splitlines())) <= PIPED_WIDTH
    if what == "incidents":
        assert "told by" in printed
        assert "The Lantern" in printed
    if what == "tellings":
        assert "1 of 2" in printed


@pytest.mark.parametrize(
    "arguments", [["show", "nowhere.db", "pages"], ["show", __file__, "pages"], ["reread", "nowhere.db"]]
)
def test_what_cannot_be_done_ends_with_2_and_says_why(arguments: list[str]) -> None:
    done = subprocess.run([sys.executable, "-m", "rashomon", *arguments], capture_output=True, text=True, check=False)
    assert done.returncode == 2
    assert done.stdout == ""
    assert done.stderr.startswith("rashomon: ")
    assert "Traceback" not in done.stderr


def test_no_record_of_that_id_is_said(case_path: Path) -> None:
    done = subprocess.run(
        [sys.executable, "-m", "rashomon", "show", str(case_path), "nope"], capture_output=True, text=True, check=False
    )
    assert done.returncode == 2
    assert "nope" in done.stderr


def test_whoever_reads_only_the_beginning_gets_no_complaint(case_path: Path) -> None:
    command = f"{sys.executable} -m rashomon show {case_path} pages --json | head -c 5"
    done = subprocess.run(["bash", "-c", command], capture_output=True, text=True, check=True)
    assert done.stdout == '[\n{"i'
    assert done.stderr == ""


def test_help_is_quick_and_loads_nothing_heavy() -> None:
    code = "import sys, rashomon.cli; print(*sys.modules)"
    loaded = subprocess.run([sys.executable, "-c", code], capture_output=True, text=True, check=True).stdout.split()
    assert not {"sqlalchemy", "onnxruntime", "numpy", "duckdb", "trafilatura", "rich.markdown"} & set(loaded)
    started = time.perf_counter()
    subprocess.run([sys.executable, "-m", "rashomon", "--help"], capture_output=True, check=True)
    assert time.perf_counter() - started < 3.0  # 0.3 s where nothing else runs


def fake_read(text: str, identifier: str) -> Reading:
    if "RAISE" in text:
        raise RuntimeError("as the text asked")
    return read_article(Article(identifier, text, None, None, None, None, None, None))


def test_lines_are_answered_in_order_whatever_is_wrong_with_some() -> None:
    lines = [
        b'{"id": "a", "text": "Ana killed Bo in Tarn."}', b"no json", b"", b'{"id": "c"}', b'{"text": "x"}', b"[1]",
        b'{"id": "d", "text": "RAISE"}', b'{"id": 7, "text": "\\ud800 Di killed Ed"}', b"\xff\xfe", b"[" * 100_000,
        b'{"id": "long", "text": "' + b"x" * 200_000 + b'"}', b'{"id": "z", "text": "A\\r\\nB killed C"}',
    ]  # fmt: skip
    out = io.BytesIO()
    failed = read_lines(io.BytesIO(b"\n".join(lines)), out, fake_read, max_bytes=150_000)
    answers = [json.loads(line) for line in out.getvalue().splitlines()]
    assert failed == 8
    assert [a["id"] for a in answers] == ["a", None, "c", None, None, "d", 7, None, None, None, "z"]
    assert ["error" in a for a in answers] == [False, True, True, True, True, True, False, True, True, True, False]
    assert answers[0]["tellings"][0]["text"] == "Ana killed Bo in Tarn"
    assert (answers[-1]["tellings"][0]["start_char"], answers[-1]["tellings"][0]["text"]) == (3, "B killed C")
    assert answers[6]["tellings"][0]["start_char"] == 2


def test_each_line_is_answered_before_the_next_is_read() -> None:
    class Watched(io.BytesIO):
        def readline(self, size: int | None = -1) -> bytes:
            assert out.getvalue().count(b"\n") == self.asked
            self.asked += 1
            return super().readline(size)

        asked = 0

    out = io.BytesIO()
    stream = Watched(b'{"id": "a", "text": "x"}\n{"id": "b", "text": "y"}\n')
    assert read_lines(stream, out, fake_read, max_bytes=1000) == 0
    assert stream.asked == 3


def test_one_text_is_answered_as_one_object() -> None:
    out = io.BytesIO()
    read_whole(io.BytesIO("Åsa killed Bo.\r\n".encode()), out, fake_read, "note.txt")
    answer = json.loads(out.getvalue())
    assert set(answer) == {"id", "tellings", "statements", "mentions"}
    assert (answer["id"], answer["tellings"][0]["end_char"]) == ("note.txt", 13)


def test_exit_codes_of_add(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(pipeline, "PageWorker", lambda settings: None)
    monkeypatch.setattr(pipeline, "partial", lambda *_: FakeWorker)
    good, bad = tmp_path / "good.txt", tmp_path / "bad.txt"
    good.write_text("Ana killed Bo in Tarn, as the harbour master saw.")
    bad.write_text("RAISE")
    code, printed = run("add", tmp_path / "a.db", good)
    assert (code, "1 pages captured" in printed) == (0, True)
    code, printed = run("add", tmp_path / "b.db", good, bad)
    assert code == 1
    assert f"{bad}: internal error" in printed
    assert run("add", tmp_path / "b.db", good, bad)[0] == 1
    code, printed = run("add", tmp_path / "c.db", tmp_path / "nowhere.txt")
    assert code == 2
    assert "nowhere.txt" in printed
