"""The commands `export` and `import`.

In: arguments. Out: files; pages in a case; a sentence on stderr that says what was written or brought.
Never: work of its own. What is heavy is imported when a command runs.
"""

import sys
from collections.abc import Mapping
from pathlib import Path
from typing import TYPE_CHECKING, Annotated

import typer

from rashomon.errors import SettingsError
from rashomon.imports.kinds import KINDS
from rashomon.present.names import FILTER_NAMES, FORMAT_NAMES
from rashomon.settings import load_settings

if TYPE_CHECKING:
    from rashomon.imports.bring import Brought
    from rashomon.settings import Settings
    from rashomon.store import Case

ALL_READ, SOME_REJECTED, NOTHING_DONE = 0, 1, 2
REJECTED_SHOWN = 20

CasePath = Annotated[Path, typer.Argument(metavar="CASE", help="The case: one SQLite file.")]


def add_exchange(app: typer.Typer) -> None:
    """Add both commands."""
    formats = _list("FORMAT", FORMAT_NAMES) + "\n\n" + _list("FILTER", FILTER_NAMES)
    app.command("export", epilog=formats)(export)
    app.command("import", epilog=_list("KIND", KINDS))(bring)


def _list(title: str, named: Mapping[str, str]) -> str:
    r"""Names with a line each, as `--help` prints them (after \b lines stay as they are).

    >>> _list("KIND", {"a": "one", "long": "two"})
    '\x08\nKIND:\n  a     one\n  long  two'
    """
    width = max(map(len, named)) + 2
    return "\n".join(["\b", f"{title}:", *(f"  {name:{width}}{about}" for name, about in named.items())])


def export(
    case: CasePath,
    format_name: Annotated[
        str,
        typer.Argument(
            metavar="FORMAT",
            help="One of the formats below.",
        ),
    ],
    output: Annotated[
        Path, typer.Option("--output", "-o", help="The file (a folder for csvw and parquet); - is stdout.")
    ],
    where: Annotated[
        list[str] | None,
        typer.Option("--where", metavar="FILTER", help="As in the web app's URL; may be repeated (not for jsonl)."),
    ] = None,
) -> None:
    """Write a case in a format that others read; nothing in it is asserted, every row says who tells it."""
    from rashomon import store
    from rashomon.present.exports.write import write_export
    from rashomon.present.filters import parse_where

    filters = parse_where(where or [])
    with store.open_case(case) as opened, opened.read() as connection:
        written = write_export(connection, format_name, output, filters, case.stem)
    _say(f"{written.rows} {written.noun} written")
    for reason, count in written.left_out.most_common():
        _say(f"{count} incidents left out: {reason}")
    if written.unlinked:
        _say(f"{written.unlinked} tellings are of no incident yet and left out: rashomon add was stopped; run it again")


def bring(
    case: CasePath,
    sources: Annotated[list[Path], typer.Argument(metavar="SOURCE...", help="Files or folders.")],
    kind: Annotated[
        str | None,
        typer.Option("--as", metavar="KIND", help="What the sources are: one of the kinds below; else guessed."),
    ] = None,
    column: Annotated[
        list[str] | None,
        typer.Option(
            "--column",
            metavar="FIELD=HEADER",
            help="Which column of a sheet is its url, text, title, published or outlet; may be repeated.",
        ),
    ] = None,
    settings: Annotated[Path | None, typer.Option("--settings", help="A TOML file with settings.")] = None,
    processes: Annotated[int | None, typer.Option("--processes", "-p", min=1, help="Processes that read.")] = None,
    gazetteer: Annotated[Path | None, typer.Option(help="Your own CSV gazetteer, looked up first.")] = None,
    aliases: Annotated[Path | None, typer.Option(help="Your own CSV list of actors' aliases.")] = None,
) -> None:
    """Bring cases, spreadsheets, archives, notes, event data and lists into a case; then read, link and weigh."""
    from rashomon import store
    from rashomon.imports import bring as bringing
    from rashomon.imports.lists import import_list

    chosen = load_settings(settings, processes=processes, gazetteer=gazetteer, aliases=aliases)
    columns = dict(_split(one) for one in column or [])
    found = []
    with store.open_case(case, create=True) as opened:
        for source in sources:
            of = kind or bringing.guess_kind(source)
            if of in ("gazetteer", "aliases"):
                to = case.with_name(f"{case.name}.{of}.csv")
                count, passed = import_list(source, to, of)
                _say(f"{source}: {count} rows, {passed} passed over; use it with --{of} {to}")
                continue
            found.append(bringing.bring(opened, source, of, chosen, columns))
            _report(source, found[-1])
        if any(not b.whole for b in found):
            _relate(opened, chosen)
    if any(b.rejected for b in found):
        raise typer.Exit(SOME_REJECTED if any(b.pages or b.known for b in found) else NOTHING_DONE)


def _relate(opened: "Case", settings: "Settings") -> None:
    from rashomon.pipeline import add as adding

    summary = adding.add(opened, [], adding.Run(settings=settings))
    _say(f"{summary.read} pages read: {summary.tellings} tellings, {summary.statements} statements")


def _report(source: Path, brought: "Brought") -> None:
    parts = [f"{brought.pages} pages brought, {brought.known} known already"]
    parts += [f"{brought.tellings} tellings"] if brought.tellings else []
    parts += [f"{brought.judgements} judgements"] if brought.judgements else []
    _say(f"{source} ({brought.kind}): {', '.join(parts)}")
    for one in brought.rejected[:REJECTED_SHOWN]:
        _say("  " + ": ".join(x for x in (one.source, one.reason.replace("_", " "), one.detail) if x))
    if len(brought.rejected) > REJECTED_SHOWN:
        _say(f"  … and {len(brought.rejected) - REJECTED_SHOWN} more rejected")


def _split(given: str) -> tuple[str, str]:
    name, sign, header = given.partition("=")
    if not sign:
        raise SettingsError("wrong_column", f"{given!r} is not FIELD=HEADER")
    return name, header


def _say(words: str) -> None:
    from rashomon.present.terminal import printable

    print(printable(words), file=sys.stderr)
