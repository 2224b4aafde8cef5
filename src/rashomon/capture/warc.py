"""WARC files: the responses in them that may be pages.

In: a stream of a `.warc` or `.warc.gz`. Out: payloads with their URLs; where the file breaks off, a CaptureError after
the last whole record. Never: the capture date of a record as a published date, nor half a record as a whole one.
"""

from collections.abc import Iterator
from dataclasses import dataclass
from typing import Any, BinaryIO

from fastwarc.warc import ArchiveIterator, WarcRecordType

from rashomon.capture.unpack import decode_body, join_chunks
from rashomon.errors import CaptureError
from rashomon.settings import Settings

_KINDS = ("text/html", "application/xhtml+xml", "text/plain", "application/pdf", "")


@dataclass(frozen=True, slots=True)
class WarcPage:
    """One response: where from, its payload, and what its HTTP headers say of it."""

    url: str
    raw: bytes
    media_type: str
    charset: str | None


def iter_warc(stream: BinaryIO, source: str, settings: Settings) -> Iterator[WarcPage | CaptureError]:
    """The responses of status 200 and the resource records, in order; errors come as values, so that the rest goes
    on.
    """
    try:
        for record in ArchiveIterator(
            stream, record_types=WarcRecordType.response | WarcRecordType.resource, parse_http=True
        ):
            url = (record.headers.get("WARC-Target-URI") or "").strip("<>") or source
            kind = record.http_content_type or record.headers.get("Content-Type", "") or ""
            kind = kind.split(";")[0].strip().lower()
            status = record.http_headers.status_code if record.http_headers else 200
            if (status is not None and status != 200) or kind not in _KINDS:
                if record.content_length > settings.max_decompressed_bytes:
                    yield CaptureError("decompression_limit", f"a record of {record.content_length} bytes", source=url)
                    return
                continue
            size = record.content_length
            raw = record.reader.read(settings.max_page_bytes + 1)
            if len(raw) < min(size, settings.max_page_bytes):
                yield CaptureError("truncated_warc", f"{len(raw)} of {size} bytes of the last record", source=url)
                return
            try:
                yield _page(record, url, raw, kind, settings)
            except CaptureError as error:
                yield error
            if size > settings.max_decompressed_bytes:  # to skip the rest of it would be to unpack it
                return
    except (OSError, EOFError, ValueError, RuntimeError) as error:
        yield CaptureError("truncated_warc", str(error), source=source)


def _page(record: Any, url: str, raw: bytes, kind: str, settings: Settings) -> WarcPage:
    headers = record.http_headers
    if len(raw) > settings.max_page_bytes:
        raise CaptureError("too_large", f"more than {settings.max_page_bytes} bytes", source=url)
    if headers is not None:
        if "chunked" in (headers.get("Transfer-Encoding") or "").casefold():
            raw = join_chunks(raw)
        raw = decode_body(raw, headers.get("Content-Encoding") or "", settings.max_page_bytes, url)
    if not raw.strip():
        raise CaptureError("empty", source=url)
    return WarcPage(url, raw, kind, record.http_charset)
