"""What the parent and its worker processes hand to each other.

In: a page to be read. Out: what became of it. Never: an import of a stage.
"""

from dataclasses import dataclass

from rashomon.records import Article, Page, Reading, Rejected


@dataclass(frozen=True, slots=True)
class PageTask:
    """A page to be read; `article` is what the version `made_by` of capture made of it, if any did."""

    number: int
    page: Page
    article: Article | None = None
    made_by: str | None = None


@dataclass(frozen=True, slots=True)
class StageTime:
    """Seconds that a stage took."""

    stage: str
    seconds: float


@dataclass(frozen=True, slots=True)
class PageResult:
    """What became of a page: `status` is one of the store's STATUSES; the versions are of what made each part."""

    status: str
    rejected: Rejected | None = None
    article: Article | None = None
    reading: Reading | None = None
    captured_by: str = ""
    read_by: str = ""
    resolved_by: str = ""
    times: tuple[StageTime, ...] = ()
