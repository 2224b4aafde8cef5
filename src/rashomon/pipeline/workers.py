"""Worker processes under supervision: one task each at a time, with a time limit.

In: a function that starts a handler in the worker, and tasks. Out: an `Outcome` for every task, in the order they end.
Never: a hang or a crash that takes the parent along: a worker that exceeds its time or dies is replaced.

A worker is sent its next task before the result of the last one is handed on, so that it works while the parent saves.
It gets only one at a time: with two, parent and worker could each wait for the other to empty a full pipe.
"""

import contextlib
import multiprocessing
import os
import signal
import threading
import time
import traceback
from collections.abc import Callable, Iterable, Iterator
from dataclasses import dataclass
from multiprocessing.connection import Connection, wait
from typing import Any, Generic, Protocol, TypeVar

from rashomon.errors import RashomonError, ReaderError

START_TIMEOUT_S = 120.0

Task = TypeVar("Task")
Result = TypeVar("Result")
TaskIn = TypeVar("TaskIn", contravariant=True)
ResultOut = TypeVar("ResultOut", covariant=True)


class Handler(Protocol[TaskIn, ResultOut]):
    """What a worker holds: it does one task; `version` says what it does tasks with."""

    version: str

    def __call__(self, task: TaskIn, /) -> ResultOut:
        """Do one task."""
        ...


@dataclass(frozen=True, slots=True)
class Outcome(Generic[Task, Result]):
    """What became of a task: its `result`, or the slug of its `failure` (timeout, worker_died, internal_error)."""

    task: Task
    result: Result | None
    failure: str | None = None
    detail: str = ""


@dataclass(slots=True)
class _Worker(Generic[Task]):
    process: Any
    pipe: Connection
    task: Task | None = None
    deadline: float = 0.0


class Workers(Generic[Task, Result]):
    """A pool of processes; `start` is called once in each and must be a function that can be pickled.

    Raises ReaderError when a worker cannot start, saying why. Use it as a context: leaving it ends all processes.
    """

    def __init__(self, start: Callable[[], Handler[Task, Result]], processes: int, timeout_s: float) -> None:
        self._context = multiprocessing.get_context("spawn")
        self._start = start
        self._timeout_s = timeout_s
        self._workers: list[_Worker[Task]] = []
        self.version = ""
        # each works on a core of its own: threads of the linear algebra would only take it from the other workers
        os.environ.setdefault("OPENBLAS_NUM_THREADS", "1")
        try:
            launched = [self._launch() for _ in range(processes)]
            for worker in launched:
                self._await_ready(worker)
        except BaseException:
            self.close()
            raise

    def run(self, tasks: Iterable[Task]) -> Iterator[Outcome[Task, Result]]:
        """Do all `tasks` (drawn one by one as workers get free) and yield an outcome for each."""
        waiting = iter(tasks)
        for worker in self._workers:
            self._give(worker, waiting)
        while any(worker.task is not None for worker in self._workers):
            yield from self._collect(waiting)

    def close(self) -> None:
        """End all processes, at once."""
        for worker in self._workers:
            worker.process.kill()
        for worker in self._workers:
            worker.process.join()
            worker.pipe.close()
        self._workers.clear()

    def __enter__(self) -> "Workers[Task, Result]":
        return self

    def __exit__(self, *_: object) -> None:
        self.close()

    def _launch(self) -> _Worker[Task]:
        ours, theirs = self._context.Pipe()
        process = self._context.Process(target=_serve, args=(theirs, self._start), daemon=True)
        process.start()
        theirs.close()
        worker: _Worker[Task] = _Worker(process, ours)
        self._workers.append(worker)
        return worker

    def _await_ready(self, worker: _Worker[Task]) -> None:
        if not worker.pipe.poll(START_TIMEOUT_S):
            raise ReaderError("worker_not_ready", f"not within {START_TIMEOUT_S:.0f} s")
        try:
            ready, said = worker.pipe.recv()
        except EOFError as error:
            raise ReaderError("worker_died", "while it started") from error
        if not ready:
            raise ReaderError("worker_not_started", said)
        self.version = said

    def _give(self, worker: _Worker[Task], waiting: Iterator[Task]) -> None:
        worker.task = next(waiting, None)
        if worker.task is not None:
            worker.deadline = time.monotonic() + self._timeout_s
            # if it has died, collecting finds its pipe at its end and says so
            with contextlib.suppress(BrokenPipeError, ConnectionResetError):
                worker.pipe.send(worker.task)

    def _collect(self, waiting: Iterator[Task]) -> Iterator[Outcome[Task, Result]]:
        busy = [worker for worker in self._workers if worker.task is not None]
        left_s = min(worker.deadline for worker in busy) - time.monotonic()
        ready = wait([worker.pipe for worker in busy], timeout=max(0.0, left_s))
        outcome: Outcome[Task, Result]
        for worker in busy:
            task = worker.task
            assert task is not None
            if worker.pipe in ready:
                try:
                    done, said = worker.pipe.recv()
                except (EOFError, ConnectionResetError):
                    self._replace(worker)
                    outcome = Outcome(task, None, "worker_died", "the process that read it ended")
                else:
                    outcome = Outcome(task, said) if done else Outcome(task, None, "internal_error", said)
            elif worker.deadline <= time.monotonic():
                self._replace(worker)
                outcome = Outcome(task, None, "timeout", f"not done within {self._timeout_s:g} s")
            else:
                continue
            self._give(worker, waiting)
            yield outcome

    def _replace(self, worker: _Worker[Task]) -> None:
        worker.process.kill()
        worker.process.join()
        worker.pipe.close()
        self._workers.remove(worker)
        fresh = self._launch()
        self._await_ready(fresh)
        self._workers.remove(fresh)
        worker.process, worker.pipe, worker.task = fresh.process, fresh.pipe, None
        self._workers.append(worker)


def _end_with_parent() -> None:
    """A worker whose parent was killed ends at once, also in the middle of a page."""
    parent = multiprocessing.parent_process()
    if parent is not None:
        parent.join()
        os._exit(1)


def _serve(pipe: Connection, start: Callable[[], Handler[Any, Any]]) -> None:
    """A worker's life: start, then task by task until the parent closes the pipe or is gone."""
    signal.signal(signal.SIGINT, signal.SIG_IGN)  # the parent decides what an interruption means
    threading.Thread(target=_end_with_parent, daemon=True).start()
    try:
        try:
            handle = start()
        except RashomonError as error:
            pipe.send((False, str(error)))
            return
        except Exception:  # noqa: BLE001  # told to the parent, which raises it
            pipe.send((False, traceback.format_exc(limit=-3)))
            return
        pipe.send((True, handle.version))
        while True:
            task = pipe.recv()
            try:
                answer = (True, handle(task))
            except Exception:  # noqa: BLE001  # the batch boundary: the parent records which task it was
                answer = (False, traceback.format_exc(limit=-3))
            pipe.send(answer)
    except (EOFError, BrokenPipeError, ConnectionResetError):
        return
