"""Incidents: groups of tellings with their origins and weighed fields.

In: groups, tellings, echoes. Out: `Incident`s. Never: a verdict on what happened.
"""

import hashlib
from collections.abc import Iterator, Mapping, Sequence

from rashomon.records import Echo, Incident, Link, Telling
from rashomon.weigh.fields import weigh_fields
from rashomon.weigh.origins import incident_origins


def incident_id(tellings: Sequence[str]) -> str:
    """An incident is named after the first of its tellings (by id)."""
    return "i" + hashlib.sha256(min(tellings).encode()).hexdigest()[:16]


def weigh_incident(
    tellings: Sequence[Telling],
    weakest: Link | None,
    echoes: Sequence[Echo],
    copying: set[tuple[str, str]],
    published: Mapping[str, str | None],
) -> Incident:
    """One incident; `echoes` are those between its tellings' pages (others do no harm)."""
    origins = incident_origins(tellings, echoes, copying, published)
    types: dict[str, float] = {}
    for t in tellings:
        for name, score in zip(t.types, t.type_scores, strict=True):
            types[name] = types.get(name, 0.0) + score
    ids = tuple(sorted(t.id for t in tellings))
    return Incident(
        id=incident_id(ids),
        tellings=ids,
        types=tuple(sorted(types, key=lambda name: (-types[name], name))),
        origins=tuple(sorted({o.id for o in origins.values()})),
        fields=weigh_fields(tellings, {page: o.id for page, o in origins.items()}, echoes),
        weakest=weakest,
    )


def echoes_between(echoes: Sequence[Echo]) -> dict[str, list[Echo]]:
    """Page id → the echoes that it takes part in with other pages."""
    held: dict[str, list[Echo]] = {}
    for echo in echoes:
        if echo.a.page != echo.b.page:
            held.setdefault(echo.a.page, []).append(echo)
            held.setdefault(echo.b.page, []).append(echo)
    return held


def iter_echoes_of(pages: Sequence[str], held: Mapping[str, Sequence[Echo]]) -> Iterator[Echo]:
    """The echoes among `pages`, each once."""
    inside = set(pages)
    for page in sorted(inside):
        for echo in held.get(page, ()):
            if echo.a.page == page and echo.b.page in inside:
                yield echo
