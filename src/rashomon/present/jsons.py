"""JSON in and out, as streams.

In: shapes, or lines of `{"id", "text"}`. Out: a JSON array, or a line a line. Never: the whole stream in memory, nor an
end because of one bad line.
"""

import json
import logging
import re
from collections.abc import Callable, Iterable, Iterator
from typing import IO, Any

import msgspec

from rashomon.errors import CaptureError
from rashomon.present.describe import describe_reading
from rashomon.present.shapes import UnreadShape
from rashomon.records import Reading

log = logging.getLogger(__name__)

_SURROGATES = re.compile("[\ud800-\udfff]")
_encode = msgspec.json.encode

ReadText = Callable[[str, str], Reading]


def write_array(found: Iterable[msgspec.Struct], out: IO[bytes]) -> None:
    """Write `found` as a JSON array, one record a line."""
    out.write(b"[")
    for i, record in enumerate(found):
        out.write(b",\n" if i else b"\n")
        out.write(_encode(record))
    out.write(b"\n]\n")
    out.flush()


def read_whole(stream: IO[bytes], out: IO[bytes], read: ReadText, identifier: str) -> None:
    """Read one UTF-8 text and write what was read as JSON. Raises CaptureError if it is no UTF-8."""
    try:
        text = stream.read().decode("utf-8")
    except UnicodeDecodeError as error:
        raise CaptureError("not_utf8", str(error), source=identifier) from error
    out.write(_encode(describe_reading(identifier, read(text, identifier))) + b"\n")
    out.flush()


def read_lines(stream: IO[bytes], out: IO[bytes], read: ReadText, max_bytes: int) -> int:
    """Read `{"id", "text"}` line by line, write a result for each, in order and at once; returns how many failed."""
    failed = 0
    for number, line in enumerate(_iter_lines(stream, max_bytes), start=1):
        if line is not None and not line.strip():
            continue
        shape = _read_line(line, number, read)
        failed += isinstance(shape, UnreadShape)
        out.write(_encode(shape) + b"\n")
        out.flush()
    return failed


def _iter_lines(stream: IO[bytes], max_bytes: int) -> Iterator[bytes | None]:
    """Lines of at most `max_bytes`; None in place of a longer one."""
    while line := stream.readline(max_bytes + 1):
        if len(line) <= max_bytes:
            yield line
            continue
        while line and not line.endswith(b"\n"):
            line = stream.readline(max_bytes)
        yield None


def _read_line(line: bytes | None, number: int, read: ReadText) -> msgspec.Struct:
    if line is None:
        return UnreadShape(None, f"line {number}: too long")
    try:
        found: Any = json.loads(line.decode("utf-8-sig"))
    except (ValueError, RecursionError) as error:
        return UnreadShape(None, f"line {number}: no JSON in UTF-8: {_whole(str(error))}")
    if not isinstance(found, dict):
        return UnreadShape(None, f"line {number}: not an object")
    identifier = found.get("id")
    if not isinstance(identifier, str | int) or isinstance(identifier, bool):
        return UnreadShape(None, f"line {number}: `id` is missing or no string")
    identifier = _whole(identifier) if isinstance(identifier, str) else identifier
    text = found.get("text")
    if not isinstance(text, str):
        return UnreadShape(identifier, f"line {number}: `text` is missing or no string")
    try:
        return describe_reading(identifier, read(_whole(text), str(identifier)))
    except Exception as error:  # the batch boundary: one text never ends the run
        log.warning("reading line %d failed", number, exc_info=True)
        return UnreadShape(identifier, f"line {number}: internal error: {_whole(repr(error))}")


def _whole(words: str) -> str:
    """Lone surrogates, which no UTF-8 can hold, as U+FFFD one by one: offsets stay."""
    return _SURROGATES.sub("\ufffd", words)
