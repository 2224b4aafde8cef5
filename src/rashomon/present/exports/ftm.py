"""FollowTheMoney entities as JSON lines: for Aleph and OpenSanctions' tools.

In: a case, filters. Out: entities (`id`, `schema`, `properties`). Never: a claim as an entity's own fact: an Event is
an incident as told, each telling is a Documentation with a Note that quotes it; roles and links say "told".

What goes where: contested values and stances to the Event's `notes`; hash and span to Documentation's `summary` and
Note's `notes`; coordinates to an Address (Event has none); an unreviewed link between incidents to Similar, whose
`criteria` are the match weights. Dates, countries and languages that the schema's types do not allow are left out;
words longer than a property may be end in "…" (the page's own words stand whole in the Note, up to 65,000 characters).
"""

import hashlib
import re
from collections.abc import Iterable, Iterator

from msgspec import Struct
from sqlalchemy import ColumnElement, Connection, and_, select

from rashomon import store
from rashomon.present.exports import summary as told_as
from rashomon.present.exports.clean import clean, web_address
from rashomon.present.exports.countries import find_country
from rashomon.present.exports.edges import ActorEdge, ActorNode, count_edges
from rashomon.present.exports.load import iter_tellers, iter_told
from rashomon.present.exports.told import Teller, Told, ToldIncident
from rashomon.present.filters import Filters, select_incidents
from rashomon.records import Link, PlaceFiller
from rashomon.store import schema

_DATE = re.compile(r"\d{4}(-\d{2}(-\d{2}(T\d{2}:\d{2}(:\d{2})?)?)?)?")
_LANGUAGES = {
    "ar": "ara", "de": "deu", "en": "eng", "es": "spa", "fa": "fas", "fr": "fra", "he": "heb", "hi": "hin",
    "id": "ind", "it": "ita", "ja": "jpn", "ko": "kor", "nl": "nld", "pl": "pol", "pt": "por", "ru": "rus",
    "sw": "swa", "tr": "tur", "uk": "ukr", "ur": "urd", "vi": "vie", "zh": "zho",
}  # fmt: skip
LINKS_AT_ONCE = 10_000
_LONGEST = {
    "name": 384, "location": 250, "full": 250, "title": 1024, "author": 1024, "publisher": 1024, "role": 1024,
    "keywords": 1024, "recordId": 1024, "criteria": 1024, "remarks": 1024,
}  # fmt: skip
"""Most characters of a value, by property, as followthemoney 4.11 allows them; others may have LONGEST_TEXT."""
LONGEST_TEXT, LONGEST_URL = 65_000, 4096
_SCHEMATA = {"person": "Person", "group": "Organization", "organisation": "Organization"}


class Entity(Struct, frozen=True):
    """An entity: its schema's name, and values by property."""

    id: str
    schema: str
    properties: dict[str, list[str]]


def iter_entities(connection: Connection, filters: Filters) -> Iterator[Entity]:
    """All entities: events with what documents them, then pages, actors, links between actors, unreviewed links."""
    with count_edges() as counter:
        for told in iter_told(connection, filters):
            counter.count(told)
            yield from _incident(told)
        for teller in iter_tellers(connection, filters):
            yield _article(teller)
        for node in counter.iter_nodes(connection):
            yield _actor(node)
        for edge in counter.iter_edges():
            yield _link(edge)
    yield from _iter_similar(connection, filters)


def _incident(told: ToldIncident) -> Iterator[Entity]:
    incident = told.incident
    time, place = told_as.tell_time(told), told_as.tell_place(told)
    addresses = {a.id: a for t in told.tellings for p in t.telling.places if (a := _address(p)) is not None}
    yield from addresses.values()
    doers = {x.actor for t in told.tellings for x in t.telling.perpetrators if x.actor}
    actors = doers | {x.actor for t in told.tellings for x in t.telling.targets if x.actor}
    kinds = ", ".join(t.replace("_", " ") for t in incident.types) or "incident"
    where = told_as.place_name(place) if place else "place not told"
    when = time.start[:10] if time else "time not told"
    country = find_country(place.country) if place else None
    yield _entity(
        incident.id, "Event",
        name=[f"{kinds}; {where}; {when} (as told)"],
        summary=[f"told by {told_as.count_origins(incident.origins)}"],
        description=[told_as.describe_telling(t) for t in told.tellings],
        notes=list(told_as.describe_others(told)),
        keywords=list(incident.types),
        date=_dates(time.start if time else None),
        startDate=_dates(time.start if time else None),
        endDate=_dates(time.end if time else None),
        location=[told_as.place_name(place)] if place else [],
        country=[country.code.lower()] if country else [],
        involved=[_actor_id(actor) for actor in sorted(actors)],
        addressEntity=list(addresses),
        sourceUrl=_urls(t.teller.url for t in told.tellings),
        publisher=told_as.list_outlets(told),
        recordId=[incident.id],
    )  # fmt: skip
    for one in told.tellings:
        yield from _telling(incident.id, one)


def _telling(incident: str, told: Told) -> Iterator[Entity]:
    telling, teller = told.telling, told.teller
    yield _entity(
        f"{telling.id}-doc", "Documentation",
        document=[teller.page], entity=[incident], role=[f"{telling.stance}; {telling.stage}"],
        summary=[told.locator], recordId=[telling.id], sourceUrl=_urls([teller.url]), publisher=[teller.name],
    )  # fmt: skip
    said = telling.attributed_to
    yield _entity(
        telling.id, "Note",
        name=[f"{teller.name}: {telling.stance.replace('_', ' ')}"], description=[telling.span.text],
        entity=[incident, teller.page], sourceUrl=_urls([teller.url]), publisher=[teller.name],
        notes=[told.locator, f"origin {told.origin}", *([f"according to {said.text}"] if said else []),
               *(f"judged {x}" for x in told.judged)],
    )  # fmt: skip


def _article(teller: Teller) -> Entity:
    language = _LANGUAGES.get(teller.language or "")
    return _entity(
        teller.page, "Article",
        name=[teller.title or teller.address], title=[teller.title] if teller.title else [],
        author=[teller.byline] if teller.byline else [], publisher=[teller.outlet] if teller.outlet else [],
        sourceUrl=_urls([teller.url]), publishedAt=_dates(teller.published.start if teller.published else None),
        retrievedAt=_dates(teller.captured_at), language=[language] if language else [],
        mimeType=[teller.media_type] if re.fullmatch(r"[\w.+-]+/[\w.+-]+", teller.media_type) else [],
        notes=[f"sha256:{teller.sha256}", teller.source],
    )  # fmt: skip


def _actor(node: ActorNode) -> Entity:
    schema_name = "PublicBody" if node.state and node.kind != "person" else _SCHEMATA.get(node.kind, "LegalEntity")
    return _entity(_actor_id(node.id), schema_name, name=[node.name], notes=["named in tellings"])


def _link(edge: ActorEdge) -> Entity:
    key = _digest(f"{edge.a}\n{edge.b}\n{edge.type}")
    role = (
        f"told to have done this to: {edge.type.replace('_', ' ')} ({edge.origins} origin{'s' * (edge.origins != 1)})"
    )
    return _entity(
        f"link-{key}", "UnknownLink",
        subject=[_actor_id(edge.a)], object=[_actor_id(edge.b)], role=[role], summary=[edge.first],
    )  # fmt: skip


def _address(place: PlaceFiller) -> Entity | None:
    if place.lat is None or place.lon is None:
        return None
    name = told_as.place_name(place)
    country = find_country(place.country)
    return _entity(
        f"addr-{_digest(f'{name} {place.lat} {place.lon}')}", "Address",
        name=[name], full=[", ".join(x for x in (name, place.admin1, place.country) if x)],
        remarks=[f"precision: {place.precision}"],
        latitude=[repr(place.lat)], longitude=[repr(place.lon)],
        country=[country.code.lower()] if country else [],
    )  # fmt: skip


def _iter_similar(connection: Connection, filters: Filters) -> Iterator[Entity]:
    """Links between tellings of these incidents that nobody has judged."""
    judged = store.decide_pairs(store.load_standing(connection))
    decided = judged.same | judged.not_same
    both = and_(_is_told(schema.links.c.a, filters), _is_told(schema.links.c.b, filters))
    for link in store.iter_links(connection, LINKS_AT_ONCE, where=both):
        if (min(link.a, link.b), max(link.a, link.b)) not in decided:
            yield _similar(link)


def _is_told(telling: ColumnElement[str], filters: Filters) -> ColumnElement[bool]:
    """Whether a telling is of one of the incidents that the filters leave."""
    it = schema.incident_tellings.c
    found = select(1).where(it.telling == telling)
    if filters != Filters():
        found = found.where(it.incident.in_(select_incidents(filters)))
    return found.exists()


def _similar(link: Link) -> Entity:
    return _entity(
        f"similar-{_digest(f'{link.a} {link.b}')}", "Similar",
        candidate=[link.a], match=[link.b], confidenceScore=[f"{link.probability:.4f}"],
        criteria=[f"{w.comparison}: {w.level} ({w.weight:+.2f})" for w in link.weights], matcher=["rashomon"],
    )  # fmt: skip


def _entity(identifier: str, schema_name: str, **properties: list[str]) -> Entity:
    """An entity; each value once, none empty."""
    held = {
        name: cleaned
        for name, values in properties.items()
        if (cleaned := list(dict.fromkeys(c for v in values if (c := _fit(clean(v).strip(), name)))))
    }
    return Entity(identifier, schema_name, held)


def _fit(words: str, name: str) -> str:
    """The words, no longer than the property allows.

    >>> _fit("a" * 300, "location")[-3:], len(_fit("a" * 300, "location"))
    ('aa…', 250)
    """
    most = _LONGEST.get(name, LONGEST_TEXT)
    return words if len(words) <= most else words[: most - 1].rstrip() + "…"


def _actor_id(actor: str) -> str:
    """An id that FollowTheMoney allows, from an actor's key in whatever script."""
    return f"actor-{_digest(actor)}"


def _digest(words: str) -> str:
    return hashlib.sha256(words.encode("utf-8", "replace")).hexdigest()[:20]


def _dates(moment: str | None) -> list[str]:
    """The moment as far as FollowTheMoney's dates go.

    >>> _dates("2024-05-01T09:30:00Z"), _dates("2019-03"), _dates("soon")
    (['2024-05-01T09:30:00'], ['2019-03'], [])
    """
    found = _DATE.match(moment or "")
    return [found[0]] if found else []


def _urls(urls: Iterable[str | None]) -> list[str]:
    return [address for url in urls if (address := web_address(url)) and len(address) <= LONGEST_URL]
