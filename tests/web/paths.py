"""Every path of a case's screens, found by following what they link to."""

import html
import re

from tests.web.conftest import Browser

_HREF = re.compile(r'href="([^"]+)"')
STARTS = ("/", "/incidents", "/pages", "/actors", "/network", "/outlets", "/review", "/judgements", "/rejected", "/api")


def walk(browser: Browser, most: int = 150) -> dict[str, str]:
    """Path → HTML of every screen that can be reached."""
    found: dict[str, str] = {}
    waiting = list(STARTS)
    while waiting and len(found) < most:
        path = waiting.pop(0)
        if path in found:
            continue
        response = browser.get(path)
        assert response.status_code == 200, (path, response.text[-2000:])
        if not response.headers["content-type"].startswith("text/html"):
            continue
        found[path] = response.text
        for href in map(html.unescape, _HREF.findall(response.text)):
            target = href.partition("#")[0]
            if target.startswith("?"):
                target = path.partition("?")[0] + target
            if target.startswith("/") and not target.startswith(("/static", "/api/")) and target not in found:
                waiting.append(target)
    return found
