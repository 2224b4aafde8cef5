"""Pages of an invented island, short to write, for the tests of capture."""

import io
from collections.abc import Iterable

from pypdf import PdfWriter
from pypdf.generic import DictionaryObject, NameObject, StreamObject

from rashomon.capture import make_page, open_page
from rashomon.errors import CaptureError
from rashomon.records import Article, PageHints
from rashomon.settings import Settings

SETTINGS = Settings()

FIRST = "Two fishermen were shot dead in the market of Tarn on Monday morning, the harbour police said."
SECOND = "A spokesman of the Reed Front denied that its men had been in the town on that day."
THIRD = "The mayor has asked the government in Sanu for an inquiry into what he called a massacre."
PROSE = (FIRST, SECOND, THIRD)


def html(body: str, head: str = "") -> str:
    return f"<!doctype html><html lang=en><head><meta charset=utf-8>{head}</head><body>{body}</body></html>"


def paragraphs(texts: Iterable[str] = PROSE) -> str:
    return "".join(f"<p>{t}</p>" for t in texts)


def capture(content: str | bytes, url: str | None = None, hints: PageHints | None = None, **limits: int) -> Article:
    raw = content.encode() if isinstance(content, str) else content
    return open_page(make_page("a page", raw, "", url, hints), Settings(**limits) if limits else SETTINGS)


def attempt(content: str | bytes) -> Article | CaptureError:
    """The article, or why there is none."""
    try:
        return capture(content)
    except CaptureError as error:
        return error


def texts_of(article: Article, kind: str) -> list[str]:
    return [s.text for s in article.sections if s.kind == kind]


def passages_of(article: Article) -> list[tuple[str, str]]:
    return [(p.marker, article.text[p.start_char : p.end_char]) for p in article.passages]


def pdf(pages: Iterable[Iterable[str]], password: str = "") -> bytes:
    """A PDF of these lines."""
    font = {"/Type": "/Font", "/Subtype": "/Type1", "/BaseFont": "/Helvetica"}
    writer = PdfWriter()
    for lines in pages:
        page = writer.add_blank_page(600, 800)
        content = StreamObject()
        said = " ".join(f"({line}) Tj 0 -14 Td" for line in lines)
        content.set_data(f"BT /F1 12 Tf 50 760 Td {said} ET".encode())
        page[NameObject("/Contents")] = writer._add_object(content)
        named = DictionaryObject({NameObject(k): NameObject(v) for k, v in font.items()})
        fonts = DictionaryObject({NameObject("/F1"): named})
        page[NameObject("/Resources")] = DictionaryObject({NameObject("/Font"): fonts})
    if password:
        writer.encrypt(password, algorithm="RC4-128")
    out = io.BytesIO()
    writer.write(out)
    return out.getvalue()
