"""Packed bytes to plain ones: gzip, deflate, and the chunks of HTTP.

In: packed bytes, a limit. Out: the bytes. Never: more than the limit, whatever the packed bytes promise.
"""

import zlib
from typing import BinaryIO

from rashomon.errors import CaptureError

_GZIP = b"\x1f\x8b"
_PIECE = 1 << 16


def is_gzip(raw: bytes) -> bool:
    """Whether these bytes begin as gzip does."""
    return raw.startswith(_GZIP)


def gunzip(raw: bytes, max_bytes: int, source: str) -> bytes:
    """All members of a gzip file; raises CaptureError `decompression_limit`, `broken_gzip` or `truncated_gzip`.

    >>> import gzip
    >>> gunzip(gzip.compress(b"a") + gzip.compress(b"b"), 10, "x.gz")
    b'ab'
    """
    out = bytearray()
    unpack = zlib.decompressobj(31)
    left = b""
    for at in range(0, len(raw), _PIECE):
        left += raw[at : at + _PIECE]
        while left:
            out += _inflate(unpack, left, max_bytes - len(out), source)
            left = unpack.unused_data
            if unpack.eof and left:
                if not left.startswith(_GZIP[: len(left)]):
                    return bytes(out)  # padding, or what others have appended
                unpack = zlib.decompressobj(31)
                if len(left) < len(_GZIP):
                    break
    if not unpack.eof:
        raise CaptureError("truncated_gzip", source=source)
    return bytes(out)


def _inflate(unpack: "zlib._Decompress", raw: bytes, left: int, source: str) -> bytes:
    try:
        out = unpack.decompress(raw, left + 1)
    except zlib.error as error:
        raise CaptureError("broken_gzip", str(error), source=source) from error
    if len(out) > left:
        raise CaptureError("decompression_limit", "unpacked it is larger than the limits allow", source=source)
    return out


class GzipStream:
    """The members of a gzip stream as one stream of bytes, which remembers whether its end was there.

    Once `read` is empty, `is_whole` tells. It never holds more than was asked for.
    """

    def __init__(self, stream: BinaryIO) -> None:
        self._stream = stream
        self._unpack = zlib.decompressobj(31)
        self._left = b""
        self._begun = False
        self._at = 0

    @property
    def is_whole(self) -> bool:
        """Whether the last member that began has ended."""
        return not self._begun

    def tell(self) -> int:
        """How many unpacked bytes have been read."""
        return self._at

    def read(self, size: int = _PIECE) -> bytes:
        """At most `size` bytes; empty at the end. Raises OSError where a member is broken."""
        size = _PIECE if size < 0 else max(1, size)
        while True:
            packed = self._left or self._stream.read(_PIECE)
            if not packed:
                return b""
            if not self._begun and not packed.lstrip(b"\x00"):
                self._left = b""
                continue
            self._begun = True
            try:
                out = self._unpack.decompress(packed, size)
            except zlib.error as error:
                raise OSError(str(error)) from error
            self._left = self._unpack.unconsumed_tail
            if self._unpack.eof:
                self._left = self._unpack.unused_data
                self._unpack = zlib.decompressobj(31)
                self._begun = False
            if out:
                self._at += len(out)
                return out


def decode_body(raw: bytes, encodings: str, max_bytes: int, source: str) -> bytes:
    """An HTTP body without its Content-Encoding; raises CaptureError as `gunzip` does, and `unreadable_encoding`."""
    for encoding in reversed([e.strip().casefold() for e in encodings.split(",")]):
        if encoding in ("", "identity") or (encoding in ("gzip", "x-gzip") and not is_gzip(raw)):
            continue  # archives state the encoding of what they hold unpacked
        if encoding in ("gzip", "x-gzip"):
            raw = gunzip(raw, max_bytes, source)
        elif encoding == "deflate":
            raw = _inflate(zlib.decompressobj(15 if raw[:1] == b"\x78" else -15), raw, max_bytes, source)
        else:
            raise CaptureError("unreadable_encoding", encoding, source=source)
    return raw


def join_chunks(raw: bytes) -> bytes:
    r"""A body in HTTP chunks as one; unchanged where it is in none (archives often unpack what they keep).

    >>> join_chunks(b"3\r\nabc\r\n2\r\nde\r\n0\r\n\r\n"), join_chunks(b"<html>")
    (b'abcde', b'<html>')
    """
    parts: list[bytes] = []
    at = 0
    while at < len(raw):
        end = raw.find(b"\r\n", at, at + 100)
        try:
            size = int(raw[at:end].split(b";")[0], 16) if end >= 0 else -1
        except ValueError:
            size = -1
        if size < 0:
            return raw if not parts else b"".join(parts)
        if size == 0:
            break
        parts.append(raw[end + 2 : end + 2 + size])
        at = end + 2 + size + 2
    return b"".join(parts) if parts else raw
