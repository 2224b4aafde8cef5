"""Judgements as they are shown: what stands about a record, by whom, when and why.

In: ids of records. Out: judgement shapes. Never: a judgement without who made it.
"""

from collections.abc import Iterator, Mapping, Sequence

import msgspec
from msgspec import Struct
from sqlalchemy import Connection, func, or_, select

from rashomon import store
from rashomon.records import Judgement
from rashomon.store.schema import judged_tellings, judgements
from rashomon.store.standing import CorrectedValue


class JudgementShape(Struct, frozen=True, kw_only=True):
    """A judgement; `stands` unless it was undone; `lost` if what it is about is not read on its page any more."""

    id: int
    verdict: str
    about: str
    other: str | None
    field: str | None
    value: str | None
    corrected: CorrectedValue | None
    who: str
    when: str
    why: str
    stands: bool
    lost: bool


def load_judgements(connection: Connection, ids: Sequence[str]) -> tuple[JudgementShape, ...]:
    """The judgements about any of these records, oldest first, undoings left out (they show in `stands`); `about` and
    `other` are the ids that the judged tellings have now.
    """
    j, was = judgements.c, judged_tellings.c
    before = connection.execute(select(was.telling).where(was.now.in_(ids), was.telling != was.now)).scalars()
    known = [*ids, *before]
    query = select(*(j[name] for name in Judgement.__slots__)).where(or_(j.about.in_(known), j.other.in_(known)))
    held = [Judgement(*row) for row in connection.execute(query.order_by(j.id))]
    return describe_judgements(held, store.load_carried(connection))


def iter_judgement_shapes(connection: Connection) -> Iterator[JudgementShape]:
    """All judgements in the order they were made, undoings left out."""
    yield from describe_judgements(list(store.iter_judgements(connection)), store.load_carried(connection))


def describe_judgements(held: Sequence[Judgement], carried: Mapping[str, str | None]) -> tuple[JudgementShape, ...]:
    """Shapes of judgements; their undoings (which are about the same records) must be among them."""
    stand = {j.id for j in store.standing_judgements(held)}
    return tuple(_describe(j, carried, stands=j.id in stand) for j in held if j.verdict != "undone")


def _describe(judgement: Judgement, carried: Mapping[str, str | None], *, stands: bool) -> JudgementShape:
    now = store.carry_judgements([judgement], carried)
    lost, judgement = not now, now[0] if now else judgement
    corrected = None
    if judgement.verdict == "corrected" and judgement.value:
        try:
            corrected = msgspec.json.decode(judgement.value, type=CorrectedValue)
        except msgspec.DecodeError:
            corrected = CorrectedValue(judgement.value)
    return JudgementShape(
        id=judgement.id, verdict=judgement.verdict, about=judgement.about, other=judgement.other,
        field=judgement.field, value=judgement.value, corrected=corrected, who=judgement.who, when=judgement.when,
        why=judgement.why, stands=stands, lost=lost,
    )  # fmt: skip


def count_judgements(connection: Connection) -> int:
    """How many judgements the case holds, undoings included."""
    return int(connection.execute(select(func.count()).select_from(judgements)).scalar_one())
