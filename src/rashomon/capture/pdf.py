"""PDF pages: their text, as a person would read it.

In: the bytes of a PDF. Out: text with paragraphs. Never: running headers, page numbers, or hyphens of line ends.
"""

import io
import logging
import re
from collections import Counter

from pypdf import PdfReader
from pypdf.errors import PyPdfError

from rashomon.errors import CaptureError
from rashomon.settings import Settings

logging.getLogger("pypdf").setLevel(logging.CRITICAL)  # what is wrong with a PDF is said by its rejection
_NUMBER = re.compile(r"^\W*(?:page\s+)?\d{1,4}(?:\s*(?:of|/)\s*\d{1,4})?\W*$", re.IGNORECASE)


def read_pdf(raw: bytes, source: str, settings: Settings) -> str:
    """The text of a PDF; raises CaptureError `encrypted_pdf`, `broken_pdf`, `no_text` (a scan) or `too_large`."""
    try:
        reader = PdfReader(io.BytesIO(raw), strict=False)
        if reader.is_encrypted and not reader.decrypt(""):
            raise CaptureError("encrypted_pdf", source=source)
        pages: list[list[str]] = []
        size = 0
        for page in reader.pages:
            lines = [line.rstrip() for line in (page.extract_text() or "").split("\n")]
            size += sum(map(len, lines))
            if size > settings.max_article_chars:
                raise CaptureError("too_large", f"more than {settings.max_article_chars} characters", source=source)
            pages.append(lines)
    except CaptureError:
        raise
    except (PyPdfError, ValueError, KeyError, TypeError, AttributeError, IndexError, RecursionError, OSError) as error:
        raise CaptureError("broken_pdf", str(error), source=source) from error
    text = _join_lines(_without_running(pages))
    if not text.strip():
        raise CaptureError("no_text", "a PDF without text (a scan?)", source=source)
    return text


def _without_running(pages: list[list[str]]) -> list[str]:
    """All lines but page numbers and the first and last lines that most pages repeat."""
    edges: Counter[str] = Counter()
    for lines in pages:
        held = [x for x in lines if x.strip()]
        edges.update({re.sub(r"\d+", "#", x.strip()) for x in (*held[:2], *held[-2:])})
    repeated = {x for x, n in edges.items() if n >= 3 and n > len(pages) // 2}
    return [
        line
        for lines in pages
        for line in lines
        if (not _NUMBER.match(line) and re.sub(r"\d+", "#", line.strip()) not in repeated) or not line.strip()
    ]


def _join_lines(lines: list[str]) -> str:
    r"""Hard-wrapped lines as paragraphs: a line goes on where it is full and does not end a sentence.

    >>> _join_lines(["The convoy was at-", "tacked near Sanu", "on Monday.", "", "Nobody died."])
    'The convoy was attacked near Sanu on Monday.\n\nNobody died.'
    """
    lengths = sorted(len(x) for x in lines if len(x) > 20)
    full = 0.75 * lengths[len(lengths) * 3 // 4] if lengths else 0
    parts: list[str] = []
    before = ""
    for line in (x.strip() for x in lines):
        if not line:
            if parts and parts[-1] != "\n\n":
                parts.append("\n\n")
        elif not parts or parts[-1].endswith("\n"):
            parts.append(line)
        elif re.search(r"[a-z]-$", before[-2:]) and line[0].islower():
            parts[-1] = parts[-1][:-1]
            parts.append(line)
        else:
            parts += [_gap(before, line, full), line]
        before = line
    return "".join(parts).strip()


def _gap(before: str, line: str, full: float) -> str:
    """What stands between two lines: a space where the paragraph goes on."""
    stops = before.endswith((".", "!", "?", '"', "”"))
    is_item = re.match(r"(?:[-•*–]|\(?[a-z0-9]{1,3}[.)])\s", line) is not None
    if is_item or (len(before) < full and (stops or before.endswith(":"))):
        return "\n" if not stops or len(before) >= full else "\n\n"
    return " "
