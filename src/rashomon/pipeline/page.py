"""What is done with one page, in a worker process: open, read, resolve.

In: a page's bytes (and its article, where this version of capture made it before). Out: a `PageResult`.
Never: the case; the parent alone writes there.
"""

import time

from rashomon import capture, read, resolve
from rashomon.errors import CaptureError
from rashomon.pipeline import versions
from rashomon.pipeline.tasks import PageResult, PageTask, StageTime
from rashomon.records import Rejected
from rashomon.settings import Settings

READ_LANGUAGES = ("en",)
"""What the reader was trained on; an article whose language is not known is tried."""


class PageWorker:
    """Holds the reader and the resolver; `version` names all that a result depends on."""

    def __init__(self, settings: Settings) -> None:
        self._settings = settings
        self._reader = read.load_reader(settings)
        self._resolver = resolve.load_resolver(settings)
        self._resolve_version = versions.resolve_version(settings)
        self.version = f"capture {versions.CAPTURE}; read {self._reader.version}; resolve {self._resolve_version}"

    def __call__(self, task: PageTask) -> PageResult:
        """Open, read and resolve one page."""
        started = time.perf_counter()
        page = task.page
        try:
            if task.article is not None and task.made_by == versions.CAPTURE:
                article = task.article
            else:
                article = capture.open_page(page, self._settings)
        except CaptureError as error:
            return PageResult("rejected", Rejected(page.source, error.stage, error.reason, error.detail, page.id))
        opened = time.perf_counter()
        times = (StageTime("open", opened - started),)
        if not article.text.strip():
            return PageResult("no_article", None, article, None, versions.CAPTURE, times=times)
        if article.language is not None and article.language not in READ_LANGUAGES:
            unread = Rejected(page.source, "read", "unread_language", article.language, page.id)
            return PageResult("unread", unread, article, None, versions.CAPTURE, times=times)
        reading = self._reader.read(article)
        was_read = time.perf_counter()
        reading = self._resolver.resolve(article, reading)
        resolved = time.perf_counter()
        return PageResult(
            "read", None, article, reading, versions.CAPTURE, self._reader.version, self._resolve_version,
            (*times, StageTime("read", was_read - opened), StageTime("resolve", resolved - was_read)),
        )  # fmt: skip
