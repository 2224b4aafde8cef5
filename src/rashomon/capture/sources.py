"""Sources to pages: files, folders, globs, WARC, feeds, URLs, standard input.

In: what the user named. Out: pages with their raw bytes, or `Rejected` with the reason. Never: a source skipped in
silence.
"""

import glob
import hashlib
import io
import zlib
from collections.abc import Iterator
from datetime import UTC, datetime
from pathlib import Path
from typing import BinaryIO

import feedparser

from rashomon.capture.fetch import fetch
from rashomon.capture.sniff import FEED, HTML, MHTML, PDF, TEXT, ZIP, sniff_media_type
from rashomon.capture.unpack import gunzip, is_gzip
from rashomon.capture.warc import iter_warc
from rashomon.errors import CaptureError
from rashomon.records import Page, PageHints, Rejected
from rashomon.settings import Settings

_HIDDEN = (".", "__MACOSX")
_CHUNK = 1 << 20


def now() -> str:
    """The time of capture: ISO 8601, UTC, to the second."""
    return datetime.now(UTC).replace(microsecond=0).isoformat()


def make_page(source: str, raw: bytes, media_type: str, url: str | None = None, hints: PageHints | None = None) -> Page:
    """A page; its id derives from its source and its bytes."""
    digest = hashlib.sha256(raw).hexdigest()
    key = hashlib.sha256(f"{source}\0{digest}".encode("utf-8", "surrogateescape")).hexdigest()
    return Page("p" + key[:16], source, digest, now(), media_type, raw, url, hints)


def iter_pages(source: str, settings: Settings, stdin: BinaryIO | None = None) -> Iterator[Page | Rejected]:
    """The pages of one SOURCE, in a fixed order; what cannot be used comes as `Rejected`."""
    try:
        if source == "-":
            yield from (
                _from_bytes("-", _read(stdin, settings, "-"), settings)
                if stdin
                else [_reject(source, "no_pages", "no input")]
            )
        elif "://" in source[:12]:
            yield from _from_url(source, settings)
        else:
            yield from _from_path(source, settings)
    except CaptureError as error:
        yield _rejected(source, error)


def _rejected(source: str, error: CaptureError) -> Rejected:
    return Rejected(source, error.stage, error.reason, error.detail)


def _reject(source: str, reason: str, detail: str = "") -> Rejected:
    return Rejected(source, "capture", reason, detail)


def _read(stream: BinaryIO, settings: Settings, source: str) -> bytes:
    raw = bytearray()
    while chunk := stream.read(_CHUNK):
        raw += chunk
        if len(raw) > settings.max_decompressed_bytes:
            raise CaptureError("too_large", f"more than {settings.max_decompressed_bytes} bytes", source=source)
    return bytes(raw)


def _from_path(source: str, settings: Settings) -> Iterator[Page | Rejected]:
    path = Path(source).expanduser()
    if path.is_dir():
        files = sorted(
            p
            for p in path.rglob("*")
            if p.is_file() and not any(part.startswith(_HIDDEN) for part in p.relative_to(path).parts)
        )
        if not files:
            yield _reject(source, "no_pages", "an empty folder")
        for file in files:
            yield from _from_file(file, settings)
    elif path.exists():
        yield from _from_file(path, settings)
    else:
        names = sorted(_matches(source))
        if not names:
            yield _reject(source, "not_found", "no such file, folder or pattern")
        for name in names:
            yield from _from_path(name, settings)


def _matches(pattern: str) -> list[str]:
    if not glob.has_magic(pattern):
        return []
    return glob.glob(str(Path(pattern).expanduser()), recursive=True)  # noqa: PTH207  (a pattern may be absolute)


def _from_file(path: Path, settings: Settings) -> Iterator[Page | Rejected]:
    source = str(path.resolve())
    try:
        with path.open("rb") as handle:
            head = handle.read(2048)
            if _is_warc(head):
                handle.seek(0)
                yield from _from_warc(handle, source, settings)
                return
            raw = head + handle.read(max(0, settings.max_page_bytes + 1 - len(head)))
    except OSError as error:
        yield _reject(source, "unreadable", error.strerror or str(error))
        return
    try:
        yield from _from_bytes(source, raw, settings)
    except CaptureError as error:
        yield _rejected(source, error)


def _is_warc(head: bytes) -> bool:
    if head.startswith(b"WARC/"):
        return True
    if not is_gzip(head):
        return False
    try:
        return zlib.decompressobj(31).decompress(head, 64).startswith(b"WARC/")
    except zlib.error:
        return False


def _from_warc(stream: BinaryIO, source: str, settings: Settings) -> Iterator[Page | Rejected]:
    count = 0
    for record in iter_warc(stream, source, settings):
        count += 1
        if isinstance(record, CaptureError):
            yield _rejected(record.source or source, record)
        else:
            yield make_page(record.url, record.raw, record.media_type, record.url, PageHints(charset=record.charset))
    if count == 0:
        yield _reject(source, "no_pages", "no responses that are pages")


def _from_bytes(source: str, raw: bytes, settings: Settings) -> Iterator[Page | Rejected]:
    if _is_warc(raw[:2048]):
        yield from _from_warc(io.BytesIO(raw), source, settings)
        return
    if is_gzip(raw):
        raw = gunzip(raw, settings.max_page_bytes, source)
    if not raw.strip():
        yield _reject(source, "empty")
        return
    if len(raw) > settings.max_page_bytes:
        raise CaptureError("too_large", f"more than {settings.max_page_bytes} bytes", source=source)
    kind = sniff_media_type(raw)
    if kind == FEED:
        yield from _from_feed(source, raw, settings, fetch_links=False)
    elif kind == ZIP:
        yield _reject(source, "binary", "an archive or office document")
    elif kind not in (HTML, TEXT, PDF, MHTML):
        yield _reject(source, "binary", "no known kind of page")
    else:
        yield make_page(source, raw, str(kind))


def _from_url(url: str, settings: Settings) -> Iterator[Page | Rejected]:
    answer = fetch(url, settings)
    kind = sniff_media_type(answer.raw)
    if kind == FEED:
        yield from _from_feed(url, answer.raw, settings, fetch_links=True)
    elif kind in (HTML, TEXT, PDF, MHTML) and answer.raw.strip():
        yield make_page(url, answer.raw, str(kind), answer.url, PageHints(charset=answer.charset))
    else:
        yield from _from_bytes(url, answer.raw, settings)


def _from_feed(source: str, raw: bytes, settings: Settings, *, fetch_links: bool) -> Iterator[Page | Rejected]:
    """Entries of a feed: the linked page where the feed was named by URL, else what the feed itself holds of it."""
    feed = feedparser.parse(raw)
    outlet = feed.feed.get("title")
    if not feed.entries:
        yield _reject(source, "no_pages", "a feed without entries")
    for number, entry in enumerate(feed.entries):
        link = entry.get("link") or f"{source}#{entry.get('id') or number}"
        hints = PageHints(entry.get("title"), entry.get("published") or entry.get("updated"), outlet)
        if fetch_links and entry.get("link"):
            try:
                answer = fetch(link, settings)
            except CaptureError as error:
                yield _rejected(link, error)
                continue
            yield make_page(
                link,
                answer.raw,
                answer.media_type,
                answer.url,
                PageHints(hints.title, hints.published, outlet, answer.charset),
            )
            continue
        body = next((c.get("value", "") for c in entry.get("content", [])), "") or entry.get("summary", "")
        if not body.strip():
            yield _reject(link, "empty", "an entry without text")
            continue
        markup = f"<html><head><meta charset='utf-8'></head><body><article>{_paragraphs(body)}</article></body></html>"
        yield make_page(link, markup.encode(), "text/html", link if "://" in link else None, hints)


def _paragraphs(body: str) -> str:
    return body if "<" in body else "".join(f"<p>{p}</p>" for p in body.split("\n\n"))


__all__ = ["PDF", "TEXT", "iter_pages", "make_page", "now"]
