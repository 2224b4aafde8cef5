"""Templates, and what they can call.

In: a template's name, a context. Out: HTML. Never: markup from data (everything is escaped), nor style or script within
the HTML.
"""

import hashlib
from collections.abc import Iterable
from importlib import resources

from jinja2 import Environment, PackageLoader, StrictUndefined

from rashomon.web import maps, marking, timelines, words
from rashomon.web.contexts.compare import list_values
from rashomon.web.contexts.incidents import Facet
from rashomon.web.contexts.params import IncidentsParams, make_linker, write_params
from rashomon.web.tiles import list_tiles, origin_of

STATIC = {"style.css": "text/css; charset=utf-8", "app.js": "text/javascript; charset=utf-8",
          "icon.svg": "image/svg+xml"}  # fmt: skip


def load_static() -> dict[str, bytes]:
    """The app's own style and script by name."""
    folder = resources.files("rashomon.web") / "static"
    return {name: (folder / name).read_bytes() for name in STATIC}


def make_environment(static: dict[str, bytes], tiles: str | None = None) -> Environment:
    """The templates' environment; `tiles` is the address of pictures for maps, where there is one."""
    environment = Environment(
        loader=PackageLoader("rashomon.web"),
        autoescape=True,
        undefined=StrictUndefined,
        trim_blocks=True,
        lstrip_blocks=True,
        auto_reload=False,
    )
    environment.filters |= {
        "spell": words.spell,
        "day": words.spell_day,
        "count": words.count,
        "likely": words.likely,
        "address": words.web_address,
        "last_day": words.last_day,
        "name": name_of,
    }
    stamp = hashlib.sha256(b"".join(static.values())).hexdigest()[:10]
    environment.globals |= {
        "url": write_params,
        "linker": make_linker,
        "told_time": words.spell_time,
        "told_place": words.spell_place,
        "verdicts": words.VERDICTS,
        "draw_map": maps.draw_map,
        "draw_places": maps.draw_places,
        "draw_timeline": timelines.draw_timeline,
        "mark_article": marking.mark_article,
        "mark_passage": marking.mark_passage,
        "values_of": list_values,
        "without": without,
        "actor_labels": label_actors,
        "stamp": stamp,
        "tiles_of": lambda picture: list_tiles(picture.view, tiles) if tiles else (),
        "tiles_from": origin_of(tiles) if tiles else "",
    }
    return environment


def without(params: IncidentsParams, facet: str, value: str) -> str:
    """The URL's query without one value of a facet."""
    kept = tuple(v for v in getattr(params, facet) if v != value)
    return write_params(params, **{facet: kept, "page": 1})


def label_actors(facets: Iterable[Facet]) -> dict[tuple[str, str], str]:
    """Names of the actors among the facets' values."""
    return {(f.name, v.value): v.label for f in facets if f.name == "actor" for v in f.values}


def name_of(source: str | None) -> str:
    """The last part of a path or address: what a person calls the source by.

    >>> name_of("/a/b/page.html"), name_of("https://x.example/story/"), name_of("-")
    ('page.html', 'story', 'pasted')
    """
    if source in (None, "", "-"):
        return "pasted"
    return str(source).rstrip("/").rsplit("/", 1)[-1] or str(source)
