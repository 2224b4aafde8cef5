"""The app: one factory that puts screens, forms and guards around a case.

In: a case's path, options. Out: an ASGI app. Never: a route without the guard; FastAPI's own documentation pages, which
load scripts from elsewhere.
"""

import threading
from collections.abc import AsyncIterator
from contextlib import asynccontextmanager
from importlib.metadata import version
from pathlib import Path

import anyio
import anyio.to_thread
from fastapi import FastAPI

from rashomon import store
from rashomon.web.guard import Guard
from rashomon.web.memory import Memory
from rashomon.web.options import WebOptions
from rashomon.web.relater import Relater
from rashomon.web.rendering import load_static, make_environment
from rashomon.web.routes_judge import add_judging
from rashomon.web.routes_read import add_errors, add_faces, add_report, add_static, warm
from rashomon.web.routes_session import add_sessions
from rashomon.web.serving import Server
from rashomon.web.sessions import SessionKeeper
from rashomon.web.views import ViewCounter

THREADS = 4
CACHE_MB = 16
"""Requests at work at once, and what the connection of each keeps of the case in memory."""


def make_app(case_path: Path | str, options: WebOptions | None = None) -> FastAPI:
    """An app on the case at `case_path`. Raises CaseError if it cannot be opened."""
    options = options or WebOptions()
    case = store.open_case(case_path, cache_mb=CACHE_MB)
    static = load_static()
    server = Server(
        case=case,
        options=options,
        keeper=SessionKeeper(options),
        relater=Relater(case, options.relate_tellings),
        views=ViewCounter(case),
        memory=Memory(),
        templates=make_environment(static, options.tiles),
        version=version("rashomon"),
    )
    server.relater.ensure_overview()

    @asynccontextmanager
    async def lifespan(_app: FastAPI) -> AsyncIterator[None]:
        anyio.to_thread.current_default_thread_limiter().total_tokens = THREADS
        # what everybody opens first is counted before anybody asks
        warming = threading.Thread(target=warm, args=(server,), name="warm")
        warming.start()
        yield
        await anyio.to_thread.run_sync(warming.join)
        server.relater.wait(60)
        case.close()

    app = FastAPI(openapi_url=None, docs_url=None, redoc_url=None, lifespan=lifespan)
    app.state.server = server
    add_faces(app, server)
    add_report(app, server)
    add_static(app, static)
    add_sessions(app, server)
    add_judging(app, server)
    add_errors(app, server)
    app.add_middleware(Guard, options=options, keeper=server.keeper)
    return app
