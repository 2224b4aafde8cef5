"""What the app refuses, and that nothing of a page ever runs."""

import time
from html.parser import HTMLParser
from pathlib import Path

import pytest

from rashomon.commands_serve import make_options
from rashomon.errors import SettingsError
from rashomon.web import guard
from rashomon.web.options import WebOptions
from rashomon.web.routes_judge import DECISIONS
from rashomon.web.sessions import SessionKeeper
from tests.web.cases import EVILS
from tests.web.conftest import Browser, open_browser
from tests.web.paths import walk

POSTS = [*(f"/judge/{name}" for name in DECISIONS), "/judge/redact", "/relate", "/me", "/enter"]
TOKEN = "a token of some length"
_TAGS = {
    "html", "head", "meta", "title", "link", "script", "body", "a", "header", "nav", "form", "label", "input",
    "details", "summary", "button", "main", "h1", "h2", "h3", "p", "span", "ul", "ol", "li", "b", "bdi", "q", "svg",
    "circle", "line", "rect", "text", "g", "figure", "section", "div", "article", "blockquote", "mark", "dl", "dt",
    "dd", "table", "thead", "tbody", "tr", "th", "td", "select", "option", "datalist", "fieldset", "legend", "time",
    "code", "pre", "footer", "aside", "kbd", "del", "ins", "cite", "br",
}  # fmt: skip


class Elements(HTMLParser):
    """Checks each element as a browser would see it."""

    def __init__(self) -> None:
        super().__init__()
        self.scripts: list[str | None] = []
        self.words = ""

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        assert tag in _TAGS, tag
        held = dict(attrs)
        assert len(held) == len(attrs)
        for name, value in attrs:
            assert not name.startswith("on"), name
            assert name not in ("style", "srcdoc", "http-equiv", "formaction", "xlink:href"), name
            if name in ("href", "src", "action"):
                target = value or ""
                outside = tag == "a" and target.startswith("https://x.example/")
                assert outside or (target[:1] in "/#?" and not target.startswith(("//", "/\\"))), target
        if tag == "script":
            self.scripts.append(held.get("src"))
        if tag == "link":
            assert (held["href"] or "").startswith("/static/")

    def handle_data(self, data: str) -> None:
        self.words += data


def test_hostile_pages_are_inert_on_every_screen(hostile: Browser) -> None:
    found = walk(hostile)
    assert len(found) > 20
    shown = 0
    for path, text in found.items():
        parser = Elements()
        parser.feed(text)
        assert all((src or "").startswith("/static/app.js?") for src in parser.scripts), path
        assert len(parser.scripts) <= 1
        assert "49" not in parser.words.replace("SHA-256", ""), "a template in a page's words was filled in"
        shown += EVILS[0] in parser.words
    # they are there to be read, as words
    assert shown > 10


def test_every_answer_has_the_headers(browser: Browser) -> None:
    for path in ("/", "/api/front", "/nothing", "/static/app.js", "/report", "/incidents?page=x"):
        headers = browser.get(path).headers
        for name, value in guard.HEADERS.items():
            assert headers[name] == value
    policy = guard.HEADERS["Content-Security-Policy"]
    assert "unsafe" not in policy
    assert "default-src 'none'" in policy
    assert "http" not in policy
    assert browser.get("/").headers["cache-control"] == "no-store"


@pytest.mark.parametrize("path", POSTS)
def test_no_change_without_the_csrf_token(browser: Browser, path: str) -> None:
    browser.call_me("Ada")
    fields = {"who": "Mallory", "words": "Tarn", "again": "Tarn", "token": "x"}
    for csrf in ({}, {"csrf": ""}, {"csrf": "guess"}):
        assert browser.client.post(path, data=fields | csrf, follow_redirects=False).status_code == 403
    assert browser.client.post(path, json=fields).status_code == 415
    assert browser.client.get(path).status_code in ((200,) if path == "/enter" else (404, 405))
    assert browser.api("/judgements")["total"] == 0
    assert "Mallory" not in browser.get("/").text


def test_all_posts_are_known_to_these_tests(browser: Browser) -> None:
    routes = browser.client.app.routes  # type: ignore[attr-defined]
    posts = {r.path for r in routes if "POST" in (getattr(r, "methods", None) or ())}
    assert posts == set(POSTS)


def test_a_token_of_another_session_is_refused(case_path: Path) -> None:
    options = WebOptions()
    keeper = SessionKeeper(options)
    one, other = keeper.begin(0), keeper.begin(0)
    assert keeper.is_csrf(one, keeper.csrf(one))
    assert not keeper.is_csrf(other, keeper.csrf(one))
    assert not SessionKeeper(options).is_csrf(one, keeper.csrf(one))


@pytest.mark.parametrize(
    "headers",
    [
        {"origin": "http://evil.example"}, {"origin": "null"}, {"sec-fetch-site": "cross-site"},
        {"sec-fetch-site": "same-site"}, {"origin": "http://127.0.0.1:81"},
    ],
)  # fmt: skip
def test_no_change_for_another_site(browser: Browser, headers: dict[str, str]) -> None:
    data = {"csrf": browser.csrf(), "who": "Mallory"}
    assert browser.client.post("/me", data=data, headers=headers).status_code == 403


@pytest.mark.parametrize("host", ["evil.example", "127.0.0.1.evil.example", "evil.example:80", "", "[::2]:80"])
def test_only_its_own_names_are_answered(browser: Browser, host: str) -> None:
    assert browser.client.get("/", headers={"host": host}).status_code == 421
    assert browser.client.get("/api/front", headers={"host": host}).status_code == 421


def test_a_large_form_is_refused(browser: Browser) -> None:
    data = {"csrf": browser.csrf(), "who": "x" * 300_000}
    assert browser.client.post("/me", data=data).status_code == 413


def test_forms_lead_nowhere_else(browser: Browser) -> None:
    for target in ("//evil.example", "https://evil.example", "/\\evil.example", "javascript:alert(1)"):
        assert browser.send("/me", who="Ada", next=target).headers["location"] == "/"


def test_with_a_token_every_read_needs_it(case_path: Path) -> None:
    opened = open_browser(case_path, WebOptions(token=TOKEN))
    with opened.client:
        page = opened.client.get("/incidents?page=1", follow_redirects=False)
        assert page.status_code == 303
        assert page.headers["location"] == "/enter?next=%2Fincidents%3Fpage%3D1"
        for path in ("/", "/pages", "/report", "/static/app.js", "/api", "/nothing"):
            assert opened.client.get(path, follow_redirects=False).status_code in (303, 401)
        for path in ("/api/front", "/api/incidents", "/api/openapi.json"):
            assert opened.client.get(path).status_code == 401
            assert opened.client.get(path, headers={"authorization": f"Bearer {TOKEN}"}).status_code == 200
            assert opened.client.get(path, headers={"authorization": "Bearer wrong"}).status_code == 401
        csrf = opened.csrf("/enter")
        refused = opened.client.post("/enter", data={"csrf": csrf, "token": "wrong"})
        assert refused.status_code == 403
        assert "Story" not in refused.text
        assert opened.client.get("/api/front").status_code == 401
        before = opened.client.cookies["rashomon"]
        entered = opened.client.post(
            "/enter", data={"csrf": csrf, "token": TOKEN, "next": "/pages"}, follow_redirects=False
        )
        assert entered.headers["location"] == "/pages"
        assert opened.client.get("/pages").status_code == 200
        opened.client.cookies.clear()
        opened.client.cookies.set("rashomon", before)
        assert opened.client.get("/pages", follow_redirects=False).status_code == 303


def test_cookies_are_out_of_scripts_reach_and_cannot_be_made(browser: Browser) -> None:
    cookie = browser.get("/").headers["set-cookie"]
    assert "HttpOnly" in cookie
    assert "SameSite=Strict" in cookie
    keeper = SessionKeeper(WebOptions())
    written = keeper.write(keeper.begin(100), 100)
    assert keeper.read(written, 100) is not None
    assert SessionKeeper(WebOptions()).read(written, 100) is None
    for bad in (written[:-4] + "AAAA", "x", "é", "", None, "A" * 200):
        assert keeper.read(bad, 100) is None


def test_sessions_end() -> None:
    keeper = SessionKeeper(WebOptions(idle_s=10, session_s=100))
    session = keeper.begin(1000)
    cookie = keeper.write(session, 1000)
    assert keeper.read(cookie, 1010) is not None
    assert keeper.read(cookie, 1011) is None
    for now in range(1000, 1101, 10):
        seen = keeper.read(cookie, now)
        assert seen is not None
        cookie = keeper.write(seen, now)
    assert keeper.read(cookie, 1101) is None


def test_elsewhere_than_on_this_machine_there_is_always_a_token() -> None:
    assert make_options("127.0.0.1", (), None).token is None
    made = make_options("0.0.0.0", ("case.example",), None)
    assert made.token is not None
    assert len(made.token) >= 32
    assert "0.0.0.0" not in made.hosts
    assert "case.example" in made.hosts
    with pytest.raises(SettingsError):
        make_options("0.0.0.0", (), "short")


def test_a_read_takes_no_lock(browser: Browser) -> None:
    with browser.server.case.write():
        started = time.monotonic()
        assert browser.get("/incidents").status_code == 200
        assert time.monotonic() - started < 5
