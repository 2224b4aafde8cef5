"""The state of a list, as it stands in its URL.

In: query parameters. Out: typed structs, and the parameters again. Never: a parameter that is not known.
"""

from collections.abc import Callable
from typing import Annotated, Any, Literal, TypeVar
from urllib.parse import quote_plus, urlencode

import msgspec
from msgspec import Meta, Struct

Params = TypeVar("Params", bound=Struct)
Day = Annotated[str, Meta(pattern=r"^(\d{4}(-\d{2}(-\d{2})?)?)?$", description="YYYY, YYYY-MM or YYYY-MM-DD")]
PageNumber = Annotated[int, Meta(ge=1, le=1_000_000)]
Box = Annotated[
    str,
    Meta(
        pattern=r"^(-?\d+(\.\d+)?(,-?\d+(\.\d+)?){3})?$",
        description="west,south,east,north in degrees",
    ),
]
Words = Annotated[str, Meta(max_length=300)]


class Nothing(Struct, frozen=True):
    """No parameters."""


class IncidentsParams(Struct, frozen=True, omit_defaults=True):
    """Filters of incidents; several values of one facet mean any of them, several facets all of them."""

    q: Annotated[str, Meta(max_length=300, description='words in the articles; "…" keeps words together')] = ""
    type: tuple[Words, ...] = ()
    place: tuple[Words, ...] = ()
    actor: tuple[Words, ...] = ()
    outlet: tuple[Words, ...] = ()
    since: Day = ""
    until: Day = ""
    box: Box = ""
    origins: Annotated[int, Meta(ge=0, description="told by at least so many origins")] = 0
    contested: bool = False
    judged: Literal["", "yes", "no"] = ""
    sort: Literal["contested", "newest", "oldest", "tellings", "origins"] = "contested"
    page: PageNumber = 1


class PagedParams(Struct, frozen=True, omit_defaults=True):
    """A list that only has pages."""

    page: PageNumber = 1


class SearchParams(Struct, frozen=True, omit_defaults=True):
    """A list that can be searched."""

    q: Words = ""
    page: PageNumber = 1


def read_params(kind: type[Params], given: list[tuple[str, str]]) -> Params:
    """Typed parameters; empty ones are left out. Raises msgspec.ValidationError."""
    fields = {field.name: field for field in msgspec.structs.fields(kind)}
    found: dict[str, Any] = {}
    for name, value in given:
        if name not in fields:
            raise msgspec.ValidationError(f"there is no filter {name!r}")
        if value == "":
            continue
        if isinstance(fields[name].default, tuple):
            found.setdefault(name, []).append(value)
        else:
            found[name] = value
    return msgspec.convert(found, kind, strict=False)


def make_linker(params: Struct, name: str) -> Callable[[str], str]:
    """Writes the query of a URL with a value of one parameter, on the first page: for links that differ in it alone.

    >>> make_linker(IncidentsParams(type=("raid",), page=3), "box")("1,2,3,4")
    '?type=raid&box=1%2C2%2C3%2C4'
    """
    held = write_params(params, **{name: "", "page": 1})
    start = f"{held}&{name}=" if held else f"?{name}="
    return lambda value: start + quote_plus(value)


def write_params(params: Struct, **changed: Any) -> str:
    """The query of a URL: `?…` or nothing; what has its default is left out.

    >>> write_params(IncidentsParams(type=("raid", "riot"), page=3), page=1)
    '?type=raid&type=riot'
    """
    held = msgspec.to_builtins(msgspec.structs.replace(params, **changed))
    pairs = [
        (name, one) for name, value in held.items() for one in (value if isinstance(value, list | tuple) else [value])
    ]
    written = [(name, "1" if value is True else value) for name, value in pairs]
    return "?" + urlencode(written) if written else ""
