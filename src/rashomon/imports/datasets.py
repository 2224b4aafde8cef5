"""Rows of ACLED and UCDP GED as tellings by that dataset, so that hosted data can be held against pages.

In: a CSV with the dataset's columns. Out: for every row a page (the row as JSON), an article that names each value, and
one telling whose spans are those values. Never: a row as what happened: it is what the dataset tells, and its `source`
column is to whom it attributes that.
"""

import csv
import re
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, replace
from pathlib import Path

import msgspec

from rashomon.capture import make_page
from rashomon.errors import CaptureError
from rashomon.imports.dataset_rows import DATASETS, Dataset, RowText
from rashomon.imports.spreadsheets import find_delimiter, tell_why
from rashomon.records import Article, Page, PageHints, Passage, Reading, Rejected, Section
from rashomon.spans import Span
from rashomon.store.pages import BY_DATASET

VERSION = f"{BY_DATASET}1"
"""What stands as the reader of such tellings: a dataset's rows are never read by the model."""


@dataclass(frozen=True, slots=True)
class DatasetPage:
    """A row: its page, article and reading."""

    page: Page
    article: Article
    reading: Reading


def find_dataset(header: Sequence[str]) -> str | None:
    """Which of DATASETS a header is of.

    >>> find_dataset(["event_id_cnty", "event_date", "sub_event_type", "actor1"]), find_dataset(["url"])
    ('acled', None)
    """
    return next((name for name, d in DATASETS.items() if set(d.columns) <= set(header)), None)


def iter_dataset(path: Path, name: str) -> Iterator[DatasetPage | Rejected]:
    """The rows of a dataset (of DATASETS). Raises CaptureError: unreadable, wrong_dataset."""
    dataset = DATASETS[name]
    try:
        with path.open(encoding="utf-8-sig", newline="") as file:
            delimiter = find_delimiter(file.readline())
            file.seek(0)
            rows = csv.DictReader(file, delimiter=delimiter)
            missing = set(dataset.columns) - set(rows.fieldnames or ())
            if missing:
                raise CaptureError("wrong_dataset", f"no column {', '.join(sorted(missing))}", source=str(path))
            for row in rows:
                held = {k: v or "" for k, v in row.items() if isinstance(k, str) and not isinstance(v, list)}
                yield _tell(held, dataset, f"{path.resolve()}#{rows.line_num}")
    except (OSError, UnicodeDecodeError, csv.Error) as error:
        raise CaptureError("unreadable", tell_why(error), source=str(path)) from error


def _tell(row: Mapping[str, str], dataset: Dataset, source: str) -> DatasetPage | Rejected:
    written = RowText()
    for name in dataset.shown:
        written.add(name, row.get(name, ""))
    if not row.get(dataset.key, "").strip() or not written.spans:
        return Rejected(source, "capture", "empty", f"a row without {dataset.key}")
    raw = msgspec.json.encode(dict(row))
    page = make_page(f"{dataset.outlet} {row[dataset.key]}", raw, "application/json", None,
                     PageHints(title=f"{dataset.outlet} {row[dataset.key]}", outlet=dataset.outlet))  # fmt: skip
    text = written.text
    lines = [m.span() for m in re.finditer(r"[^\n]+", text)]
    article = Article(
        page=page.id, text=text, title=f"{dataset.outlet} {row[dataset.key]}", byline=None, outlet=dataset.outlet,
        outlet_found="dataset", published=None, language="en",
        sections=(Section("article", "", 0, len(text), text),), passages=tuple(Passage(*line) for line in lines),
    )  # fmt: skip
    whole = Span(0, len(text), text)
    told = replace(dataset.tell(row, written), id=f"t{page.id[1:]}", page=page.id, span=whole, passages=(whole,))
    return DatasetPage(page, article, Reading(page=page.id, tellings=(told,)))
