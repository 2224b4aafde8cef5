r"""Tables as CSV: the one way in which rows become lines.

In: names of columns, rows. Out: UTF-8 lines ended by "\n", a header first. Never: a cell that a spreadsheet would run,
nor a line break within a cell.
"""

import csv
from collections.abc import Iterable, Mapping, Sequence
from typing import TextIO

from rashomon.present.exports.clean import cell

Value = str | int | float | bool | None | Sequence[str]
Row = Mapping[str, Value]
BETWEEN = ";"
"""Stands between the values of a list; within one it becomes a comma."""


class Sheet:
    """A table that is written row by row; the header is written at once. `count` says how many rows it has."""

    def __init__(self, out: TextIO, columns: Sequence[str], *, delimiter: str = ",") -> None:
        self.count = 0
        self._columns = columns
        self._writer = csv.writer(out, delimiter=delimiter, lineterminator="\n")
        self._writer.writerow(columns)

    def write(self, row: Row) -> None:
        """Write a row, which has a value for each of the columns."""
        self._writer.writerow([as_cell(row[name]) for name in self._columns])
        self.count += 1


def write_sheet(out: TextIO, columns: Sequence[str], rows: Iterable[Row], *, delimiter: str = ",") -> int:
    """Write a header and rows; returns how many rows."""
    sheet = Sheet(out, columns, delimiter=delimiter)
    for row in rows:
        sheet.write(row)
    return sheet.count


def as_cell(value: Value) -> str:
    """One value as a cell: numbers as they are, lists with ";" between, nothing for None.

    >>> as_cell(-1.5), as_cell(None), as_cell(True), as_cell(["a", "b;c"]), as_cell("-1.5")
    ('-1.5', '', 'true', 'a;b,c', "'-1.5")
    """
    if value is None:
        return ""
    if isinstance(value, bool):
        return "true" if value else "false"
    if isinstance(value, int | float):
        return repr(value)
    if isinstance(value, str):
        return cell(value)
    return cell(BETWEEN.join(v.replace(BETWEEN, ",") for v in value))
