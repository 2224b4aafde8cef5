"""A case from the lines that `export CASE jsonl` wrote.

In: lines (present/exports/lines.py). Out: into an empty case, the same case again; into another, its pages, readings
and judgements beside those that are there. Never: half a file: all of it is kept, or nothing.

A page that the case has already keeps what is read in it there; a judgement that is there already is not made twice.
What follows from pages and judgements (links, incidents, …) is restored only into an empty case: elsewhere it has to be
made anew (pipeline.relate).
"""

from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from itertools import groupby
from typing import IO, TypeVar

import msgspec
from sqlalchemy import Connection
from sqlalchemy.exc import IntegrityError

from rashomon import store
from rashomon.errors import CaseError
from rashomon.imports.judgements import JudgementKeeper
from rashomon.imports.pages import PageKeeper
from rashomon.present.exports import lines as x
from rashomon.store import Case, restore

_decode = msgspec.json.Decoder(x.Line).decode
_PAGE_LINES = (x.PageLine, x.ArticleLine, x.ReadingLine, x.TellingLine, x.StatementLine)

Item = TypeVar("Item")


@dataclass(slots=True)
class Imported:
    """What an import brought: new pages, pages that were there, tellings and judgements; `whole` if nothing is left
    to be made anew.
    """

    pages: int = 0
    known: int = 0
    tellings: int = 0
    judgements: int = 0
    whole: bool = False


def import_jsonl(case: Case, stream: IO[bytes], source: str) -> Imported:
    """Bring the lines of `stream` into the case, in one transaction. Raises CaseError: not_our_jsonl, newer_jsonl,
    wrong_line, span_not_in_text.
    """
    with case.write() as connection:
        empty = not store.count_statuses(connection) and next(store.iter_judgements(connection), None) is None
        found = _Importer(connection, empty=empty)
        at = _Lines(stream)
        try:
            found.take_all(at.iter())
        except IntegrityError as error:  # rows go in many at a time
            detail = f"line {at.number} or one before it: {_first_line(error)}"
            raise CaseError("wrong_line", detail, source=source) from error
        except (msgspec.DecodeError, UnicodeError, ValueError) as error:
            raise CaseError("wrong_line", f"line {at.number}: {_first_line(error)}", source=source) from error
        except CaseError as error:
            raise CaseError(error.reason, f"line {at.number}: {error.detail}", source=source) from error
    return found.imported


def _first_line(error: Exception) -> str:
    return str(getattr(error, "orig", None) or error).splitlines()[0]


class _Lines:
    """Decoded lines, and the number of the last one."""

    def __init__(self, stream: IO[bytes]) -> None:
        self.number = 0
        self._stream = stream

    def iter(self) -> Iterator[x.Line]:
        for raw in self._stream:
            self.number += 1
            if raw.strip():
                line = _decode(raw)
                if self.number == 1:
                    _check(line)
                yield line
        if self.number == 0:
            raise CaseError("not_our_jsonl", "an empty file")


def _check(line: x.Line) -> None:
    if not isinstance(line, x.CaseLine) or line.format != x.FORMAT:
        raise CaseError("not_our_jsonl", f"the first line does not say {x.FORMAT!r}")
    if line.version > x.VERSION:
        raise CaseError("newer_jsonl", f"it has version {line.version}, this program knows up to {x.VERSION}")


class _Importer:
    def __init__(self, connection: Connection, *, empty: bool) -> None:
        self.imported = Imported(whole=empty)
        self._connection = connection
        self._pages = PageKeeper(connection, self.imported, exact=empty)
        self._judgements = JudgementKeeper(connection, exact=empty)

    def take_all(self, found: Iterable[x.Line]) -> None:
        """Keep runs of lines of one kind together, so that what is replaced as a whole is handed over as a stream."""
        for kind, held in groupby(found, key=_family):
            if kind is x.PageLine:
                self._pages.take_all(held)
            elif kind is x.JudgementLine:
                for line in _of(held, x.JudgementLine):
                    self.imported.judgements += self._judgements.keep(line)
            elif self.imported.whole:
                self._restore(kind, held)
            else:
                for _ in held:
                    pass
        if self.imported.whole:
            store.replace_overview(self._connection)

    def _restore(self, kind: type, held: Iterator[x.Line]) -> None:
        c = self._connection
        if kind is x.ActorLine:
            store.replace_actors(c, (y.actor for y in _of(held, x.ActorLine)))
        elif kind is x.EchoLine:
            store.replace_echoes(c, (y.echo for y in _of(held, x.EchoLine)))
        elif kind is x.OriginLine:
            store.replace_origins(c, (y.origin for y in _of(held, x.OriginLine)))
        elif kind is x.LinkLine:
            store.replace_links(c, (y.link for y in _of(held, x.LinkLine)))
        elif kind is x.IncidentLine:
            store.replace_incidents(c, (y.incident for y in _of(held, x.IncidentLine)))
        elif kind is x.RelationLine:
            store.replace_relations(c, (y.relation for y in _of(held, x.RelationLine)))
        else:
            for line in held:
                _restore_one(c, line)


def _restore_one(connection: Connection, line: x.Line) -> None:
    if isinstance(line, x.RejectedLine):
        restore.restore_rejected(connection, restore.DatedRejected(line.rejected, line.rejected_at))
    elif isinstance(line, x.RunLine):
        restore.restore_run(connection, line.run)
    elif isinstance(line, x.ProductLine):
        restore.restore_product(connection, line.product)


def _family(line: x.Line) -> type:
    return x.PageLine if isinstance(line, _PAGE_LINES) else type(line)


def _of(held: Iterable[x.Line], kind: type[Item]) -> Iterator[Item]:
    for line in held:
        assert isinstance(line, kind)
        yield line
