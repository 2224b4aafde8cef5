"""`python -m bench NAME ... --json`: the arguments and the keys that are relied on."""

import json
from pathlib import Path

import pytest

from bench.__main__ import main
from tests.bench.muc4_cases import BLAST, lines

MESSAGE = "TST1-MUC3-0001"
TEXT = """{0}

   HALLEN, 4 MAR 91 (TORVAY PRESS) -- [TEXT] A BOMB EXPLODED IN FRONT OF THE
HARBOUR OFFICE IN HALLEN LAST NIGHT AND KILLED TWO SAILORS.  THE TORVAY FREEDOM
FRONT CLAIMED RESPONSIBILITY FOR THE ATTACK.

"""
ROW = {"possible", "actual", "correct", "partial", "incorrect", "spurious", "missing", "noncommittal"}


def figures(capsys: pytest.CaptureFixture[str], *arguments: str) -> dict[str, object]:
    """What a benchmark prints."""
    assert main([*arguments, "--json"]) == 0
    found: dict[str, object] = json.loads(capsys.readouterr().out)
    return found


@pytest.fixture
def files(tmp_path: Path) -> tuple[str, str]:
    """A file of one text, and its key."""
    text, key = tmp_path / "tst1-muc3", tmp_path / "key-tst1"
    text.write_text(TEXT.format(MESSAGE))
    key.write_text(lines(MESSAGE, "1", BLAST))
    return str(text), str(key)


def test_muc4_scores_a_given_answer_file(files: tuple[str, str], capsys: pytest.CaptureFixture[str]) -> None:
    found = figures(capsys, "muc4", "--keys", files[1], "--responses", files[1])
    for name in ("matched_missing", "matched_spurious", "matched_only", "all_templates"):
        row = found[name]
        assert isinstance(row, dict)
        assert set(row) >= {"p", "r", "f", "f_2pr", "f_p2r", *ROW}
        assert row["f"] == 100
    slots = found["slots"]
    assert isinstance(slots, dict)
    assert {"inc-date", "perp-ind-id", "hum-tgt-total-num", "inc-total", "hum-tgt-total"} <= set(slots)


def test_muc4_scores_what_the_reader_finds(files: tuple[str, str], capsys: pytest.CaptureFixture[str]) -> None:
    found = figures(capsys, "muc4", "--texts", files[0], "--keys", files[1], "--by-message")
    row, by_message = found["all_templates"], found["by_message"]
    assert isinstance(row, dict)
    assert isinstance(by_message, dict)
    assert row["possible"] == 10
    assert row["actual"] > 0
    assert sum(c[0] for slot, c in by_message[MESSAGE].items() if slot != "template-id") == 10


def test_roles_gives_each_role(files: tuple[str, str], capsys: pytest.CaptureFixture[str]) -> None:
    found = figures(capsys, "roles", "--texts", files[0], "--keys", files[1])
    assert {"p", "r", "f", "roles"} <= set(found)
    roles = found["roles"]
    assert isinstance(roles, dict)
    assert set(roles) == {"perp_individual", "perp_organization", "physical_target", "human_target", "instrument"}


def test_event_types_of_a_file(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    path = tmp_path / "f.tsv"
    path.write_text("1\tPolice arrested two sailors in Hallen on Monday.\tARREST\n")
    found = figures(capsys, "event-types", str(path))
    assert {"f_weighted", "f_macro", "accuracy", "texts", "by_label"} <= set(found)


def test_attribution_gives_source_cue_and_content(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    (tmp_path / "a.txt").write_text('"The port is closed," the captain said.\n')
    (tmp_path / "a.ann").write_text("T1\tSource 22 33\tthe captain\nT2\tCue 34 38\tsaid\nT3\tContent 0 21\tx\n")
    found = figures(capsys, "attribution", "--texts", str(tmp_path), "--annotations", str(tmp_path))
    assert set(found) == {"source", "cue", "content"}


def test_entities_of_a_conll_file(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    path = tmp_path / "f.conll"
    path.write_text("Ada\tB-Person\nBren\tI-Person\nleft\tO\nHallen\tB-Location\n")
    found = figures(capsys, "entities", str(path))
    assert {"p", "r", "f", "by_type"} <= set(found)


def test_a_figure_a_line_without_json(files: tuple[str, str], capsys: pytest.CaptureFixture[str]) -> None:
    assert main(["muc4", "--keys", files[1], "--responses", files[1]]) == 0
    printed = dict(line.split() for line in capsys.readouterr().out.splitlines())
    assert printed["all_templates.f"] == "100.0"


def test_what_cannot_be_run_exits_with_two(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    assert main(["nosuch"]) == 2
    assert main(["--list"]) == 0
    assert main(["event-types", str(tmp_path / "none.tsv")]) == 2
    assert "none.tsv" in capsys.readouterr().err
