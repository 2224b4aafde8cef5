"""Tables and texts for people at a terminal.

In: shapes. Out: rich renderables. Never: "did": what a page claims is shown as told by that page.
"""

import os
from collections.abc import Callable, Iterable, Iterator
from dataclasses import dataclass
from typing import Any

from msgspec import Struct, structs
from rich import box
from rich.console import Console, Group, RenderableType
from rich.padding import Padding
from rich.table import Table
from rich.text import Text

from rashomon.present import shapes as s

EXCERPT_CHARS = 160
MOST_CELL_CHARS = 240
PIPED_WIDTH = 120


def make_console(*, stderr: bool = False) -> Console:
    """Where tables are printed: as wide as the terminal, or as COLUMNS says, or `PIPED_WIDTH` characters."""
    console = Console(stderr=stderr, highlight=False)
    if not console.is_terminal and "COLUMNS" not in os.environ:
        console.width = PIPED_WIDTH
    return console


@dataclass(frozen=True, slots=True)
class Column:
    """A column: its heading, its share of the width, and what of a record stands in it."""

    heading: str
    ratio: int
    get: Callable[[Any], str]


def make_table(what: str, found: Iterable[Struct], total: int) -> Table:
    """A table of `found`, records of one kind, of which the case has `total`."""
    columns = _COLUMNS[what]
    table = Table(expand=True, box=box.HORIZONTALS, padding=(0, 1, 0, 0), show_lines=True, header_style="bold")
    for column in columns:
        table.add_column(column.heading, ratio=column.ratio, overflow="fold")
    for record in found:
        # Text: what a page says is never markup
        table.add_row(*(Text(excerpt(column.get(record), MOST_CELL_CHARS)) for column in columns))
    if table.row_count < total:
        table.caption = f"{table.row_count} of {total}; --most N shows more, --json all"
    elif not total:
        table.caption = f"no {what} in this case"
    return table


def printable(words: str) -> str:
    r"""Words without what a terminal would obey (control characters, overrides of direction); lines stay lines.

    >>> printable("a\x1b[2Jb\u202ec\td\n  e")
    'a[2Jbc d\ne'
    """
    kept = "".join(c for c in words if c.isspace() or (c.isprintable() and c not in _OVERRIDES))
    return "\n".join(" ".join(line.split()) for line in kept.splitlines())


_OVERRIDES = frozenset("\u202a\u202b\u202c\u202d\u202e\u2066\u2067\u2068\u2069")


def excerpt(words: str, most: int = EXCERPT_CHARS) -> str:
    """The beginning of `words`, cut at a word, with an ellipsis where something is left out.

    >>> excerpt("two men were shot", 9)
    'two men …'
    """
    words = printable(words)
    return words if len(words) <= most else words[:most].rsplit(None, 1)[0] + " …"


def _join(*parts: str | None, between: str = "\n") -> str:
    return between.join(p for p in parts if p)


def _texts(fillers: Iterable[Any]) -> str:
    return ", ".join(f.text for f in fillers)


def _time(record: Any) -> str:
    time = record.time
    if time is None:
        return ""
    if time.start is None:
        return str(time.text)
    return time.start if time.end in (None, time.start) else f"{time.start} to {time.end}"


def _roles(t: s.TellingShape) -> str:
    return _join(
        f"by {_texts(t.perpetrators)}" if t.perpetrators else None,
        "to " + ", ".join(_target(x) for x in t.targets) if t.targets else None,
        f"with {_texts(t.instruments)}" if t.instruments else None,
        ", ".join(f"{c.what}: {c.text}" for c in t.counts),
    )


def _target(target: s.TargetShape) -> str:
    return target.text if target.effect == "none" else f"{target.text} ({target.effect})"


def _told_by(t: s.TellingShape) -> str:
    return _join(f"page {t.page}", f"after {t.attributed_to.text}" if t.attributed_to else "unsourced")


def _passage(p: s.PagePassageShape) -> str:
    return f"{p.page}:\n{excerpt(p.text)}"


def _difference(d: s.DifferenceShape) -> str:
    return f"{d.a or '∅'} / {d.b or '∅'}"


def _words(span: s.SpanShape | None) -> str:
    return span.text if span else ""


def _describe_untold(found: s.UntoldShape) -> str:
    if found.untold is None:
        return f"cannot be said: {found.why}"
    return f"{found.untold:.0f} ({found.low:.0f} to {found.high:.0f} with 95%)"


def _shift_kind(shift: s.ShiftShape) -> str:
    kind = "" if shift.kind == "replaced" else shift.kind.replace("_", " ")
    return _join(kind, "" if shift.direction == "a_to_b" else "who copied: undetermined", between="; ")


def _standing(judgement: Any) -> str:
    if not judgement.stands:
        return "(undone)"
    return "(what it is about is not read any more)" if judgement.lost else ""


_COLUMNS: dict[str, tuple[Column, ...]] = {
    "pages": (
        Column("page", 3, lambda p: _join(p.id, f"version {p.version}" if p.version > 1 else None)),
        Column("outlet", 2, lambda p: p.outlet or ""),
        Column("published", 2, lambda p: p.published or "unknown"),
        Column("title", 5, lambda p: p.title or ""),
        Column("source", 4, lambda p: p.source),
        Column("status", 2, lambda p: _join(p.status, p.language, between=", ")),
    ),
    "tellings": (
        Column("telling", 3, lambda t: t.id),
        Column("what, as told", 3, lambda t: _join(", ".join(t.types), t.stance, t.stage)),
        Column("roles, as told", 5, _roles),
        Column("where, when", 3, lambda t: _join(_texts(t.places), _time(t))),
        Column("words", 5, lambda t: excerpt(t.text)),
        Column("told by", 3, _told_by),
    ),
    "incidents": (
        Column("incident", 3, lambda i: i.id),
        Column("types", 3, lambda i: ", ".join(i.types)),
        Column("when", 2, _time),
        Column("where", 3, lambda i: ", ".join(p.name for p in i.places)),
        Column("told by", 4, lambda i: _join(", ".join(i.outlets), told_by(i))),
        Column("contested", 2, lambda i: ", ".join(i.contested)),
    ),
    "statements": (
        Column("statement", 3, lambda x: x.id),
        Column("who", 3, lambda x: _join(_words(x.source), f"to {x.audience.text}" if x.audience else None)),
        Column("cue", 2, lambda x: _words(x.cue)),
        Column("content", 7, lambda x: excerpt(x.content.text)),
        Column("stance", 2, lambda x: x.stance),
        Column("told by", 3, lambda x: f"page {x.page}"),
    ),
    "echoes": (
        Column("a", 5, lambda e: _passage(e.a)),
        Column("b", 5, lambda e: _passage(e.b)),
        Column("equal", 1, lambda e: f"{e.similarity:.0%}"),
        Column("first", 1, lambda e: e.earlier or "?"),
        Column("differences, a / b", 4, lambda e: "\n".join(map(_difference, e.differences)) or "none"),
    ),
    "shifts": (
        Column("outlets, a / b", 4, lambda x: _join(f"{x.a} → {x.b}" if x.direction == "a_to_b" else f"{x.a} | {x.b}")),
        Column("words, a / b", 4, lambda x: _join(f"{x.a_words or '∅'} / {x.b_words or '∅'}", _shift_kind(x))),
        Column("passages", 1, lambda x: str(x.count)),
        Column("for example", 7, lambda x: "\n".join(excerpt(p.b.text, 110) for p in x.passages[:1])),
    ),
    "silences": (
        Column("incident", 3, lambda x: x.incident),
        Column("not told by", 4, lambda x: x.outlet),
        Column("which tells of, there and then", 6, lambda x: ", ".join(x.covers)),
    ),
    "relations": (
        Column("first", 3, lambda x: x.first),
        Column("how", 2, lambda x: x.kind.replace("_", " ")),
        Column("then", 3, lambda x: x.then),
        Column("why", 7, lambda x: _join(*x.reasons, f"page {x.page}" if x.page else None)),
    ),
    "untold": (
        Column("incidents told", 2, lambda x: f"{x.incidents} by {x.lists} lists"),
        Column("by one origin, by two", 2, lambda x: f"{x.told_once}, {x.told_twice}"),
        Column("told by none, at least", 3, _describe_untold),
        Column("if", 7, lambda x: "\n".join(x.assumptions)),
    ),
    "wording": (
        Column("outlet", 4, lambda x: x.outlet),
        Column("wording", 4, lambda x: x.words),
        Column("others say", 4, lambda x: x.neutral or ""),
        Column("times", 1, lambda x: str(x.count)),
        Column("page", 3, lambda x: "\n".join(dict.fromkeys(p.page for p in x.spans))),
    ),
    "actors": (
        Column("actor", 3, lambda a: a.id),
        Column("name", 4, lambda a: a.name),
        Column("kind", 2, lambda a: a.kind),
        Column("aliases", 5, lambda a: ", ".join(a.aliases)),
        Column("mentions", 1, lambda a: str(a.mentions)),
    ),
    "judgements": (
        Column("no.", 1, lambda j: str(j.id)),
        Column("judged", 2, lambda j: _join(j.verdict.replace("_", " "), _standing(j))),
        Column("about", 4, lambda j: _join(j.about, j.other)),
        Column("field", 4, lambda j: _join(j.field, f"“{j.corrected.text}”" if j.corrected else None)),
        Column("by", 3, lambda j: _join(j.who, j.when)),
        Column("why", 5, lambda j: j.why),
    ),
    "rejected": (
        Column("source", 6, lambda r: r.source),
        Column("stage", 2, lambda r: r.stage),
        Column("reason", 3, lambda r: r.reason),
        Column("detail", 5, lambda r: excerpt(r.detail)),
    ),
}


def told_by(incident: s.IncidentShape) -> str:
    """How often an incident is told, and from how many independent origins."""
    tellings, origins = len(incident.tellings), len(incident.origins)
    return f"{tellings} telling{'s' * (tellings != 1)}, {origins} origin{'s' * (origins != 1)}"


def make_record(record: Struct) -> RenderableType:
    """One record whole: its fields one below the other; a page's text as it is."""
    rows = Table.grid(padding=(0, 2))
    rows.add_column(style="bold", no_wrap=True)
    rows.add_column(overflow="fold")
    text = ""
    for name in record.__struct_fields__:
        value = getattr(record, name)
        if isinstance(record, s.WholePageShape) and name == "text":
            text = value
        elif isinstance(record, s.IncidentShape) and name == "fields":
            rows.add_row(name, Text("\n".join(_field(field) for field in record.fields)))
        elif isinstance(value, tuple) and value and isinstance(value[0], Struct):
            rows.add_row(name, Text("\n".join(_line(item) for item in value)))
        elif isinstance(value, s.LinkShape):
            rows.add_row(name, Text(_explain(value)))
        elif value is not None and value != ():
            rows.add_row(name, Text(_line(value)))
    if not text:
        return rows
    shown = "\n".join(printable(line) for line in text.splitlines())
    return Group(rows, Padding(Text(shown), (1, 0)))


def _field(field: s.FieldShape) -> str:
    """A field with every value and who tells it; of a count also the lowest, best and highest number."""
    lines = [f"{field.field}: {field.status.replace('_', ' ')}, {count_origins(field.origins)}"]
    lines += [f"  {v.value}: {', '.join(v.tellings)} ({count_origins(v.origins)})" for v in field.values]
    lines += [f"  {name} {n.number}: {', '.join(n.tellings)}" for name, n in iter_range(field)]
    return printable("\n".join(lines)).replace("\n", "\n  ")


def iter_range(field: s.FieldShape) -> Iterator[tuple[str, s.NumberShape]]:
    """The lowest, best and highest number of a count of which tellings differ, each with its name."""
    if field.range is not None and len(field.values) > 1:
        yield from (("lowest", field.range.low), ("best", field.range.best), ("highest", field.range.high))


def count_origins(origins: tuple[str, ...]) -> str:
    """How many independent origins."""
    return f"{len(origins)} origin{'s' * (len(origins) != 1)}"


def _explain(link: s.LinkShape) -> str:
    """A link with what spoke for it and against it (log2 Bayes factors), the strongest first; silence is left out."""
    told = sorted((w for w in link.weights if w.weight), key=lambda w: -abs(w.weight))
    why = "\n".join(f"  {w.weight:+.1f}  {w.comparison}: {w.level}" for w in told)
    return printable(f"{link.a} and {link.b}, probability {link.probability:.2f}") + f"\n{why}"


def _line(value: object) -> str:
    if isinstance(value, Struct):
        held = {k: v for k, v in structs.asdict(value).items() if v is not None and v != () and not k.endswith("_char")}
        words = held.pop("text", None)
        rest = ", ".join(f"{k} {_line(v)}" for k, v in held.items())
        return printable(f"“{words}” {rest}" if words is not None else rest).strip()
    if isinstance(value, tuple | list):
        return ", ".join(_line(item) for item in value)
    if isinstance(value, float):
        return f"{value:.3g}"
    return printable(str(value))
