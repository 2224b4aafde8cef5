"""Workers that hang, crash or fail take nothing along."""

import os
import time
from functools import partial

import pytest

from rashomon.errors import ReaderError
from rashomon.pipeline.tasks import PageTask
from rashomon.pipeline.workers import Workers
from tests.factories import make_page
from tests.fakes import FakeWorker


def tasks(*texts: str) -> list[PageTask]:
    return [PageTask(i, make_page(text, f"{i}.txt")) for i, text in enumerate(texts, start=1)]


def count_threads() -> FakeWorker:
    """A worker that says how many threads its linear algebra may have."""
    return FakeWorker(version=os.environ["OPENBLAS_NUM_THREADS"])


def fail_to_start() -> FakeWorker:
    raise ReaderError("weights_missing", "reader.onnx")


@pytest.mark.parametrize("processes", [1, 2])
def test_every_task_has_its_outcome_whatever_the_others_do(processes: int) -> None:
    texts = ["Ana killed Bo.", "CRASH", "RAISE", "HANG", "Cy killed Di.", "CRASH", "", "x " * 1_500_000]
    started = time.monotonic()
    with Workers(FakeWorker, processes, timeout_s=1.5) as workers:
        assert workers.version == "fake 1"
        outcomes = {o.task.number: o for o in workers.run(tasks(*texts))}
    assert time.monotonic() - started < 20
    assert sorted(outcomes) == list(range(1, 9))
    failures = {n: o.failure for n, o in outcomes.items() if o.failure}
    assert failures == {2: "worker_died", 3: "internal_error", 4: "timeout", 6: "worker_died"}
    assert "as the page asked" in outcomes[3].detail
    read = {n: o.result for n, o in outcomes.items() if o.result}
    assert [read[n].status for n in (1, 5, 7, 8)] == ["read", "read", "no_article", "read"]
    assert len(read[8].article.text) == 3_000_000


def test_why_a_worker_cannot_start_is_said() -> None:
    with pytest.raises(ReaderError, match=r"reader\.onnx"):
        Workers(fail_to_start, 1, timeout_s=1)


def test_tasks_are_drawn_only_as_workers_get_free() -> None:
    drawn: list[int] = []

    def draw() -> object:
        for task in tasks(*(["Ana killed Bo."] * 6)):
            drawn.append(task.number)
            yield task

    with Workers(partial(FakeWorker, delay_s=0.02), 1, timeout_s=5) as workers:
        for done, _ in enumerate(workers.run(draw()), start=1):
            assert len(drawn) <= done + 1
    assert drawn == [1, 2, 3, 4, 5, 6]


def test_a_worker_calculates_in_one_thread_unless_its_user_says_otherwise(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.delenv("OPENBLAS_NUM_THREADS", raising=False)
    with Workers(count_threads, 1, timeout_s=5) as workers:
        assert workers.version == "1"
    monkeypatch.setenv("OPENBLAS_NUM_THREADS", "3")
    with Workers(count_threads, 1, timeout_s=5) as workers:
        assert workers.version == "3"
