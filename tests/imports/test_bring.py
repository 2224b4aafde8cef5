"""Bringing things in: sheets, notes, archives, event data, lists, cases."""

import csv
import hashlib
import io
import json
import zipfile
from collections.abc import Iterator
from functools import partial
from pathlib import Path

import pytest

from rashomon import store
from rashomon.capture import make_page, open_page
from rashomon.errors import CaptureError, SettingsError
from rashomon.imports import bring as bringing
from rashomon.imports.lists import import_list
from rashomon.imports.notes import read_note
from rashomon.imports.spreadsheets import iter_sheet
from rashomon.pipeline import add as pipeline
from rashomon.present import queries
from rashomon.present.exports.load import iter_told
from rashomon.present.filters import Filters
from rashomon.records import Article, Page, Rejected
from rashomon.resolve.aliases import AliasList
from rashomon.resolve.gazetteer import Gazetteer
from rashomon.settings import Settings
from tests.exports.test_columns import ACLED, UCDP
from tests.fakes import FakeWorker

SETTINGS = Settings()
RUN = pipeline.Run(settings=SETTINGS, start=FakeWorker)


def fetch(url: str, settings: Settings) -> Iterator[Page | Rejected]:
    yield make_page(url, f"<p>Fetched from {url}</p>".encode(), "text/html", url)


def write_csv(path: Path, header: list[str], *rows: list[str], delimiter: str = ",") -> Path:
    with path.open("w", encoding="utf-8", newline="") as file:
        csv.writer(file, delimiter=delimiter).writerows([header, *rows])
    return path


def pages_of(path: Path, columns: dict[str, str] | None = None) -> list[Page | Rejected]:
    return list(iter_sheet(path, SETTINGS, columns or {}, fetch))


def only(found: list[Page | Rejected]) -> Page:
    (page,) = found
    assert isinstance(page, Page)
    return page


def test_a_media_cloud_sheet_is_fetched_with_what_it_says_as_hints(tmp_path: Path) -> None:
    header = ["id", "indexed_date", "language", "media_name", "media_url", "publish_date", "title", "url"]
    row = ["1", "2024-02-02", "en", "The Lantern", "lantern.example", "2024-02-01", "A raid", "https://l.example/1"]
    page = only(pages_of(write_csv(tmp_path / "m.csv", header, row)))
    assert page.url == "https://l.example/1"
    assert page.hints is not None
    assert (page.hints.title, page.hints.published, page.hints.outlet) == ("A raid", "2024-02-01", "The Lantern")


def test_gdelt_mentions_without_a_header(tmp_path: Path) -> None:
    row = ["9", "20240201", "20240202", "1", "lantern.example", "https://l.example/1", *["0"] * 10]
    path = tmp_path / "m.csv"
    path.write_text("\t".join(row) + "\n")
    page = only(pages_of(path))
    assert (page.url, page.hints and page.hints.outlet) == ("https://l.example/1", "lantern.example")


@pytest.mark.parametrize(
    ("first", "columns", "url", "outlet"),
    [("1164513112", 61, 60, None), ("410412347", 58, 57, None), ("20240201001500-T3", 27, 4, "lantern.example")],
    ids=["events 2", "events 1", "gkg"],
)
def test_gdelt_events_and_knowledge_graph_without_a_header(
    tmp_path: Path, first: str, columns: int, url: int, outlet: str | None
) -> None:
    rows = []
    for number in (1, 2):
        row = [first, *['"quoted, not closed'] * (columns - 1)]
        row[url] = f"https://lantern.example/{number}"
        if outlet:
            row[url - 1] = outlet
        rows.append("\t".join(row))
    path = tmp_path / "20240201001500.export.CSV"
    path.write_text("\n".join(rows) + "\n", encoding="utf-8")
    found = pages_of(path)
    assert [p.url for p in found if isinstance(p, Page)] == ["https://lantern.example/1", "https://lantern.example/2"]
    assert {p.hints and p.hints.outlet for p in found if isinstance(p, Page)} == {outlet}


@pytest.mark.parametrize(
    ("header", "day"),
    [
        (["URL", "MobileURL", "Date", "Title"], "20240201T101500Z"),  # GDELT's DOC API
        (["URL", "Title", "Published date"], "February 1, 2024 Thursday"),  # a news archive
        (["DocumentURL", "Title", "pubdate", "pubtitle"], "1-Feb-2024"),
        (["url", "title", "publish_date"], "2024/02/01 00:00"),
    ],
)
def test_dates_as_sheets_write_them_are_known_to_the_article(tmp_path: Path, header: list[str], day: str) -> None:
    held = {"url": "https://l.example/1", "documenturl": "https://l.example/1", "title": "A raid"}
    row = [held.get(name.casefold(), day if "dat" in name.casefold() else "") for name in header]
    page = only(pages_of(write_csv(tmp_path / "d.csv", header, row)))
    article = open_page(page, SETTINGS)
    assert isinstance(article, Article)
    assert article.published is not None
    assert (article.published.start, article.published.precision) == ("2024-02-01", "day")


def test_texts_as_lexisnexis_gives_them_and_a_map_of_columns(tmp_path: Path) -> None:
    header = ["Headline", "Publication", "Publication Date", "Body"]
    row = ["A raid", "The Lantern", "1 February 2024", "Ana killed Bo.\nThen she fled."]
    path = write_csv(tmp_path / "n.csv", header, row, delimiter=";")
    page = only(pages_of(path, {}))
    assert page.raw == b"Ana killed Bo.\nThen she fled."
    assert page.hints is not None
    assert (page.hints.title, page.hints.outlet, page.media_type) == ("A raid", "The Lantern", "text/plain")
    own = write_csv(tmp_path / "o.csv", ["what", "Where"], ["Ana killed Bo.", "https://l.example/2"])
    page = only(pages_of(own, {"text": "What", "url": "where"}))
    assert (page.raw, page.url) == (b"Ana killed Bo.", "https://l.example/2")
    with pytest.raises(SettingsError, match="no column 'who'"):
        pages_of(own, {"text": "who"})
    with pytest.raises(SettingsError, match="no column of URLs"):
        pages_of(own)


def test_an_auto_archiver_sheet_and_rows_that_hold_nothing(tmp_path: Path) -> None:
    header = ["Link", "Archive status", "Upload timestamp", "Upload title", "Textual content", "Hash"]
    rows = ["https://t.example/1", "ok", "2024-02-01", "A post", "Ana killed Bo.", "x"], ["nothing", "", "", "", "", ""]
    page, rejected = pages_of(write_csv(tmp_path / "s.csv", header, *rows))
    assert isinstance(page, Page)
    assert (page.raw, page.url, page.hints and page.hints.title) == (b"Ana killed Bo.", "https://t.example/1", "A post")
    assert isinstance(rejected, Rejected)
    assert (rejected.reason, rejected.source.rpartition("#")[2]) == ("empty", "3")
    assert page.hints is not None
    assert page.hints.outlet == "t.example"  # nobody else is named as telling it


def test_a_sheet_in_another_encoding_is_said(tmp_path: Path) -> None:
    path = tmp_path / "a.csv"
    path.write_bytes("url,text\nhttps://l.example/1,café\n".encode("cp1252"))
    with pytest.raises(CaptureError, match="save it again as CSV in UTF-8"):
        pages_of(path)


def bring(case: Path, source: Path, kind: str | None = None) -> bringing.Brought:
    with store.open_case(case, create=True) as opened:
        found = bringing.bring(opened, source, kind or bringing.guess_kind(source), SETTINGS, {})
        if not found.whole:
            pipeline.add(opened, [], RUN)
    return found


def articles(case: Path) -> list[Article]:
    with store.open_case(case) as opened, opened.read() as connection:
        last = store.PageRange(1, 10_000)
        return list(store.load_articles(connection, last).values())


def test_notes_with_front_matter_become_pages(tmp_path: Path) -> None:
    notes = tmp_path / "vault"
    (notes / "deep").mkdir(parents=True)
    (notes / ".obsidian").mkdir()
    (notes / ".obsidian" / "x.md").write_text("Zed killed Yan.")
    (notes / "deep" / "raid.md").write_text(
        '---\ntitle: "A raid"\nsource: https://l.example/1\ndate: 2024-02-01\ntags:\n  - x\n---\n'
        "# Raid\n\n[[Ana]] killed **Bo** in [Tarn](tarn.md).\n", encoding="utf-8",
    )  # fmt: skip
    (notes / "empty.md").write_text("---\ntitle: x\n---\n")
    case = tmp_path / "case.db"
    found = bring(case, notes)
    assert (found.kind, found.pages, [r.reason for r in found.rejected]) == ("notes", 1, ["empty"])
    with store.open_case(case) as opened, opened.read() as connection:
        (told,) = iter_told(connection, Filters())
        page = store.load_page(connection, 1)
    assert told.tellings[0].telling.span.text == "Ana killed Bo in Tarn"
    assert told.tellings[0].teller.url == "https://l.example/1"
    assert page.hints is not None
    assert (page.hints.title, page.hints.published) == ("A raid", "2024-02-01")
    assert page.hints.outlet == "l.example"


def test_callouts_and_block_ids_of_obsidian_are_not_the_page_s_words() -> None:
    note = read_note("> [!quote]- Police\r\n> Ana killed Bo.\r\n\r\n- Cy fled. ^b1-x\r\n")
    assert note.text == " Police\nAna killed Bo.\n\n- Cy fled.\n"


MHTML = (
    "From: <Saved by Blink>\r\nSnapshot-Content-Location: https://l.example/1\r\nSubject: x\r\nMIME-Version: 1.0\r\n"
    'Content-Type: multipart/related; type="text/html"; boundary="----b"\r\n\r\n------b\r\nContent-Type: text/html\r\n'
    "Content-Location: https://l.example/1\r\n\r\n<html><p>Ana killed Bo.</p></html>\r\n------b--\r\n"
)


def test_saved_pages_have_the_url_that_they_were_saved_from(tmp_path: Path) -> None:
    folder = tmp_path / "saved"
    folder.mkdir()
    (folder / "a.mhtml").write_bytes(MHTML.encode())
    (folder / "b.mht").write_bytes(b"no message")
    with store.open_case(tmp_path / "case.db", create=True) as case:
        found = bringing.bring(case, folder, bringing.guess_kind(folder), SETTINGS, {})
        with case.read() as connection:
            page = store.load_page(connection, 1)
    assert (found.pages, [r.reason for r in found.rejected]) == (1, ["broken_mhtml"])
    assert (page.url, page.raw) == ("https://l.example/1", MHTML.encode())


def write_wacz(path: Path, *, wrong: bool = False) -> Path:
    body = b"HTTP/1.1 200 OK\r\nContent-Type: text/plain\r\n\r\nAna killed Bo."
    head = (
        b"WARC/1.1\r\nWARC-Type: response\r\nWARC-Target-URI: https://l.example/1\r\n"
        b"WARC-Date: 2024-02-01T00:00:00Z\r\n"
        b"WARC-Record-ID: <urn:uuid:0a8f3a56-6d4c-4f5a-9b1e-000000000001>\r\n"
        b"Content-Type: application/http;msgtype=response\r\nContent-Length: %d\r\n\r\n"
    )
    warc = head % len(body) + body + b"\r\n\r\n"
    digest = "0" * 64 if wrong else hashlib.sha256(warc).hexdigest()
    package = {"resources": [{"path": "archive/data.warc", "hash": f"sha256:{digest}"}]}
    with zipfile.ZipFile(path, "w") as archive:
        archive.writestr("archive/data.warc", warc)
        archive.writestr("datapackage.json", json.dumps(package))
    return path


def test_a_wacz_gives_its_pages_unless_its_bytes_are_not_those_listed(tmp_path: Path) -> None:
    found = bring(tmp_path / "case.db", write_wacz(tmp_path / "a.wacz"))
    assert (found.kind, found.pages, found.rejected) == ("wacz", 1, [])
    assert [a.text for a in articles(tmp_path / "case.db")] == ["Ana killed Bo."]
    found = bring(tmp_path / "case.db", write_wacz(tmp_path / "b.wacz", wrong=True))
    assert (found.pages, [r.reason for r in found.rejected]) == (0, ["wrong_hash"])
    (tmp_path / "c.wacz").write_bytes(b"PK but no archive")
    assert [r.reason for r in bring(tmp_path / "case.db", tmp_path / "c.wacz").rejected] == ["unreadable"]


def dataset(path: Path, columns: str, *rows: dict[str, str]) -> Path:
    with path.open("w", encoding="utf-8", newline="") as file:
        writer = csv.DictWriter(file, columns.split(","), restval="")
        writer.writeheader()
        writer.writerows(rows)
    return path


ROW = {
    "event_id_cnty": "TRN1", "event_date": "2024-05-01", "time_precision": "1", "sub_event_type": "Attack",
    "actor1": "Red Sash Front", "inter1": "Rebel group", "actor2": "Civilians (Tarn)", "location": "Tarn",
    "admin1": "Low Tarn", "country": "Germany", "latitude": "1.5", "longitude": "2.5", "geo_precision": "1",
    "source": "The Lantern", "fatalities": "3", "notes": "Three people were shot.",
}  # fmt: skip


def test_acled_rows_are_tellings_by_acled_that_reading_again_leaves_alone(tmp_path: Path) -> None:
    source = dataset(tmp_path / "acled.csv", ACLED, ROW, ROW | {"event_id_cnty": ""}, ROW | {"event_id_cnty": "TRN2"})
    case = tmp_path / "case.db"
    found = bring(case, source)
    assert (found.kind, found.pages, found.tellings, [r.reason for r in found.rejected]) == ("acled", 2, 2, ["empty"])
    assert bring(case, source).known == 2
    with store.open_case(case) as opened:
        pipeline.reread(opened, pipeline.Run(settings=SETTINGS, start=partial(FakeWorker, "fake 2")))
        with opened.read() as connection:
            told = [one for t in iter_told(connection, Filters()) for one in t.tellings]
    one = told[0]
    text = {a.page: a.text for a in articles(case)}[one.teller.page]
    telling = one.telling
    assert (one.teller.outlet, telling.types, telling.stance) == ("ACLED", ("armed_attack",), "asserts")
    place, time, count = telling.places[0], telling.time, telling.counts[0]
    assert (place.name, place.lat, place.country, place.precision) == ("Tarn", 1.5, "DE", "town")
    assert time is not None
    assert (time.start, time.end, time.precision) == ("2024-05-01", "2024-05-01", "day")
    assert (count.what, count.best) == ("killed", 3)
    assert (telling.perpetrators[0].actor, telling.targets[0].kind) == ("redsashfront", "civilian")
    assert telling.attributed_to is not None
    for span in (place.span, time.span, count.span, telling.attributed_to, *telling.anchors):
        assert text[span.start_char : span.end_char] == span.text


def test_ucdp_rows_are_tellings_by_ucdp(tmp_path: Path) -> None:
    row = {
        "id": "77", "type_of_violence": "3", "side_a": "Red Sash Front", "side_b": "Civilians", "best": "4", "low": "2",
        "high": "6", "date_start": "2024-05-01 00:00:00.000", "date_end": "2024-05-03 00:00:00.000", "date_prec": "2",
        "where_coordinates": "Tarn", "where_prec": "1", "latitude": "1.5", "longitude": "2.5", "country": "Tarnia",
    }  # fmt: skip
    bring(tmp_path / "case.db", dataset(tmp_path / "ged.csv", UCDP, row))
    with store.open_case(tmp_path / "case.db") as opened, opened.read() as connection:
        ((one,),) = ([t.tellings for t in iter_told(connection, Filters())],)
    telling = one[0].telling
    assert telling.time is not None
    assert (telling.time.start, telling.time.end, telling.time.precision) == ("2024-05-01", "2024-05-03", "week")
    assert (telling.counts[0].low, telling.counts[0].best, telling.counts[0].high) == (2, 4, 6)
    assert telling.targets[0].effect == "killed"


def test_lists_come_out_as_the_resolver_takes_them(tmp_path: Path) -> None:
    geonames = tmp_path / "XX.txt"
    row = ["1", "Tarn", "Tarn", "Tarnburg,Tharn", "1.5", "2.5", "P", "PPL", "TN", "", "04", *[""] * 8]
    geonames.write_text("\t".join(row) + "\n" + "\t".join(["2", "Nowhere", "", "", "x", "y", *row[6:]]) + "\n")
    assert import_list(geonames, tmp_path / "g.csv", "gazetteer") == (1, 1)
    (entry,) = Gazetteer(tmp_path / "g.csv").find("Tharn")
    assert (entry.name, entry.lat, entry.country, entry.kind) == ("Tarn", 1.5, "TN", "town")
    names = write_csv(tmp_path / "n.csv", ["caption", "aka"], ["Red Sash Front", "RSF"], ["Blue", ""])
    assert import_list(names, tmp_path / "a.csv", "aliases") == (1, 1)
    assert AliasList(tmp_path / "a.csv").find("rsf") == "Red Sash Front"
    with pytest.raises(SettingsError, match="needs name, latitude"):
        import_list(names, tmp_path / "x.csv", "gazetteer")
    assert not (tmp_path / "x.csv").exists()


def test_what_is_not_known_or_not_there_is_said(tmp_path: Path) -> None:
    with pytest.raises(SettingsError) as caught:
        bringing.guess_kind(tmp_path / "a.docx")
    assert caught.value.reason == "unknown_kind"
    for name in ("none.csv", "none.jsonl"):
        with pytest.raises(CaptureError):
            bring(tmp_path / "case.db", tmp_path / name)
    header = io.StringIO("a,b\n1,2\n").read()
    (tmp_path / "x.csv").write_text(header)
    with pytest.raises(CaptureError) as wrong:
        bring(tmp_path / "case.db", tmp_path / "x.csv", "acled")
    assert wrong.value.reason == "wrong_dataset"


def test_every_kind_of_shown_record_is_there_after_a_case_is_brought(tmp_path: Path) -> None:
    from tests.exports.cases import make_case
    from tests.exports.test_jsonl import export

    made = make_case(tmp_path)
    with store.open_case(made) as case:
        (tmp_path / "case.jsonl").write_bytes(export(case))
    found = bring(tmp_path / "other.db", tmp_path / "case.jsonl")
    assert (found.whole, found.pages, found.judgements) == (True, 4, 3)
    for what in ("pages", "tellings", "incidents", "statements"):
        shown = []
        for path in (made, tmp_path / "other.db"):
            with store.open_case(path) as case, case.read() as connection:
                shown.append(list(queries.iter_shown(connection, what)))
        assert shown[0] == shown[1] != []
