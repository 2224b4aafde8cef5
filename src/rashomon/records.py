"""The shared vocabulary of records: what the stages hand to each other.

In: nothing. Out: frozen records; every `Span` counts in the text of the article it belongs to.
Never: behaviour, storage or judgement; the glossary in the docs says what each noun means.
"""

from dataclasses import dataclass, field

from rashomon.spans import Span

# --- capture ---------------------------------------------------------------------------------------------------------


@dataclass(frozen=True, slots=True)
class Page:
    """What was captured at one time. `id` derives from `source` and `sha256`, so the same bytes are the same page."""

    id: str
    source: str
    sha256: str
    captured_at: str
    media_type: str
    raw: bytes = field(repr=False)
    url: str | None = None
    hints: "PageHints | None" = None


@dataclass(frozen=True, slots=True)
class PageHints:
    """What the carrier (a feed, a WARC record, a spreadsheet) said of the page besides its bytes."""

    title: str | None = None
    published: str | None = None
    outlet: str | None = None
    charset: str | None = None


@dataclass(frozen=True, slots=True)
class Rejected:
    """A source that could not be read on: `stage` and `reason` are slugs, `detail` is for people."""

    source: str
    stage: str
    reason: str
    detail: str = ""
    page: str | None = None


@dataclass(frozen=True, slots=True)
class Section:
    """A part of a page.

    Sections of kind `article` cover `Article.text`; those of any other kind are empty ranges that say where in it they
    stood, and their words are in `text`.
    """

    kind: str
    name: str
    start_char: int
    end_char: int
    text: str = ""


@dataclass(frozen=True, slots=True)
class Teaser:
    """An entry of a teaser list (`list` is the list's own name); `cut` if its summary breaks off."""

    list: str
    title: str
    summary: str
    cut: bool
    url: str | None = None


@dataclass(frozen=True, slots=True)
class Passage:
    """A sentence or list item, `[start_char, end_char)`; an item has the range of the sentence that introduces it."""

    start_char: int
    end_char: int
    kind: str = "sentence"
    marker: str = ""
    lead: tuple[int, int] | None = None


@dataclass(frozen=True, slots=True)
class Published:
    """When the article says it was published: ISO `start`..`end` (inclusive), its precision, how it was found."""

    start: str
    end: str
    precision: str
    found: str


@dataclass(frozen=True, slots=True)
class Article:
    """A page's main text with what is known of it. `text` is empty for a page that has no article (an index page)."""

    page: str
    text: str
    title: str | None
    byline: str | None
    outlet: str | None
    outlet_found: str | None
    published: Published | None
    language: str | None
    sections: tuple[Section, ...] = ()
    teasers: tuple[Teaser, ...] = ()
    passages: tuple[Passage, ...] = ()


# --- read and resolve ------------------------------------------------------------------------------------------------


@dataclass(frozen=True, slots=True)
class Mention:
    """A span that names an actor, place, time, weapon or count (`kind`: vocabulary.MENTION_KINDS)."""

    span: Span
    kind: str
    score: float


@dataclass(frozen=True, slots=True)
class ActorFiller:
    """A perpetrator or beneficiary as told. `kind` is its form (person, group, organisation), `side` state or not;
    `mentions` are all coreferent spans (with `span` itself first); `actor` is the resolved actor's key.
    """

    span: Span
    kind: str
    score: float
    side: str = "unknown"
    mentions: tuple[Span, ...] = ()
    actor: str | None = None
    inferred_from: Span | None = None


@dataclass(frozen=True, slots=True)
class TargetFiller:
    """To whom or what: `kind` of vocabulary.TARGET_KINDS, `effect` of EFFECTS, `number` as the text gives it."""

    span: Span
    kind: str
    score: float
    effect: str
    mentions: tuple[Span, ...] = ()
    actor: str | None = None
    inferred_from: Span | None = None


@dataclass(frozen=True, slots=True)
class InstrumentFiller:
    """With what: `kind` of vocabulary.INSTRUMENT_KINDS."""

    span: Span
    kind: str
    score: float
    mentions: tuple[Span, ...] = ()
    inferred_from: Span | None = None


@dataclass(frozen=True, slots=True)
class PlaceCandidate:
    """One gazetteer entry that a name may mean; degrees, WGS 84. `id` is `geonames:N` or `user:N`."""

    id: str
    name: str
    country: str | None
    admin1: str | None
    kind: str
    lat: float | None
    lon: float | None
    score: float


@dataclass(frozen=True, slots=True)
class PlaceFiller:
    """Where. `kind` of PLACE_KINDS. Resolving fills `name`, `lat`, `lon` (degrees), `precision` (`site`, `town`,
    `area`, `region`, `country`, `unknown`), `radius_km` for an area, and `candidates`, best first.
    """

    span: Span
    kind: str
    score: float
    mentions: tuple[Span, ...] = ()
    name: str | None = None
    country: str | None = None
    admin1: str | None = None
    lat: float | None = None
    lon: float | None = None
    precision: str = "unknown"
    radius_km: float | None = None
    candidates: tuple[PlaceCandidate, ...] = ()
    inferred_from: Span | None = None


@dataclass(frozen=True, slots=True)
class TimeFiller:
    """When. Resolving fills ISO `start` and `end` (inclusive; None if unknown) and `precision` of TIME_PRECISIONS."""

    span: Span
    score: float
    start: str | None = None
    end: str | None = None
    precision: str = "unknown"
    inferred_from: Span | None = None


@dataclass(frozen=True, slots=True)
class CountFiller:
    """How many: `what` of EFFECTS; resolving fills `low`, `best`, `high` (None if the text gives no such bound)."""

    span: Span
    score: float
    what: str
    low: int | None = None
    best: int | None = None
    high: int | None = None


@dataclass(frozen=True, slots=True)
class Telling:
    """One article's account of one incident.

    `span` covers the passages where it is first told, `passages` all of them, `anchors` the words that tell the act.
    `attributed_to` is who the text says says so; none: `unsourced`.
    """

    id: str
    page: str
    span: Span
    score: float
    types: tuple[str, ...]
    type_scores: tuple[float, ...]
    stance: str
    stage: str
    anchors: tuple[Span, ...] = ()
    passages: tuple[Span, ...] = ()
    perpetrators: tuple[ActorFiller, ...] = ()
    targets: tuple[TargetFiller, ...] = ()
    instruments: tuple[InstrumentFiller, ...] = ()
    places: tuple[PlaceFiller, ...] = ()
    time: TimeFiller | None = None
    counts: tuple[CountFiller, ...] = ()
    beneficiaries: tuple[ActorFiller, ...] = ()
    outcome: Span | None = None
    attributed_to: Span | None = None

    @property
    def unsourced(self) -> bool:
        """Whether the telling names nobody who says so."""
        return self.attributed_to is None


@dataclass(frozen=True, slots=True)
class Statement:
    """Attributed speech; `within` is the index of the statement of the same reading in which it is nested."""

    id: str
    page: str
    source: Span | None
    cue: Span | None
    content: Span
    audience: Span | None
    stance: str
    score: float
    source_actor: str | None = None
    within: int | None = None


@dataclass(frozen=True, slots=True)
class LoadedWord:
    """Wording that a neutral telling would not use; `neutral` is what others say instead, where known."""

    span: Span
    score: float
    neutral: str | None = None


@dataclass(frozen=True, slots=True)
class Alias:
    """Two mentions of one article held to name one actor, and why (`abbreviation`, `apposition`, `same_name`, …)."""

    a: Span
    b: Span
    reason: str
    score: float


@dataclass(frozen=True, slots=True)
class Reading:
    """All that was read in one article. `vectors` are the tellings' unit vectors (float16, a row each)."""

    page: str
    mentions: tuple[Mention, ...] = ()
    tellings: tuple[Telling, ...] = ()
    statements: tuple[Statement, ...] = ()
    loaded: tuple[LoadedWord, ...] = ()
    aliases: tuple[Alias, ...] = ()
    vectors: bytes = field(default=b"", repr=False)


@dataclass(frozen=True, slots=True)
class Actor:
    """A person, organisation or group behind mentions. `suggested` are other actors that it may be."""

    id: str
    name: str
    kind: str
    aliases: tuple[str, ...] = ()
    mentions: int = 0
    suggested: tuple[str, ...] = ()


# --- link and weigh --------------------------------------------------------------------------------------------------


@dataclass(frozen=True, slots=True)
class PagePassage:
    """A passage of a page: what echoes are found among."""

    page: str
    span: Span


@dataclass(frozen=True, slots=True)
class Edit:
    """One aligned difference: `a` and `b` are the words on either side (one may be empty), `kind` is `replaced`,
    `inserted`, `dropped`, `negated`, `number_changed` or `attribution_dropped`.
    """

    kind: str
    a: str
    b: str


@dataclass(frozen=True, slots=True)
class Echo:
    """Two passages where one repeats the other. `similarity` is the share of aligned tokens that are equal."""

    a: PagePassage
    b: PagePassage
    similarity: float
    differences: tuple[Edit, ...]


@dataclass(frozen=True, slots=True)
class Origin:
    """Pages that descend from one telling: they count as one source. `first` is the earliest page, if dates tell."""

    id: str
    pages: tuple[str, ...]
    first: str | None = None
    named: str | None = None


@dataclass(frozen=True, slots=True)
class MatchWeight:
    """One comparison's share of a link: its name, the level reached, and its weight (log2 Bayes factor)."""

    comparison: str
    level: str
    weight: float


@dataclass(frozen=True, slots=True)
class Link:
    """Two tellings held to be of the same happening, with how likely that is and why."""

    a: str
    b: str
    probability: float
    weights: tuple[MatchWeight, ...]


@dataclass(frozen=True, slots=True)
class ToldValue:
    """One value of a field of an incident: who tells it (telling ids) and from how many origins."""

    value: str
    tellings: tuple[str, ...]
    origins: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class ToldNumber:
    """A number told of an incident: who tells it, and from how many origins."""

    number: int
    tellings: tuple[str, ...]
    origins: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class CountRange:
    """The lowest, the best and the highest number told: the best is the one that most origins tell, of several the
    lowest (after UCDP, which takes the lower of numbers that it cannot choose between).
    """

    low: ToldNumber
    best: ToldNumber
    high: ToldNumber


@dataclass(frozen=True, slots=True)
class WeighedField:
    """A field of an incident: `status` is `agreed`, `told_once` or `contested`; `range` sums a count up.

    Origins are those of the field: pages whose words for it echo each other count once, however much else of them does.
    """

    field: str
    status: str
    values: tuple[ToldValue, ...]
    range: CountRange | None = None

    @property
    def origins(self) -> tuple[str, ...]:
        """The independent origins that tell the field."""
        return tuple(sorted({o for value in self.values for o in value.origins}))


@dataclass(frozen=True, slots=True)
class Incident:
    """The tellings held to be of the same happening. `fields` shows every value told and by whom."""

    id: str
    tellings: tuple[str, ...]
    types: tuple[str, ...]
    origins: tuple[str, ...]
    fields: tuple[WeighedField, ...] = ()
    weakest: Link | None = None

    @property
    def contested(self) -> tuple[str, ...]:
        """Names of the fields for which the origins give different values."""
        return tuple(f.field for f in self.fields if f.status == "contested")


@dataclass(frozen=True, slots=True)
class Relation:
    """How two incidents stand to each other as told: `first` is `before` the other (`then`), `then` is `because_of`
    `first`, or `part_of` it. `cue` are the words of `page` that say so; without them it follows from `reasons` alone.
    """

    first: str
    then: str
    kind: str
    reasons: tuple[str, ...]
    page: str | None = None
    cue: Span | None = None


@dataclass(frozen=True, slots=True)
class Judgement:
    """What a person decided. `verdict`: same, not_same, right, wrong, corrected, merged, split, redacted, undone.
    `about` and `other` are record ids; `field` and `value` say what was corrected to what. Append-only.
    """

    id: int
    verdict: str
    about: str
    other: str | None
    field: str | None
    value: str | None
    who: str
    when: str
    why: str
