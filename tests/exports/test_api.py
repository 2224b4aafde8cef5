"""`rashomon.open`: records and Arrow tables of a case."""

import subprocess
import sys
from pathlib import Path

import pytest

import rashomon
from rashomon import store
from rashomon.errors import CaseError, NotFoundError, SettingsError
from rashomon.records import Relation
from rashomon.spans import Span
from tests.exports.cases import make_case


def test_records_and_tables_say_the_same(tmp_path: Path) -> None:
    with rashomon.open(make_case(tmp_path)) as case:
        tellings = list(case.tellings())
        table = case.tellings().arrow()
        assert len(tellings) == table.num_rows == 4
        assert table.column("id").to_pylist() == [t.telling.id for t in tellings]
        assert table.column("quote").to_pylist() == [t.telling.span.text for t in tellings]
        for one, sha256 in zip(tellings, table.column("sha256").to_pylist(), strict=True):
            span = one.telling.span
            assert case.article(one.teller.page).text[span.start_char : span.end_char] == span.text
            assert one.teller.sha256 == sha256
        incidents = case.incidents().arrow()
        assert incidents.column("id").to_pylist() == [i.incident.id for i in case.incidents()]
        assert incidents.schema.field("origins").metadata[b"description"].startswith(b"independent origins")
        assert set(incidents.column_names) == set(case.incidents().columns)
        for rows in (case.sources(), case.statements(), case.actors(), case.origins(), case.echoes(), case.links(),
                     case.relations(), case.rejected(), case.judgements()):  # fmt: skip
            assert rows.arrow().num_rows == len(list(rows))
        assert case.judgements().arrow().column("verdict").to_pylist() == ["same", "wrong", "undone"]


def test_what_could_not_be_read_and_how_incidents_stand_to_each_other(tmp_path: Path) -> None:
    path = make_case(tmp_path)
    with store.open_case(path) as held, held.write() as connection:
        cue = Span(0, 3, "Ana")
        store.replace_relations(connection, [
            Relation("i1", "i2", "because_of", ("the page says so",), "p1", cue),
            Relation("i1", "i3", "before", ("t",)),
        ])  # fmt: skip
    with rashomon.open(path) as case:
        assert [(r.first, r.then, r.cue) for r in case.relations()] == [("i1", "i2", cue), ("i1", "i3", None)]
        table = case.relations().arrow()
        assert table.column("reasons").to_pylist() == [["the page says so"], ["t"]]
        assert table.column("end_char").to_pylist() == [3, None]
        (rejected,) = case.rejected()
        assert (rejected.reason, Path(rejected.source).name) == ("empty", "e.txt")
        assert case.rejected().arrow().column("reason").to_pylist() == ["empty"]


def test_filters_and_exports(tmp_path: Path) -> None:
    with rashomon.open(make_case(tmp_path)) as case:
        assert [t.telling.span.text for t in case.tellings("place=Marn")] == ["Dee killed Eve in Marn"]
        assert case.export("geojson", tmp_path / "a.json", "place=Marn").rows == 1
        with pytest.raises(SettingsError, match="no filter"):
            case.tellings("where=Marn")
        with pytest.raises(NotFoundError):
            case.article("p0")


def test_an_iteration_that_is_left_early_holds_nothing(tmp_path: Path) -> None:
    path = make_case(tmp_path)
    with rashomon.open(path) as case:
        next(iter(case.tellings()))
    path.rename(tmp_path / "moved.db")
    with pytest.raises(CaseError):
        rashomon.open(path)


def test_importing_rashomon_loads_nothing_heavy() -> None:
    code = "import sys, rashomon; print([m for m in ('sqlalchemy', 'pyarrow', 'duckdb') if m in sys.modules])"
    done = subprocess.run([sys.executable, "-c", code], capture_output=True, text=True, check=True)
    assert done.stdout.strip() == "[]"
