"""The tutorials and how-tos: every block of theirs runs, on the demo, and prints where they show output."""

import importlib.util
import re
from pathlib import Path
from types import ModuleType

import pytest

ROOT = Path(__file__).parents[1]


def load_run_pages() -> ModuleType:
    spec = importlib.util.spec_from_file_location("run_pages", ROOT / "docs" / "run_pages.py")
    assert spec is not None
    assert spec.loader is not None
    module = importlib.util.module_from_spec(spec)
    spec.loader.exec_module(module)
    return module


run_pages = load_run_pages()


@pytest.mark.slow
@pytest.mark.parametrize("name", run_pages.PAGES)
def test_every_block_runs(name: str, demo: Path, tmp_path: Path) -> None:
    run_pages.prepare(tmp_path, demo)
    before = (ROOT / "docs" / name).read_text(encoding="utf-8")
    after = run_pages.run_page(before, tmp_path)
    shown = re.compile(r"^```text\n(.*?)^```$", re.MULTILINE | re.DOTALL)
    # what the reader reads changes with its weights; that a block prints something, and the words around, do not
    assert shown.sub("", after) == shown.sub("", before)
    assert [bool(x.strip()) for x in shown.findall(before)] == [bool(x.strip()) for x in shown.findall(after)]


def test_there_is_something_to_run() -> None:
    pages = {name: (ROOT / "docs" / name).read_text(encoding="utf-8") for name in run_pages.PAGES}
    assert {"tutorial.md", "python.md"} < set(pages)
    assert sum(name.startswith("howto/") for name in pages) == 5
    for name, words in pages.items():
        assert re.search(r"^```(sh|python)$", words, re.MULTILINE), name
    assert pages["python.md"].count("```python") >= 8


def test_a_block_that_fails_is_said(tmp_path: Path) -> None:
    with pytest.raises(run_pages.BlockFailedError, match="no case"):
        run_pages.run_page("```sh\nrashomon show none.db pages\n```\n", tmp_path)
    with pytest.raises(run_pages.BlockFailedError, match="ZeroDivisionError"):
        run_pages.run_page("```python\na = 1\n```\n\n```python\na / 0\n```\n", tmp_path)


def test_output_is_put_below_its_block_and_nowhere_else(tmp_path: Path) -> None:
    page = "a\n\n```python\nprint(1)\n```\n\n```text\nold\n```\n\n```python\nprint(2)\n```\n\n```text\n```\nb\n"
    assert run_pages.run_page(page, tmp_path) == page.replace("old", "1").replace("```text\n```", "```text\n2\n```")
