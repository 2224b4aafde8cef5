"""Tables of records that are not told incidents: for notebooks.

In: records. Out: columns, with what they mean. Never: a span without the page in whose article it counts.
"""

from rashomon.present.exports.tables import Column
from rashomon.records import Actor, Echo, Judgement, Link, Origin, Rejected, Relation, Statement

STATEMENTS: tuple[Column[Statement], ...] = (
    Column("id", "string", "id of the statement", lambda s: s.id, key=True),
    Column("page", "string", "id of its page", lambda s: s.page, key=True),
    Column("source", "string", "who says it", lambda s: s.source.text if s.source else None),
    Column("source_actor", "string", "id of that actor", lambda s: s.source_actor),
    Column("cue", "string", "the words of saying", lambda s: s.cue.text if s.cue else None),
    Column("content", "string", "what is said", lambda s: s.content.text, key=True),
    Column("start_char", "integer", "where that begins in the article (code points)", lambda s: s.content.start_char),
    Column("end_char", "integer", "where it ends (exclusive)", lambda s: s.content.end_char),
    Column("audience", "string", "to whom", lambda s: s.audience.text if s.audience else None),
    Column("stance", "string", "stance of the source", lambda s: s.stance),
    Column("score", "number", "how sure the reader is", lambda s: s.score),
)
ACTORS: tuple[Column[Actor], ...] = (
    Column("id", "string", "id of the actor", lambda a: a.id, key=True),
    Column("name", "string", "its main name", lambda a: a.name, key=True),
    Column("kind", "string", "person, group or organisation", lambda a: a.kind),
    Column("aliases", "strings", "all its names", lambda a: a.aliases),
    Column("mentions", "integer", "how often it is named", lambda a: a.mentions),
    Column("suggested", "strings", "ids of actors that it may be", lambda a: a.suggested),
)
ORIGINS: tuple[Column[Origin], ...] = (
    Column("id", "string", "id of the origin", lambda o: o.id, key=True),
    Column("pages", "strings", "pages that descend from it", lambda o: o.pages),
    Column("first", "string", "the earliest of them, if dates tell", lambda o: o.first),
    Column("named", "string", "the source that they name", lambda o: o.named),
)
ECHOES: tuple[Column[Echo], ...] = (
    Column("a_page", "string", "id of one page", lambda e: e.a.page, key=True),
    Column("a_text", "string", "its passage", lambda e: e.a.span.text),
    Column("a_start_char", "integer", "where that begins", lambda e: e.a.span.start_char),
    Column("a_end_char", "integer", "where it ends", lambda e: e.a.span.end_char),
    Column("b_page", "string", "id of the other page", lambda e: e.b.page, key=True),
    Column("b_text", "string", "its passage", lambda e: e.b.span.text),
    Column("b_start_char", "integer", "where that begins", lambda e: e.b.span.start_char),
    Column("b_end_char", "integer", "where it ends", lambda e: e.b.span.end_char),
    Column("similarity", "number", "share of the aligned words that are equal", lambda e: e.similarity),
    Column("differences", "strings", "what differs, as `kind: a / b`",
           lambda e: [f"{d.kind}: {d.a} / {d.b}" for d in e.differences]),
)  # fmt: skip
LINKS: tuple[Column[Link], ...] = (
    Column("a", "string", "id of one telling", lambda x: x.a, key=True),
    Column("b", "string", "id of the other", lambda x: x.b, key=True),
    Column("probability", "number", "that they are of the same happening", lambda x: x.probability),
    Column("weights", "strings", "why, as `comparison: level (log2 Bayes factor)`",
           lambda x: [f"{w.comparison}: {w.level} ({w.weight:+.2f})" for w in x.weights]),
)  # fmt: skip
RELATIONS: tuple[Column[Relation], ...] = (
    Column("first", "string", "id of the incident that comes first", lambda x: x.first, key=True),
    Column("then", "string", "id of the other incident", lambda x: x.then, key=True),
    Column("kind", "string", "first is before the other; the other is because_of first, or part_of it",
           lambda x: x.kind, key=True),
    Column("reasons", "strings", "from what it follows", lambda x: x.reasons),
    Column("page", "string", "id of the page whose words say so; empty where it follows from the reasons alone",
           lambda x: x.page),
    Column("cue", "string", "those words", lambda x: x.cue.text if x.cue else None),
    Column("start_char", "integer", "where they begin in that page's article (code points)",
           lambda x: x.cue.start_char if x.cue else None),
    Column("end_char", "integer", "where they end (exclusive)", lambda x: x.cue.end_char if x.cue else None),
)  # fmt: skip
REJECTED: tuple[Column[Rejected], ...] = (
    Column("source", "string", "the URL or file", lambda x: x.source, key=True),
    Column("stage", "string", "where it stopped: capture, read, …", lambda x: x.stage, key=True),
    Column("reason", "string", "why, as a slug", lambda x: x.reason, key=True),
    Column("detail", "string", "the same for people", lambda x: x.detail),
    Column("page", "string", "id of the page, if its bytes are kept", lambda x: x.page),
)
JUDGEMENTS: tuple[Column[Judgement], ...] = (
    Column("id", "integer", "its number", lambda j: j.id, key=True),
    Column("verdict", "string", "same, not_same, right, wrong, corrected, merged, split, redacted or undone",
           lambda j: j.verdict, key=True),
    Column("about", "string", "id of the record", lambda j: j.about, key=True),
    Column("other", "string", "id of the other record", lambda j: j.other),
    Column("field", "string", "what was corrected", lambda j: j.field),
    Column("value", "string", "to what", lambda j: j.value),
    Column("who", "string", "who decided", lambda j: j.who, key=True),
    Column("when", "string", "when (ISO)", lambda j: j.when, key=True),
    Column("why", "string", "why", lambda j: j.why, key=True),
)  # fmt: skip
