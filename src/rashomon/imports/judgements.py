"""Judgements from the lines that `judge CASE export` or `export CASE jsonl` wrote.

In: lines of kind `judgement` (present/exports/lines.py); others are passed over. Out: the same judgements in the case,
under its own numbers, by whom and when they were made. Never: a judgement twice; half a file: all is kept, or nothing.

A judgement is about words on a page: it holds for the telling that stands there in this case, or, when a page of the
same bytes is added later, from then on.
"""

from dataclasses import dataclass, replace
from typing import IO, Any

import msgspec
from sqlalchemy import Connection

from rashomon import store
from rashomon.errors import CaseError
from rashomon.present.exports import lines as x
from rashomon.records import Judgement
from rashomon.store import Case, restore
from rashomon.store.standing import undoes


@dataclass(slots=True)
class ImportedJudgements:
    """How many were new, were there already, were about tellings that the case does not have (`lost`); redactions,
    which hold only for the case they were made in, are `left_out`.
    """

    new: int = 0
    known: int = 0
    lost: int = 0
    left_out: int = 0


class JudgementKeeper:
    """Keeps lines of judgements; `exact` gives them their own numbers: the case has none yet."""

    def __init__(self, connection: Connection, *, exact: bool) -> None:
        self._connection = connection
        self._exact = exact
        self._numbers: dict[int, int] = {}
        self._there = {} if exact else {_content(j): j.id for j in store.iter_judgements(connection)}

    def keep(self, line: x.JudgementLine) -> bool:
        """Keep one; whether it is new. Raises CaseError("wrong_line")."""
        judgement = line.judgement
        store.restore_judged(self._connection, line.tellings)
        if self._exact:
            restore.restore_judgement(self._connection, judgement)
            return True
        undone = undoes(judgement)
        if undone is not None:
            if undone not in self._numbers:
                raise CaseError("wrong_line", f"judgement {undone} is undone before it is made")
            judgement = replace(judgement, value=str(self._numbers[undone]))
        there = self._there.get(_content(judgement))
        new = there is None
        if there is None:
            there = store.append_judgement(self._connection, judgement).id
        self._numbers[line.judgement.id] = there
        return new


class _OtherLine(msgspec.Struct):
    """What kind of line it is."""

    kind: str


def import_judgements(case: Case, stream: IO[bytes], source: str) -> ImportedJudgements:
    """Bring the judgements of `stream` into the case, in one transaction. Raises CaseError: wrong_line."""
    found = ImportedJudgements()
    with case.write() as connection:
        keeper = JudgementKeeper(connection, exact=False)
        number = 0
        ids: list[str] = []
        try:
            for raw in stream:
                number += 1
                line = _read_line(raw)
                if line is None:
                    continue
                if line.judgement.verdict == "redacted":
                    found.left_out += 1
                    continue
                new = keeper.keep(line)
                found.new += new
                found.known += not new
                ids += store.judged_ids(line.judgement)
        except CaseError as error:
            raise CaseError(error.reason, f"line {number}: {error.detail}", source=source) from error
        except (msgspec.DecodeError, UnicodeError, ValueError) as error:
            raise CaseError("wrong_line", f"line {number}: {error}", source=source) from error
        store.carry_judged(connection)
        carried = store.load_carried(connection)
        found.lost = len({i for i in ids if carried.get(i) is None})
    return found


def _read_line(raw: bytes) -> x.JudgementLine | None:
    """A judgement, or None for a line of another kind."""
    if not raw.strip() or msgspec.json.decode(raw, type=_OtherLine).kind != "judgement":
        return None
    return msgspec.json.decode(raw, type=x.JudgementLine)


def _content(judgement: Judgement) -> tuple[Any, ...]:
    return tuple(getattr(judgement, name) for name in Judgement.__slots__ if name != "id")
