"""The lines of our own format: one record a line, each with its `kind`.

In: nothing. Out: structs; what they hold are the records themselves. Never: a value made for the format alone.

The order of lines in a file: case; then for every page its page, article, reading, tellings and statements, in this
order; then rejected, actors, echoes, origins, links, incidents, relations, judgements, runs, products. Bytes are
base64. Offsets count code points of the text of the article before them.
"""

from msgspec import Struct

from rashomon import records as r
from rashomon.store import JudgedTelling
from rashomon.store.restore import ProductEntry, RunEntry

FORMAT = "rashomon-jsonl"
VERSION = 1


class CaseLine(Struct, frozen=True, tag_field="kind", tag="case"):
    """The first line: the format and its version."""

    format: str = FORMAT
    version: int = VERSION


class PageLine(Struct, frozen=True, tag_field="kind", tag="page", kw_only=True):
    """A page with its bytes (`raw`) and what its carrier said of it (`hints`)."""

    id: str
    source: str
    url: str | None
    sha256: str
    captured_at: str
    media_type: str
    version: int
    previous: str | None
    status: str
    tried_by: str | None
    hints: r.PageHints | None
    raw: bytes


class ArticleLine(Struct, frozen=True, tag_field="kind", tag="article"):
    """The article of the page before it, and which version of capture made it."""

    made_by: str
    article: r.Article


class ReadingLine(Struct, frozen=True, tag_field="kind", tag="reading", kw_only=True):
    """What was read in the article before it, but for its tellings and statements, which follow."""

    page: str
    read_by: str
    resolved_by: str
    read_at: str
    serial: int
    mentions: tuple[r.Mention, ...]
    loaded: tuple[r.LoadedWord, ...]
    aliases: tuple[r.Alias, ...]
    vectors: bytes


class TellingLine(Struct, frozen=True, tag_field="kind", tag="telling"):
    """A telling, the incident that it is held to be of, the URL and the hash of its page."""

    incident: str | None
    url: str | None
    sha256: str
    telling: r.Telling


class StatementLine(Struct, frozen=True, tag_field="kind", tag="statement"):
    """A statement, the URL and the hash of its page."""

    url: str | None
    sha256: str
    statement: r.Statement


class RejectedLine(Struct, frozen=True, tag_field="kind", tag="rejected"):
    """A source or page that could not be read on, and when that was noted."""

    rejected_at: str
    rejected: r.Rejected


class ActorLine(Struct, frozen=True, tag_field="kind", tag="actor"):
    """An actor."""

    actor: r.Actor


class EchoLine(Struct, frozen=True, tag_field="kind", tag="echo"):
    """An echo."""

    echo: r.Echo


class OriginLine(Struct, frozen=True, tag_field="kind", tag="origin"):
    """An origin."""

    origin: r.Origin


class LinkLine(Struct, frozen=True, tag_field="kind", tag="link"):
    """A link between two tellings, with why."""

    link: r.Link


class IncidentLine(Struct, frozen=True, tag_field="kind", tag="incident"):
    """An incident with every value told."""

    incident: r.Incident


class RelationLine(Struct, frozen=True, tag_field="kind", tag="relation"):
    """How two incidents stand to each other."""

    relation: r.Relation


class JudgementLine(Struct, frozen=True, tag_field="kind", tag="judgement"):
    """What a person decided, and where the tellings stood that it is about."""

    judgement: r.Judgement
    tellings: tuple[JudgedTelling, ...] = ()


class RunLine(Struct, frozen=True, tag_field="kind", tag="run"):
    """What was done to the case, and when."""

    run: RunEntry


class ProductLine(Struct, frozen=True, tag_field="kind", tag="product"):
    """By what and from what a stage over the whole case was last made."""

    product: ProductEntry


Line = (
    CaseLine | PageLine | ArticleLine | ReadingLine | TellingLine | StatementLine | RejectedLine | ActorLine | EchoLine
    | OriginLine | LinkLine | IncidentLine | RelationLine | JudgementLine | RunLine | ProductLine
)  # fmt: skip
