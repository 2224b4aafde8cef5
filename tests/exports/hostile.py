"""A case whose pages say what no format should have to read."""

from pathlib import Path

from rashomon import store
from rashomon.pipeline import add as pipeline
from rashomon.records import Page, PageHints
from rashomon.settings import Settings
from tests.factories import make_page
from tests.fakes import FakeWorker

FORMULA = '=HYPERLINK("https://x.example","ok")'
OVERRIDE = "gnp.\u202eexe\u2066"
NEWLINES = "two\r\nlines\tand\u2028more"
MARKUP = '<script>alert(1)</script>"><img src=x onerror=alert(1)>]]>&amp;'
SURROGATE = "lone \ud800 surrogate and \x00 NUL and \x07 bell"
HOSTILE = (FORMULA, OVERRIDE, NEWLINES, MARKUP, SURROGATE, "@SUM(1)", "+1", "-1", "\u00a0=1", "a;b|c", "x" * 5000)
URLS = ("javascript:alert(1)", "https://a.example/<b>", 'https://a.example/"x', "file:///etc/passwd")


class HostileWorker(FakeWorker):
    """Reads as the fake does, with a title and an outlet that are hostile."""

    def __call__(self, task):  # type: ignore[no-untyped-def]
        result = super().__call__(task)
        import dataclasses

        words = task.page.hints.title
        article = dataclasses.replace(result.article, title=words, outlet=words, byline=words, language="en")
        return dataclasses.replace(result, article=article)


def make_hostile_case(folder: Path) -> Path:
    """A page for every hostile text, each telling `Ana killed Bo in Tarn` with the text around and within."""
    path = folder / "case.db"
    with store.open_case(path, create=True) as case:
        for number, words in enumerate(HOSTILE):
            held = words.encode("utf-8", "replace").decode()
            url = URLS[number % len(URLS)]
            made = make_page(f"Ana killed Bo in Tarn. {held}\nCy said that {held}.", f"{held}{number}.txt", url)
            page = Page(made.id, made.source, made.sha256, made.captured_at, made.media_type, made.raw, made.url,
                        PageHints(title=words.encode("utf-8", "replace").decode()))  # fmt: skip
            with case.write() as connection:
                assert store.save_page(connection, page) is not None
        pipeline.add(case, [], pipeline.Run(settings=Settings(), start=HostileWorker))
    return path
