"""The case on which exports are measured: whole, so that every format has something to write, and importable."""

import io
from collections import Counter
from pathlib import Path

import msgspec

from bench.export_case import make_case
from rashomon import store
from rashomon.imports.jsonl import import_jsonl
from rashomon.present.exports.jsonl import write_jsonl
from rashomon.present.exports.write import write_export
from rashomon.present.filters import Filters
from rashomon.present.names import FORMAT_NAMES

TELLINGS = 80


def export(case: store.Case) -> bytes:
    out = io.BytesIO()
    with case.read() as connection:
        write_jsonl(connection, out)
    return out.getvalue()


def test_the_made_case_is_exported_and_comes_back(tmp_path: Path) -> None:
    make_case(tmp_path / "case.db", TELLINGS)
    with store.open_case(tmp_path / "case.db") as case, store.open_case(tmp_path / "other.db", create=True) as other:
        lines = export(case)
        kinds = Counter(msgspec.json.decode(line)["kind"] for line in lines.splitlines())
        assert kinds["telling"] == TELLINGS
        assert set(kinds) >= {
            "page",
            "article",
            "reading",
            "statement",
            "actor",
            "echo",
            "link",
            "incident",
            "judgement",
        }
        import_jsonl(other, io.BytesIO(lines), "lines")
        assert export(other) == lines
        with case.read() as connection:
            for name in FORMAT_NAMES:
                assert write_export(connection, name, tmp_path / name, Filters(), "title").rows > 0, name
