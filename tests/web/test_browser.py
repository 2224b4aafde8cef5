"""A researcher's path in a real browser, without a mouse where keys will do; hostile pages; accessibility.

Needs Playwright for Python and Debian's Chromium; without them these tests say so and are skipped.
"""

import importlib
import os
import shutil
import socket
import threading
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest
import uvicorn

from rashomon.web.app import make_app
from tests.web.cases import make_hostile_case

CHROMIUM = shutil.which("chromium") or shutil.which("chromium-browser")
WIDTHS = (390, 1300)

pytestmark = pytest.mark.browser


@pytest.fixture(scope="module")
def chromium() -> Iterator[Any]:
    pytest.importorskip("playwright", reason="needs the package playwright (a development dependency)")
    if CHROMIUM is None:
        pytest.skip("needs Chromium: apt-get install chromium")
    with importlib.import_module("playwright.sync_api").sync_playwright() as playwright:
        # root (in containers) has no sandbox to give; everyone else keeps it
        arguments = ["--no-sandbox"] if os.geteuid() == 0 else []
        opened = playwright.chromium.launch(executable_path=CHROMIUM, args=arguments)
        yield opened
        opened.close()


class Served:
    """A case behind a port of this machine."""

    def __init__(self, path: Path) -> None:
        self.app = make_app(path)
        self.socket = socket.socket()
        self.socket.bind(("127.0.0.1", 0))
        self.base = f"http://127.0.0.1:{self.socket.getsockname()[1]}"
        self.server = uvicorn.Server(uvicorn.Config(self.app, log_level="error"))
        self.thread = threading.Thread(target=self.server.run, kwargs={"sockets": [self.socket]})
        self.thread.start()

    def settle(self) -> None:
        self.app.state.server.relater.wait(60)

    def stop(self) -> None:
        self.server.should_exit = True
        self.thread.join()
        self.socket.close()


class Watched:
    """A page whose errors, and requests to anywhere else, are noted."""

    def __init__(self, browser: Any, base: str, **options: Any) -> None:
        self.context = browser.new_context(base_url=base, **options)
        self.page = self.context.new_page()
        self.wrong: list[str] = []
        self.page.on("pageerror", lambda error: self.wrong.append(f"error: {error}"))
        self.page.on("console", lambda m: self.wrong.append(m.text) if m.type in ("error", "warning") else None)
        self.page.on("dialog", lambda d: (self.wrong.append("dialog"), d.dismiss()))
        self.page.on("request", lambda r: None if r.url.startswith(base) else self.wrong.append(r.url))


@pytest.fixture
def served(case_path: Path) -> Iterator[Served]:
    running = Served(case_path)
    yield running
    running.stop()


@pytest.fixture
def watched(chromium: Any, served: Served) -> Iterator[Watched]:
    found = Watched(chromium, served.base)
    yield found
    found.context.close()
    assert found.wrong == []


def call_me(page: Any, who: str) -> None:
    page.get_by_text("Who are you?").click()
    page.get_by_label("Your name stands beside").fill(who)
    page.get_by_role("button", name="Keep").click()


def open_most_told(page: Any) -> None:
    page.goto("/incidents?sort=tellings")
    page.locator("main .incident h3 a").first.click()
    page.wait_for_url("**/incidents/i*")


def test_a_researchers_path(watched: Watched, served: Served) -> None:
    page = watched.page
    page.goto("/")
    call_me(page, "Ada")
    # the map, then the timeline, narrow the same list
    whole = page.locator("h2#where-when .aside-note").inner_text()
    page.locator(".map svg a").first.focus()
    page.keyboard.press("Enter")
    page.wait_for_url("**box=**")
    page.locator(".timeline svg a").first.focus()
    page.keyboard.press("Enter")
    page.wait_for_url("**since=**")
    assert page.locator("h2#where-when .aside-note").inner_text() != whole
    assert page.locator(".chips a").count() == 2

    open_most_told(page)
    assert page.get_by_text("told by").first.is_visible()
    page.get_by_role("button", name="Compare word by word").click()
    page.wait_for_url("**/compare**")
    with page.expect_navigation():
        page.keyboard.press("n")
    served.settle()
    page.goto("/judgements")
    assert page.get_by_text("not the same happening").is_visible()
    with page.expect_navigation():
        page.get_by_role("button", name="Undo").click()
    assert page.locator(".judgement.undone").count() == 1
    served.settle()


def test_a_value_is_corrected_by_selecting_words(watched: Watched, served: Served) -> None:
    page = watched.page
    page.goto("/")
    call_me(page, "Ada")
    page.goto("/pages")
    page.get_by_role("link", name="Story a").first.click()
    page.evaluate(
        """() => {
            const walker = document.createTreeWalker(document.getElementById("article"), NodeFilter.SHOW_TEXT);
            while (walker.nextNode()) {
                const at = walker.currentNode.data.indexOf("old mill");
                if (at < 0) continue;
                const range = document.createRange();
                range.setStart(walker.currentNode, at);
                range.setEnd(walker.currentNode, at + 9);
                getSelection().removeAllRanges();
                getSelection().addRange(range);
            }
        }"""
    )
    form = page.locator("form#correct")
    page.wait_for_function("document.getElementById('c-words').value === 'old mill'")
    start = int(form.locator("[name=start_char]").input_value())
    text = page.request.get(page.url.replace("/pages/", "/api/pages/")).json()["page"]["text"]
    assert text[start : start + 8] == "old mill"
    form.get_by_label("Field").select_option("place")
    form.get_by_role("button", name="Correct").click()
    page.wait_for_load_state()
    assert page.locator(".judgement q").first.inner_text() == "old mill"
    served.settle()


def test_split_merge_redact_and_print(watched: Watched, served: Served) -> None:
    page = watched.page
    page.goto("/")
    call_me(page, "Ada")
    open_most_told(page)
    taken, left = (page.locator("article.telling").nth(n).get_attribute("id") for n in (0, 1))
    page.locator("details.judge summary").first.click()
    with page.expect_navigation():
        page.get_by_role("button", name="Take it out of this incident").first.click()
    served.settle()
    page.goto(f"/tellings/{taken}")
    apart = page.url.partition("#")[0]
    page.goto(f"/tellings/{left}")
    assert page.locator(f"[id='{taken}']").count() == 0
    page.locator("#other").fill(apart.rsplit("/", 1)[1])
    with page.expect_navigation():
        page.get_by_role("button", name="Merge").click()
    served.settle()
    page.goto(f"/tellings/{taken}")
    assert page.locator(f"[id='{left}']").count() == 1
    page.goto("/judgements")
    page.locator("#words").fill("shopkeepers")
    page.locator("#again").fill("shopkeepers")
    with page.expect_navigation():
        page.get_by_role("button", name="Redact for good").click()
    served.settle()
    page.goto("/pages?q=morning")
    page.locator(".articles.wide a").first.click()
    page.wait_for_url("**/pages/p*")
    assert "█" * len("shopkeepers") in page.content()
    assert "shopkeepers" not in page.content()
    page.goto("/report")
    assert page.pdf().startswith(b"%PDF")
    cites = page.locator("blockquote footer code")
    assert cites.count() == page.locator("blockquote").count() > 0


def test_one_key_judges_the_telling_that_is_reached(watched: Watched, served: Served) -> None:
    page = watched.page
    page.goto("/")
    call_me(page, "Ada")
    open_most_told(page)
    page.keyboard.press("j")
    with page.expect_navigation():
        page.keyboard.press("w")
    served.settle()
    log = page.request.get("/api/judgements").json()["judgements"]
    assert [(j["verdict"], j["who"]) for j in log] == [("wrong", "Ada")]


def test_keys_move_through_a_list(watched: Watched) -> None:
    page = watched.page
    page.goto("/incidents")
    page.keyboard.press("/")
    assert page.evaluate("document.activeElement.id") == "find"
    page.keyboard.press("Escape")
    page.keyboard.press("j")
    page.keyboard.press("j")
    assert page.locator(".item.now").count() == 1
    page.keyboard.press("o")
    page.wait_for_url("**/incidents/i*")


def list_screens(page: Any) -> list[str]:
    incident = page.request.get("/api/incidents?sort=tellings").json()["incidents"][0]["id"]
    tellings = page.request.get(f"/api/incidents/{incident}").json()["incident"]["tellings"]
    article = page.request.get("/api/pages").json()["articles"][0]["id"]
    everything = "show=tellings&show=statements&show=mentions&show=loaded&show=echoes"
    screens = ["/", "/incidents", f"/incidents/{incident}", f"/pages/{article}?{everything}", "/pages", "/actors",
               "/network", "/outlets", "/untold", "/review", "/judgements", "/rejected", "/api", "/report",
               "/nothing"]  # fmt: skip
    if len(tellings) > 1:
        screens.append(f"/compare?a={tellings[0]}&b={tellings[1]}")
    return screens


def test_hostile_pages_run_nothing(chromium: Any, tmp_path: Path) -> None:
    running = Served(make_hostile_case(tmp_path / "hostile.db"))
    try:
        found = Watched(chromium, running.base)
        for path in list_screens(found.page):
            found.page.goto(path)
            assert found.page.title() != "ran"
            assert found.page.evaluate("getComputedStyle(document.body).display") != "none"
            assert found.page.locator("main img, main iframe, main style, main script, main link").count() == 0
        assert [w for w in found.wrong if "404" not in w] == []
        found.context.close()
    finally:
        running.stop()


@pytest.mark.parametrize("scheme", ["light", "dark"])
@pytest.mark.parametrize("width", WIDTHS)
def test_screens_fit_and_have_no_violations_that_axe_finds(
    chromium: Any, served: Served, scheme: str, width: int
) -> None:
    axe = pytest.importorskip("axe_playwright_python.sync_playwright", reason="needs the package axe-playwright-python")
    found = Watched(chromium, served.base, color_scheme=scheme, viewport={"width": width, "height": 900})
    violations: list[str] = []
    found.page.goto("/")
    call_me(found.page, "Ada")
    for path in list_screens(found.page):
        found.page.goto(path)
        wide = found.page.evaluate("document.documentElement.scrollWidth")
        assert wide <= width, (path, wide)
        for one in axe.Axe().run(found.page).response["violations"]:
            violations += [f"{path}: {one['id']}: {node['html'][:160]}" for node in one["nodes"]]
    found.context.close()
    assert violations == []
