"""The register at a glance: the incidents, a contested one in detail, an echo chain with one origin.

In: a case. Out: a rich renderable. Never: one telling's words without who tells them.
"""

from collections.abc import Iterator
from itertools import islice

from rich import box
from rich.console import Group, RenderableType
from rich.rule import Rule
from rich.table import Table
from rich.text import Text
from sqlalchemy import Connection

from rashomon import store
from rashomon.present import queries, terminal
from rashomon.present import shapes as s
from rashomon.present.describe import describe_echo
from rashomon.records import Echo, Origin

MOST_INCIDENTS = 60
MOST_ECHOES = 6


def make_register(connection: Connection) -> RenderableType:
    """The register of the whole case."""
    shown = [i for i in queries.iter_shown(connection, "incidents") if isinstance(i, s.IncidentShape)]
    parts: list[RenderableType] = [Rule("The register: incidents as told")]
    parts.append(terminal.make_table("incidents", shown[:MOST_INCIDENTS], len(shown)))
    contested = max(shown, key=lambda i: (len(i.contested), len(i.origins), len(i.tellings)), default=None)
    if contested is not None and contested.contested:
        parts.append(Rule(f"One contested incident: {contested.id}"))
        parts.append(make_incident(connection, contested))
    chain = max(store.iter_origins(connection), key=lambda o: len(o.pages), default=None)
    if chain is not None and len(chain.pages) > 1:
        parts.append(Rule(f"An echo chain with one origin: {chain.id}"))
        parts.append(_make_chain(connection, chain))
    return Group(*parts)


def make_incident(connection: Connection, incident: s.IncidentShape) -> RenderableType:
    """An incident in detail: every value told and by whom, then every telling in its own words."""
    outlets = _outlets(connection)
    tellings = [t for i in incident.tellings if isinstance(t := queries.find_shown(connection, i), s.TellingShape)]
    page_of = {t.id: t.page for t in tellings}
    fields = Table(expand=True, box=box.HORIZONTALS, padding=(0, 1, 0, 0), header_style="bold")
    for heading, ratio in (("field", 2), ("", 2), ("value told", 5), ("told by", 6)):
        fields.add_column(heading, ratio=ratio, overflow="fold")
    for field in incident.fields:
        for i, value in enumerate(field.values):
            who = ", ".join(dict.fromkeys(outlets.get(page_of.get(t, ""), t) for t in value.tellings))
            first = (field.field, field.status) if i == 0 else ("", "")
            fields.add_row(*(Text(terminal.printable(x)) for x in (*first, value.value, who)))
    words = Table.grid(padding=(0, 2))
    words.add_column(ratio=2, overflow="fold")
    words.add_column(ratio=8, overflow="fold")
    for t in tellings:
        who = outlets.get(t.page, t.page)
        words.add_row(Text(terminal.printable(f"{who} ({t.stance}):")), Text(f"“{terminal.excerpt(t.text, 300)}”"))
    return Group(fields, words)


def _make_chain(connection: Connection, origin: Origin) -> RenderableType:
    outlets = _outlets(connection)
    names = ", ".join(f"{outlets.get(page, '')} ({page})" for page in origin.pages)
    first = f"; the earliest is {origin.first}" if origin.first else "; which is first is undetermined"
    parts: list[RenderableType] = [Text(terminal.printable(f"{len(origin.pages)} pages, one source: {names}{first}"))]
    echoes = [describe_echo(e) for e in islice(_iter_changed(connection, origin), MOST_ECHOES)]
    if echoes:
        parts.append(terminal.make_table("echoes", echoes, len(echoes)))
    return Group(*parts)


def _iter_changed(connection: Connection, origin: Origin) -> Iterator[Echo]:
    held = set(origin.pages)
    for echo in store.iter_echoes(connection):
        if echo.a.page in held and echo.b.page in held and echo.a.page != echo.b.page and echo.differences:
            yield echo


def _outlets(connection: Connection) -> dict[str, str]:
    found: dict[str, str] = {}
    for held in store.iter_ranges(connection):
        for article in store.load_articles(connection, held, parts=False).values():
            found[article.page] = article.outlet or article.page
    return found
