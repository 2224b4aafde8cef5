"""The pipeline: adding, stopping, going on, reading again."""

import dataclasses
import os
import random
import sqlite3
import subprocess
import sys
import time
from functools import partial
from pathlib import Path

import msgspec
import pytest

from rashomon import store
from rashomon.pipeline import add as pipeline
from rashomon.pipeline.progress import Silent, Summary
from rashomon.present import queries
from rashomon.settings import Settings
from tests.fakes import FakeWorker

ROOT = Path(__file__).parents[1]


def write_pages(folder: Path, **texts: str) -> Path:
    folder.mkdir(exist_ok=True)
    for name, text in texts.items():
        (folder / f"{name}.txt").write_text(text, encoding="utf-8")
    return folder


def run_with(version: str = "fake 1", *, processes: int = 1, timeout_s: float = 20.0) -> pipeline.Run:
    settings = Settings(processes=processes, page_timeout_s=timeout_s)
    return pipeline.Run(settings=settings, start=partial(FakeWorker, version))


def add(case_path: Path, sources: list[Path], run: pipeline.Run | None = None) -> Summary:
    with store.open_case(case_path, create=True) as case:
        return pipeline.add(case, [str(s) for s in sources], run or run_with())


def dump(case_path: Path) -> dict[str, list[object]]:
    """All that the case holds, without the times at which it was done, in an order of its own."""
    found: dict[str, list[object]] = {}
    with store.open_case(case_path) as case, case.read() as connection:
        for what in queries.WHATS:
            shown = [msgspec.to_builtins(x) for x in queries.iter_shown(connection, what)]
            for record in shown:
                record.pop("captured_at", None)
            found[what] = sorted(shown, key=repr)
        found["order"] = [x.source for x in queries.iter_shown(connection, "pages")]
        found["links"] = sorted(map(repr, store.iter_links(connection)))
        found["origins"] = sorted(map(repr, store.iter_origins(connection)))
    return found


def test_pages_become_tellings_statements_and_incidents(tmp_path: Path) -> None:
    pages = write_pages(
        tmp_path / "pages", a="Ana killed Bo in Tarn. Cy said that Ana killed Bo.", b="All is well here."
    )
    summary = add(tmp_path / "case.db", [pages])
    assert (summary.captured, summary.read, summary.tellings, summary.statements) == (2, 2, 2, 1)
    assert summary.rejected == []
    found = dump(tmp_path / "case.db")
    assert [p["status"] for p in found["pages"]] == ["read", "read"]
    assert {t["text"] for t in found["tellings"]} == {"Ana killed Bo in Tarn", "Ana killed Bo"}
    told = {i for incident in found["incidents"] for i in incident["tellings"]}
    assert told == {t["id"] for t in found["tellings"]}
    assert {t["incident"] for t in found["tellings"]} == {i["id"] for i in found["incidents"]}


def test_adding_the_same_twice_adds_nothing(tmp_path: Path) -> None:
    pages = write_pages(tmp_path / "pages", a="Ana killed Bo in Tarn.", bad="RAISE")
    first = add(tmp_path / "case.db", [pages])
    before = dump(tmp_path / "case.db")
    # no worker can start: nothing may be left for one to do
    again = add(tmp_path / "case.db", [pages, pages], pipeline.Run(start=sys.exit))
    assert (again.captured, again.known, again.read) == (0, 4, 0)
    assert dump(tmp_path / "case.db") == before
    assert [r.reason for r in first.rejected] == ["internal_error"]
    assert {r.reason for r in again.rejected} == {"internal_error"}


def test_other_bytes_of_the_same_source_are_a_new_version(tmp_path: Path) -> None:
    pages = write_pages(tmp_path / "pages", a="Ana killed Bo in Tarn.")
    add(tmp_path / "case.db", [pages])
    write_pages(tmp_path / "pages", a="Ana killed Bo in Orrin.")
    add(tmp_path / "case.db", [pages])
    found = dump(tmp_path / "case.db")
    versions = sorted((p["version"], p["previous"], p["id"]) for p in found["pages"])
    assert [v[0] for v in versions] == [1, 2]
    assert versions[1][1] == versions[0][2]


@pytest.mark.parametrize("processes", [1, 2])
def test_a_page_that_hangs_or_crashes_is_rejected_and_the_rest_is_read(tmp_path: Path, processes: int) -> None:
    texts = {"a": "Ana killed Bo.", "b": "HANG", "c": "CRASH", "d": "RAISE", "e": "Di killed Ed."}
    pages = write_pages(tmp_path / "pages", **texts)
    summary = add(tmp_path / "case.db", [pages], run_with(processes=processes, timeout_s=2.0))
    reasons = {Path(r.source).stem: r.reason for r in summary.rejected}
    assert reasons == {"b": "timeout", "c": "worker_died", "d": "internal_error"}
    found = dump(tmp_path / "case.db")
    assert {Path(p["source"]).stem: p["status"] for p in found["pages"]} == {
        "a": "read", "b": "rejected", "c": "rejected", "d": "rejected", "e": "read",
    }  # fmt: skip
    assert len(found["tellings"]) == 2


def test_what_was_rejected_can_be_tried_again(tmp_path: Path) -> None:
    pages = write_pages(tmp_path / "pages", a="Ana killed Bo.", b="RAISE")
    add(tmp_path / "case.db", [pages])
    with store.open_case(tmp_path / "case.db") as case:
        assert pipeline.reread(case, run_with()).rejected == []
        assert [r.reason for r in pipeline.reread(case, run_with(), rejected_too=True).rejected] == ["internal_error"]


def test_only_what_another_version_read_is_read_again(tmp_path: Path) -> None:
    pages = write_pages(tmp_path / "pages", a="Ana killed Bo.")
    add(tmp_path / "case.db", [pages], run_with("fake 1"))
    write_pages(tmp_path / "pages", b="Di killed Ed.")
    summary = add(tmp_path / "case.db", [pages], run_with("fake 2"))
    assert (summary.read, summary.outdated) == (1, 1)
    before = dump(tmp_path / "case.db")
    with store.open_case(tmp_path / "case.db") as case:
        assert pipeline.reread(case, run_with("fake 2")).read == 1
        assert pipeline.reread(case, run_with("fake 2")).read == 0
    assert dump(tmp_path / "case.db") == before


def test_the_order_of_sources_and_the_number_of_processes_change_nothing(tmp_path: Path) -> None:
    names = ["Ana", "Bo", "Cy", "Di", "Ed", "Flo"]
    texts = {f"p{i}": f"{a} killed {b} in Tarn." for i, a in enumerate(names) for b in names[i + 1 :][:1]}
    pages = sorted(write_pages(tmp_path / "pages", **texts).iterdir())
    add(tmp_path / "one.db", pages, run_with(processes=1))
    add(tmp_path / "two.db", pages[::-1], run_with(processes=2))
    one, two = dump(tmp_path / "one.db"), dump(tmp_path / "two.db")
    assert one.pop("order") == two.pop("order")[::-1]
    assert one == two


@pytest.mark.parametrize("seed", [1, 2, 3])
def test_pages_added_in_portions_give_what_they_give_at_once(tmp_path: Path, seed: int) -> None:
    """Some towns are told of by several pages, so that there are links and incidents of more than one telling."""
    rng = random.Random(seed)
    names = ["Ana", "Bo", "Cy", "Di", "Ed"]
    texts = {f"p{i}": f"{rng.choice(names)} killed {rng.choice(names)} in {rng.choice(('Tarn', 'Orr'))}. {i}"
             for i in range(9)}  # fmt: skip
    pages = sorted(write_pages(tmp_path / "pages", **texts).iterdir())
    add(tmp_path / "once.db", pages)
    rng.shuffle(pages)
    while pages:
        portion = rng.randint(1, 4)
        add(tmp_path / "portions.db", pages[:portion])
        del pages[:portion]
    once, portions = dump(tmp_path / "once.db"), dump(tmp_path / "portions.db")
    assert any(len(i["tellings"]) > 1 for i in once["incidents"])
    assert sorted(once.pop("order")) == sorted(portions.pop("order"))
    assert once == portions


def test_nothing_at_all_is_said_to_be_so(tmp_path: Path) -> None:
    summary = add(tmp_path / "case.db", [tmp_path / "nowhere.txt"])
    assert summary.useless
    assert len(summary.rejected) == 1


def test_an_interruption_keeps_what_is_done(tmp_path: Path) -> None:
    class Impatient(Silent):
        done = 0

        def advance(self, *, rejected: bool = False) -> None:
            self.done += 1
            if self.done == 7:  # five are captured, two are read
                raise KeyboardInterrupt

    texts = {f"p{i}": f"Ana killed Bo{i}." for i in range(5)}
    pages = write_pages(tmp_path / "pages", **texts)
    stopped = add(tmp_path / "case.db", [pages], dataclasses.replace(run_with(), progress=Impatient()))
    assert stopped.stopped
    with store.open_case(tmp_path / "case.db") as case, case.read() as connection:
        assert store.count_statuses(connection) == {"read": 2, "captured": 3}
    rest = add(tmp_path / "case.db", [pages])
    assert (rest.captured, rest.known, rest.read) == (0, 5, 3)


_KILLED = """
import sys
from functools import partial
from rashomon import store
from rashomon.pipeline import add as pipeline
from rashomon.settings import Settings
from tests.fakes import FakeWorker

if __name__ == "__main__":
    with store.open_case(sys.argv[1], create=True) as case:
        start = partial(FakeWorker, delay_s=0.01)
        pipeline.add(case, [sys.argv[2]], pipeline.Run(settings=Settings(processes=2), start=start))
"""


PAGES = 60
KILL_AT = (("captured", 30), ("read", 1), ("read", 30), ("read", PAGES))
"""Each run is killed a moment after it has brought so many pages so far; after the last of them it is linking."""


def test_killed_at_any_moment_it_goes_on_without_loss_or_double_work(tmp_path: Path) -> None:
    chance = random.Random(5)
    texts = {f"p{i:03}": f"Ana{i} killed Bo{i % 9} in Tarn. Cy said that it was so." for i in range(PAGES)}
    pages = write_pages(tmp_path / "pages", **texts)
    add(tmp_path / "whole.db", [pages])
    script = tmp_path / "run.py"
    script.write_text(_KILLED)
    command = [sys.executable, str(script), str(tmp_path / "killed.db"), str(pages)]
    environment = os.environ | {"PYTHONPATH": os.pathsep.join([str(ROOT), os.environ.get("PYTHONPATH", "")])}
    for status, least in KILL_AT:
        process = subprocess.Popen(command, env=environment, cwd=ROOT, start_new_session=True)
        while process.poll() is None and _count(tmp_path / "killed.db", status) < least:
            time.sleep(0.02)
        time.sleep(chance.uniform(0, 0.05))
        assert process.poll() is None, "it ended before it could be killed"
        process.kill()
        process.wait()
        _wait_until_gone(process.pid)
    subprocess.run(command, env=environment, cwd=ROOT, check=True)
    assert dump(tmp_path / "killed.db") == dump(tmp_path / "whole.db")


def _count(path: Path, status: str) -> int:
    """How many pages have come at least so far, seen from outside (0 until there is a case)."""
    if not path.exists():
        return 0
    connection = sqlite3.connect(f"file:{path}?mode=ro", uri=True)
    try:
        reached = ("captured", "read") if status == "captured" else ("read", "read")
        query = "SELECT count(*) FROM pages WHERE status IN (?, ?)"
        return int(connection.execute(query, reached).fetchone()[0])
    except sqlite3.OperationalError:
        return 0
    finally:
        connection.close()


def _wait_until_gone(group: int) -> None:
    """No worker may outlive a parent that was killed."""
    for _ in range(150):
        try:
            os.killpg(group, 0)
        except ProcessLookupError:
            return
        time.sleep(0.1)
    pytest.fail("a worker outlived its parent")
