"""No format holds more of a larger case: memory does not grow with it. `make bench-export` measures it in full."""

import tracemalloc
from collections.abc import Iterator
from dataclasses import replace
from pathlib import Path

import pytest

from rashomon import store
from rashomon.present.exports import parquet
from rashomon.present.exports.load import iter_told
from rashomon.present.exports.told import ToldIncident
from rashomon.present.exports.write import write_export
from rashomon.present.filters import Filters
from rashomon.present.names import FORMAT_NAMES
from rashomon.records import ActorFiller, TargetFiller
from tests.exports.cases import make_case

FEW, MANY = 100, 600
GROWTH_BYTES = 200_000
"""Five hundred incidents more would take a thousand bytes each, and more, if a row of them were held."""


def iter_copies(told: ToldIncident, count: int) -> Iterator[ToldIncident]:
    """So many incidents, made one by one, each with an id and words of its own."""
    for number in range(count):
        one = told.tellings[0]
        span = replace(one.telling.span, text=f"{number} " + one.telling.span.text * 20)
        doer = ActorFiller(span, "group", 0.9, actor="a")
        done_to = TargetFiller(span, "civilian", 0.9, "killed", actor="b")
        telling = replace(one.telling, id=f"t{number}", span=span, perpetrators=(doer,), targets=(done_to,))
        incident = replace(told.incident, id=f"i{number}")
        yield ToldIncident(number, incident, (replace(one, telling=telling),))


@pytest.mark.parametrize("name", [name for name in FORMAT_NAMES if name != "jsonl"])
def test_memory_does_not_grow_with_the_incidents(name: str, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(parquet, "ROWS_AT_ONCE", 50)
    with store.open_case(make_case(tmp_path)) as case, case.read() as connection:
        told = next(iter_told(connection, Filters()))

        def measure(count: int) -> int:
            for module in ("write", "tables", "ftm", "gexf", "dossier"):
                monkeypatch.setattr(f"rashomon.present.exports.{module}.iter_told", lambda *_: iter_copies(told, count))
            tracemalloc.start()
            try:
                assert write_export(connection, name, tmp_path / name, Filters(), "title").rows > 0
                return tracemalloc.get_traced_memory()[1]
            finally:
                tracemalloc.stop()

        measure(FEW)  # what is loaded once
        assert measure(MANY) < measure(FEW) + GROWTH_BYTES
