"""Review: the pairs whose judgement would settle most, what was judged, and how far reviewers agree.

In: a place in the queue. Out: screens. Never: a judgement made by the machine.
"""

from collections import defaultdict
from collections.abc import Iterable, Mapping
from dataclasses import dataclass

from msgspec import Struct
from sqlalchemy import Connection, select

from rashomon import store
from rashomon.present.judgements import JudgementShape, iter_judgement_shapes
from rashomon.records import Judgement
from rashomon.store.overview_tables import incident_lines, review_pairs
from rashomon.web.agreement import alpha
from rashomon.web.contexts.compare import CompareParams, CompareScreen, load_compare
from rashomon.web.contexts.lines import IncidentLine, load_lines
from rashomon.web.contexts.params import PagedParams

PAGE_JUDGEMENTS = 50
CONTESTED_SHOWN = 10


class ReviewParams(Struct, frozen=True, omit_defaults=True):
    """Pairs before `after` in the queue are passed over."""

    after: int = 0


class Agreement(Struct, frozen=True, kw_only=True):
    """Krippendorff's alpha (nominal) over what at least two people judged; None while there is too little."""

    alpha: float | None
    units: int
    reviewers: int


class ReviewScreen(Struct, frozen=True, kw_only=True):
    """The next pair of the queue (`place`, for passing it over), and incidents with contested fields nobody judged."""

    params: ReviewParams
    waiting: int
    place: int | None
    pair: CompareScreen | None
    contested: tuple[IncidentLine, ...]
    agreement: Agreement


class JudgementsScreen(Struct, frozen=True, kw_only=True):
    """One page of the log, newest first."""

    params: PagedParams
    total: int
    pages: int
    judgements: tuple[JudgementShape, ...]
    agreement: Agreement


def load_review(connection: Connection, params: ReviewParams) -> ReviewScreen:
    """The next pair, and what else waits."""
    waiting = _list_waiting(connection)
    following = next((pair for pair in waiting if pair.place > params.after), None)
    line = incident_lines.c
    contested = select(line.incident).where(line.contested > 0, line.judged == 0)
    numbers = connection.execute(
        contested.order_by(line.contested.desc(), line.origins.desc(), line.incident.desc()).limit(CONTESTED_SHOWN)
    ).scalars()
    return ReviewScreen(
        params=params,
        waiting=len(waiting),
        place=following.place if following else None,
        pair=load_compare(connection, CompareParams(following.a, following.b)) if following else None,
        contested=load_lines(connection, list(numbers)),
        agreement=_measure_agreement(connection),
    )


@dataclass(frozen=True, slots=True)
class _Waiting:
    """A pair of tellings at its place in the queue."""

    place: int
    a: str
    b: str


def _list_waiting(connection: Connection) -> list[_Waiting]:
    """The pairs of the queue but those that a standing judgement decides: it may be younger than the queue."""
    decided = store.decide_pairs(store.load_standing(connection))
    settled = decided.same | decided.not_same
    pair = review_pairs.c
    rows = connection.execute(select(pair.ordinal, pair.a, pair.b).order_by(pair.ordinal))
    return [_Waiting(n, a, b) for n, a, b in rows if (min(a, b), max(a, b)) not in settled]


def load_judgements_screen(connection: Connection, params: PagedParams) -> JudgementsScreen:
    """One page of the log of judgements."""
    shown = tuple(iter_judgement_shapes(connection))[::-1]
    start = (params.page - 1) * PAGE_JUDGEMENTS
    return JudgementsScreen(
        params=params,
        total=len(shown),
        pages=max(1, -(-len(shown) // PAGE_JUDGEMENTS)),
        judgements=shown[start : start + PAGE_JUDGEMENTS],
        agreement=_measure_agreement(connection),
    )


def _measure_agreement(connection: Connection) -> Agreement:
    units = collect_units(store.standing_judgements(store.iter_judgements(connection)))
    shared = [unit for unit in units.values() if len(unit) > 1]
    reviewers = {who for unit in shared for who in unit}
    return Agreement(alpha=alpha(list(unit.values()) for unit in shared), units=len(shared), reviewers=len(reviewers))


def collect_units(standing: Iterable[Judgement]) -> Mapping[str, Mapping[str, str]]:
    """What each person last said (by name) of each thing that can be judged: a pair of tellings, a telling's field."""
    units: dict[str, dict[str, str]] = defaultdict(dict)
    for j in standing:
        if j.verdict in ("same", "not_same") and j.other is not None:
            units["|".join(sorted((j.about, j.other)))][j.who] = j.verdict
        elif j.verdict in ("right", "wrong"):
            units[f"{j.about}/{j.field or ''}"][j.who] = j.verdict
        elif j.verdict == "corrected":
            # whoever corrects a value holds it to be wrong
            units[f"{j.about}/{j.field or ''}"][j.who] = "wrong"
    return units
