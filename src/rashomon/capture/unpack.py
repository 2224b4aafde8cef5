"""Packed bytes to plain ones: gzip, deflate, and the chunks of HTTP.

In: packed bytes, a limit. Out: the bytes. Never: more than the limit, whatever the packed bytes promise.
"""

import zlib

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
        raise CaptureError("decompression_limit", source=source)
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
