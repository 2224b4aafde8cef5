"""The screens: each a path, its parameters, what loads it and its template; HTML and JSON are two faces of it.

In: nothing. Out: the list of screens, and their description as OpenAPI. Never: a screen with only one face.
"""

from collections.abc import Callable
from dataclasses import dataclass
from typing import Any

import msgspec
from msgspec import Struct
from sqlalchemy import Connection

from rashomon.web.contexts import actors, compare, front, incident, incidents, outlets, page, rejected, review, untold
from rashomon.web.contexts.params import IncidentsParams, Nothing, PagedParams, SearchParams

Load = Callable[..., Struct]
Refresh = Callable[[Connection, Any], Struct]


@dataclass(frozen=True, slots=True)
class Face:
    """A screen. With `{id}` in its path, `load` takes (connection, id, params), else (connection, params).

    One with `refresh` is remembered; what of it changes at any time is loaded anew by that. `narrow` loads it with
    filters from the screen without any: (connection, params, whole).
    """

    name: str
    path: str
    params: type[Struct]
    load: Load
    shape: type[Struct]
    about: str
    refresh: Refresh | None = None
    narrow: Load | None = None

    @property
    def api_path(self) -> str:
        """Where its JSON is."""
        return "/api/front" if self.path == "/" else f"/api{self.path}"


def _keep(_connection: Connection, screen: Struct) -> Struct:
    return screen


FACES = (
    Face("front", "/", IncidentsParams, front.load_front, front.FrontScreen, "What the case holds",
         front.refresh_front, front.narrow_front),
    Face("incidents", "/incidents", IncidentsParams, incidents.load_incidents_screen, incidents.IncidentsScreen,
         "Incidents, filtered and sorted", _keep),
    Face("incident", "/incidents/{id}", PagedParams, incident.load_incident_screen, incident.IncidentScreen,
         "One incident with every telling"),
    Face("compare", "/compare", compare.CompareParams, compare.load_compare, compare.CompareScreen,
         "Two tellings side by side"),
    Face("pages", "/pages", SearchParams, page.load_pages_screen, page.PagesScreen, "Articles"),
    Face("page", "/pages/{id}", Nothing, page.load_page_screen, page.PageScreen, "One page and what was read in it"),
    Face("actors", "/actors", SearchParams, actors.load_actors_screen, actors.ActorsScreen, "Actors", _keep),
    Face("actor", "/actors/{id}", PagedParams, actors.load_actor_screen, actors.ActorScreen, "One actor as told"),
    Face("network", "/network", Nothing, actors.load_network, actors.NetworkScreen,
         "Who is told to have done something to whom", _keep),
    Face("edge", "/network/edge", actors.EdgeParams, actors.load_edge, actors.EdgeScreen,
         "The tellings behind an edge"),
    Face("outlets", "/outlets", outlets.OutletsParams, outlets.load_outlets_screen, outlets.OutletsScreen, "Outlets",
         _keep),
    Face("outlet", "/outlets/one", outlets.OutletParams, outlets.load_outlet_screen, outlets.OutletScreen,
         "One outlet", _keep),
    Face("untold", "/untold", Nothing, untold.load_untold_screen, untold.UntoldScreen,
         "How many incidents may be told by none", _keep),
    Face("rejected", "/rejected", PagedParams, rejected.load_rejected_screen, rejected.RejectedScreen,
         "What could not be read, and why"),
    Face("review", "/review", review.ReviewParams, review.load_review, review.ReviewScreen, "What to judge next"),
    Face("judgements", "/judgements", PagedParams, review.load_judgements_screen, review.JudgementsScreen,
         "What was judged"),
)  # fmt: skip


class ErrorShape(Struct, frozen=True):
    """What went wrong: `error` for programs, `detail` for people."""

    error: str
    detail: str


def describe_api(version: str) -> dict[str, Any]:
    """The JSON API as OpenAPI 3.1."""
    template = "#/components/schemas/{name}"
    shapes = [face.shape for face in FACES]
    params = {face.params for face in FACES}
    schemas, components = msgspec.json.schema_components([*shapes, ErrorShape, *params], ref_template=template)
    of = {id(kind): held for kind, held in zip([*shapes, ErrorShape, *params], schemas, strict=True)}
    paths: dict[str, Any] = {}
    for face in FACES:
        held = components[face.params.__name__]
        needed = set(held.get("required", ()))
        parameters: list[dict[str, Any]] = [
            {
                "name": name,
                "in": "query",
                "required": name in needed,
                "schema": one,
                "description": one.get("description", ""),
            }
            for name, one in held["properties"].items()
        ]
        if "{id}" in face.path:
            parameters.insert(0, {"name": "id", "in": "path", "required": True, "schema": {"type": "string"}})
        paths[face.api_path] = {
            "get": {
                "operationId": face.name,
                "summary": face.about,
                "parameters": parameters,
                "responses": {
                    "200": _answer("What the screen shows", of[id(face.shape)]),
                    "400": _answer("A parameter is wrong", of[id(ErrorShape)]),
                    "404": _answer("There is no such record", of[id(ErrorShape)]),
                },
            }
        }
    title = "Rashomon: who says what happened, and how the tellings differ"
    return {"openapi": "3.1.0", "info": {"title": title, "version": version}, "paths": paths,
            "components": {"schemas": components}}  # fmt: skip


def _answer(about: str, schema: dict[str, Any]) -> dict[str, Any]:
    return {"description": about, "content": {"application/json": {"schema": schema}}}
