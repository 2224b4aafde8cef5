"""Sources to pages: files, folders, globs, WARC, feeds, standard input."""

import base64
import gzip
import hashlib
import io
import quopri
from collections.abc import Iterable
from pathlib import Path

import pytest

from rashomon.capture import iter_pages, open_page
from rashomon.errors import CaptureError
from rashomon.records import Page, Rejected
from rashomon.settings import Settings
from tests.capture.pages import FIRST, PROSE, SECOND, SETTINGS, capture, html, paragraphs, pdf

PAGE = html(f"<article>{paragraphs()}</article>").encode()


def pages_of(source: str | Path, settings: Settings = SETTINGS) -> list[Page]:
    found = list(iter_pages(str(source), settings))
    assert all(isinstance(p, Page) for p in found), found
    return [p for p in found if isinstance(p, Page)]


def reasons_of(found: Iterable[Page | Rejected]) -> list[str | None]:
    return [p.reason if isinstance(p, Rejected) else None for p in found]


def record(url: str, body: bytes, headers: str = "", status: str = "200 OK", kind: str = "text/html") -> bytes:
    http = f"HTTP/1.1 {status}\r\nContent-Type: {kind}; charset=utf-8\r\n{headers}\r\n".encode() + body
    head = (
        "WARC/1.0\r\nWARC-Type: response\r\nWARC-Record-ID: <urn:uuid:12345678-1234-1234-1234-123456789012>\r\n"
        f"WARC-Target-URI: {url}\r\nWARC-Date: 2020-01-01T00:00:00Z\r\n"
        f"Content-Type: application/http; msgtype=response\r\nContent-Length: {len(http)}\r\n\r\n"
    )
    return head.encode() + http + b"\r\n\r\n"


# --- files, folders, patterns, standard input ------------------------------------------------------------------------


def test_a_file_is_a_page_with_its_bytes(tmp_path: Path) -> None:
    file = tmp_path / "a.html"
    file.write_bytes(PAGE)
    (page,) = pages_of(file)
    assert (page.raw, page.sha256) == (PAGE, hashlib.sha256(PAGE).hexdigest())
    assert (page.source, page.url) == (str(file), None)
    assert pages_of(file)[0].id == page.id
    file.write_bytes(PAGE + b" ")
    assert pages_of(file)[0].id != page.id


def test_a_folder_goes_on_past_what_is_bad(tmp_path: Path) -> None:
    (tmp_path / "inner").mkdir()
    contents = {
        "a.html": PAGE, "b.gz": b"\x1f\x8bbroken", "c.txt": FIRST.encode(), "d.png": b"\x89PNG\r\n\x1a\n" + bytes(99),
        "e.html": b"", "f.docx": b"PK\x03\x04" + bytes(99), "inner/g.html.gz": gzip.compress(PAGE), ".hidden": b"x",
    }  # fmt: skip
    for name, raw in contents.items():
        (tmp_path / name).write_bytes(raw)
    found = list(iter_pages(str(tmp_path), SETTINGS))
    assert [(Path(p.source).name, r) for p, r in zip(found, reasons_of(found), strict=True)] == [
        ("a.html", None), ("b.gz", "broken_gzip"), ("c.txt", None), ("d.png", "binary"), ("e.html", "empty"),
        ("f.docx", "binary"), ("g.html.gz", None),
    ]  # fmt: skip
    assert all(p.stage == "capture" for p in found if isinstance(p, Rejected))


def test_patterns(tmp_path: Path) -> None:
    for name in ("b.html", "a.html", "c.txt"):
        (tmp_path / name).write_bytes(PAGE)
    assert [Path(p.source).name for p in pages_of(tmp_path / "*.html")] == ["a.html", "b.html"]
    assert reasons_of(iter_pages(str(tmp_path / "*.pdf"), SETTINGS)) == ["not_found"]
    assert reasons_of(iter_pages(str(tmp_path / "no.html"), SETTINGS)) == ["not_found"]
    (tmp_path / "empty").mkdir()
    assert reasons_of(iter_pages(str(tmp_path / "empty"), SETTINGS)) == ["no_pages"]


def test_standard_input() -> None:
    (page,) = iter_pages("-", SETTINGS, io.BytesIO(FIRST.encode()))
    assert isinstance(page, Page)
    assert open_page(page, SETTINGS).text == FIRST
    assert reasons_of(iter_pages("-", SETTINGS)) == ["no_pages"]
    assert reasons_of(iter_pages("-", SETTINGS, io.BytesIO(b" \n"))) == ["empty"]
    warc = record("http://tide.example/1", PAGE) + record("http://tide.example/2", PAGE)
    urls = [p.source for p in iter_pages("-", SETTINGS, io.BytesIO(warc))]
    assert urls == ["http://tide.example/1", "http://tide.example/2"]


def test_limits_of_size(tmp_path: Path) -> None:
    small = Settings(max_page_bytes=1000)
    (tmp_path / "big.txt").write_bytes(b"word " * 300)
    (tmp_path / "bomb.gz").write_bytes(gzip.compress(b"word " * 1_000_000))
    assert reasons_of(iter_pages(str(tmp_path / "big.txt"), small)) == ["too_large"]
    assert reasons_of(iter_pages(str(tmp_path / "bomb.gz"), small)) == ["decompression_limit"]
    assert reasons_of(iter_pages("-", small, io.BytesIO(b"word " * 300))) == ["too_large"]
    assert reasons_of(iter_pages("/dev/zero", small)) == ["too_large"]


def test_gzip_of_several_members_and_cut_short(tmp_path: Path) -> None:
    file = tmp_path / "a.txt.gz"
    file.write_bytes(gzip.compress(FIRST.encode()) + gzip.compress(b"\n\n" + SECOND.encode()))
    assert pages_of(file)[0].raw.decode() == f"{FIRST}\n\n{SECOND}"
    file.write_bytes(gzip.compress(PAGE)[:-12])
    assert reasons_of(iter_pages(str(file), SETTINGS)) == ["truncated_gzip"]


# --- WARC ------------------------------------------------------------------------------------------------------------

RECORDS = [
    record("http://tide.example/1", PAGE),
    record("http://tide.example/2", gzip.compress(PAGE), "Content-Encoding: gzip\r\n"),
    record("http://tide.example/3", b"%x\r\n%s\r\n0\r\n\r\n" % (len(PAGE), PAGE), "Transfer-Encoding: chunked\r\n"),
    record("http://tide.example/gone", PAGE, status="404 Not Found"),
    record("http://tide.example/logo", b"\x89PNG", kind="image/png"),
    record("http://tide.example/4", PAGE + b" "),
]


@pytest.mark.parametrize("packed", ["", "each", "whole"])
def test_warc(tmp_path: Path, packed: str) -> None:
    file = tmp_path / ("a.warc.gz" if packed else "a.warc")
    raws = [gzip.compress(r) for r in RECORDS] if packed == "each" else RECORDS
    file.write_bytes(gzip.compress(b"".join(raws)) if packed == "whole" else b"".join(raws))
    pages = pages_of(file)
    assert [p.source for p in pages] == [f"http://tide.example/{i}" for i in (1, 2, 3, 4)]
    assert [p.url for p in pages] == [p.source for p in pages]
    assert [p.raw for p in pages] == [PAGE, PAGE, PAGE, PAGE + b" "]
    assert open_page(pages[0], SETTINGS).published is None  # the date of the record is not the article's


@pytest.mark.parametrize("packed", [False, True])
def test_a_truncated_warc_keeps_the_records_before_the_cut(packed: bool) -> None:
    raws = [gzip.compress(r) for r in RECORDS] if packed else RECORDS
    whole = b"".join(raws)
    for cut in range(1 if packed else 5, len(raws[-1])):  # a record ends in four bytes that are not its own
        found = list(iter_pages("-", SETTINGS, io.BytesIO(whole[:-cut])))
        assert [p.raw for p in found if isinstance(p, Page)][:3] == [PAGE] * 3, cut
        assert reasons_of(found)[-1] == "truncated_warc", cut
        assert len(found) == 4 or (packed and cut < 20), cut  # of a packed record, only the check sum may be missing


def test_bad_records_do_not_end_a_warc(tmp_path: Path) -> None:
    file = tmp_path / "a.warc"
    bomb = record("http://tide.example/bomb", gzip.compress(bytes(100_000)), "Content-Encoding: gzip\r\n")
    brotli = record("http://tide.example/br", b"\x0b\x02\x80", "Content-Encoding: br\r\n")
    empty = record("http://tide.example/empty", b"")
    big = record("http://tide.example/big", b"word " * 10_000)
    file.write_bytes(bomb + brotli + empty + big + RECORDS[0])
    found = list(iter_pages(str(file), Settings(max_page_bytes=20_000)))
    assert reasons_of(found) == ["decompression_limit", "unreadable_encoding", "empty", "too_large", None]
    file.write_bytes(RECORDS[4])
    assert reasons_of(iter_pages(str(file), SETTINGS)) == ["no_pages"]


# --- feeds -----------------------------------------------------------------------------------------------------------

RSS = f"""<?xml version="1.0"?><rss version="2.0"><channel><title>The Tarn Tide</title>
<item><title>Two shot in Tarn</title><link>http://tide.example/1</link><pubDate>Thu, 03 Mar 2011 10:00:00 GMT</pubDate>
<description>&lt;p&gt;{FIRST}&lt;/p&gt;&lt;p&gt;{SECOND}&lt;/p&gt;</description></item>
<item><title>Ferry robbed</title><link>http://tide.example/2</link><description>The till is gone.</description></item>
<item><title>Nothing</title><link>http://tide.example/3</link></item></channel></rss>"""
ATOM = f"""<?xml version="1.0"?><feed xmlns="http://www.w3.org/2005/Atom"><title>The Tarn Tide</title>
<entry><title>Two shot in Tarn</title><id>a</id><link href="http://tide.example/1"/><updated>2011-03-03T10:00:00Z</updated>
<content type="html">&lt;p&gt;{FIRST}&lt;/p&gt;&lt;p&gt;{SECOND}&lt;/p&gt;</content></entry></feed>"""


@pytest.mark.parametrize("feed", [RSS, ATOM])
def test_feeds(tmp_path: Path, feed: str) -> None:
    file = tmp_path / "feed.xml"
    file.write_text(feed)
    page = next(iter_pages(str(file), SETTINGS))
    assert isinstance(page, Page)
    article = open_page(page, SETTINGS)
    assert page.source == "http://tide.example/1"
    assert article.text == f"{FIRST}\n\n{SECOND}"
    assert (article.title, article.outlet, article.outlet_found) == ("Two shot in Tarn", "The Tarn Tide", "feed")
    assert article.published is not None
    assert (article.published.start, article.published.found) == ("2011-03-03", "feed")


def test_short_and_empty_entries_of_a_feed(tmp_path: Path) -> None:
    file = tmp_path / "feed.xml"
    file.write_text(RSS)
    found = list(iter_pages(str(file), SETTINGS))
    assert reasons_of(found) == [None, None, "empty"]
    assert isinstance(found[1], Page)
    assert open_page(found[1], SETTINGS).text == "The till is gone."
    file.write_text('<rss version="2.0"><channel><title>T</title></channel></rss>')
    assert reasons_of(iter_pages(str(file), SETTINGS)) == ["no_pages"]


# --- saved pages, PDF ------------------------------------------------------------------------------------------------


@pytest.mark.parametrize("encoding", ["quoted-printable", "base64", "8bit"])
def test_a_page_saved_as_mhtml(encoding: str) -> None:
    body = html(f"<article>{paragraphs()}<p>Señor Ibáñez was not there on the day, he said.</p></article>").encode()
    packed = {"base64": base64.encodebytes(body), "quoted-printable": quopri.encodestring(body), "8bit": body}[encoding]
    raw = (
        b"From: <Saved by Blink>\r\nSnapshot-Content-Location: https://tide.example/2011/03/03/two-shot\r\n"
        b'MIME-Version: 1.0\r\nContent-Type: multipart/related;\r\n\ttype="text/html";\r\n\tboundary="--b-1--"\r\n\r\n'
        b"----b-1--\r\nContent-Type: image/png\r\n\r\nxx\r\n"
        b"----b-1--\r\nContent-Type: text/html\r\nContent-Transfer-Encoding: " + encoding.encode() + b"\r\n"
        b"Content-Location: https://tide.example/2011/03/03/two-shot\r\n\r\n" + packed + b"\r\n----b-1----\r\n"
    )
    article = capture(raw)
    assert article.text == "\n\n".join([*PROSE, "Señor Ibáñez was not there on the day, he said."])
    assert article.published is not None
    assert (article.published.start, article.published.found) == ("2011-03-03", "url")
    with pytest.raises(CaptureError, match="no text"):
        capture(raw.replace(b"text/html\r\nContent-T", b"text/css\r\nContent-T"))


LINES = [
    ["The Tarn Tide", "Two fishermen were shot dead in the market of Tarn on Monday", "morning, the harbour police",
     "said.", "", "1"],
    ["The Tarn Tide", "A spokesman of the Reed Front denied that its men had been in the", "town on that day. The may-",
     "or has asked for an inquiry.", "", "2"],
    ["The Tarn Tide", "The mayor has asked the government in Sanu for an inquiry into what", "he called a massacre.",
     "3"],
]  # fmt: skip


def test_pdf() -> None:
    article = capture(pdf(LINES))
    assert "Two fishermen were shot dead in the market of Tarn on Monday morning, the harbour police" in article.text
    assert "The mayor has asked for an inquiry." in article.text
    assert "he called a massacre." in article.text
    assert "The Tarn Tide" not in article.text
    assert not any(line.isdecimal() for line in article.text.split("\n"))


@pytest.mark.parametrize(
    ("raw", "reason"),
    [
        (pdf(LINES, password="salt"), "encrypted_pdf"),
        (pdf([[]]), "no_text"),
        (pdf(LINES)[:700], "broken_pdf"),
        (b"%PDF-1.7\n" + b"1 0 obj << " * 500, "broken_pdf"),
        (pdf([["Two men were shot."] * 50] * 3), "too_large"),
    ],
)
def test_pdfs_that_cannot_be_read(raw: bytes, reason: str) -> None:
    with pytest.raises(CaptureError) as caught:
        capture(raw, max_article_chars=2000)
    assert caught.value.reason == reason
