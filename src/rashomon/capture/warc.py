"""WARC files: the responses in them that may be pages.

In: a seekable stream of a `.warc` or `.warc.gz`. Out: payloads with their URLs; where the file breaks off, an error
after the last whole record.
Never: the capture date of a record as a published date, nor half a record as a whole one.
"""

import re
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from typing import Any, BinaryIO

from fastwarc.warc import ArchiveIterator, WarcRecordType

from rashomon.capture.unpack import GzipStream, decode_body, is_gzip, join_chunks
from rashomon.errors import CaptureError
from rashomon.settings import Settings

_KINDS = ("text/html", "application/xhtml+xml", "text/plain", "application/pdf", "")
_PIECE = 1 << 20
_MAX_HEADER_BYTES = 1 << 16
_STATUS = re.compile(rb"HTTP/[\d.]+\s+(\d{3})")
_CHARSET = re.compile(r"charset\s*=\s*[\"']?([\w.:-]{1,40})", re.IGNORECASE)


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
    packed = GzipStream(stream) if is_gzip(stream.read(2)) else None
    stream.seek(0)
    whole: Any = packed or stream
    try:
        for record in ArchiveIterator(whole, record_types=WarcRecordType.any_type, parse_http=False):
            url = (record.headers.get("WARC-Target-URI") or "").strip("<>") or source
            size = record.content_length
            if size > settings.max_decompressed_bytes:  # to skip it would be to unpack it
                yield CaptureError("decompression_limit", f"a record of {size} bytes", source=url)
                return
            block = record.reader.read(settings.max_page_bytes + _MAX_HEADER_BYTES)
            length = len(block)
            while piece := record.reader.read(_PIECE):
                length += len(piece)
            if length < size or not record.headers.get("Content-Length"):
                yield CaptureError("truncated_warc", f"{length} of {size} bytes of the last record", source=url)
                return
            found = _read_record(record, block, url, settings)
            if found is not None:
                yield found
        if packed is not None and not packed.is_whole:
            yield CaptureError("truncated_warc", "the last record breaks off", source=source)
    except (OSError, EOFError, ValueError, RuntimeError) as error:
        yield CaptureError("truncated_warc", str(error), source=source)


def _read_record(record: Any, block: bytes, url: str, settings: Settings) -> WarcPage | CaptureError | None:
    """What one record holds; nothing where it is no page."""
    stated = str(record.headers.get("Content-Type") or "")
    headers: Mapping[str, str] = {}
    if record.record_type == WarcRecordType.response and stated.startswith("application/http"):
        status, headers, block = _split_http(block)
        stated = headers.get("content-type", "")
        if status != 200:
            return None
    elif record.record_type not in (WarcRecordType.response, WarcRecordType.resource):
        return None
    kind = stated.split(";")[0].strip().lower()
    if kind not in _KINDS:
        return None
    charset = _CHARSET.search(stated)
    try:
        return WarcPage(url, _payload(block, headers, url, settings), kind, charset[1] if charset else None)
    except CaptureError as error:
        return error


def _split_http(block: bytes) -> tuple[int, Mapping[str, str], bytes]:
    """Status, headers (names in lower case) and body of an HTTP response."""
    head, gap, body = block.partition(b"\r\n\r\n")
    if not gap:
        head, _, body = block.partition(b"\n\n")
    status = _STATUS.match(head)
    lines = head[:_MAX_HEADER_BYTES].decode("latin-1").splitlines()[1:]
    headers = {name.strip().lower(): value.strip() for name, _, value in (line.partition(":") for line in lines)}
    return int(status[1]) if status else 0, headers, body


def _payload(raw: bytes, headers: Mapping[str, str], url: str, settings: Settings) -> bytes:
    if len(raw) > settings.max_page_bytes:
        raise CaptureError("too_large", f"more than {settings.max_page_bytes} bytes", source=url)
    if "chunked" in headers.get("transfer-encoding", "").casefold():
        raw = join_chunks(raw)
    raw = decode_body(raw, headers.get("content-encoding", ""), settings.max_page_bytes, url)
    if not raw.strip():
        raise CaptureError("empty", source=url)
    return raw
