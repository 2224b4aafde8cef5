"""Pages and what was rejected.

In: `Page`s and `Rejected`s. Out: the same again, with how far each page has come. Never: an article or a reading.
"""

from collections.abc import Iterator
from dataclasses import asdict, dataclass

from sqlalchemy import Connection, and_, delete, func, not_, or_, select, update

from rashomon.errors import NotFoundError
from rashomon.records import Page, PageHints, Rejected
from rashomon.store import clock
from rashomon.store.packing import pack, unpack
from rashomon.store.rows import PageRange, insert_one, within
from rashomon.store.schema import page_bytes, pages, rejected

STATUSES = ("captured", "read", "no_article", "unread", "rejected")
"""`captured`: its bytes are kept, nothing else yet; `no_article`: an index page; `unread`: in another language."""

BY_DATASET = "dataset "
"""How the version begins that stands on a page whose telling is a row of a hosted dataset."""

PASTED = "-"
"""The source of what was piped in: each such page is a page of its own, not a version of the one before."""


@dataclass(frozen=True, slots=True)
class PageEntry:
    """A page in the case without its bytes: its number in order of arrival, its version, how far it has come."""

    number: int
    id: str
    source: str
    url: str | None
    sha256: str
    captured_at: str
    media_type: str
    version: int
    previous: str | None
    status: str
    tried_by: str | None


def save_page(connection: Connection, page: Page) -> PageEntry | None:
    """Keep a page's bytes, as a new version if its URL (or file) is known with others; None if it is there already.

    A file (a page without a URL) is there already if any page has its bytes, wherever they came from; the same bytes at
    two URLs are two pages, since who published them matters.
    """
    if find_page(connection, page.id) is not None or (page.url is None and _has_bytes(connection, page.sha256)):
        return None
    version, previous = _next_version(connection, page)
    row = {
        "id": page.id, "source": page.source, "url": page.url, "sha256": page.sha256,
        "captured_at": page.captured_at, "media_type": page.media_type, "version": version, "previous": previous,
        "status": "captured", "tried_by": None,
    }  # fmt: skip
    number = insert_one(connection, pages, row | {"hints": page.hints})
    packing, body = pack(page.raw)
    connection.execute(page_bytes.insert().values(page=number, packing=packing, size=len(page.raw), body=body))
    return PageEntry(number=number, **row)  # type: ignore[arg-type]  # the row's values have the entry's types


def _has_bytes(connection: Connection, sha256: str) -> bool:
    return connection.execute(select(pages.c.id).where(pages.c.sha256 == sha256).limit(1)).first() is not None


def _next_version(connection: Connection, page: Page) -> tuple[int, str | None]:
    if page.url is not None:
        same = pages.c.url == page.url
    elif page.source == PASTED:
        return 1, None
    else:
        same = and_(pages.c.source == page.source, pages.c.url.is_(None))
    newest = select(pages.c.version, pages.c.id).where(same).order_by(pages.c.version.desc()).limit(1)
    found = connection.execute(newest).first()
    return (1, None) if found is None else (found.version + 1, found.id)


def find_page(connection: Connection, page: str) -> PageEntry | None:
    """The entry of the page with this id, if the case has it."""
    row = connection.execute(select(*_ENTRY).where(pages.c.id == page)).first()
    return None if row is None else PageEntry(*row)


def load_page(connection: Connection, number: int) -> Page:
    """The page with its bytes. Raises NotFoundError."""
    found = list(iter_pages(connection, PageRange(number, number)))
    if not found:
        raise NotFoundError("no_page", str(number))
    return found[0]


def iter_pages(connection: Connection, held: PageRange) -> Iterator[Page]:
    """These pages with their bytes, in order of arrival, one of them in memory at a time."""
    query = select(pages, page_bytes).join(page_bytes, page_bytes.c.page == pages.c.number)
    for row in connection.execute(query.where(within(pages.c.number, held)).order_by(pages.c.number)):
        yield Page(
            id=row.id, source=row.source, sha256=row.sha256, captured_at=row.captured_at, media_type=row.media_type,
            raw=unpack(row.packing, row.body), url=row.url, hints=None if row.hints is None else PageHints(**row.hints),
        )  # fmt: skip


def iter_entries(connection: Connection) -> Iterator[PageEntry]:
    """All pages in order of arrival, without their bytes."""
    for row in connection.execute(select(*_ENTRY).order_by(pages.c.number).execution_options(yield_per=500)):
        yield PageEntry(*row)


def load_entries(connection: Connection, held: PageRange) -> list[PageEntry]:
    """These pages in order of arrival, without their bytes."""
    query = select(*_ENTRY).where(within(pages.c.number, held)).order_by(pages.c.number)
    return [PageEntry(*row) for row in connection.execute(query)]


def set_status(connection: Connection, number: int, status: str, tried_by: str) -> None:
    """Note how far a page has come, and which versions brought it there."""
    connection.execute(update(pages).where(pages.c.number == number).values(status=status, tried_by=tried_by))


def list_pending(connection: Connection) -> list[int]:
    """Numbers of the pages that nothing has tried to read yet."""
    query = select(pages.c.number).where(pages.c.tried_by.is_(None))
    return list(connection.execute(query.order_by(pages.c.number)).scalars())


def list_outdated(connection: Connection, version: str, *, rejected_too: bool = False) -> list[int]:
    """Numbers of the pages that another version than this one tried to read last, or (if so asked) were rejected.

    What a dataset told (BY_DATASET) was never read, so that no version of the reader makes it outdated.
    """
    told = func.coalesce(pages.c.tried_by, "").like(f"{BY_DATASET}%")
    outdated = and_(pages.c.tried_by.is_distinct_from(version), not_(told))
    if rejected_too:
        outdated = or_(outdated, pages.c.status == "rejected")
    return list(connection.execute(select(pages.c.number).where(outdated).order_by(pages.c.number)).scalars())


def count_statuses(connection: Connection) -> dict[str, int]:
    """How many pages have come how far."""
    query = select(pages.c.status, func.count()).group_by(pages.c.status)
    return {row[0]: row[1] for row in connection.execute(query)}


def save_rejected(connection: Connection, record: Rejected) -> None:
    """Keep a rejection, in place of an earlier one of the same page (or of the same source, where there is no page)."""
    if record.page is None:
        same = and_(rejected.c.source == record.source, rejected.c.page.is_(None))
    else:
        same = rejected.c.page == record.page
    connection.execute(delete(rejected).where(same))
    connection.execute(rejected.insert().values(**asdict(record), rejected_at=clock.now()))


def find_rejected(connection: Connection, page: str) -> Rejected | None:
    """Why this page was rejected, if it was."""
    row = connection.execute(select(*_REJECTED).where(rejected.c.page == page)).first()
    return None if row is None else Rejected(*row)


def drop_rejected(connection: Connection, source: str, page: str) -> None:
    """Forget that a page was rejected, or its source before it could be captured: it has been read since."""
    of_source = and_(rejected.c.source == source, rejected.c.page.is_(None))
    connection.execute(delete(rejected).where(or_(of_source, rejected.c.page == page)))


def iter_rejected(connection: Connection) -> Iterator[Rejected]:
    """All rejections, oldest first."""
    query = select(*_REJECTED).order_by(rejected.c.number)
    for row in connection.execute(query.execution_options(yield_per=500)):
        yield Rejected(*row)


_REJECTED = tuple(rejected.c[name] for name in Rejected.__slots__)
_ENTRY = tuple(pages.c[name] for name in PageEntry.__slots__)
