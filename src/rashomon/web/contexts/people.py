"""Judgements as they are shown: what stands about a record, by whom, when and why.

In: ids of records. Out: judgement shapes. Never: a judgement without who made it.
"""

from collections.abc import Sequence

import msgspec
from msgspec import Struct
from sqlalchemy import Connection, func, or_, select

from rashomon import store
from rashomon.records import Judgement
from rashomon.store.schema import judgements


class CorrectedShape(Struct, frozen=True):
    """What a value was corrected to: words, and where on the page they stand (if they do)."""

    text: str
    start_char: int | None = None
    end_char: int | None = None


class JudgementShape(Struct, frozen=True, kw_only=True):
    """A judgement; `stands` unless it was undone."""

    id: int
    verdict: str
    about: str
    other: str | None
    field: str | None
    value: str | None
    corrected: CorrectedShape | None
    who: str
    when: str
    why: str
    stands: bool


def load_judgements(connection: Connection, ids: Sequence[str]) -> tuple[JudgementShape, ...]:
    """The judgements about any of these records, oldest first, undoings left out (they show in `stands`)."""
    j = judgements.c
    query = select(*(j[name] for name in Judgement.__slots__)).where(or_(j.about.in_(ids), j.other.in_(ids)))
    return describe_judgements([Judgement(*row) for row in connection.execute(query.order_by(j.id))])


def describe_judgements(held: Sequence[Judgement]) -> tuple[JudgementShape, ...]:
    """Shapes of judgements; their undoings (which are about the same records) must be among them."""
    stand = {j.id for j in store.standing_judgements(held)}
    return tuple(_describe(j, stands=j.id in stand) for j in held if j.verdict != "undone")


def _describe(judgement: Judgement, *, stands: bool) -> JudgementShape:
    corrected = None
    if judgement.verdict == "corrected" and judgement.value:
        try:
            corrected = msgspec.json.decode(judgement.value, type=CorrectedShape)
        except msgspec.DecodeError:
            corrected = CorrectedShape(judgement.value)
    return JudgementShape(
        id=judgement.id, verdict=judgement.verdict, about=judgement.about, other=judgement.other,
        field=judgement.field, value=judgement.value, corrected=corrected, who=judgement.who, when=judgement.when,
        why=judgement.why, stands=stands,
    )  # fmt: skip


def count_judgements(connection: Connection) -> int:
    """How many judgements the case holds, undoings included."""
    return int(connection.execute(select(func.count()).select_from(judgements)).scalar_one())
