"""Pages as browsers save them in one file (MHTML): the HTML within.

In: the bytes of an `.mhtml` or `.mht`. Out: the first HTML part with its charset, and where it was saved from.
Never: the images and styles saved with it, nor a part within a part.
"""

import base64
import binascii
import quopri
import re
from dataclasses import dataclass

from rashomon.errors import CaptureError

_HEAD_BYTES = 8192
_RELATED = re.compile(rb"^content-type:\s*multipart/(?:related|mixed|alternative)\b", re.IGNORECASE | re.MULTILINE)
_BOUNDARY = re.compile(rb"boundary\s*=\s*(?:\"([^\"\r\n]{1,200})\"|([^\s;\"]{1,200}))", re.IGNORECASE)
_BLANK = re.compile(rb"\r?\n\r?\n")
_FOLD = re.compile(rb"\r?\n[ \t]+")


@dataclass(frozen=True, slots=True)
class SavedPage:
    """The HTML of a saved page, the charset that its part states, and the URL that it was saved from."""

    raw: bytes
    charset: str | None
    url: str | None


def is_mhtml(raw: bytes) -> bool:
    """Whether these bytes are a message of several parts."""
    end = _BLANK.search(raw[:_HEAD_BYTES])
    head = raw[: end.start()] if end else b""
    return re.match(rb"[A-Za-z-]+:", head) is not None and _RELATED.search(head) is not None


def read_mhtml(raw: bytes, source: str) -> SavedPage:
    """The HTML in a saved page; raises CaptureError `no_text` where there is none, `broken_mhtml` where it cannot be
    decoded.
    """
    head, _, body = _split(raw)
    found = _BOUNDARY.search(_FOLD.sub(b" ", head))
    if found is None:
        raise CaptureError("broken_mhtml", "no boundary", source=source)
    url = _header(head, "snapshot-content-location") or _header(head, "content-location")
    for part in body.split(b"--" + (found[1] or found[2]))[1:200]:
        inner, gap, content = _split(part.lstrip(b"\r\n"))
        kind = _header(inner, "content-type") or ""
        if gap and kind.casefold().startswith(("text/html", "application/xhtml+xml")):
            charset = re.search(r"charset\s*=\s*\"?([\w.:-]{1,40})", kind, re.IGNORECASE)
            how = (_header(inner, "content-transfer-encoding") or "").casefold()
            where = _header(inner, "content-location") or url
            return SavedPage(_decode(content, how, source), charset[1] if charset else None, where)
    raise CaptureError("no_text", "a saved page without HTML", source=source)


def _split(part: bytes) -> tuple[bytes, bytes, bytes]:
    m = _BLANK.search(part)
    return (part[: m.start()], m[0], part[m.end() :]) if m else (part, b"", b"")


def _header(head: bytes, name: str) -> str | None:
    lines = _FOLD.sub(b" ", head[:_HEAD_BYTES]).decode("utf-8", "replace").splitlines()
    return next((x.partition(":")[2].strip() for x in lines if x.casefold().startswith(name + ":")), None)


def _decode(content: bytes, how: str, source: str) -> bytes:
    if how == "quoted-printable":
        return quopri.decodestring(content)
    if how == "base64":
        try:
            return base64.b64decode(content)
        except binascii.Error as error:
            raise CaptureError("broken_mhtml", str(error), source=source) from error
    return content
