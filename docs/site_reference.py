"""Reference pages made from the code, each time the site is built: they cannot lag behind it.

In: commands, tables of exports, records, lines of jsonl, screens of the web app. Out: Markdown by the page's path.
Never: a thing without words that say what it is: `UndocumentedError` is raised, and the build fails.
"""

import inspect
import re
import typing
from collections.abc import Callable, Iterable, Iterator, Sequence
from dataclasses import fields, is_dataclass
from typing import Any

import msgspec
import typer

import rashomon
from rashomon import api, records
from rashomon.cli import app
from rashomon.present.exports import lines, record_tables, tables, told
from rashomon.spans import Span
from rashomon.store import restore
from rashomon.web.faces import FACES, ErrorShape, describe_api

TABLES: dict[str, Sequence[tables.Column[Any]]] = {
    "incidents": tables.INCIDENTS, "tellings": tables.TELLINGS, "sources": tables.SOURCES,
    "statements": record_tables.STATEMENTS, "actors": record_tables.ACTORS, "origins": record_tables.ORIGINS,
    "echoes": record_tables.ECHOES, "links": record_tables.LINKS, "relations": record_tables.RELATIONS,
    "rejected": record_tables.REJECTED, "judgements": record_tables.JUDGEMENTS,
}  # fmt: skip
_DEFAULT_DOC = re.compile(r"^\w+\(")


class UndocumentedError(ValueError):
    """Something that people can name has no words that say what it is."""


def need(words: str | None, of: str) -> str:
    r"""The words, on one line. Raises UndocumentedError.

    >>> need(" two\n lines ", "x")
    'two lines'
    """
    found = " ".join((words or "").split())
    if not found:
        raise UndocumentedError(of)
    return found


def cell(words: str) -> str:
    """Words for a cell of a Markdown table."""
    return words.replace("|", "\\|").replace("<", "&lt;")


def table(header: Sequence[str], rows: Iterable[Sequence[str]]) -> str:
    """A Markdown table."""
    return "\n".join([f"| {' | '.join(header)} |", "|" + "---|" * len(header), *(f"| {' | '.join(r)} |" for r in rows)])


def list_commands() -> dict[str, Any]:
    """Every command of the program by its name."""
    return dict(typer.main.get_command(app).commands)  # type: ignore[attr-defined]  # it is a group


def make_commands() -> str:
    """Every command with its arguments, options and defaults."""
    parts = [
        "# Commands",
        "Made from the program itself. What they do in detail: [reference](../reference.md#commands).\n",
    ]
    for name, command in list_commands().items():
        usage = (
            " ".join(command.collect_usage_pieces(typer.Context(command)))
            .replace("{", "")
            .replace("}", "")
            .replace("......", "...")
        )
        parts += [f"## rashomon {name}", f"    rashomon {name} {usage}", need(command.help, name)]
        rows = [_describe_parameter(name, p) for p in command.params if p.name != "help"]
        if rows:
            parts.append(table(("", "", "default"), rows))
        if command.epilog:
            parts.append("```text\n" + command.epilog.replace("\b\n", "") + "\n```")
    return "\n\n".join(parts) + "\n"


def _describe_parameter(command: str, parameter: Any) -> tuple[str, str, str]:
    option = parameter.param_type_name == "option"
    name = ", ".join([*parameter.opts, *parameter.secondary_opts]) if option else parameter.metavar or parameter.name
    about = need(parameter.help, f"{command} {name}")
    default = parameter.default
    shown = "" if default is None or default is False or callable(default) or default == () else str(default)
    return f"`{name}`", cell(about), "required" if parameter.required else f"`{shown}`" if shown else ""


def make_columns(name: str) -> str:
    """The columns of one of TABLES, and what each means."""
    rows = [(f"`{c.name}`", c.kind, cell(need(c.about, f"{name}.{c.name}"))) for c in TABLES[name]]
    return table(("column", "kind", "meaning"), rows)


def iter_record_kinds() -> Iterator[type]:
    """Every record that a notebook or a line of jsonl can hold."""
    found = [kind for _, kind in inspect.getmembers(records, inspect.isclass) if is_dataclass(kind)]
    more = (Span, told.Teller, told.Told, told.ToldIncident, tables.TellingOf, restore.RunEntry, restore.ProductEntry)
    yield from dict.fromkeys([*more[1:5], *found, more[0], *more[5:]])


def make_records() -> str:
    """The records of the Python API and of jsonl."""
    parts = ["# Records", "What `rashomon.open` gives and what the lines of `jsonl` hold, made from the code. Every "
             "`Span` counts in the text of its page's article, in Unicode code points, half-open.\n"]  # fmt: skip
    for kind in iter_record_kinds():
        parts += [f"## {kind.__name__}", need(document(kind), kind.__name__)]
        parts.append(table(("field", "type"), ((f"`{f.name}`", f"`{cell(spell_type(f.type))}`") for f in fields(kind))))
        held = [(n, p) for n, p in vars(kind).items() if isinstance(p, property)]
        parts += [f"`{name}`: {need(p.__doc__, f'{kind.__name__}.{name}')}" for name, p in held]
    return "\n\n".join(parts) + "\n"


def make_lines() -> str:
    """The kinds of lines of jsonl."""
    kinds = typing.get_args(lines.Line)
    rows = []
    for kind in kinds:
        keys = ", ".join(f"`{name}`" for name in kind.__struct_fields__)
        rows.append((f"`{kind.__struct_config__.tag}`", cell(need(document(kind), kind.__name__)), keys))
    return table(("kind", "meaning", "keys"), rows)


def document(kind: type) -> str | None:
    """A class's own docstring; None where it only repeats its signature."""
    words = kind.__dict__.get("__doc__")
    return None if words is None or _DEFAULT_DOC.match(words) else inspect.cleandoc(words)


def spell_type(kind: Any) -> str:
    """A type as it is written in the code."""
    words = (
        kind if isinstance(kind, str) else getattr(kind, "__name__", str(kind)) if isinstance(kind, type) else str(kind)
    )
    return re.sub(r"\b(?:\w+\.)+(\w+)", r"\1", words).replace('"', "")


def make_python() -> str:
    """`rashomon.open` and what an open case offers."""
    parts = ["# Python", need(rashomon.open.__doc__, "open"), "    rashomon.open(path) -> CaseReader"]
    for kind in (api.CaseReader, api.Rows):
        parts += [f"## {kind.__name__}", need(kind.__doc__, kind.__name__)]
        for name, member in vars(kind).items():
            if name.startswith("_"):
                continue
            called = name if isinstance(member, property) else f"{name}{_signature(member)}"
            parts.append(f"`{called}`\n:   {need(member.__doc__, name)}")
    parts.append(
        "## Columns of the Arrow tables\n\nOf `incidents()`, `tellings()` and `sources()`: "
        "[exports](../exports.md#the-three-tables)."
    )
    for name in list(TABLES)[3:]:
        parts += [f"### {name}", make_columns(name)]
    return "\n\n".join(parts) + "\n"


def _signature(member: Callable[..., Any]) -> str:
    return spell_type(re.sub(r"self(, )?", "", str(inspect.signature(member)))).replace("'", "")


def make_web_api() -> str:
    """The JSON face of the web app's screens."""
    about = describe_api("")
    parts = ["# The web app's JSON", "Every screen of `rashomon serve` as JSON, under the same parameters; described "
             "for programs at `/api/openapi.json`. Made from the code.\n"]  # fmt: skip
    for face in FACES:
        held = about["paths"][face.api_path]["get"]["parameters"]
        given = ", ".join(f"`{p['name']}`" for p in held if p["in"] == "query")
        parts += [f"## {face.name}", f"`GET {face.api_path}`: {need(face.about, face.name)}. "
                  f"Gives [{face.shape.__name__}](#{face.shape.__name__.casefold()})."]  # fmt: skip
        parts += [f"Parameters: {given}"] if given else []
    parts.append("## Keys")
    for kind in iter_shapes():
        parts += [f"### {kind.__name__}", need(document(kind), kind.__name__)]
        rows = ((f"`{f.encode_name}`", f"`{cell(spell_type(f.type))}`") for f in msgspec.structs.fields(kind))
        parts.append(table(("key", "type"), rows))
    return "\n\n".join(parts) + "\n"


def iter_shapes() -> Iterator[type[msgspec.Struct]]:
    """Every struct that an answer of the web app can hold."""
    left: list[Any] = [*(face.shape for face in FACES), ErrorShape]
    seen: dict[type, None] = {}
    while left:
        kind = left.pop(0)
        if inspect.isclass(kind) and issubclass(kind, msgspec.Struct) and kind not in seen:
            seen[kind] = None
            left += [f.type for f in msgspec.structs.fields(kind)]
        left += typing.get_args(kind)
    yield from seen


PAGES: dict[str, Callable[[], str]] = {
    "reference/commands.md": make_commands,
    "reference/python.md": make_python,
    "reference/records.md": make_records,
    "reference/web-api.md": make_web_api,
}
"""Pages made as a whole."""

PARTS: dict[str, Callable[[], str]] = {
    "lines": make_lines,
    **{name: (lambda name=name: make_columns(name)) for name in ("incidents", "tellings", "sources")},
}
"""Parts of pages, where `<!-- from code: NAME -->` stands."""
