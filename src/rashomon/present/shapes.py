"""What `show --json` and `read` print: one shape a kind of record.

In: nothing. Out: structs whose fields are the JSON keys that issue 2 promises, and more.
Never: a value that the records do not hold; every span counts in its page's article text, `[start_char, end_char)`.

One file, though a long one: the list of keys against which docs/reference.md is held as a whole (tests/test_docs.py).
"""

from msgspec import Struct


class SpanShape(Struct, frozen=True):
    """Words of the article."""

    text: str
    start_char: int
    end_char: int


class SectionShape(Struct, frozen=True):
    """A part of a page; `text` only where it is no part of the article's text."""

    kind: str
    name: str
    start_char: int
    end_char: int
    text: str = ""


class TeaserShape(Struct, frozen=True):
    """An entry of a teaser list."""

    list: str
    title: str
    summary: str
    cut: bool
    url: str | None


class PageShape(Struct, frozen=True, kw_only=True):
    """A page; `published` is the first day that its date can mean, with precision and how it was found beside it."""

    id: str
    source: str
    url: str | None
    sha256: str
    captured_at: str
    media_type: str
    version: int
    previous: str | None
    status: str
    outlet: str | None = None
    outlet_found: str | None = None
    title: str | None = None
    byline: str | None = None
    published: str | None = None
    published_end: str | None = None
    published_precision: str | None = None
    published_found: str | None = None
    language: str | None = None
    sections: tuple[SectionShape, ...] = ()
    teasers: tuple[TeaserShape, ...] = ()


class PassageShape(Struct, frozen=True):
    """A sentence or list item; `lead` is the range of the sentence that introduces an item."""

    start_char: int
    end_char: int
    kind: str
    marker: str
    lead: tuple[int, int] | None


class WholePageShape(PageShape, frozen=True, kw_only=True):
    """A page with its article's text, in which offsets count, and what was read there."""

    text: str
    passages: tuple[PassageShape, ...]
    tellings: tuple["TellingShape", ...]
    statements: tuple["StatementShape", ...]
    mentions: tuple["MentionShape", ...]
    loaded: tuple["LoadedShape", ...]


class ActorFillerShape(Struct, frozen=True):
    """A perpetrator or beneficiary as told."""

    text: str
    start_char: int
    end_char: int
    score: float
    kind: str
    side: str
    actor: str | None
    mentions: tuple[SpanShape, ...]
    inferred_from: SpanShape | None


class TargetShape(Struct, frozen=True):
    """To whom or what, and with which effect."""

    text: str
    start_char: int
    end_char: int
    score: float
    kind: str
    effect: str
    actor: str | None
    mentions: tuple[SpanShape, ...]
    inferred_from: SpanShape | None


class InstrumentShape(Struct, frozen=True):
    """With what."""

    text: str
    start_char: int
    end_char: int
    score: float
    kind: str
    mentions: tuple[SpanShape, ...]
    inferred_from: SpanShape | None


class CandidateShape(Struct, frozen=True):
    """A gazetteer entry that a name may mean; degrees."""

    id: str
    name: str
    country: str | None
    admin1: str | None
    kind: str
    lat: float | None
    lon: float | None
    score: float


class PlaceShape(Struct, frozen=True):
    """Where, as told and as resolved; degrees and kilometres."""

    text: str
    start_char: int
    end_char: int
    score: float
    kind: str
    name: str | None
    lat: float | None
    lon: float | None
    precision: str
    radius_km: float | None
    country: str | None
    admin1: str | None
    candidates: tuple[CandidateShape, ...]
    mentions: tuple[SpanShape, ...]
    inferred_from: SpanShape | None


class TimeShape(Struct, frozen=True):
    """When, as told and as resolved; both ends included."""

    text: str
    start_char: int
    end_char: int
    score: float
    start: str | None
    end: str | None
    precision: str
    inferred_from: SpanShape | None


class CountShape(Struct, frozen=True):
    """How many."""

    what: str
    low: int | None
    best: int | None
    high: int | None
    text: str
    start_char: int
    end_char: int
    score: float


class TellingShape(Struct, frozen=True, kw_only=True):
    """One article's account of one incident."""

    id: str
    page: str
    incident: str | None
    text: str
    start_char: int
    end_char: int
    score: float
    types: tuple[str, ...]
    type_scores: tuple[float, ...]
    stance: str
    stage: str
    anchors: tuple[SpanShape, ...]
    passages: tuple[SpanShape, ...]
    perpetrators: tuple[ActorFillerShape, ...]
    targets: tuple[TargetShape, ...]
    instruments: tuple[InstrumentShape, ...]
    places: tuple[PlaceShape, ...]
    time: TimeShape | None
    counts: tuple[CountShape, ...]
    beneficiaries: tuple[ActorFillerShape, ...]
    outcome: SpanShape | None
    attributed_to: SpanShape | None
    unsourced: bool


class StatementShape(Struct, frozen=True, kw_only=True):
    """Attributed speech; `within` is the id of the statement in which it is nested."""

    id: str
    page: str
    source: SpanShape | None
    cue: SpanShape | None
    content: SpanShape
    audience: SpanShape | None
    stance: str
    score: float
    source_actor: str | None
    within: str | None


class MentionShape(Struct, frozen=True):
    """A span that names something."""

    text: str
    start_char: int
    end_char: int
    kind: str
    score: float


class LoadedShape(Struct, frozen=True):
    """Loaded wording, with what a neutral telling says instead."""

    text: str
    start_char: int
    end_char: int
    score: float
    neutral: str | None


class ReadShape(Struct, frozen=True):
    """All that was read in one text, without a case."""

    id: str | int
    tellings: tuple[TellingShape, ...]
    statements: tuple[StatementShape, ...]
    mentions: tuple[MentionShape, ...]


class UnreadShape(Struct, frozen=True):
    """A line that could not be read."""

    id: str | int | None
    error: str


class PagePassageShape(Struct, frozen=True):
    """One side of an echo."""

    page: str
    text: str
    start_char: int
    end_char: int


class DifferenceShape(Struct, frozen=True):
    """One aligned difference of wording."""

    kind: str
    a: str
    b: str


class EchoShape(Struct, frozen=True):
    """Two passages where one repeats the other; `earlier` is the side that was published first, if dates tell."""

    a: PagePassageShape
    b: PagePassageShape
    similarity: float
    differences: tuple[DifferenceShape, ...]
    earlier: str | None


class ShiftPassageShape(Struct, frozen=True):
    """Two passages that show a shift."""

    a: PagePassageShape
    b: PagePassageShape


class ShiftShape(Struct, frozen=True, kw_only=True):
    """Words of outlet `a` for which outlet `b` has others in passages that both have; `count` passages of `b`."""

    a: str
    b: str
    direction: str
    kind: str
    a_words: str
    b_words: str
    count: int
    passages: tuple[ShiftPassageShape, ...]


class WordingShape(Struct, frozen=True, kw_only=True):
    """Loaded words of an outlet, `neutral` what others say instead; `count` times, the first of them in `spans`."""

    outlet: str
    words: str
    neutral: str | None
    count: int
    spans: tuple[PagePassageShape, ...]


class ActorShape(Struct, frozen=True):
    """Who is behind mentions; `suggested` are other actors that it may be."""

    id: str
    name: str
    kind: str
    aliases: tuple[str, ...]
    mentions: int
    suggested: tuple[str, ...]


class IncidentTimeShape(Struct, frozen=True):
    """When, by the tellings that tell it most precisely: from the earliest start to the latest end of theirs."""

    start: str
    end: str
    precision: str


class IncidentPlaceShape(Struct, frozen=True):
    """A place that tellings of an incident name; degrees."""

    name: str
    kind: str
    lat: float | None
    lon: float | None
    precision: str
    country: str | None
    admin1: str | None
    tellings: tuple[str, ...]


class ToldShape(Struct, frozen=True):
    """One value told, by which tellings and origins."""

    value: str
    tellings: tuple[str, ...]
    origins: tuple[str, ...]


class NumberShape(Struct, frozen=True):
    """A number told, by which tellings and origins."""

    number: int
    tellings: tuple[str, ...]
    origins: tuple[str, ...]


class RangeShape(Struct, frozen=True):
    """The lowest, the best and the highest number told; the best is the one that most origins tell."""

    low: NumberShape
    best: NumberShape
    high: NumberShape


class FieldShape(Struct, frozen=True):
    """A field of an incident: agreed, told once or contested; `origins` that tell it, `range` of a count."""

    field: str
    status: str
    values: tuple[ToldShape, ...]
    origins: tuple[str, ...]
    range: RangeShape | None


class WeightShape(Struct, frozen=True):
    """One comparison's share of a link: the level reached and its log2 Bayes factor."""

    comparison: str
    level: str
    weight: float


class LinkShape(Struct, frozen=True):
    """Two tellings held to be of the same happening, how likely that is, and why."""

    a: str
    b: str
    probability: float
    weights: tuple[WeightShape, ...]


class IncidentShape(Struct, frozen=True, kw_only=True):
    """The tellings held to be of the same happening; `outlets` tell it, `weakest` is the link that barely holds it."""

    id: str
    types: tuple[str, ...]
    time: IncidentTimeShape | None
    places: tuple[IncidentPlaceShape, ...]
    tellings: tuple[str, ...]
    origins: tuple[str, ...]
    contested: tuple[str, ...]
    outlets: tuple[str, ...]
    fields: tuple[FieldShape, ...]
    weakest: LinkShape | None


class SilenceShape(Struct, frozen=True, kw_only=True):
    """An outlet that does not tell `incident`, though it tells of others there and then (`covers`, `tellings`)."""

    incident: str
    outlet: str
    covers: tuple[str, ...]
    tellings: tuple[str, ...]


class RelationShape(Struct, frozen=True, kw_only=True):
    """How two incidents stand to each other as told, and why that is held; `cue` are words of `page`."""

    first: str
    then: str
    kind: str
    reasons: tuple[str, ...]
    page: str | None
    cue: SpanShape | None


class WholeIncidentShape(IncidentShape, frozen=True, kw_only=True):
    """An incident with which outlets are silent about it, and how it stands to others."""

    silences: tuple[SilenceShape, ...]
    relations: tuple[RelationShape, ...]


class UntoldShape(Struct, frozen=True, kw_only=True):
    """How many incidents no origin tells, at least, with a 95% interval; or why that cannot be said."""

    incidents: int
    lists: int
    told_once: int
    told_twice: int
    untold: float | None
    low: float | None
    high: float | None
    refused: str | None
    why: str | None = None
    assumptions: tuple[str, ...] = ()


class OriginShape(Struct, frozen=True):
    """Pages that descend from one telling: they count as one source."""

    id: str
    pages: tuple[str, ...]
    first: str | None
    named: str | None


class RejectedShape(Struct, frozen=True):
    """A source or page that could not be read on."""

    source: str
    stage: str
    reason: str
    detail: str
    page: str | None
