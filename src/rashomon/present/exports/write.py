"""Every format by its name, written so that a file is whole or not there.

In: a case, a format, filters, a path. Out: files, and what was written and left out. Never: half a file under the name
that was asked for; a file that was there is replaced only by a whole one, a folder only filled.
"""

import io
import secrets
import shutil
import sys
from collections import Counter
from collections.abc import Callable, Iterable, Iterator
from contextlib import contextmanager
from dataclasses import dataclass, field
from pathlib import Path
from typing import IO

import msgspec
from sqlalchemy import Connection

from rashomon.errors import SettingsError
from rashomon.present.exports import acled, dossier, ftm, gdelt, geojson, gexf, jsonl, plover, ucdp
from rashomon.present.exports.csvw import write_csvw
from rashomon.present.exports.load import count_unlinked, iter_told
from rashomon.present.exports.sheets import Row, write_sheet
from rashomon.present.exports.told import ToldIncident
from rashomon.present.filters import Filters

STDOUT = Path("-")


@dataclass(slots=True)
class Written:
    """How many `rows` were written (of what, `noun` says), and how many incidents were left out, by reason."""

    rows: int = 0
    noun: str = "rows"
    left_out: Counter[str] = field(default_factory=Counter)
    unlinked: int = 0


@dataclass(frozen=True, slots=True)
class Job:
    """What is to be written: the incidents that `filters` leave, under the `title` of the case."""

    connection: Connection
    filters: Filters
    title: str
    written: Written

    def iter_told(self) -> Iterator[ToldIncident]:
        """The incidents."""
        return iter_told(self.connection, self.filters)

    def iter_rows(self, describe: Callable[[ToldIncident], Row | str]) -> Iterator[Row]:
        """A row for each incident that has one; the others are counted by the reason."""
        for told in self.iter_told():
            row = describe(told)
            if isinstance(row, str):
                self.written.left_out[row] += 1
            else:
                yield row


@dataclass(frozen=True, slots=True)
class Format:
    """A format: what it counts, and how it is written: to a stream, or into a folder."""

    noun: str
    to_stream: Callable[[Job, IO[bytes]], int] | None = None
    to_folder: Callable[[Job, Path], int] | None = None


def write_export(connection: Connection, name: str, path: Path, filters: Filters, title: str) -> Written:
    """Write one format (of FORMATS) to `path`: a file, a folder (csvw, parquet), or "-" for stdout.

    Raises SettingsError: no_format, no_folder, wrong_path, whole_case.
    """
    chosen = FORMATS.get(name)
    if chosen is None:
        raise SettingsError("no_format", f"{name}; there are {', '.join(FORMATS)}")
    if name == "jsonl" and filters != Filters():
        raise SettingsError("whole_case", "jsonl holds all of a case; it takes no --where")
    written = Written(noun=chosen.noun)
    job = Job(connection, filters, title, written)
    if name != "jsonl":
        written.unlinked = count_unlinked(connection)
    if chosen.to_folder is not None:
        written.rows = _write_folder(job, chosen.to_folder, path)
    elif chosen.to_stream is not None:
        with open_output(path) as out:
            written.rows = chosen.to_stream(job, out)
    return written


@contextmanager
def open_output(path: Path) -> Iterator[IO[bytes]]:
    """A file that is whole or not there; "-" is stdout. Raises SettingsError: no_folder, wrong_path."""
    if path == STDOUT:
        yield sys.stdout.buffer
        sys.stdout.buffer.flush()
        return
    _check_parent(path)
    if path.is_dir():
        raise SettingsError("wrong_path", "it is a folder; this format is one file", source=str(path))
    part = _beside(path)
    try:
        with part.open("xb") as out:
            yield out
        part.replace(path)
    finally:
        part.unlink(missing_ok=True)


def _write_folder(job: Job, write: Callable[[Job, Path], int], path: Path) -> int:
    if path == STDOUT:
        raise SettingsError("wrong_path", "this format is several files; name a folder", source=str(path))
    _check_parent(path)
    if path.exists() and not path.is_dir():
        raise SettingsError("wrong_path", "it is a file; this format is a folder", source=str(path))
    part = _beside(path)
    part.mkdir()
    try:
        count = write(job, part)
        path.mkdir(exist_ok=True)
        for file in part.iterdir():
            file.replace(path / file.name)
    finally:
        shutil.rmtree(part, ignore_errors=True)
    return count


def _beside(path: Path) -> Path:
    """A name on the same disk that nobody has."""
    return path.with_name(f".{path.name[:100]}.{secrets.token_hex(4)}.part")


def _check_parent(path: Path) -> None:
    if not path.parent.is_dir():
        raise SettingsError("no_folder", f"{path.parent} is no folder", source=str(path))


def _sheet(columns: tuple[str, ...], describe: Callable[[ToldIncident], Row | str]) -> Callable[[Job, IO[bytes]], int]:
    return lambda job, out: _write_text(out, lambda text: write_sheet(text, columns, job.iter_rows(describe)))


def _mentions(job: Job, out: IO[bytes]) -> int:
    rows = (row for told in job.iter_told() for row in gdelt.iter_mentions(told))
    return _write_text(out, lambda text: write_sheet(text, gdelt.COLUMNS, rows, delimiter="\t"))


def _features(job: Job, out: IO[bytes]) -> int:
    out.write(geojson.HEAD)
    count = 0
    for count, told in enumerate(job.iter_told(), start=1):
        out.write((geojson.BETWEEN if count > 1 else b"") + msgspec.json.encode(geojson.describe_incident(told)))
    out.write(geojson.TAIL)
    return count


def _lines(out: IO[bytes], found: Iterable[msgspec.Struct]) -> int:
    count = 0
    for one in found:
        out.write(msgspec.json.encode(one) + b"\n")
        count += 1
    return count


def _write_text(out: IO[bytes], write: Callable[[io.TextIOWrapper], int]) -> int:
    text = io.TextIOWrapper(out, encoding="utf-8", newline="", write_through=False)
    try:
        return write(text)
    finally:
        text.detach()  # flushes; whoever opened `out` closes it


def _parquet(job: Job, folder: Path) -> int:
    try:
        from rashomon.present.exports.parquet import write_parquet
    except ImportError as error:
        raise SettingsError("no_pyarrow", "Parquet needs pyarrow: pip install 'rashomon[parquet]'") from error
    return write_parquet(job.connection, job.filters, folder)


FORMATS: dict[str, Format] = {
    "acled-csv": Format("rows", _sheet(acled.COLUMNS, acled.describe_incident)),
    "ucdp-csv": Format("rows", _sheet(ucdp.COLUMNS, ucdp.describe_incident)),
    "gdelt-mentions": Format("rows", _mentions),
    "plover-jsonl": Format("events", lambda job, out: _lines(
        out, (event for told in job.iter_told() for event in plover.iter_events(told)))),
    "geojson": Format("features", _features),
    "csvw": Format("rows", to_folder=lambda job, folder: write_csvw(job.connection, job.filters, folder)),
    "parquet": Format("rows", to_folder=_parquet),
    "ftm": Format("entities", lambda job, out: _lines(out, ftm.iter_entities(job.connection, job.filters))),
    "gexf": Format("edges", lambda job, out: _write_text(
        out, lambda text: gexf.write_gexf(job.connection, job.filters, text))),
    "html": Format("incidents", lambda job, out: _write_text(
        out, lambda text: dossier.write_dossier(job.connection, job.filters, text, job.title))),
    "jsonl": Format("lines", lambda job, out: jsonl.write_jsonl(job.connection, out)),
}  # fmt: skip
"""By the names of FORMAT_NAMES (present/names.py), which says what each is."""
