"""What is refused in an annotated text."""

from pathlib import Path

import pytest

from corpus.__main__ import main
from corpus.annotated import AnnotationError, read_annotated

TEXT = """id: a
conflict: snippets
genre: snippet
outlet: unknown
published: 2020-01-05
=== text
Troops shelled Belu from Monday to Thursday.
=== tellings
types: shelling | asserts | accomplished
anchors: shelled
perp [group, state]: Troops
place [town]: Belu
time [{time}, day]: from Monday to Thursday
=== statements
=== loaded
"""


@pytest.mark.parametrize("time", ["2019-12-30..2020-01-02", "2019-12-30", "?", "2019..2019-12-30"])
def test_times_in_order_are_read(tmp_path: Path, time: str) -> None:
    path = tmp_path / "a.txt"
    path.write_text(TEXT.format(time=time), encoding="utf-8")
    assert len(read_annotated(path).tellings) == 1


def test_a_time_that_ends_before_it_begins_is_refused(tmp_path: Path) -> None:
    path = tmp_path / "a.txt"
    path.write_text(TEXT.format(time="2020-12-30..2020-01-02"), encoding="utf-8")
    with pytest.raises(AnnotationError, match="ends before it begins"):
        read_annotated(path)


def test_check_looks_at_texts_and_cases_of_a_folder(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    (tmp_path / "wrong.json").write_text("{}", encoding="utf-8")
    (tmp_path / "wrong.txt").write_text("no header", encoding="utf-8")
    assert main(["check", str(tmp_path)]) == 1
    out = capsys.readouterr().out
    assert all(words in out for words in ("wrong.json", "wrong.txt", "2 files with errors"))


def test_check_looks_at_every_file_that_is_named(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    (tmp_path / "wrong.text").write_text("no header", encoding="utf-8")
    assert main(["check", str(tmp_path / "wrong.text")]) == 1
    assert "wrong.text" in capsys.readouterr().out
