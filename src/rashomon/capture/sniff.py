"""What kind of bytes these are, and their text.

In: bytes with what the carrier says of them. Out: a media type, and decoded text.
Never: trust in a name or header where the bytes say otherwise; never text with NULs or lone surrogates.
"""

import codecs
import re

from resiliparse.parse.encoding import bytes_to_str, detect_encoding

from rashomon.capture.mhtml import is_mhtml
from rashomon.errors import CaptureError

HTML, TEXT, PDF, FEED, WARC, ZIP, MHTML = (
    "text/html", "text/plain", "application/pdf", "application/rss+xml", "application/warc", "application/zip",
    "multipart/related",
)  # fmt: skip
_TAG = re.compile(
    rb"<(?:!doctype\s+html|html|head|body|article|div|p|h[1-6]|table|span|meta|title|main|section|ul|a\s+href)[\s>/]",
    re.IGNORECASE,
)
_FEED = re.compile(rb"<(?:rss|feed|rdf:RDF)[\s>]", re.IGNORECASE)
_CHARSET = re.compile(rb"<meta[^>]{0,200}?charset\s*=\s*[\"']?\s*([\w-]+)", re.IGNORECASE)
_BINARY = (
    b"\x89PNG",
    b"\xff\xd8\xff",
    b"GIF8",
    b"\x7fELF",
    b"MZ\x90",
    b"OggS",
    b"ID3",
    b"\x00\x00\x00\x18ftyp",
    b"Rar!",
)
_NO_CHARSETS = frozenset(["utf-8", "utf-7", "idna", "punycode", "unicode-escape", "raw-unicode-escape", "undefined"])
_OFFICE = b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1"


def sniff_media_type(raw: bytes) -> str | None:
    """The media type, from the bytes alone; None for bytes that are no page of any kind."""
    head = raw[:4096].lstrip(b"\xef\xbb\xbf \t\r\n")
    if head.startswith(b"%PDF-") or b"%PDF-" in raw[:1024]:
        return PDF
    if head.startswith(b"WARC/"):
        return WARC
    if head.startswith(b"PK\x03\x04"):
        return ZIP
    if any(raw.startswith(b) for b in _BINARY) or raw.startswith(_OFFICE):
        return None
    if raw[:2] in (b"\xff\xfe", b"\xfe\xff"):
        return HTML if _TAG.search(raw[:4096].replace(b"\x00", b"")) else TEXT
    if is_mhtml(head):
        return MHTML
    if head[:400].lstrip().startswith(b"<") and _FEED.search(head[:1500]):
        return FEED
    if _TAG.search(raw[:65_536]):
        return HTML
    sample = raw[:65_536]
    controls = sum(b < 9 or 13 < b < 32 for b in sample)
    if sample and (controls / len(sample) > 0.02 or sample.count(0) > len(sample) // 100):
        return None
    return TEXT


def decode(raw: bytes, declared: str | None, source: str) -> str:
    """The bytes as text: by byte order mark, valid UTF-8, the declared charset, or what they look like.

    Raises CaptureError `unreadable_encoding` where more than a fiftieth of the result would be replacement characters.
    """
    text = _decode(raw, declared)
    bad = text.count("\ufffd")
    if bad > 20 and bad > len(text) // 50:
        raise CaptureError("unreadable_encoding", f"{bad} of {len(text)} characters", source=source)
    return text.replace("\x00", "").encode("utf-8", "replace").decode("utf-8")


def _decode(raw: bytes, declared: str | None) -> str:
    for mark, encoding in ((b"\xef\xbb\xbf", "utf-8"), (b"\xff\xfe", "utf-16-le"), (b"\xfe\xff", "utf-16-be")):
        if raw.startswith(mark):
            return raw[len(mark) :].decode(encoding, "replace")
    try:
        return raw.decode("utf-8")
    except UnicodeDecodeError:
        pass
    named = _CHARSET.search(raw[:4096])
    for name in (declared, named[1].decode("ascii") if named else None):
        if name and _is_charset(name):
            try:
                return raw.decode(name)
            except (LookupError, UnicodeError):
                continue
    return str(bytes_to_str(raw, str(detect_encoding(raw[:200_000]) or "windows-1252")))


def _is_charset(name: str) -> bool:
    """Whether Python's codec of this name is a charset of pages (`punycode` is a codec, and takes forever)."""
    try:
        return codecs.lookup(name).name not in _NO_CHARSETS
    except LookupError:
        return False
