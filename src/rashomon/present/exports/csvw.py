"""CSV on the Web (W3C): three CSV files and one metadata file that says what their columns mean.

In: a case, filters, a folder. Out: incidents.csv, tellings.csv, sources.csv, case.csv-metadata.json in it.
Never: a column that the metadata does not describe.
"""

import json
from contextlib import ExitStack
from pathlib import Path
from typing import Any

from sqlalchemy import Connection

from rashomon.present.exports import tables
from rashomon.present.exports.sheets import BETWEEN, Sheet
from rashomon.present.filters import Filters

METADATA = "case.csv-metadata.json"
_DATATYPES = {"string": "string", "strings": "string", "integer": "integer", "number": "number"}


def write_csvw(connection: Connection, filters: Filters, folder: Path) -> int:
    """Write the four files; returns how many rows the three tables have."""
    with ExitStack() as opened:
        sheets = {
            name: Sheet(
                opened.enter_context((folder / f"{name}.csv").open("w", encoding="utf-8", newline="")),
                [column.name for column in columns],
            )
            for name, columns in tables.TABLES.items()
        }
        for one in tables.iter_table_rows(connection, filters):
            sheets[one.table].write(one.row)
    (folder / METADATA).write_text(json.dumps(describe_tables(), indent=1, ensure_ascii=False) + "\n", encoding="utf-8")
    return sum(sheet.count for sheet in sheets.values())


def describe_tables() -> dict[str, Any]:
    """The metadata: tables, columns with their types and meanings, primary and foreign keys."""
    tellings = _table("tellings", "One page's account of one incident.", tables.TELLINGS, "id")
    tellings["tableSchema"]["foreignKeys"] = [
        _refers("incident", "incidents.csv", "id"), _refers("page", "sources.csv", "page"),
    ]  # fmt: skip
    return {
        "@context": ["http://www.w3.org/ns/csvw", {"@language": "en"}],
        "dc:title": "What pages tell of incidents, and who tells it",
        "dc:description": "Nothing here is asserted by the program: every value is told by the pages that are named.",
        "tables": [
            _table("incidents", "Tellings held to be of the same happening.", tables.INCIDENTS, "id"),
            tellings,
            _table("sources", "The pages that tell.", tables.SOURCES, "page"),
        ],
    }


def _table(name: str, about: str, columns: tuple[tables.Column[Any], ...], key: str) -> dict[str, Any]:
    return {
        "url": f"{name}.csv",
        "dc:description": about,
        "tableSchema": {
            "columns": [_column(column) for column in columns],
            "primaryKey": key,
        },
    }


def _column(column: tables.Column[Any]) -> dict[str, Any]:
    found: dict[str, Any] = {
        "name": column.name, "titles": column.name, "dc:description": column.about,
        "datatype": _DATATYPES[column.kind],
    }  # fmt: skip
    if column.kind == "strings":
        found["separator"] = BETWEEN
    if column.key:
        found["required"] = True
    return found


def _refers(column: str, table: str, to: str) -> dict[str, Any]:
    return {"columnReference": column, "reference": {"resource": table, "columnReference": to}}
