"""A dossier: one HTML file that needs nothing else, to be read, printed and kept.

In: a case, filters. Out: HTML: every incident with all values told, and every telling in its own words with its page,
hash and span. Never: a script, anything loaded from elsewhere, nor words of a page as markup.
"""

from collections.abc import Iterator
from dataclasses import dataclass
from typing import TextIO

import msgspec
from jinja2 import Environment, PackageLoader, StrictUndefined
from sqlalchemy import Connection

from rashomon.present.exports import summary as told_as
from rashomon.present.exports.clean import clean, web_address
from rashomon.present.exports.load import iter_told
from rashomon.present.exports.told import ToldIncident
from rashomon.present.filters import Filters


@dataclass(frozen=True, slots=True)
class Entry:
    """An incident with its heading."""

    told: ToldIncident
    kinds: str
    place: str
    time: str


def write_dossier(connection: Connection, filters: Filters, out: TextIO, title: str) -> int:
    """Write the dossier; returns how many incidents it holds."""
    count = 0

    def iter_entries() -> Iterator[Entry]:
        nonlocal count
        for told in iter_told(connection, filters):
            count += 1
            yield _describe(told)

    chosen = msgspec.to_builtins(filters)
    words = ", ".join(f"{name} {_words(value)}" for name, value in chosen.items())
    template = _environment().get_template("dossier.html.j2")
    out.writelines(template.generate(title=clean(title), filters=clean(words), incidents=iter_entries()))
    return count


def _describe(told: ToldIncident) -> Entry:
    time, place = told_as.tell_time(told), told_as.tell_place(told)
    span = "time not told"
    if time:
        span = time.start if time.start == time.end else f"{time.start} to {time.end}"
        span += f" (told to the {time.precision})" if time.precision not in ("hour", "day") else ""
    kinds = ", ".join(map(_spell, told.incident.types)) or "incident"
    return Entry(told, kinds, clean(told_as.place_name(place)) if place else "place not told", clean(span))


def _words(value: object) -> str:
    return " or ".join(map(str, value)) if isinstance(value, list | tuple) else str(value)


def _spell(slug: str) -> str:
    return slug.replace("_", " ")


def _environment() -> Environment:
    made = Environment(
        loader=PackageLoader("rashomon.present", "exports"), autoescape=True, undefined=StrictUndefined,
        trim_blocks=True, lstrip_blocks=True,
    )  # fmt: skip
    made.filters |= {
        "clean": clean, "spell": _spell, "web_address": web_address, "count_origins": told_as.count_origins,
    }  # fmt: skip
    return made
