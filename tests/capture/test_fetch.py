"""Fetching a URL: from a server on this machine, which only a setting allows."""

import contextlib
import gzip
import http.server
import threading
import time
from collections.abc import Iterator

import pytest

from rashomon.capture import iter_pages, open_page
from rashomon.capture.fetch import check_address, fetch
from rashomon.errors import CaptureError
from rashomon.records import Page, Rejected
from rashomon.settings import Settings
from tests.capture.pages import FIRST, SECOND, html, paragraphs

PAGE = html("<article>" + paragraphs() + "</article>").encode()
LATIN = "<p>Señor Ibáñez was shot in Tarn, they said.</p>"
ALLOWED = Settings(allow_private_addresses=True, capture_timeout_s=1.0, max_page_bytes=200_000)


class _Handler(http.server.BaseHTTPRequestHandler):
    def log_message(self, *_: object) -> None:
        pass

    def do_GET(self) -> None:
        with contextlib.suppress(OSError):
            self._answer(self.path)

    def _answer(self, path: str) -> None:
        here = f"http://localhost:{self.server.server_address[1]}"
        items = "".join(f"<item><title>T</title><link>{here}/{x}</link></item>" for x in ("a", "gone"))
        moves = {"/loop": "/loop", "/moved": f"{here}/2011/03/03/page", "/inward": "http://169.254.169.254/latest",
                 "/file": "file:///etc/passwd"}  # fmt: skip
        bodies = {
            "/packed": gzip.compress(PAGE), "/bomb": gzip.compress(bytes(20_000_000)), "/empty": b"", "/slow": b"",
            "/logo": b"\x89PNG\r\n\x1a\n" + bytes(99), "/latin": LATIN.encode("latin-1"),
            "/feed": f'<rss version="2.0"><channel><title>Tide</title>{items}</channel></rss>'.encode(),
        }  # fmt: skip
        if path == "/drip":  # a header that never ends
            self.connection.sendall(b"HTTP/1.1 200 OK\r\nX: ")
        elif path in moves:
            self._send(302, b"", ("Location", moves[path]))
        elif path in ("/packed", "/bomb"):
            self._send(200, bodies[path], ("Content-Encoding", "gzip"))
        elif path in ("/gone", "/broken"):
            self._send({"/gone": 410, "/broken": 500}[path])
        else:
            charset = "iso-8859-1" if path == "/latin" else "utf-8"
            self._send(200, bodies.get(path, PAGE), ("Content-Type", f"text/html; charset={charset}"))
        if path in ("/drip", "/slow"):  # nor does this body
            self._drip()

    def _drip(self) -> None:
        for _ in range(50):
            self.wfile.write(b"a")
            self.wfile.flush()
            time.sleep(0.1)

    def _send(self, status: int, body: bytes = b"", *headers: tuple[str, str]) -> None:
        self.send_response(status)
        for name, value in headers:
            self.send_header(name, value)
        self.end_headers()
        self.wfile.write(body)


@pytest.fixture(scope="module")
def site() -> Iterator[str]:
    server = http.server.ThreadingHTTPServer(("127.0.0.1", 0), _Handler)
    server.daemon_threads = True
    threading.Thread(target=server.serve_forever, daemon=True).start()
    yield f"http://127.0.0.1:{server.server_port}"
    server.shutdown()
    server.server_close()


@pytest.mark.parametrize("path", ["/page", "/packed"])
def test_a_url_is_a_page(site: str, path: str) -> None:
    (page,) = iter_pages(site + path, ALLOWED)
    assert isinstance(page, Page)
    assert (page.source, page.url, page.raw) == (site + path, site + path, PAGE)


def test_a_redirect_is_followed_and_its_url_is_used(site: str) -> None:
    (page,) = iter_pages(site + "/moved", ALLOWED)
    assert isinstance(page, Page)
    assert page.source == site + "/moved"
    assert page.url is not None
    assert page.url.endswith("/2011/03/03/page")
    article = open_page(page, ALLOWED)
    assert article.published is not None
    assert (article.published.start, article.published.found) == ("2011-03-03", "url")


def test_the_stated_charset_is_used(site: str) -> None:
    (page,) = iter_pages(site + "/latin", ALLOWED)
    assert isinstance(page, Page)
    assert "Señor Ibáñez" in open_page(page, ALLOWED).text


def test_a_feed_named_by_url_is_followed(site: str) -> None:
    found = list(iter_pages(site + "/feed", ALLOWED))
    assert isinstance(found[0], Page)
    assert isinstance(found[1], Rejected)
    assert open_page(found[0], ALLOWED).text.startswith(f"{FIRST}\n\n{SECOND}")
    assert (found[1].source.endswith("/gone"), found[1].reason) == (True, "not_found")


@pytest.mark.parametrize(
    ("path", "reason"),
    [
        ("/drip", "timeout"), ("/slow", "timeout"), ("/bomb", "too_large"), ("/loop", "too_many_redirects"),
        ("/gone", "not_found"), ("/broken", "unreachable"), ("/logo", "binary"), ("/empty", "empty"),
        ("/file", "unsupported_scheme"),
    ],
)  # fmt: skip
def test_what_cannot_be_fetched_is_rejected_in_time(site: str, path: str, reason: str) -> None:
    begun = time.monotonic()
    (found,) = iter_pages(site + path, ALLOWED)
    assert isinstance(found, Rejected)
    assert (found.source, found.stage, found.reason) == (site + path, "capture", reason)
    assert time.monotonic() - begun < 3


def test_nobody_listens(site: str) -> None:
    (found,) = iter_pages("http://127.0.0.1:1/x", ALLOWED)
    assert isinstance(found, Rejected)
    assert found.reason == "unreachable"


@pytest.mark.parametrize(
    "host",
    ["127.0.0.1", "localhost", "[::1]", "0.0.0.0", "10.1.2.3", "192.168.0.1", "172.16.0.1", "169.254.169.254",
     "2130706433", "0x7f.1", "[::ffff:127.0.0.1]", "[64:ff9b::a00:1]", "[fe80::1]", "[fd00::1]",
     "100.64.0.1", "224.0.0.1", "user@127.0.0.1"],
)  # fmt: skip
def test_private_addresses_are_refused(host: str) -> None:
    (found,) = iter_pages(f"http://{host}/x", Settings())
    assert isinstance(found, Rejected)
    assert found.reason == "private_address"


def test_a_redirect_to_a_private_address_is_refused(site: str, monkeypatch: pytest.MonkeyPatch) -> None:
    def check(address: str, url: str) -> None:
        if address != "127.0.0.1":  # stands in for the public address that the test has not got
            check_address(address, url)

    monkeypatch.setattr("rashomon.capture.fetch.check_address", check)
    with pytest.raises(CaptureError) as caught:
        fetch(site + "/inward", Settings())
    assert caught.value.reason == "private_address"
    assert caught.value.detail == "169.254.169.254 (fetched only with --allow-private-addresses)"


@pytest.mark.parametrize(
    ("url", "reason"),
    [
        ("ftp://tide.example/x", "unsupported_scheme"), ("file:///etc/passwd", "unsupported_scheme"),
        ("http://", "unsupported_scheme"), ("http://tide.example:99999/", "invalid_url"),
        ("http://[::1/", "invalid_url"),
        ("http://0177.0.0.1/", "invalid_url"),
        ("http://" + "a" * 300 + ".example/", "unreachable"),
    ],
)  # fmt: skip
def test_urls_that_are_none(url: str, reason: str) -> None:
    (found,) = iter_pages(url, Settings())
    assert isinstance(found, Rejected)
    assert found.reason == reason


def test_public_addresses_pass() -> None:
    for address in ("8.8.8.8", "2606:4700:4700::1111", "64:ff9b::808:808"):
        check_address(address, "http://tide.example")
