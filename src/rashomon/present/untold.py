"""How many incidents of a case may be told by none.

In: a case with incidents. Out: one estimate, or the reason why there is none. Never: outlets that copy from each other
as independent lists.
"""

from collections import Counter, defaultdict
from collections.abc import Iterator, Mapping

import msgspec
from sqlalchemy import Connection, func, select

from rashomon import weigh
from rashomon.present import shapes as s
from rashomon.store import schema

COPIED_SHARE = 0.5
"""Outlets are one list if of the articles of one of them that tell something this share copies from the other."""

REASONS = {
    "few_origins": "fewer than three lists are independent of each other",
    "few_incidents": "fewer than ten incidents are told",
    "hardly_shared": "fewer than three incidents are told by more than one origin",
    "covers_apart": "no three lists tell of anything in common: they cover different things",
}


def iter_untold(connection: Connection) -> Iterator[s.UntoldShape]:
    """The one estimate of the case."""
    told_by = (len(origins) for origins in connection.execute(select(schema.incidents.c.origins)).scalars())
    found = weigh.estimate_untold(list(told_by), _load_lists(connection))
    why = REASONS[found.refused] if found.refused else None
    shape = msgspec.convert(found, s.UntoldShape, from_attributes=True)
    yield msgspec.structs.replace(shape, why=why)


def _load_lists(connection: Connection) -> Mapping[str, list[str]]:
    """The incidents that each independent list tells; a list is an outlet, or outlets that copy from each other."""
    it, t, p, a, i = (
        schema.incident_tellings.c, schema.tellings.c, schema.pages.c, schema.articles.c, schema.incidents.c
    )  # fmt: skip
    name = func.coalesce(a.outlet, p.source)
    query = (
        select(name, p.id, i.id)
        .select_from(schema.incident_tellings)
        .join(schema.incidents, i.number == it.incident)
        .join(schema.tellings, t.id == it.telling)
        .join(schema.pages, p.number == t.page)
        .join(schema.articles, a.page == t.page)
        .distinct()
    )
    pages: dict[str, set[str]] = defaultdict(set)
    incidents: dict[str, set[str]] = defaultdict(set)
    for outlet, page, incident in connection.execute(query):
        pages[outlet].add(page)
        incidents[outlet].add(incident)
    joined = _join_copying(connection, pages)
    found: dict[str, set[str]] = defaultdict(set)
    for outlet, held in incidents.items():
        found[joined[outlet]] |= held
    return {outlet: sorted(held) for outlet, held in sorted(found.items())}


def _join_copying(connection: Connection, pages: Mapping[str, set[str]]) -> dict[str, str]:
    """Outlet → the first (by name) of those that it copies from or that copy from it."""
    outlet_of = {page: outlet for outlet, held in pages.items() for page in held}
    query = select(schema.origin_pages.c.origin, schema.origin_pages.c.page).order_by(schema.origin_pages.c.origin)
    shared: Counter[tuple[str, str]] = Counter()
    members: dict[int, list[str]] = defaultdict(list)
    for origin, page in connection.execute(query):
        if page in outlet_of:
            members[origin].append(outlet_of[page])
    for outlets in members.values():
        held = Counter(outlets)
        for a in held:
            for b in held:
                if a != b:
                    shared[a, b] += held[a]
    joined = {outlet: outlet for outlet in pages}
    for (a, b), count in sorted(shared.items()):
        if count >= COPIED_SHARE * len(pages[a]):
            low, high = sorted((joined[a], joined[b]))
            joined = {outlet: low if first == high else first for outlet, first in joined.items()}
    return joined
