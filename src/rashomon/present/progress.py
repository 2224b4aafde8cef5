"""How far a run has come, on a terminal.

In: calls of the pipeline. Out: a line with pages done, rate, time left and rejected so far, on stderr.
Never: a character where stderr is no terminal.
"""

from types import TracebackType

from rich.console import Console
from rich.progress import BarColumn, MofNCompleteColumn, Progress, Task, TextColumn, TimeRemainingColumn
from rich.text import Text

_NAMES = {"capture": "capturing", "start": "loading the reader", "read": "reading"}


class _Rate(TextColumn):
    """Pages a second."""

    def __init__(self) -> None:
        super().__init__("")

    def render(self, task: Task) -> Text:
        """The rate, once it is known."""
        return Text(f"{task.speed:.1f} pages/s" if task.speed else "")


class TerminalProgress:
    """A line for the stage at work; use it as a context."""

    def __init__(self, console: Console) -> None:
        self._bar = Progress(
            TextColumn("{task.description}"), BarColumn(bar_width=20), MofNCompleteColumn(), _Rate(),
            TimeRemainingColumn(compact=True), TextColumn("{task.fields[rejected]}"),
            console=console, transient=True, disable=not console.is_terminal,
        )  # fmt: skip
        self._task = self._bar.add_task("", visible=False, rejected="")
        self._rejected = 0

    def __enter__(self) -> "TerminalProgress":
        self._bar.start()
        return self

    def __exit__(
        self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None
    ) -> None:
        self._bar.stop()

    def begin(self, stage: str, total: int | None) -> None:
        """A stage begins."""
        name = _NAMES.get(stage, stage)
        self._bar.reset(self._task, total=total, description=name, visible=True, rejected=self._said())

    def advance(self, *, rejected: bool = False) -> None:
        """One more page is done."""
        self._rejected += rejected
        self._bar.update(self._task, advance=1, rejected=self._said())

    def end(self) -> None:
        """The stage has ended."""
        self._bar.update(self._task, visible=False)

    def _said(self) -> str:
        return f"{self._rejected} rejected" if self._rejected else ""
