"""Reading: every screen as HTML and as JSON, the report, the static files, errors.

In: GET requests. Out: responses. Never: a change to the case, but for the count of views.
"""

from collections.abc import Iterator
from typing import Any

import msgspec
from fastapi import FastAPI
from fastapi.exceptions import RequestValidationError
from msgspec import Struct
from sqlalchemy import Connection
from starlette.background import BackgroundTask
from starlette.exceptions import HTTPException
from starlette.requests import Request
from starlette.responses import JSONResponse, RedirectResponse, Response, StreamingResponse

from rashomon.errors import JudgingError, NotFoundError, RashomonError
from rashomon.judge import FIELDS
from rashomon.web.contexts.incident import find_incident_number, find_similar, find_telling_incident
from rashomon.web.contexts.params import IncidentsParams, read_params
from rashomon.web.contexts.report import iter_report, load_report_head
from rashomon.web.faces import FACES, ErrorShape, Face, describe_api
from rashomon.web.marking import LAYERS
from rashomon.web.rendering import STATIC
from rashomon.web.serving import Server, make_frame, respond_html, respond_json

DEFAULT_LAYERS = ("tellings", "loaded")


def add_faces(app: FastAPI, server: Server) -> None:
    """Both faces of every screen, and their description."""
    # what is longer goes first: /network/edge is no actor's id
    for face in sorted(FACES, key=lambda f: ("{id}" in f.path, f.path)):
        # an id may hold a slash: actors' ids are made of their names
        app.add_api_route(face.path.replace("{id}", "{id:path}"), _make_html(server, face), name=face.name)
        json_path = face.api_path.replace("{id}", "{id:path}")
        app.add_api_route(json_path, _make_json(server, face), name=f"{face.name}_json")

    def openapi(request: Request) -> Response:
        del request
        return JSONResponse(describe_api(server.version))

    def api(request: Request) -> Response:
        return respond_html(server, "api", make_frame(server, request, None), FACES)

    def telling(request: Request) -> Response:
        with server.case.read() as connection:
            identifier = request.path_params["id"]
            incident = find_telling_incident(connection, identifier)
        return RedirectResponse(f"/incidents/{incident}#{identifier}", 303)

    app.add_api_route("/api/openapi.json", openapi)
    app.add_api_route("/api", api)
    app.add_api_route("/tellings/{id}", telling)


def warm(server: Server) -> None:
    """Have the screens that are remembered ready without filters."""
    with server.case.read() as connection:
        for face in FACES:
            if face.refresh is not None and not any(f.required for f in msgspec.structs.fields(face.params)):
                _recall(server, face, connection, face.params())


def _recall(server: Server, face: Face, connection: Connection, params: Struct) -> Struct:
    if face.refresh is None:
        return face.load(connection, params)

    def load() -> Struct:
        if face.narrow is None or params == face.params():
            return face.load(connection, params)
        return face.narrow(connection, params, _recall(server, face, connection, face.params()))

    screen = server.memory.recall(connection, (face.name, params), load)
    return face.refresh(connection, screen)


def _load(server: Server, face: Face, connection: Connection, request: Request) -> Struct:
    given = [(k, v) for k, v in request.query_params.multi_items() if not (face.name == "page" and k == "show")]
    params = read_params(face.params, given)
    if "{id}" in face.path:
        return face.load(connection, request.path_params["id"], params)
    return _recall(server, face, connection, params)


def _make_html(server: Server, face: Face):  # type: ignore[no-untyped-def]  # FastAPI would make a body of a typed one
    def show(request: Request) -> Response:
        with server.case.read() as connection:
            screen = _load(server, face, connection, request)
            api = face.api_path.replace("{id}", request.path_params.get("id", ""))
            frame = make_frame(server, request, connection, api)
            more: dict[str, Any] = {}
            if face.name == "page":
                layers = request.query_params.getlist("show") or DEFAULT_LAYERS
                more = {"layers": [x for x in LAYERS if x in layers], "all_layers": LAYERS, "fields": FIELDS}
            elif face.name == "incident":
                number = find_incident_number(connection, request.path_params["id"])
                more = {"similar": find_similar(connection, number), "fields": FIELDS}
            response = respond_html(server, face.name, frame, screen, **more)
        if face.name == "page":
            viewer = server.keeper.viewer(request.state.session)
            response.background = BackgroundTask(server.views.note, request.path_params["id"], viewer)
        return response

    show.__annotations__ = {"request": Request}
    return show


def _make_json(server: Server, face: Face):  # type: ignore[no-untyped-def]
    def show(request: Request) -> Response:
        with server.case.read() as connection:
            return respond_json(_load(server, face, connection, request))

    show.__annotations__ = {"request": Request}
    return show


def add_report(app: FastAPI, server: Server) -> None:
    """The report, written as it is read: a selection of any size."""

    def report(request: Request) -> Response:
        given = [(k, v) for k, v in request.query_params.multi_items() if k != "incident"]
        params = read_params(IncidentsParams, given)
        with server.case.read() as connection:
            head = load_report_head(connection, request.query_params.get("incident"), params)
            frame = make_frame(server, request, connection)

        def write() -> Iterator[str]:
            template = server.templates.get_template("report.html")
            with server.case.read() as connection:
                yield from template.generate(frame=frame, head=head, incidents=iter_report(connection, head))

        return StreamingResponse(write(), media_type="text/html; charset=utf-8")

    app.add_api_route("/report", report)


def add_static(app: FastAPI, static: dict[str, bytes]) -> None:
    """The app's own style and script."""

    def file(request: Request) -> Response:
        name = request.path_params["name"]
        if name not in static:
            raise HTTPException(404, "there is no such file")
        headers = {"Cache-Control": "max-age=86400"}
        return Response(static[name], media_type=STATIC[name], headers=headers)

    app.add_api_route("/static/{name}", file)


def add_errors(app: FastAPI, server: Server) -> None:
    """Errors as a page, or as JSON under /api."""

    def answer(request: Request, status: int, error: str, detail: str) -> Response:
        if request.url.path.startswith("/api/"):
            return respond_json(ErrorShape(error, detail), status)
        frame = make_frame(server, request, None)
        return respond_html(server, "error", frame, ErrorShape(error.replace("_", " "), detail), status)

    def not_found(request: Request, error: Exception) -> Response:
        assert isinstance(error, RashomonError)
        status = 404 if isinstance(error, NotFoundError) else 400 if isinstance(error, JudgingError) else 500
        return answer(request, status, error.reason, error.detail)

    def wrong_parameter(request: Request, error: Exception) -> Response:
        return answer(request, 400, "wrong_parameter", str(error))

    def refused(request: Request, error: Exception) -> Response:
        assert isinstance(error, HTTPException)
        slug = {404: "not_found", 403: "refused", 405: "not_allowed"}.get(error.status_code, "wrong_request")
        return answer(request, error.status_code, slug, str(error.detail))

    app.add_exception_handler(RashomonError, not_found)
    app.add_exception_handler(msgspec.ValidationError, wrong_parameter)
    app.add_exception_handler(RequestValidationError, wrong_parameter)
    app.add_exception_handler(HTTPException, refused)
