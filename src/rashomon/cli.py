"""The command line.

In: arguments. Out: text or JSON, progress on stderr, exit codes: 0 all read, 1 some rejected, 2 nothing done.
Never: work of its own. What is heavy is imported in the command that needs it, so that `--help` is quick.
"""

import os
import sys
from contextlib import ExitStack
from pathlib import Path
from typing import TYPE_CHECKING, Annotated

import typer

from rashomon.commands_exchange import add_exchange
from rashomon.commands_judge import add_judge
from rashomon.commands_serve import add_serve, serve_at_terminal
from rashomon.errors import RashomonError
from rashomon.settings import Settings, load_settings

if TYPE_CHECKING:
    from rich.console import Console

    from rashomon.pipeline.progress import Summary

ALL_READ, SOME_REJECTED, NOTHING_DONE, INTERRUPTED = 0, 1, 2, 130
REJECTED_SHOWN = 20
WHATS = "pages, tellings, incidents, relations, silences, statements, echoes, shifts, wording, actors, rejected, untold"

app = typer.Typer(
    add_completion=False,
    rich_markup_mode=None,  # rich help takes three times as long to start
    no_args_is_help=True,
    pretty_exceptions_enable=False,
    help="Many pages, one incident: who says what happened, and how the tellings differ.",
)

CasePath = Annotated[Path, typer.Argument(metavar="CASE", help="The case: one SQLite file.")]
SettingsPath = Annotated[Path | None, typer.Option("--settings", help="A TOML file with settings.")]
Processes = Annotated[int | None, typer.Option("--processes", "-p", min=1, help="Processes that read, each on a core.")]
Gazetteer = Annotated[Path | None, typer.Option(help="Your own CSV gazetteer, looked up first.")]
Aliases = Annotated[Path | None, typer.Option(help="Your own CSV list of actors' aliases.")]


def main() -> None:
    """Run the command line; errors of ours end it with exit code 2 and a sentence that says why."""
    # matrices here are small: threads of the linear algebra would only wait for each other (before numpy is imported)
    os.environ.setdefault("OPENBLAS_NUM_THREADS", "1")
    try:
        app()
    except RashomonError as error:
        print(f"rashomon: {error}", file=sys.stderr)
        sys.exit(NOTHING_DONE)
    except KeyboardInterrupt:
        sys.exit(INTERRUPTED)
    except BrokenPipeError:
        # whoever read our output has enough; without this Python complains again when it closes stdout
        sys.stdout = None
        sys.exit(ALL_READ)


@app.command()
def add(
    case: CasePath,
    sources: Annotated[
        list[str], typer.Argument(metavar="SOURCE...", help="Files, folders, globs, WARCs, feeds, URLs, or - (stdin).")
    ],
    settings: SettingsPath = None,
    processes: Processes = None,
    gazetteer: Gazetteer = None,
    aliases: Aliases = None,
    allow_private_addresses: Annotated[
        bool | None, typer.Option("--allow-private-addresses", help="Also fetch URLs of this machine and its network.")
    ] = None,
) -> None:
    """Capture, read, resolve, link and weigh sources into a case. Stop it at any moment; run it again to go on."""
    chosen = load_settings(
        settings, processes=processes, gazetteer=gazetteer, aliases=aliases,
        allow_private_addresses=allow_private_addresses,
    )  # fmt: skip
    raise typer.Exit(_add(case, sources, chosen))


def _add(case_path: Path, sources: list[str], settings: Settings) -> int:
    from rashomon import store
    from rashomon.pipeline import add as adding
    from rashomon.present.progress import TerminalProgress

    with (
        store.open_case(case_path, create=True) as case,
        TerminalProgress(_console(stderr=True)) as progress,
    ):
        run = adding.Run(settings=settings, progress=progress, stdin=sys.stdin.buffer)
        summary = adding.add(case, sources, run)
    return _finish(summary, case_path, "add")


@app.command()
def reread(
    case: CasePath,
    settings: SettingsPath = None,
    processes: Processes = None,
    gazetteer: Gazetteer = None,
    aliases: Aliases = None,
    rejected: Annotated[bool, typer.Option("--rejected", help="Also try again what was rejected.")] = False,
) -> None:
    """Read again what an earlier version (or other settings) read; what has not changed is left as it is."""
    from rashomon import store
    from rashomon.pipeline import add as adding
    from rashomon.present.progress import TerminalProgress

    chosen = load_settings(settings, processes=processes, gazetteer=gazetteer, aliases=aliases)
    with store.open_case(case) as opened, TerminalProgress(_console(stderr=True)) as progress:
        run = adding.Run(settings=chosen, progress=progress)
        summary = adding.reread(opened, run, rejected_too=rejected)
    raise typer.Exit(_finish(summary, case, "reread"))


def _finish(summary: "Summary", case: Path, command: str) -> int:
    """Print what was done; the exit code."""
    console = _console()
    done = f"{summary.captured} pages captured, {summary.known} known already; {summary.read} read"
    if summary.without_article:
        done += f", {summary.without_article} without an article"
    if summary.unread:
        done += f", {summary.unread} in other languages kept unread"
    done += f": {summary.tellings} tellings, {summary.statements} statements"
    console.print(f"{done}; {summary.wall_s:.1f} s", markup=False, highlight=False)
    if summary.rejected:
        console.print(f"{len(summary.rejected)} rejected:", markup=False)
        for record in summary.rejected[:REJECTED_SHOWN]:
            words = ": ".join(part for part in (record.source, record.reason.replace("_", " "), record.detail) if part)
            console.print(f"  {_plain(words)}", markup=False, highlight=False, soft_wrap=True)
        if len(summary.rejected) > REJECTED_SHOWN:
            console.print(f"  … rashomon show {case} rejected", markup=False)
    if summary.outdated:
        said = f"{summary.outdated} pages were read by another version: rashomon reread {case}"
        console.print(said, markup=False)
    if summary.stopped:
        console.print(f"stopped; what was done is kept. Run `rashomon {command}` again to go on.", markup=False)
        return INTERRUPTED
    if summary.useless:
        return NOTHING_DONE
    return SOME_REJECTED if summary.rejected else ALL_READ


@app.command()
def show(
    case: CasePath,
    what: Annotated[
        str,
        typer.Argument(
            metavar="WHAT",
            help=f"{WHATS}, or the id of a record.",
        ),
    ],
    json: Annotated[bool, typer.Option("--json", help="A JSON array instead of a table.")] = False,
    most: Annotated[int, typer.Option(help="Rows of a table at most.", min=1)] = 100,
) -> None:
    """Show what a case holds, or one record whole."""
    from itertools import islice

    from rashomon import store
    from rashomon.present import queries

    with store.open_case(case) as opened, opened.read() as connection:
        kind = what in queries.WHATS
        found = queries.iter_shown(connection, what) if kind else iter([queries.find_shown(connection, what)])
        if json:
            from rashomon.present.jsons import write_array

            write_array(found, sys.stdout.buffer)
            return
        from rashomon.present import terminal

        if kind:
            if what in queries.COMPUTED:
                held = list(found)
                _console().print(terminal.make_table(what, held[:most], len(held)))
            else:
                total = queries.count_shown(connection, what)
                _console().print(terminal.make_table(what, islice(found, most), total))
        else:
            _console().print(terminal.make_record(next(found)))


@app.command()
def read(
    file: Annotated[str, typer.Argument(metavar="[FILE | -]", help="A text file; - is stdin.")] = "-",
    jsonl: Annotated[bool, typer.Option("--jsonl", help='{"id", "text"} a line in, a result a line out.')] = False,
    settings: SettingsPath = None,
    gazetteer: Gazetteer = None,
    aliases: Aliases = None,
) -> None:
    """Read a text without a case: tellings, statements and mentions as JSON, offsets into the text as it is."""
    from rashomon.errors import CaptureError
    from rashomon.pipeline.text import TextReader
    from rashomon.present.jsons import read_lines, read_whole

    chosen = load_settings(settings, gazetteer=gazetteer, aliases=aliases)
    reader = TextReader(chosen)
    with ExitStack() as stack:
        try:
            stream = sys.stdin.buffer if file == "-" else stack.enter_context(Path(file).open("rb"))
        except OSError as error:
            raise CaptureError("unreadable", error.strerror or str(error), source=file) from error
        if jsonl:
            failed = read_lines(stream, sys.stdout.buffer, reader.read, chosen.max_page_bytes)
            raise typer.Exit(SOME_REJECTED if failed else ALL_READ)
        read_whole(stream, sys.stdout.buffer, reader.read, file)


@app.command()
def demo(
    case: Annotated[Path, typer.Option("--case", help="Where the demo's case is kept.")] = Path("demo-case.db"),
    processes: Processes = None,
) -> None:
    """Add the bundled pages of an invented island's conflict to a case, and print its register."""
    from importlib import resources

    from rashomon import store
    from rashomon.present.register import make_register

    with resources.as_file(resources.files("rashomon") / "demo") as folder:
        chosen = load_settings(processes=processes, gazetteer=folder / "gazetteer.csv")
        _add(case, [str(folder / "pages")], chosen)  # one page is in another language, on purpose: no failure here
    with store.open_case(case) as opened, opened.read() as connection:
        _console().print(make_register(connection))
    serve_at_terminal(case)


add_serve(app)
add_exchange(app)
add_judge(app)


@app.command()
def version() -> None:
    """Print the version."""
    from importlib.metadata import version as version_of

    print(f"rashomon {version_of('rashomon')}")


def _console(*, stderr: bool = False) -> "Console":
    from rashomon.present.terminal import make_console

    return make_console(stderr=stderr)


def _plain(words: str) -> str:
    from rashomon.present.terminal import printable

    return printable(words)
