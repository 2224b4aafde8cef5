"""The command `judge`: what a person decides, at a terminal.

In: arguments. Out: a judgement in the case, and its incidents made again. Never: a rule of its own: `rashomon.judge`
decides what is a judgement, here as in the web app.
"""

import sys
from collections.abc import Sequence
from pathlib import Path
from typing import TYPE_CHECKING, Annotated

import typer

from rashomon.errors import CaptureError, JudgingError

if TYPE_CHECKING:
    from rashomon.store import Case

SOME_LOST = 1
VERDICTS = "same, not-same, right, wrong, correct, merge, split, redact, undo"

CasePath = Annotated[Path, typer.Argument(metavar="CASE", help="The case: one SQLite file.")]
Decide = "Callable[[Connection, Sequence[str], Person], Judgement]"


def add_judge(app: typer.Typer) -> None:
    """Add the command."""
    app.command()(judge)


def judge(
    case: CasePath,
    verdict: Annotated[str | None, typer.Argument(metavar="VERDICT", help=f"{VERDICTS}; or export, import.")] = None,
    about: Annotated[
        list[str] | None, typer.Argument(metavar="ABOUT...", help="What it is about: ids, a field, words.")
    ] = None,
    who: Annotated[str, typer.Option("--who", envvar="RASHOMON_WHO", help="Who decides.")] = "",
    why: Annotated[str, typer.Option("--why", help="The reason.")] = "",
    show: Annotated[bool, typer.Option("--list", help="List the judgements, undone ones too.")] = False,
    json: Annotated[bool, typer.Option("--json", help="With --list: a JSON array.")] = False,
    output: Annotated[Path, typer.Option("--output", "-o", help="With export: a file; - is stdout.")] = Path("-"),
    later: Annotated[bool, typer.Option("--later", help="Leave the incidents as they are until the next run.")] = False,
) -> None:
    """Judge tellings and incidents by name and with a reason; nothing judged is ever taken away, but can be undone."""
    from rashomon import store

    with store.open_case(case) as opened:
        if show or verdict is None:
            _list(opened, json=json)
        elif verdict == "export":
            _export(opened, output)
        elif verdict == "import":
            lost = _import(opened, about or [])
            _relate(opened, later=later)
            raise typer.Exit(SOME_LOST if lost else 0)
        else:
            _decide(opened, verdict, about or [], who, why)
            _relate(opened, later=later)


def _decide(opened: "Case", verdict: str, about: Sequence[str], who: str, why: str) -> None:
    from rashomon.judge import Person
    from rashomon.judge.command import decide

    if not why.strip():
        raise JudgingError("no_reason", "say why: --why")
    with opened.write() as connection:
        kept = decide(connection, verdict, about, Person(who, why))
    if kept.verdict == "redacted":
        opened.compact()
    _say(f"judgement {kept.id}: {kept.verdict.replace('_', ' ')}, by {kept.who}")


def _list(opened: "Case", *, json: bool) -> None:
    from rashomon.present.judgements import iter_judgement_shapes

    with opened.read() as connection:
        found = list(iter_judgement_shapes(connection))
    if json:
        from rashomon.present.jsons import write_array

        write_array(found, sys.stdout.buffer)
        return
    from rashomon.present import terminal

    terminal.make_console().print(terminal.make_table("judgements", found, len(found)))


def _export(opened: "Case", output: Path) -> None:
    from rashomon.present.exports.jsonl import write_judgements
    from rashomon.present.exports.write import open_output

    with opened.read() as connection, open_output(output) as out:
        count = write_judgements(connection, out)
    _say(f"{count} judgement{'s' * (count != 1)} written")


def _import(opened: "Case", sources: Sequence[str]) -> int:
    """Bring each file; how many tellings are judged that the case does not have."""
    from rashomon.imports.judgements import import_judgements

    if not sources:
        raise JudgingError("nothing_named", "name the files with judgements; - is stdin")
    lost = 0
    for source in sources:
        if source == "-":
            found = import_judgements(opened, sys.stdin.buffer, "-")
        else:
            try:
                with Path(source).open("rb") as stream:
                    found = import_judgements(opened, stream, source)
            except OSError as error:
                raise CaptureError("unreadable", str(error), source=source) from error
        parts = [f"{found.new} judgements brought, {found.known} known already"]
        parts += [f"{found.left_out} redactions left out"] if found.left_out else []
        parts += [f"{found.lost} tellings that this case does not have"] if found.lost else []
        _say(f"{source}: {', '.join(parts)}")
        lost += found.lost
    return lost


def _relate(opened: "Case", *, later: bool) -> None:
    """Make the incidents again."""
    from rashomon.pipeline.progress import Silent
    from rashomon.pipeline.relate import relate

    if not later:
        relate(opened, {}, Silent())


def _say(words: str) -> None:
    from rashomon.present.terminal import printable

    print(printable(words), file=sys.stderr)
