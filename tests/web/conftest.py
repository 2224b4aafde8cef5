"""The app on a small case, and a client that can fill in its forms."""

import re
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest
from fastapi.testclient import TestClient
from httpx import Response

from rashomon.web.app import make_app
from rashomon.web.options import WebOptions
from tests.web.cases import make_case, make_hostile_case

BASE = "http://127.0.0.1"


class Browser:
    """A client with a session; `send` fills in the CSRF token that its pages carry."""

    def __init__(self, client: TestClient) -> None:
        self.client = client

    @property
    def server(self) -> Any:
        return self.client.app.state.server  # type: ignore[attr-defined]

    def get(self, path: str) -> Response:
        return self.client.get(path)

    def api(self, path: str) -> Any:
        response = self.client.get(f"/api{path}")
        assert response.status_code == 200, response.text
        return response.json()

    def csrf(self, path: str = "/api") -> str:
        found = re.search(r'name="csrf" value="([^"]+)"', self.client.get(path).text)
        assert found is not None
        return found[1]

    def send(self, path: str, **fields: object) -> Response:
        data = {"csrf": self.csrf(), **{k: str(v) for k, v in fields.items()}}
        response = self.client.post(path, data=data, follow_redirects=False)
        self.server.relater.wait(60)
        return response

    def call_me(self, who: str) -> None:
        assert self.send("/me", who=who).status_code == 303


def open_browser(path: Path, options: WebOptions | None = None) -> Browser:
    return Browser(TestClient(make_app(path, options), base_url=BASE))


@pytest.fixture(scope="session")
def case_template(tmp_path_factory: pytest.TempPathFactory) -> bytes:
    return make_case(tmp_path_factory.mktemp("web")).read_bytes()


@pytest.fixture
def case_path(tmp_path: Path, case_template: bytes) -> Path:
    path = tmp_path / "case.db"
    path.write_bytes(case_template)
    return path


@pytest.fixture
def browser(case_path: Path) -> Iterator[Browser]:
    opened = open_browser(case_path)
    with opened.client:
        yield opened


@pytest.fixture(scope="module")
def hostile(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Browser]:
    opened = open_browser(make_hostile_case(tmp_path_factory.mktemp("hostile") / "case.db"))
    with opened.client:
        yield opened
