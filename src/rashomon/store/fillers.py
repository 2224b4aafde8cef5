"""The fillers of tellings: who, to whom, with what, where, how many, for whom.

In: numbered tellings. Out: rows for one table, and fillers again by telling number.
Never: the time of a telling, which stands with the telling (it has at most one).
"""

from collections import defaultdict
from collections.abc import Iterable, Iterator
from dataclasses import dataclass, field
from typing import Any

from sqlalchemy import Connection, Row, select

from rashomon.records import (
    ActorFiller,
    CountFiller,
    InstrumentFiller,
    PlaceCandidate,
    PlaceFiller,
    TargetFiller,
    Telling,
)
from rashomon.spans import Span
from rashomon.store.rows import PageRange, TableRows, within
from rashomon.store.schema import fillers, tellings
from rashomon.store.spans import SpanKeeper


@dataclass(slots=True)
class FillerSet:
    """The fillers of one telling while they are loaded."""

    perpetrators: list[ActorFiller] = field(default_factory=list)
    targets: list[TargetFiller] = field(default_factory=list)
    instruments: list[InstrumentFiller] = field(default_factory=list)
    places: list[PlaceFiller] = field(default_factory=list)
    counts: list[CountFiller] = field(default_factory=list)
    beneficiaries: list[ActorFiller] = field(default_factory=list)


def iter_filler_rows(numbered: list[tuple[int, Telling]], keeper: SpanKeeper) -> Iterator[TableRows]:
    """The rows of all fillers, one batch a role (the rows of a batch have the same keys)."""
    for role in ("perpetrator", "beneficiary"):
        yield (
            fillers,
            [
                _coreferent(n, role, i, f, keeper) | {"side": f.side, "actor": f.actor}
                for n, t in numbered
                for i, f in enumerate(t.perpetrators if role == "perpetrator" else t.beneficiaries)
            ],
        )
    yield fillers, [
        _coreferent(n, "target", i, f, keeper) | {"effect": f.effect, "actor": f.actor}
        for n, t in numbered for i, f in enumerate(t.targets)
    ]  # fmt: skip
    yield (
        fillers,
        [_coreferent(n, "instrument", i, f, keeper) for n, t in numbered for i, f in enumerate(t.instruments)],
    )
    yield fillers, [
        _coreferent(n, "place", i, f, keeper) | {
            "name": f.name, "country": f.country, "admin1": f.admin1, "lat": f.lat, "lon": f.lon,
            "precision": f.precision, "radius_km": f.radius_km, "candidates": f.candidates or None,
        }
        for n, t in numbered for i, f in enumerate(t.places)
    ]  # fmt: skip
    yield fillers, [
        _plain(n, "count", i, f.span, keeper)
        | {"score": f.score, "what": f.what, "low": f.low, "best": f.best, "high": f.high, "mentions": []}
        for n, t in numbered for i, f in enumerate(t.counts)
    ]  # fmt: skip


def _plain(telling: int, role: str, ordinal: int, span: Span, keeper: SpanKeeper) -> dict[str, Any]:
    start_char, end_char = keeper.offsets(span)
    return {"telling": telling, "role": role, "ordinal": ordinal, "start_char": start_char, "end_char": end_char,
            "text": span.text}  # fmt: skip


def _coreferent(
    telling: int, role: str, ordinal: int, filler: ActorFiller | TargetFiller | InstrumentFiller | PlaceFiller,
    keeper: SpanKeeper,
) -> dict[str, Any]:  # fmt: skip
    inferred_from = keeper.maybe(filler.inferred_from)
    return _plain(telling, role, ordinal, filler.span, keeper) | {
        "score": filler.score, "kind": filler.kind, "mentions": keeper.many(filler.mentions),
        "from_start_char": inferred_from[0], "from_end_char": inferred_from[1],
    }  # fmt: skip


def load_fillers(connection: Connection, held: PageRange, keepers: dict[int, SpanKeeper]) -> dict[int, FillerSet]:
    """The fillers of all tellings of these pages, by telling number."""
    query = select(fillers, tellings.c.page).join(tellings, tellings.c.number == fillers.c.telling)
    query = query.where(within(tellings.c.page, held)).order_by(fillers.c.telling, fillers.c.role, fillers.c.ordinal)
    return group_fillers(connection.execute(query), keepers)


def group_fillers(rows: Iterable[Row[Any]], keepers: dict[int, SpanKeeper]) -> dict[int, FillerSet]:
    """Fillers by telling number from rows that also have the number of their `page`."""
    found: dict[int, FillerSet] = defaultdict(FillerSet)
    for row in rows:
        _add(found[row.telling], row, keepers[row.page])
    return found


def _add(to: FillerSet, row: Row[Any], keeper: SpanKeeper) -> None:
    span = keeper.cut(row.start_char, row.end_char)
    if row.role == "count":
        to.counts.append(CountFiller(span, row.score, row.what, row.low, row.best, row.high))
        return
    mentions = keeper.cut_many(row.mentions)
    inferred_from = keeper.cut_maybe(row.from_start_char, row.from_end_char)
    if row.role == "target":
        to.targets.append(TargetFiller(span, row.kind, row.score, row.effect, mentions, row.actor, inferred_from))
    elif row.role == "instrument":
        to.instruments.append(InstrumentFiller(span, row.kind, row.score, mentions, inferred_from))
    elif row.role == "place":
        candidates = tuple(PlaceCandidate(**c) for c in row.candidates or ())
        to.places.append(
            PlaceFiller(
                span,
                row.kind,
                row.score,
                mentions,
                row.name,
                row.country,
                row.admin1,
                row.lat,
                row.lon,
                row.precision,
                row.radius_km,
                candidates,
                inferred_from,
            )
        )
    else:
        actor = ActorFiller(span, row.kind, row.score, row.side, mentions, row.actor, inferred_from)
        (to.perpetrators if row.role == "perpetrator" else to.beneficiaries).append(actor)
