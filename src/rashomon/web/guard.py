"""What stands before every request: names, token, origin of changes, headers.

In: requests. Out: the same with a session, or a refusal; headers on every response.
Never: an answer to a name that is not ours (a page elsewhere could have pointed it here), nor a change asked for by
another site.
"""

import hmac
import time
from http.cookies import CookieError, SimpleCookie
from urllib.parse import quote, urlsplit

from starlette.datastructures import Headers, MutableHeaders
from starlette.responses import JSONResponse, PlainTextResponse, RedirectResponse, Response
from starlette.types import ASGIApp, Message, Receive, Scope, Send

from rashomon.web.options import WebOptions
from rashomon.web.sessions import COOKIE, Session, SessionKeeper
from rashomon.web.tiles import origin_of

HEADERS = {
    "Content-Security-Policy": (
        "default-src 'none'; script-src 'self'; style-src 'self'; img-src 'self'; connect-src 'self'; "
        "form-action 'self'; base-uri 'none'; frame-ancestors 'none'"
    ),
    "X-Content-Type-Options": "nosniff",
    "X-Frame-Options": "DENY",
    # not no-referrer: with it browsers send `Origin: null` with our own forms
    "Referrer-Policy": "same-origin",
    "Cross-Origin-Opener-Policy": "same-origin",
    "Cross-Origin-Resource-Policy": "same-origin",
    "Permissions-Policy": "geolocation=(), camera=(), microphone=(), interest-cohort=()",
}


def make_headers(options: WebOptions) -> dict[str, str]:
    """The headers of every answer; a server of tiles that was named may send pictures, and hears of no page."""
    if options.tiles is None:
        return HEADERS
    policy = HEADERS["Content-Security-Policy"].replace("img-src 'self'", f"img-src 'self' {origin_of(options.tiles)}")
    return HEADERS | {"Content-Security-Policy": policy}


OPEN_PATHS = frozenset({"/enter", "/static/style.css", "/static/icon.svg"})
_SAFE = frozenset({"GET", "HEAD", "OPTIONS"})


class Guard:
    """ASGI middleware around the whole app."""

    def __init__(self, app: ASGIApp, options: WebOptions, keeper: SessionKeeper) -> None:
        self._app = app
        self._options = options
        self._keeper = keeper
        self._headers = make_headers(options)

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        """Let the request through, or refuse it."""
        if scope["type"] != "http":
            await self._app(scope, receive, send)
            return
        headers = Headers(scope=scope)
        now = int(time.time())
        session = self._keeper.read(_find_cookie(headers), now) or self._keeper.begin(now)
        scope.setdefault("state", {})["session"] = session

        async def send_guarded(message: Message) -> None:
            if message["type"] == "http.response.start":
                held = MutableHeaders(scope=message)
                for name, value in self._headers.items():
                    held[name] = value
                held.setdefault("Cache-Control", "no-store")
                held.append("Set-Cookie", self._cookie(scope, now))
            await send(message)

        refused = self._refuse(scope, headers, session)
        await (refused or self._app)(scope, receive, send_guarded)

    def _cookie(self, scope: Scope, now: int) -> str:
        value = self._keeper.write(scope["state"]["session"], now)
        secure = "; Secure" if scope["scheme"] == "https" else ""
        return f"{COOKIE}={value}; Path=/; HttpOnly; SameSite=Strict; Max-Age={self._options.session_s}{secure}"

    def _refuse(self, scope: Scope, headers: Headers, session: Session) -> Response | None:
        host = headers.get("host", "")
        if _name(host) not in self._options.hosts:
            return PlainTextResponse("This app does not answer to that name.\n", 421)
        if scope["method"] not in _SAFE:
            origin = headers.get("origin")
            # browsers send "null" for pages without an origin of their own: those are not ours
            if origin is not None and urlsplit(origin).netloc != host:
                return PlainTextResponse("A change was asked for by another site.\n", 403)
            if headers.get("sec-fetch-site", "same-origin") not in ("same-origin", "none"):
                return PlainTextResponse("A change was asked for by another site.\n", 403)
        path = scope["path"]
        if self._options.token is None or session.entered or path in OPEN_PATHS or self._bears_token(headers):
            return None
        if path.startswith("/api"):
            return JSONResponse({"error": "token_needed", "detail": "send it as Authorization: Bearer …"}, 401)
        if scope["method"] not in _SAFE:
            return PlainTextResponse("The session is over: enter the token again.\n", 401)
        asked = path + (f"?{scope['query_string'].decode('latin-1')}" if scope["query_string"] else "")
        return RedirectResponse(f"/enter?next={quote(asked, safe='')}", 303)

    def _bears_token(self, headers: Headers) -> bool:
        kind, _, given = headers.get("authorization", "").partition(" ")
        token = self._options.token or ""
        return kind.casefold() == "bearer" and hmac.compare_digest(given.encode(), token.encode())


def _find_cookie(headers: Headers) -> str | None:
    cookies: SimpleCookie = SimpleCookie()
    try:
        cookies.load(headers.get("cookie", ""))
    except CookieError:
        return None
    return cookies[COOKIE].value if COOKIE in cookies else None


def _name(host: str) -> str:
    """The name in a Host header, without its port.

    >>> _name("localhost:8000"), _name("[::1]:8000"), _name("Example.org")
    ('localhost', '::1', 'example.org')
    """
    if host.startswith("["):
        return host[1:].partition("]")[0]
    return host.partition(":")[0].casefold()
