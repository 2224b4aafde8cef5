"""Bringing something into a case, whatever it is.

In: a case, a path, what it is (or a guess by its name and first line). Out: pages in the case, then read, linked and
weighed; what was brought. Never: a file of one kind taken for another in silence: the kind is said.
"""

import csv
from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field
from pathlib import Path

from rashomon import store
from rashomon.errors import CaptureError, SettingsError
from rashomon.imports.archives import iter_saved_pages, iter_wacz
from rashomon.imports.datasets import VERSION, DatasetPage, find_dataset, iter_dataset
from rashomon.imports.jsonl import import_jsonl
from rashomon.imports.kinds import KINDS
from rashomon.imports.notes import iter_notes
from rashomon.imports.spreadsheets import find_delimiter, iter_sheet, tell_why
from rashomon.records import Page, Rejected
from rashomon.settings import Settings
from rashomon.store import Case


@dataclass(slots=True)
class Brought:
    """What was brought: new pages, pages that were there, tellings that came with them, judgements, rejections;
    `whole` if nothing is left to be linked.
    """

    kind: str
    pages: int = 0
    known: int = 0
    tellings: int = 0
    judgements: int = 0
    whole: bool = False
    rejected: list[Rejected] = field(default_factory=list)


def guess_kind(path: Path) -> str:
    """Which of KINDS a path is. Raises SettingsError("unknown_kind"), CaptureError("unreadable")."""
    suffix = path.suffix.casefold()
    if path.is_dir():
        names = {p.suffix.casefold() for p in path.rglob("*")}
        if ".md" in names:
            return "notes"
        if names & {".mhtml", ".mht"}:
            return "saved"
    elif suffix in (".jsonl", ".ndjson"):
        return "jsonl"
    elif suffix == ".wacz":
        return "wacz"
    elif suffix in (".csv", ".tsv", ".tab", ".txt"):
        return find_dataset(_read_header(path)) or "sheet"
    raise SettingsError("unknown_kind", f"say what it is: --as {', '.join(KINDS)}", source=str(path))


def _read_header(path: Path) -> list[str]:
    try:
        with path.open(encoding="utf-8-sig", newline="") as file:
            line = file.readline()
            return next(csv.reader([line], delimiter=find_delimiter(line)), [])
    except (OSError, UnicodeDecodeError, csv.Error) as error:
        raise CaptureError("unreadable", tell_why(error), source=str(path)) from error


def bring(case: Case, path: Path, kind: str, settings: Settings, columns: Mapping[str, str]) -> Brought:
    """Bring what is at `path` (of a kind of KINDS but gazetteer and aliases) into the case; it is not yet read.

    Raises CaptureError, CaseError, SettingsError.
    """
    if kind == "jsonl":
        try:
            with path.open("rb") as stream:
                found = import_jsonl(case, stream, str(path))
        except OSError as error:
            raise CaptureError("unreadable", str(error), source=str(path)) from error
        return Brought(kind, found.pages, found.known, found.tellings, found.judgements, found.whole)
    brought = Brought(kind)
    for one in _iter_found(path, kind, settings, columns):
        if isinstance(one, Rejected):
            with case.write() as connection:
                store.save_rejected(connection, one)
            brought.rejected.append(one)
        elif _keep(case, one):
            brought.pages += 1
            brought.tellings += len(one.reading.tellings) if isinstance(one, DatasetPage) else 0
        else:
            brought.known += 1
    return brought


def _iter_found(
    path: Path, kind: str, settings: Settings, columns: Mapping[str, str]
) -> Iterator[Page | DatasetPage | Rejected]:
    if not path.exists():
        raise CaptureError("not_found", "no such file or folder", source=str(path))
    if kind == "sheet":
        yield from iter_sheet(path, settings, columns)
    elif kind == "notes":
        yield from iter_notes(path, settings)
    elif kind == "saved":
        yield from iter_saved_pages(path, settings)
    elif kind == "wacz":
        yield from iter_wacz(path, settings)
    elif kind in ("acled", "ucdp"):
        yield from iter_dataset(path, kind)
    else:
        raise SettingsError("unknown_kind", f"{kind}; there are {', '.join(KINDS)}")


def _keep(case: Case, found: Page | DatasetPage) -> bool:
    """Keep one page, in one transaction; whether it is new."""
    page = found.page if isinstance(found, DatasetPage) else found
    with case.write() as connection:
        entry = store.save_page(connection, page)
        if entry is None:
            return False
        if isinstance(found, DatasetPage):
            store.save_article(connection, entry.number, found.article, VERSION)
            store.save_reading(
                connection, entry.number, found.article, found.reading, read_by=VERSION, resolved_by=VERSION
            )
            store.set_status(connection, entry.number, "read", VERSION)
    return True
