"""Who is at the screen: entering with the token, saying one's name.

In: forms. Out: a session that knows more. Never: the token in an address, nor a name without being told so.
"""

import hmac
import time
from dataclasses import replace

from fastapi import FastAPI
from starlette.requests import Request
from starlette.responses import Response

from rashomon.web.forms import read_form
from rashomon.web.serving import Server, make_frame, redirect_back, respond_html
from rashomon.web.sessions import Session

MOST_NAME_CHARS = 80


def add_sessions(app: FastAPI, server: Server) -> None:
    """The pages `/enter` and `/me`."""

    def enter(request: Request) -> Response:
        asked = request.query_params.get("next", "/")
        return respond_html(server, "enter", make_frame(server, request, None), "", next=asked)

    async def entered(request: Request) -> Response:
        form = await read_form(request, server.keeper, server.options.max_form_bytes)
        token = server.options.token or ""
        if not token or not hmac.compare_digest(form.get("token", "").encode(), token.encode()):
            frame, asked = make_frame(server, request, None), form.get("next", "/")
            return respond_html(server, "enter", frame, "That is not the token.", 403, next=asked)
        # a new session: an id from before it was entered is worth nothing after
        fresh = server.keeper.begin(int(time.time()))
        _keep(request, replace(fresh, who=request.state.session.who, entered=True))
        return redirect_back(form.get("next", "/"))

    async def named(request: Request) -> Response:
        form = await read_form(request, server.keeper, server.options.max_form_bytes)
        who = " ".join("".join(c for c in form.get("who", "") if c.isprintable()).split())[:MOST_NAME_CHARS]
        _keep(request, replace(request.state.session, who=who))
        return redirect_back(form.get("next", "/"))

    app.add_api_route("/enter", enter)
    app.add_api_route("/enter", entered, methods=["POST"])
    app.add_api_route("/me", named, methods=["POST"])


def _keep(request: Request, session: Session) -> None:
    request.scope["state"]["session"] = session
