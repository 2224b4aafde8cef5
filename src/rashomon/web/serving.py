"""What every route works with.

In: a request, a struct. Out: HTML or JSON responses. Never: a query of its own beyond the frame around each screen.
"""

from dataclasses import dataclass
from typing import Any

import msgspec
from jinja2 import Environment
from msgspec import Struct
from sqlalchemy import Connection
from starlette.requests import Request
from starlette.responses import HTMLResponse, RedirectResponse, Response

from rashomon.store import Case
from rashomon.web.memory import Memory
from rashomon.web.options import WebOptions
from rashomon.web.relater import Relater
from rashomon.web.sessions import Session, SessionKeeper
from rashomon.web.views import ViewCounter


@dataclass(frozen=True, slots=True)
class Server:
    """The parts of a running app."""

    case: Case
    options: WebOptions
    keeper: SessionKeeper
    relater: Relater
    views: ViewCounter
    memory: Memory
    templates: Environment
    version: str


@dataclass(frozen=True, slots=True)
class Frame:
    """What stands around every screen: where we are, who is there, whether judgements wait to be followed."""

    case: str
    here: str
    path: str
    session: Session
    csrf: str
    pending: bool
    running: bool
    failed: str
    entering: bool
    notice: str
    api: str


def make_frame(server: Server, request: Request, connection: Connection | None, api: str = "") -> Frame:
    """The frame for this request."""
    query = f"?{request.url.query}" if request.url.query else ""
    session: Session = request.state.session
    return Frame(
        case=server.case.name,
        here=request.url.path + query,
        path=request.url.path,
        session=session,
        csrf=server.keeper.csrf(session),
        pending=connection is not None and server.relater.is_pending(connection),
        running=server.relater.running,
        failed=server.relater.failed,
        entering=server.options.token is not None and not session.entered,
        notice=request.query_params.get("did", "") if request.url.path == "/done" else "",
        api=api + query if api else "",
    )


def respond_html(server: Server, name: str, frame: Frame, screen: Any, status: int = 200, **more: Any) -> Response:
    """A template with its screen."""
    template = server.templates.get_template(f"{name}.html")
    return HTMLResponse(template.render(frame=frame, screen=screen, **more), status)


def respond_json(shape: Struct, status: int = 200) -> Response:
    """A struct as JSON."""
    return Response(msgspec.json.encode(shape) + b"\n", status, media_type="application/json")


def redirect_back(asked: str, otherwise: str = "/") -> Response:
    """Go to a path of this app; any other address is not followed.

    >>> redirect_back("//evil.example").headers["location"], redirect_back("/incidents?page=2").headers["location"]
    ('/', '/incidents?page=2')
    """
    ours = asked.startswith("/") and not asked.startswith(("//", "/\\")) and asked.isprintable()
    return RedirectResponse(asked if ours else otherwise, 303)
