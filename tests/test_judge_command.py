"""`rashomon judge`: every verdict, who and why, export and import; judgements hold when pages are read again."""

import json
import sqlite3
from dataclasses import replace
from functools import partial
from pathlib import Path

import pytest

from rashomon import store
from rashomon.errors import CaseError, JudgingError
from rashomon.pipeline import add as pipeline
from rashomon.pipeline.tasks import PageResult, PageTask
from rashomon.settings import Settings
from rashomon.spans import take_span
from rashomon.store import schema
from tests.test_cli import run
from tests.web.cases import DatedWorker, make_case

BY = ("--who", "Ada", "--why", "as I read it")


@pytest.fixture(scope="module")
def template(tmp_path_factory: pytest.TempPathFactory) -> Path:
    return make_case(tmp_path_factory.mktemp("judge"))


@pytest.fixture
def case(tmp_path: Path, template: Path) -> Path:
    path = tmp_path / "case.db"
    path.write_bytes(template.read_bytes())
    return path


def judge(case: Path, *words: object) -> None:
    assert run("judge", case, *words, *BY)[0] == 0


def listed(case: Path) -> list[dict]:
    code, printed = run("judge", case, "--list", "--json")
    assert code == 0
    return json.loads(printed)


def tellings_on(case: Path, words: str) -> list[str]:
    found = json.loads(run("show", case, "tellings", "--json")[1])
    return [t["id"] for t in found if words in t["text"]]


def incident_of(case: Path, telling: str) -> str:
    found = json.loads(run("show", case, "tellings", "--json")[1])
    return next(t["incident"] for t in found if t["id"] == telling)


def test_pairs_are_parted_and_joined_and_undone(case: Path) -> None:
    one, other, *_ = tellings_on(case, "Tarn")
    assert incident_of(case, one) == incident_of(case, other)
    judge(case, "not-same", one, other)
    assert incident_of(case, one) != incident_of(case, other)
    judge(case, "undo", 1)
    assert incident_of(case, one) == incident_of(case, other)
    assert [(j["verdict"], j["who"], j["why"], j["stands"]) for j in listed(case)] == [
        ("not_same", "Ada", "as I read it", False)
    ]
    far = tellings_on(case, "Orr")[0]
    judge(case, "same", one, far)
    assert incident_of(case, one) == incident_of(case, far)


def test_merge_and_split(case: Path) -> None:
    one, far = tellings_on(case, "Tarn")[0], tellings_on(case, "Orr")[0]
    judge(case, "merge", incident_of(case, one), incident_of(case, far))
    assert incident_of(case, one) == incident_of(case, far)
    judge(case, "split", incident_of(case, one), far)
    assert incident_of(case, one) != incident_of(case, far)


def test_right_wrong_and_corrected(case: Path) -> None:
    telling = tellings_on(case, "Orr")[0]
    judge(case, "right", telling)
    judge(case, "wrong", telling, "according-to")
    judge(case, "correct", telling, "perpetrator", "Fay")
    judge(case, "correct", telling, "place", "Orr@18-21")
    found = [(j["verdict"], j["field"], j["corrected"]) for j in listed(case)]
    assert found[:2] == [("right", None, None), ("wrong", "according to", None)]
    assert [c["text"] for _, _, c in found[2:]] == ["Fay", "Orr"]
    assert found[3][2] == {"text": "Orr", "start_char": 18, "end_char": 21}


def test_redacting_needs_the_words_twice(case: Path) -> None:
    with pytest.raises(JudgingError, match="twice"):
        run("judge", case, "redact", "shopkeepers", "shop", *BY)
    judge(case, "redact", "shopkeepers", "shopkeepers")
    assert "hopkeepers" not in run("show", case, "pages", "--json")[1]
    assert not any(b"hopkeepers" in path.read_bytes() for path in case.parent.glob("case.db*"))
    with pytest.raises(JudgingError, match="gone"):
        run("judge", case, "undo", 1, *BY)


@pytest.mark.parametrize(
    ("words", "reason"),
    [
        (["same", "a"], "wrong_arguments"), (["alike", "a", "b"], "no_verdict"), (["same", "a", "b"], "no_telling"),
        (["undo", "9"], "not_standing"), (["merge", "i", "j"], "no_incident"), (["import"], "nothing_named"),
    ],
)  # fmt: skip
def test_what_cannot_be_judged_says_why(case: Path, words: list[str], reason: str) -> None:
    with pytest.raises(JudgingError) as caught:
        run("judge", case, *words, *BY)
    assert caught.value.reason == reason
    assert listed(case) == []


@pytest.mark.parametrize(("by", "reason"), [((), "no_reason"), (("--why", "so"), "no_name")])
def test_nobody_judges_without_a_name_and_a_reason(case: Path, by: tuple[str, ...], reason: str) -> None:
    with pytest.raises(JudgingError) as caught:
        run("judge", case, "right", tellings_on(case, "Orr")[0], *by)
    assert caught.value.reason == reason


def test_later_leaves_the_incidents_to_the_next_run(case: Path) -> None:
    one, other, *_ = tellings_on(case, "Tarn")
    judge(case, "not-same", one, other, "--later")
    assert incident_of(case, one) == incident_of(case, other)
    judge(case, "right", one)
    assert incident_of(case, one) != incident_of(case, other)


class ShiftedWorker(DatedWorker):
    """Another reader: every telling has another id, another type first and a longer span."""

    def __call__(self, task: PageTask) -> PageResult:
        result = super().__call__(task)
        if result.article is None or result.reading is None:
            return result
        text = result.article.text
        tellings = tuple(
            replace(
                t, id=f"new {t.id}", types=("armed_attack", *t.types), type_scores=(0.8, 0.7),
                span=take_span(text, t.span.start_char, min(len(text), t.span.end_char + 4)),
            )
            for t in result.reading.tellings
        )  # fmt: skip
        return replace(result, reading=replace(result.reading, tellings=tellings))


class BlindWorker(DatedWorker):
    """A reader that reads nothing."""

    def __call__(self, task: PageTask) -> PageResult:
        result = super().__call__(task)
        return result if result.reading is None else replace(result, reading=replace(result.reading, tellings=()))


def reread(case: Path, worker: type[DatedWorker], version: str) -> None:
    run_of = pipeline.Run(settings=Settings(processes=1, page_timeout_s=20.0), start=partial(worker, version))
    with store.open_case(case) as opened:
        pipeline.reread(opened, run_of)


def test_judgements_hold_when_pages_are_read_again(case: Path) -> None:
    one, other, *_ = tellings_on(case, "Tarn")
    judge(case, "not-same", one, other)
    judge(case, "correct", one, "perpetrator", "Bo")
    reread(case, ShiftedWorker, "fake 2")
    assert tellings_on(case, "Tarn")[:2] == [f"new {one}", f"new {other}"]
    assert incident_of(case, f"new {one}") != incident_of(case, f"new {other}")
    assert [(j["about"], j["lost"]) for j in listed(case)][1] == (f"new {one}", False)
    reread(case, BlindWorker, "fake 3")
    assert [j["lost"] for j in listed(case)] == [True, True]
    reread(case, DatedWorker, "fake 4")
    assert incident_of(case, one) != incident_of(case, other)
    assert [j["lost"] for j in listed(case)] == [False, False]


def test_judgements_are_never_changed(case: Path) -> None:
    judge(case, "right", tellings_on(case, "Orr")[0])
    with sqlite3.connect(case) as connection, pytest.raises(sqlite3.IntegrityError, match="append-only"):
        connection.execute("UPDATE judgements SET verdict = 'wrong'")


def test_judgements_travel_to_another_case_of_the_same_pages(case: Path, tmp_path: Path) -> None:
    one, other, *_ = tellings_on(case, "Tarn")
    judge(case, "not-same", one, other)
    judge(case, "right", one)
    judge(case, "undo", 2)
    lines = tmp_path / "judged.jsonl"
    assert run("judge", case, "export", "-o", lines)[0] == 0
    assert run("judge", case, "export")[1].encode() == lines.read_bytes()
    folder = tmp_path / "elsewhere"
    folder.mkdir()
    there = make_case(folder)  # other paths, so other ids
    a, b, *_ = tellings_on(there, "Tarn")
    assert {a, b}.isdisjoint({one, other})
    assert incident_of(there, a) == incident_of(there, b)
    assert run("judge", there, "import", lines)[0] == 0
    assert incident_of(there, a) != incident_of(there, b)
    first, second = listed(there)
    assert ({first["about"], first["other"]}, first["stands"]) == ({a, b}, True)
    assert (second["about"] in (a, b), second["stands"]) == (True, False)
    before = listed(there)
    assert run("judge", there, "import", lines)[0] == 0
    assert listed(there) == before


def test_judgements_wait_for_their_pages(case: Path, template: Path, tmp_path: Path) -> None:
    one, other, *_ = tellings_on(case, "Tarn")
    judge(case, "not-same", one, other)
    lines = tmp_path / "judged.jsonl"
    run("judge", case, "export", "-o", lines)
    empty = tmp_path / "empty.db"
    store.open_case(empty, create=True).close()
    assert run("judge", empty, "import", lines)[0] == 1
    assert [j["lost"] for j in listed(empty)] == [True]
    worker = pipeline.Run(settings=Settings(processes=1, page_timeout_s=20.0), start=DatedWorker)
    with store.open_case(empty) as opened:
        pipeline.add(opened, [str(template.parent / "pages")], worker)
    a, b, *_ = tellings_on(empty, "Tarn")
    assert incident_of(empty, a) != incident_of(empty, b)


def test_a_broken_file_brings_nothing(case: Path, tmp_path: Path) -> None:
    judge(case, "right", tellings_on(case, "Orr")[0])
    lines = tmp_path / "judged.jsonl"
    run("judge", case, "export", "-o", lines)
    lines.write_bytes(lines.read_bytes().replace(b"Ada", b"Eve") + b'{"kind": "judgement"}\n')
    with pytest.raises(CaseError) as caught:
        run("judge", case, "import", lines)
    assert caught.value.reason == "wrong_line"
    assert len(listed(case)) == 1


def test_cases_of_before_note_where_judged_tellings_stand(case: Path) -> None:
    one, other, *_ = tellings_on(case, "Tarn")
    judge(case, "not-same", one, other)
    with sqlite3.connect(case) as connection:
        connection.execute("DROP TABLE judged_tellings")
        connection.execute("DELETE FROM migrations WHERE number > 2")
    with store.open_case(case) as opened, opened.read() as connection:
        noted = {j.telling for j in store.iter_judged(connection)}
        assert connection.execute(schema.migrations.select()).all()[-1].number >= 3
    assert noted == {one, other}
