"""The demo, read once for all tests that need it."""

from pathlib import Path

import pytest

from rashomon import store
from rashomon.demo import demo_pages, gazetteer_path
from rashomon.pipeline.add import Run, add
from rashomon.settings import Settings


@pytest.fixture(scope="session")
def demo(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """The demo's case, as the reader that is shipped reads it."""
    path = tmp_path_factory.mktemp("demo") / "case.db"
    with store.open_case(path, create=True) as case:
        add(case, [str(p) for p in demo_pages()], Run(settings=Settings(gazetteer=gazetteer_path())))
    return path
