"""WARC files: the responses in them that may be pages.

In: a stream of a `.warc` or `.warc.gz`. Out: payloads with their URLs; where the file breaks off, a CaptureError after
the last whole record. Never: the capture date of a record as a published date.
"""

from collections.abc import Iterator
from dataclasses import dataclass
from typing import BinaryIO

from fastwarc.warc import ArchiveIterator, WarcRecordType

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
            stream, record_types=WarcRecordType.response | WarcRecordType.resource, parse_http=True, strict_mode=False
        ):
            url = (record.headers.get("WARC-Target-URI") or "").strip("<>") or source
            status = record.http_headers.status_code if record.http_headers else 200
            kind = (
                (record.http_content_type or record.headers.get("Content-Type", "") or "").split(";")[0].strip().lower()
            )
            if status is not None and status != 200:
                continue
            if kind not in _KINDS:
                continue
            raw = record.reader.read(settings.max_page_bytes + 1)
            if len(raw) > settings.max_page_bytes:
                yield CaptureError("too_large", f"more than {settings.max_page_bytes} bytes", source=url)
                continue
            if raw.strip():
                yield WarcPage(url, raw, kind, record.http_charset)
            else:
                yield CaptureError("empty", source=url)
    except (OSError, EOFError, ValueError, RuntimeError) as error:
        yield CaptureError("truncated_warc", str(error), source=source)
