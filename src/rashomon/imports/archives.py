"""Archives of pages: WACZ files, and folders of pages that a browser saved (MHTML).

In: a `.wacz`, or a folder. Out: pages with the URLs that they were saved from, or `Rejected`. Never: a WARC whose bytes
are not those that the WACZ's own list of hashes names, nor more bytes unpacked than the settings allow.
"""

import hashlib
import tempfile
import zipfile
from collections.abc import Iterator
from pathlib import Path
from typing import IO, BinaryIO

import msgspec

from rashomon.capture import make_page
from rashomon.capture.mhtml import is_mhtml, read_mhtml
from rashomon.capture.warc import iter_warc
from rashomon.errors import CaptureError
from rashomon.records import Page, PageHints, Rejected
from rashomon.settings import Settings

_PIECE = 1 << 20
_PACKAGE = "datapackage.json"
_WARC = (".warc", ".warc.gz")


def iter_wacz(path: Path, settings: Settings) -> Iterator[Page | Rejected]:
    """The pages of the WARCs in a WACZ."""
    source = str(path.resolve())
    try:
        with zipfile.ZipFile(path) as archive:
            names = [n for n in archive.namelist() if n.casefold().endswith(_WARC)]
            if not names:
                yield Rejected(source, "capture", "no_pages", "no WARC in it")
            hashes = _hashes(archive)
            for name in names:
                yield from _iter_member(archive, name, f"{source}#{name}", hashes.get(name), settings)
    except (OSError, zipfile.BadZipFile, NotImplementedError, RuntimeError) as error:
        yield Rejected(source, "capture", "unreadable", str(error))


def _iter_member(
    archive: zipfile.ZipFile, name: str, source: str, expected: str | None, settings: Settings
) -> Iterator[Page | Rejected]:
    with tempfile.TemporaryFile() as held:
        with archive.open(name) as packed:
            digest = _copy(packed, held, settings.max_decompressed_bytes)
        if digest is None:
            yield Rejected(
                source, "capture", "decompression_limit", f"more than {settings.max_decompressed_bytes} bytes"
            )
            return
        if expected is not None and digest != expected:
            yield Rejected(source, "capture", "wrong_hash", f"the archive's list says sha256:{expected}")
            return
        held.seek(0)
        yield from _pages_of(held, source, settings)


def _copy(packed: IO[bytes], held: IO[bytes], most: int) -> str | None:
    """Copy at most so many bytes; their hash, or None if there are more."""
    digest, size = hashlib.sha256(), 0
    while piece := packed.read(_PIECE):
        size += len(piece)
        if size > most:
            return None
        digest.update(piece)
        held.write(piece)
    return digest.hexdigest()


def _pages_of(stream: "IO[bytes]", source: str, settings: Settings) -> Iterator[Page | Rejected]:
    for record in iter_warc(_binary(stream), source, settings):
        if isinstance(record, CaptureError):
            yield Rejected(record.source or source, record.stage, record.reason, record.detail)
        else:
            hints = PageHints(charset=record.charset)
            yield make_page(record.url, record.raw, record.media_type, record.url, hints)


def _binary(stream: "IO[bytes]") -> BinaryIO:
    return stream  # type: ignore[return-value]  # a temporary file has all that BinaryIO asks for


def _hashes(archive: zipfile.ZipFile) -> dict[str, str]:
    """The SHA-256 that the package's own list gives for each file."""
    try:
        with archive.open(_PACKAGE) as file:
            package = msgspec.json.decode(file.read(_PIECE * 8))
    except (KeyError, msgspec.DecodeError):
        return {}
    listed = package.get("resources", []) if isinstance(package, dict) else []
    return {
        str(r.get("path")): str(r["hash"]).removeprefix("sha256:")
        for r in listed
        if isinstance(r, dict) and str(r.get("hash", "")).startswith("sha256:")
    }


def iter_saved_pages(folder: Path, settings: Settings) -> Iterator[Page | Rejected]:
    """The MHTML files of a folder and those below it, each with the URL that it was saved from."""
    paths = sorted(p for p in folder.rglob("*") if p.suffix.casefold() in (".mhtml", ".mht") and p.is_file())
    if not paths:
        yield Rejected(str(folder), "capture", "no_pages", "no .mhtml or .mht file in it")
    for path in paths:
        source = str(path.resolve())
        try:
            with path.open("rb") as file:
                raw = file.read(settings.max_page_bytes + 1)
            if len(raw) > settings.max_page_bytes:
                raise CaptureError("too_large", f"more than {settings.max_page_bytes} bytes", source=source)
            if not is_mhtml(raw):
                raise CaptureError("broken_mhtml", "no message of several parts", source=source)
            url = read_mhtml(raw, source).url
        except OSError as error:
            yield Rejected(source, "capture", "unreadable", str(error))
        except CaptureError as error:
            yield Rejected(source, error.stage, error.reason, error.detail)
        else:
            yield make_page(source, raw, "multipart/related", url if url and "://" in url else None)
