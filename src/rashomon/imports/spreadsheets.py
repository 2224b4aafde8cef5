"""Spreadsheets of pages: a row with a text is a page; a row with only a URL is fetched, since the user names it.

In: CSV or TSV with a header (Media Cloud's, GDELT's, LexisNexis-like exports, an auto-archiver's sheet, your own), and
which column holds what. Out: pages with what the row says of them as hints, or `Rejected`. Never: a row skipped in
silence.
"""

import csv
import re
import sys
from collections.abc import Callable, Iterator, Mapping, Sequence
from dataclasses import dataclass, replace
from pathlib import Path
from typing import TextIO
from urllib.parse import urlsplit

from rashomon.capture import iter_pages, make_page
from rashomon.errors import CaptureError, SettingsError
from rashomon.records import Page, PageHints, Rejected
from rashomon.settings import Settings

FIELDS = ("url", "text", "title", "published", "outlet")
_NAMES: Mapping[str, tuple[str, ...]] = {
    "url": ("url", "link", "mentionidentifier", "sourceurl", "documentidentifier", "story_url", "page_url",
            "permalink", "documenturl"),
    "text": ("text", "textual content", "body", "full text", "full_text", "fulltext", "article text", "content",
             "story_text"),
    "title": ("title", "headline", "upload title", "hed"),
    "published": ("publish_date", "published", "published date", "publication date", "pub_date", "pubdate",
                  "publication_date", "date", "upload timestamp", "load date", "load-date", "seendate"),
    "outlet": ("media_name", "outlet", "publication", "publisher", "source", "mentionsourcename", "sourcecommonname",
               "pubtitle", "newspaper", "domain"),
}  # fmt: skip
"""How the columns are called in known exports, in lower case; the first that a header has is taken."""

_GDELT: Mapping[int, Mapping[str, int]] = {
    16: {"url": 5, "outlet": 4},  # mentions
    27: {"url": 4, "outlet": 3},  # the knowledge graph (GKG 2)
    58: {"url": 57},  # events 1.0
    61: {"url": 60},  # events 2.0
}
"""GDELT's own files have no header: where their pages' URLs and outlets are, by the number of columns."""
_GDELT_ID = re.compile(r"\d+(-T?\d+)?$")
_COMPACT_DAY = re.compile(r"((?:19|20)\d\d)[/.]?(0[1-9]|1[0-2])[/.]?(0[1-9]|[12]\d|3[01])(?=T?\d{4,6}Z?$|[T ]|$)")

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
        raise CaptureError("unreadable", tell_why(error), source=str(path)) from error


def _iter_rows(
    file: TextIO, path: Path, settings: Settings, chosen: Mapping[str, str], fetch: Fetch
) -> Iterator[Page | Rejected]:
    csv.field_size_limit(min(sys.maxsize, max(131_072, settings.max_page_bytes)))
    first = file.readline()
    file.seek(0)
    cells = first.rstrip("\r\n").split("\t")
    if len(cells) in _GDELT and _GDELT_ID.match(cells[0]) and not chosen:
        columns = ColumnMap(_GDELT[len(cells)])
        rows = csv.reader(file, delimiter="\t", quoting=csv.QUOTE_NONE)
    else:
        rows = csv.reader(file, delimiter=find_delimiter(first))
        columns = map_columns(next(rows, []), chosen)
    for row in rows:
        if any(value.strip() for value in row):
            yield from _pages_of(row, columns, f"{path.resolve()}#{rows.line_num}", settings, fetch)


def find_delimiter(header: str) -> str:
    """What stands between the header's columns.

    >>> find_delimiter("a;b,c;d"), find_delimiter("a"), find_delimiter("a,b;c,d")
    (';', ',', ',')
    """
    return max((",", "\t", ";"), key=header.count)


def spell_day(words: str) -> str:
    """A date as spreadsheets hold it, in a way that capture reads; other words as they are.

    >>> spell_day("20240201T101500Z"), spell_day("2024/02/01"), spell_day("1-Feb-2024"), spell_day("1 February 2024")
    ('2024-02-01', '2024-02-01', '1 Feb 2024', '1 February 2024')
    """
    found = _COMPACT_DAY.match(words)
    if found:
        return "-".join(found.groups())
    return re.sub(r"^(\d{1,2})-([A-Za-z]{3,9})-(\d{4})", r"\1 \2 \3", words)


def tell_why(error: Exception) -> str:
    """Why a sheet cannot be read, for whoever has to save it again."""
    if isinstance(error, UnicodeDecodeError):
        return "it is not UTF-8; save it again as CSV in UTF-8"
    return str(error)


def host_of(url: str | None) -> str | None:
    """The host of a URL, as what tells it where no outlet is named.

    >>> host_of("https://www.lantern.example:8080/a"), host_of(None), host_of("https://[")
    ('lantern.example', None, None)
    """
    try:
        return ((urlsplit(url or "").hostname or "").removeprefix("www.")) or None
    except ValueError:
        return None


def _pages_of(
    row: Sequence[str], columns: ColumnMap, source: str, settings: Settings, fetch: Fetch
) -> Iterator[Page | Rejected]:
    url, text = columns.take(row, "url"), columns.take(row, "text")
    published = columns.take(row, "published")
    hints = PageHints(columns.take(row, "title"), spell_day(published) if published else None,
                      columns.take(row, "outlet"), "utf-8")  # fmt: skip
    web = url if url is not None and url.startswith(("http://", "https://")) else None
    if text is not None:
        hints = replace(hints, outlet=hints.outlet or host_of(web))
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
