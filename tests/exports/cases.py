"""Cases for the tests of exports and imports."""

from pathlib import Path

from rashomon import store
from rashomon.pipeline import add as pipeline
from rashomon.records import Judgement
from rashomon.settings import Settings
from tests.fakes import FakeWorker

PAGES = {
    "a": "Ana killed Bo in Tarn. Cy said that Ana killed Bo.",
    "b": "On Friday, it is told, Ana killed Bo in Tarn.",
    "c": "Dee killed Eve in Marn.",
    "d": "All is well here.",
    "e": "",
}


def make_case(folder: Path) -> Path:
    """A case of a few pages, read by the fake reader, with judgements: one of them undone."""
    pages = folder / "pages"
    pages.mkdir()
    for name, text in PAGES.items():
        (pages / f"{name}.txt").write_text(text, encoding="utf-8")
    path = folder / "case.db"
    with store.open_case(path, create=True) as case:
        pipeline.add(case, [str(pages)], pipeline.Run(settings=Settings(), start=FakeWorker))
        with case.read() as connection:
            told = [t.id for page in store.iter_read_pages(connection) for t in page.reading.tellings]
        judge(case, "same", told[0], told[1], "they name the same")
        judge(case, "wrong", told[2], None, "=cmd|' /C calc'!A0")
        judge(case, "undone", told[2], None, "", value="2")
        pipeline.add(case, [], pipeline.Run(settings=Settings(), start=FakeWorker))
    return path


def judge(case: store.Case, verdict: str, about: str, other: str | None, why: str, value: str | None = None) -> None:
    made = Judgement(0, verdict, about, other, None, value, "Ana", "2024-05-02T08:00:00Z", why)
    with case.write() as connection:
        store.append_judgement(connection, made)
