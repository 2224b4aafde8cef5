"""Adding pages to a case, and reading them again.

In: a case, sources, settings. Out: the same case with what was captured, read, resolved, linked and weighed.
Never: a rule of any stage, nor anything kept in memory that the case does not hold: every page is committed when it is
captured and again when it is read, so that a stop at any moment loses nothing and nothing is done twice.
"""

import logging
import time
from collections.abc import Callable, Iterable, Iterator, Sequence
from dataclasses import dataclass, field
from functools import partial
from typing import BinaryIO

from rashomon import store
from rashomon.capture import iter_pages
from rashomon.errors import CaseError, RashomonError
from rashomon.pipeline.page import PageWorker
from rashomon.pipeline.progress import Progress, Silent, Summary
from rashomon.pipeline.relate import relate
from rashomon.pipeline.tasks import PageResult, PageTask
from rashomon.pipeline.workers import Handler, Outcome, Workers
from rashomon.records import Page, Rejected
from rashomon.settings import Settings
from rashomon.store import Case

log = logging.getLogger(__name__)


Start = Callable[[], Handler[PageTask, PageResult]]


@dataclass(frozen=True, slots=True, kw_only=True)
class Run:
    """How a run is done: limits, who is told, what is piped in, and how a worker starts (tests put in their own)."""

    settings: Settings = field(default_factory=Settings)
    progress: Progress = field(default_factory=Silent)
    stdin: BinaryIO | None = None
    start: Start | None = None


def add(case: Case, sources: Sequence[str], run: Run) -> Summary:
    """Capture `sources` into the case and read what nothing has read yet, then link and weigh.

    An interruption (Ctrl-C) ends it cleanly, with what is done kept; the same call again goes on from there.
    """
    return _work(case, "add", run, lambda summary: _capture_all(case, sources, run, summary))


def reread(case: Case, run: Run, *, rejected_too: bool = False) -> Summary:
    """Read again what other versions of the stages read, and (if so asked) what was rejected; then link and weigh."""
    return _work(case, "reread", run, lambda _: None, rejected_too=rejected_too)


def _work(
    case: Case, command: str, run: Run, capture: Callable[[Summary], None], *, rejected_too: bool = False
) -> Summary:
    summary = Summary()
    started = time.perf_counter()
    with case.write() as connection:
        number = store.start_run(connection, command, {})
    try:
        capture(summary)
        _read_pending(case, run, summary, again=command == "reread", rejected_too=rejected_too)
        relate(case, summary.seconds, run.progress)
    except KeyboardInterrupt:
        summary.stopped = True
    finally:
        run.progress.end()
        summary.wall_s = time.perf_counter() - started
    if not summary.stopped:
        with case.write() as connection:
            done = {"captured": summary.captured, "read": summary.read, "rejected": len(summary.rejected)}
            store.end_run(connection, number, done)
    return summary


def _capture_all(case: Case, sources: Sequence[str], run: Run, summary: Summary) -> None:
    run.progress.begin("capture", None)
    started = time.perf_counter()
    for source in sources:
        for found in _iter_safely(source, run):
            rejected = found if isinstance(found, Rejected) else None
            with case.write() as connection:
                if isinstance(found, Rejected):
                    store.save_rejected(connection, found)
                elif store.save_page(connection, found) is not None:
                    summary.captured += 1
                else:
                    summary.known += 1
                    # it is still so: a second run of the same command says the same
                    rejected = store.find_rejected(connection, found.id)
            if rejected is not None:
                summary.rejected.append(rejected)
            run.progress.advance(rejected=rejected is not None)
    summary.seconds["capture"] = time.perf_counter() - started
    run.progress.end()


def _iter_safely(source: str, run: Run) -> Iterator[Page | Rejected]:
    try:
        yield from iter_pages(source, run.settings, run.stdin)
    except RashomonError as error:
        yield Rejected(source, error.stage, error.reason, error.detail)
    except Exception as error:  # the batch boundary: one source never ends the run
        log.warning("capturing %s failed", source, exc_info=True)
        yield Rejected(source, "capture", "internal_error", repr(error))


def _read_pending(case: Case, run: Run, summary: Summary, *, again: bool, rejected_too: bool) -> None:
    with case.read() as connection:
        pending = store.list_pending(connection)
    if not pending and not again:
        return
    run.progress.begin("start", None)
    start = run.start or partial(PageWorker, run.settings)
    with Workers(start, max(1, run.settings.processes), run.settings.page_timeout_s) as workers:
        with case.read() as connection:
            outdated = store.list_outdated(connection, workers.version, rejected_too=rejected_too)
        if again:
            pending = outdated
        else:
            summary.outdated = len(outdated) - len(pending)
        run.progress.begin("read", len(pending))
        for outcome in workers.run(_iter_tasks(case, pending)):
            done = _keep(case, outcome, workers.version)
            _count(summary, done)
            run.progress.advance(rejected=done.rejected is not None)
        run.progress.end()


def _iter_tasks(case: Case, numbers: Iterable[int]) -> Iterator[PageTask]:
    for number in numbers:
        with case.read() as connection:
            page = store.load_page(connection, number)
            kept = store.load_articles(connection, store.PageRange(number, number)).get(number)
            made_by = store.find_article_version(connection, number) if kept else None
        yield PageTask(number, page, kept, made_by)


def _keep(case: Case, outcome: Outcome[PageTask, PageResult], version: str) -> PageResult:
    """Save what became of a page, all of it in one transaction; returns what was saved."""
    task = outcome.task
    result = outcome.result
    if result is None:
        result = _failed(task, outcome.failure or "internal_error", outcome.detail)
    try:
        _save(case, task, result, version)
    except CaseError as error:
        result = _failed(task, error.reason, error.detail)
        _save(case, task, result, version)
    except Exception as error:  # the batch boundary: one page never ends the run
        log.warning("saving what was read in %s failed", task.page.id, exc_info=True)
        result = _failed(task, "internal_error", repr(error))
        _save(case, task, result, version)
    return result


def _failed(task: PageTask, reason: str, detail: str) -> PageResult:
    return PageResult("rejected", Rejected(task.page.source, "read", reason, detail, task.page.id))


def _save(case: Case, task: PageTask, result: PageResult, version: str) -> None:
    with case.write() as connection:
        if result.article is not None and result.article is not task.article:
            store.save_article(connection, task.number, result.article, result.captured_by)
        if result.article is not None and result.reading is not None:
            store.save_reading(
                connection, task.number, result.article, result.reading,
                read_by=result.read_by, resolved_by=result.resolved_by,
            )  # fmt: skip
        else:
            store.drop_reading(connection, task.number)
        if result.article is None:
            store.drop_article(connection, task.number)
        if result.rejected is not None:
            store.save_rejected(connection, result.rejected)
        else:
            store.drop_rejected(connection, task.page.source, task.page.id)
        store.set_status(connection, task.number, result.status, version)


def _count(summary: Summary, result: PageResult) -> None:
    summary.read += result.status == "read"
    summary.unread += result.status == "unread"
    summary.without_article += result.status == "no_article"
    if result.rejected is not None:
        summary.rejected.append(result.rejected)
    if result.reading is not None:
        summary.tellings += len(result.reading.tellings)
        summary.statements += len(result.reading.statements)
    for t in result.times:
        summary.seconds[t.stage] = summary.seconds.get(t.stage, 0.0) + t.seconds
