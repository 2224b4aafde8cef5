"""The tables of a case.

In: nothing. Out: SQLAlchemy tables, the same for SQLite and PostgreSQL; names are the glossary's.
Never: what only one kind of database has (full-text search, triggers: see dialect.py), nor a query.

Every span is an offset into the article's text (code points) and its words are cut from there when it is loaded.
Fillers hold their words as well: they are what is searched and linked by.
"""

from sqlalchemy import Column, Index, MetaData, Table, UniqueConstraint

from rashomon.store.columns import Text, blob, integer, json, number, of, ordinal, page, real, span, text

metadata = MetaData()

migrations = Table("migrations", metadata, number(), text("name"), text("applied_at"))

runs = Table(
    "runs", metadata, number(), text("command"), text("started_at"), text("ended_at", null=True),
    json("versions"), json("done", null=True),
)  # fmt: skip
"""What was done to the case: `done` counts what it added; a run without `ended_at` was stopped."""

products = Table(
    "products", metadata, Column("stage", Text, primary_key=True), text("version"), text("made_from"), text("made_at")
)
"""What the stages over the whole case (actors, echoes, links, incidents) were last made by, and from which input."""

# --- capture ---------------------------------------------------------------------------------------------------------

pages = Table(
    "pages", metadata, number(), Column("id", Text, nullable=False, unique=True), text("source"),
    text("url", null=True), text("sha256"), text("captured_at"), text("media_type"), json("hints", null=True),
    integer("version"), text("previous", null=True), text("status"), text("tried_by", null=True),
    Index("pages_by_source", "source"), Index("pages_by_url", "url"), Index("pages_by_sha256", "sha256"),
    Index("pages_by_tried_by", "tried_by"),
    Index("pages_by_status", "status"),
)  # fmt: skip
"""`version` counts the captures of one URL (or file) with differing bytes; `status` is one of pages.STATUSES;
`tried_by` names the versions that last tried to read it: NULL while nothing has."""

page_bytes = Table("page_bytes", metadata, page(key=True), text("packing"), integer("size"), blob("body"))

articles = Table(
    "articles", metadata, page(key=True), text("text"), text("title", null=True), text("byline", null=True),
    text("outlet", null=True), text("outlet_found", null=True), text("published_start", null=True),
    text("published_end", null=True), text("published_precision", null=True), text("published_found", null=True),
    text("language", null=True), text("made_by"),
    Index("articles_by_outlet", "outlet", "published_start"), Index("articles_by_published", "published_start"),
)  # fmt: skip
sections = Table("sections", metadata, page(key=True), ordinal(), text("kind"), text("name"), *span(), text("text"))
teasers = Table(
    "teasers", metadata, page(key=True), ordinal(), text("list"), text("title"), text("summary"), integer("cut"),
    text("url", null=True),
)  # fmt: skip
passages = Table(
    "passages", metadata, page(key=True), ordinal(), *span(), text("kind"), text("marker"), *span("lead", null=True)
)
rejected = Table(
    "rejected", metadata, number(), text("source"), text("stage"), text("reason"), text("detail"),
    text("page", null=True), text("rejected_at"),
    Index("rejected_by_source", "source"), Index("rejected_by_page", "page"),
)  # fmt: skip

# --- read and resolve ------------------------------------------------------------------------------------------------

readings = Table("readings", metadata, page(key=True), text("read_by"), text("resolved_by"), text("read_at"),
                 integer("serial"), blob("vectors"), Index("readings_by_serial", "serial"))  # fmt: skip
"""`serial` counts up with every reading saved, so that the greatest one tells whether anything was read since."""
mentions = Table("mentions", metadata, page(key=True), ordinal(), *span(), text("kind"), real("score"))
tellings = Table(
    "tellings", metadata, number(), Column("id", Text, nullable=False, unique=True), page(), integer("ordinal"),
    *span(), real("score"), json("types"), json("type_scores"), text("stance"), text("stage"), json("anchors"),
    json("passages"), *span("time", null=True), real("time_score", null=True), text("time_start", null=True),
    text("time_end", null=True), text("time_precision", null=True), *span("time_from", null=True),
    *span("outcome", null=True), *span("attributed", null=True),
    Index("tellings_by_page", "page", "ordinal"), Index("tellings_by_time", "time_start"),
)  # fmt: skip
telling_types = Table(
    "telling_types", metadata, of("telling", "tellings"), Column("type", Text, primary_key=True),
    Index("telling_types_by_type", "type"),
)  # fmt: skip
fillers = Table(
    "fillers", metadata, of("telling", "tellings"), Column("role", Text, primary_key=True), ordinal(), *span(),
    text("text"), real("score"), text("kind", null=True), json("mentions"), *span("from", null=True),
    text("side", null=True), text("effect", null=True), text("actor", null=True),
    text("name", null=True), text("country", null=True), text("admin1", null=True), real("lat", null=True),
    real("lon", null=True), text("precision", null=True), real("radius_km", null=True), json("candidates", null=True),
    text("what", null=True), integer("low", null=True), integer("best", null=True), integer("high", null=True),
    Index("fillers_by_actor", "actor", "role", "telling"), Index("fillers_by_name", "name"),
)  # fmt: skip
"""`role`: perpetrator, target, instrument, place, count, beneficiary. Columns that a role has no use for are NULL."""

statements = Table(
    "statements", metadata, number(), Column("id", Text, nullable=False, unique=True), page(), integer("ordinal"),
    *span("source", null=True), *span("cue", null=True), *span(), *span("audience", null=True), text("stance"),
    real("score"), text("source_actor", null=True), integer("within", null=True),
    Index("statements_by_page", "page", "ordinal"), Index("statements_by_actor", "source_actor"),
)  # fmt: skip
loaded_words = Table(
    "loaded_words", metadata, page(key=True), ordinal(), *span(), real("score"), text("neutral", null=True)
)
aliases = Table(
    "aliases", metadata, page(key=True), ordinal(), *span("a"), *span("b"), text("reason"), real("score")
)  # fmt: skip
actors = Table("actors", metadata, number(), Column("id", Text, nullable=False, unique=True), text("name"),
               text("kind"), integer("mentions"), json("suggested"))  # fmt: skip
actor_aliases = Table(
    "actor_aliases", metadata, of("actor", "actors"), ordinal(), text("alias"), Index("actor_aliases_by_alias", "alias")
)

# --- link and weigh --------------------------------------------------------------------------------------------------

echoes = Table(
    "echoes", metadata, number(), page("a_page"), *span("a"), page("b_page"), *span("b"), real("similarity"),
    Index("echoes_by_a", "a_page"), Index("echoes_by_b", "b_page"),
)  # fmt: skip
echo_edits = Table("echo_edits", metadata, of("echo", "echoes"), ordinal(), text("kind"), text("a"), text("b"))
origins = Table("origins", metadata, number(), Column("id", Text, nullable=False, unique=True),
                text("first", null=True), text("named", null=True))  # fmt: skip
origin_pages = Table(
    "origin_pages", metadata, of("origin", "origins"), ordinal(), text("page"), Index("origin_pages_by_page", "page")
)
links = Table(
    "links", metadata, number(), text("a"), text("b"), real("probability"), blob("weights", null=True),
    UniqueConstraint("a", "b"), Index("links_by_b", "b"),
)  # fmt: skip
"""`weights`: the numbers of the link's match weights, one a comparison, packed (links.py)."""
match_weights = Table("match_weights", metadata, number(), text("comparison"), text("level"), real("weight"))
linked = Table("linked", metadata, Column("telling", Text, primary_key=True), text("digest"))
"""The tellings that were linked, with a digest of what was compared of each."""
incidents = Table(
    "incidents", metadata, number(), Column("id", Text, nullable=False, unique=True), json("types"), json("origins"),
    json("weakest", null=True), integer("contested"), Index("incidents_by_contested", "contested"),
)  # fmt: skip
incident_tellings = Table(
    "incident_tellings", metadata, of("incident", "incidents"), ordinal(), text("telling"),
    Index("incident_tellings_by_telling", "telling"),
)  # fmt: skip
incident_fields = Table(
    "incident_fields",
    metadata,
    of("incident", "incidents"),
    ordinal(),
    text("field"),
    text("status"),
    json("told"),
    json("range", null=True),
)
"""`told`: the values told, each with its tellings and origins; `range` a count's lowest, best and highest number."""

relations = Table(
    "relations", metadata, number(), text("first"), text("then"), text("kind"), json("reasons"),
    text("page", null=True), *span(null=True), text("words", null=True),
    Index("relations_by_first", "first"), Index("relations_by_then", "then"),
)  # fmt: skip

# --- judgements ------------------------------------------------------------------------------------------------------

judgements = Table(
    "judgements", metadata, number("id"), text("verdict"), text("about"), text("other", null=True),
    text("field", null=True), text("value", null=True), text("who"), text("when"), text("why"),
    Index("judgements_by_about", "about"), Index("judgements_by_other", "other"),
)  # fmt: skip
judged_tellings = Table(
    "judged_tellings", metadata, Column("telling", Text, primary_key=True), text("page"), text("sha256"), *span(),
    text("words"), json("anchors"), json("types"), text("now", null=True),
    Index("judged_tellings_by_now", "now"),
)  # fmt: skip
"""Where a telling stood when it was judged, and which telling of today (`now`) it is; NULL: none."""
unlocked = Table("unlocked", metadata, Column("what", Text, primary_key=True))
"""Holds a row only within the transaction of a redaction; while it is empty, judgements can only be appended."""
