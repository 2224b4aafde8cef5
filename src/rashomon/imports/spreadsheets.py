"""Spreadsheets of pages: a row with a text is a page; a row with only a URL is fetched, since the user names it.

In: CSV or TSV with a header (Media Cloud's, GDELT's, LexisNexis-like exports, an auto-archiver's sheet, your own), and
which column holds what. Out: pages with what the row says of them as hints, or `Rejected`. Never: a row skipped in
silence.
"""

import csv
import sys
from collections.abc import Callable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import TextIO

from rashomon.capture import iter_pages, make_page
from rashomon.errors import CaptureError, SettingsError
from rashomon.records import Page, PageHints, Rejected
from rashomon.settings import Settings

FIELDS = ("url", "text", "title", "published", "outlet")
_NAMES: Mapping[str, tuple[str, ...]] = {
    "url": ("url", "link", "mentionidentifier", "sourceurl", "documentidentifier", "story_url", "page_url",
            "permalink"),
    "text": ("text", "textual content", "body", "full text", "full_text", "article text", "content", "story_text"),
    "title": ("title", "headline", "upload title", "hed"),
    "published": ("publish_date", "published", "publication date", "pub_date", "publication_date", "date",
                  "upload timestamp", "load date", "seendate"),
    "outlet": ("media_name", "outlet", "publication", "publisher", "source", "mentionsourcename", "newspaper",
               "domain"),
}  # fmt: skip
"""How the columns are called in known exports, in lower case; the first that a header has is taken."""

_GDELT_MENTIONS = 16
_GDELT_URL, _GDELT_OUTLET = 5, 4

Fetch = Callable[[str, Settings], Iterator[Page | Rejected]]


@dataclass(frozen=True, slots=True)
class ColumnMap:
    """The number of the column for each of FIELDS that the sheet has."""

    columns: Mapping[str, int]

    def take(self, row: Sequence[str], field: str) -> str | None:
        """The row's value, None if there is none."""
        at = self.columns.get(field)
        return (row[at].strip() or None) if at is not None and at < len(row) else None


def map_columns(header: Sequence[str], chosen: Mapping[str, str]) -> ColumnMap:
    """Which column holds what: as `chosen` (field → header) says, else by the names of known exports.

    Raises SettingsError("wrong_column") that names everything at fault.

    >>> map_columns(["id", "Publish_Date", "URL"], {}).columns
    {'url': 2, 'published': 1}
    """
    known = {name.strip().casefold(): i for i, name in reversed(list(enumerate(header)))}
    wrong = [f"{field} is not one of {', '.join(FIELDS)}" for field in chosen if field not in FIELDS]
    wrong += [f"there is no column {name!r}" for name in chosen.values() if name.strip().casefold() not in known]
    if wrong:
        raise SettingsError("wrong_column", "; ".join(wrong))
    found: dict[str, int] = {}
    for field, names in _NAMES.items():
        wanted = (chosen[field],) if field in chosen else names
        at = next((known[n.strip().casefold()] for n in wanted if n.strip().casefold() in known), None)
        if at is not None:
            found[field] = at
    if "url" not in found and "text" not in found:
        raise SettingsError("wrong_column", "no column of URLs or texts; name one (--column url=…, --column text=…)")
    return ColumnMap(found)


def iter_sheet(
    path: Path, settings: Settings, chosen: Mapping[str, str], fetch: Fetch = iter_pages
) -> Iterator[Page | Rejected]:
    """The pages of a sheet, in the order of its rows. Raises CaptureError("unreadable"), SettingsError."""
    try:
        with path.open(encoding="utf-8-sig", newline="") as file:
            yield from _iter_rows(file, path, settings, chosen, fetch)
    except (OSError, UnicodeDecodeError, csv.Error) as error:
        raise CaptureError("unreadable", str(error), source=str(path)) from error


def _iter_rows(
    file: TextIO, path: Path, settings: Settings, chosen: Mapping[str, str], fetch: Fetch
) -> Iterator[Page | Rejected]:
    csv.field_size_limit(min(sys.maxsize, max(131_072, settings.max_page_bytes)))
    delimiter = find_delimiter(file.readline())
    file.seek(0)
    rows = csv.reader(file, delimiter=delimiter)
    header = next(rows, [])
    if len(header) == _GDELT_MENTIONS and header[0].isdigit() and not chosen:
        # GDELT's own files of mentions have no header
        columns = ColumnMap({"url": _GDELT_URL, "outlet": _GDELT_OUTLET})
        file.seek(0)
        rows = csv.reader(file, delimiter=delimiter)
    else:
        columns = map_columns(header, chosen)
    for row in rows:
        if any(value.strip() for value in row):
            yield from _pages_of(row, columns, f"{path.resolve()}#{rows.line_num}", settings, fetch)


def find_delimiter(header: str) -> str:
    """What stands between the header's columns.

    >>> find_delimiter("a;b,c;d"), find_delimiter("a"), find_delimiter("a,b;c,d")
    (';', ',', ',')
    """
    return max((",", "\t", ";"), key=header.count)


def _pages_of(
    row: Sequence[str], columns: ColumnMap, source: str, settings: Settings, fetch: Fetch
) -> Iterator[Page | Rejected]:
    url, text = columns.take(row, "url"), columns.take(row, "text")
    hints = PageHints(columns.take(row, "title"), columns.take(row, "published"), columns.take(row, "outlet"), "utf-8")
    web = url if url is not None and url.startswith(("http://", "https://")) else None
    if text is not None:
        yield make_page(source, text.encode("utf-8", "replace"), "text/plain", web, hints)
    elif web is None:
        yield Rejected(source, "capture", "empty", "a row without a text or a URL")
    else:
        for found in fetch(web, settings):
            yield _with_hints(found, hints) if isinstance(found, Page) else found


def _with_hints(page: Page, hints: PageHints) -> Page:
    """The page, with what the sheet says where the page's carrier said nothing."""
    held = page.hints or PageHints()
    merged = PageHints(held.title or hints.title, held.published or hints.published, held.outlet or hints.outlet,
                       held.charset)  # fmt: skip
    return Page(page.id, page.source, page.sha256, page.captured_at, page.media_type, page.raw, page.url, merged)
