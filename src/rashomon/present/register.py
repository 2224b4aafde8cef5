"""The register at a glance: the incidents, a contested one in detail, an echo chain with one origin.

In: a case. Out: a rich renderable. Never: one telling's words without who tells them.
"""

from collections import Counter
from pathlib import PurePath

from rich import box
from rich.console import Group, RenderableType
from rich.rule import Rule
from rich.table import Table
from rich.text import Text
from sqlalchemy import Connection

from rashomon import store
from rashomon.present import queries, terminal
from rashomon.present import shapes as s
from rashomon.present.dates import load_echoing
from rashomon.present.describe import describe_echo
from rashomon.records import Echo, Origin

MOST_INCIDENTS = 40
MOST_ECHOES = 8
_CHANGED = frozenset(("replaced", "number_changed", "negated", "attribution_dropped"))


def make_register(connection: Connection) -> RenderableType:
    """The register of the whole case: what most origins tell comes first."""
    held = (i for i in queries.iter_shown(connection, "incidents") if isinstance(i, s.IncidentShape))
    shown = sorted(held, key=lambda i: (-len(i.origins), -len(i.contested), -len(i.tellings), i.id))
    parts: list[RenderableType] = [Rule("The register: incidents as told")]
    parts.append(terminal.make_table("incidents", shown[:MOST_INCIDENTS], len(shown)))
    contested = next((i for i in shown if i.contested), None)
    if contested is not None:
        parts.append(Rule(f"One contested incident: {contested.id}"))
        parts.append(make_incident(connection, contested))
    chain = _find_longest_chain(connection)
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
        for name, told in terminal.iter_range(field):
            who = ", ".join(dict.fromkeys(outlets.get(page_of.get(t, ""), t) for t in told.tellings))
            fields.add_row(*(Text(terminal.printable(x)) for x in ("", name, str(told.number), who)))
    words = Table.grid(padding=(0, 2))
    words.add_column(ratio=2, overflow="fold")
    words.add_column(ratio=8, overflow="fold")
    for t in tellings:
        who = outlets.get(t.page, t.page)
        words.add_row(Text(terminal.printable(f"{who} ({t.stance}):")), Text(f"“{terminal.excerpt(t.text, 300)}”"))
    return Group(fields, words)


def _find_longest_chain(connection: Connection) -> Origin | None:
    """The origin that the most outlets stand behind, then the most pages."""
    outlets = _outlets(connection)
    return max(
        store.iter_origins(connection),
        key=lambda o: (len({outlets.get(p) for p in o.pages}), len(o.pages), o.first is not None, o.id),
        default=None,
    )


def _make_chain(connection: Connection, origin: Origin) -> RenderableType:
    outlets = _outlets(connection)
    names = ", ".join(f"{outlets.get(page, '')} ({page})" for page in origin.pages)
    earliest = f"{outlets.get(origin.first, '')} ({origin.first})" if origin.first else ""
    first = f"; the earliest is {earliest}" if earliest else "; which is first is undetermined"
    parts: list[RenderableType] = [Text(terminal.printable(f"{len(origin.pages)} pages, one source: {names}{first}"))]
    published = load_echoing(connection)
    echoes = [describe_echo(e, published) for e in _choose_echoes(connection, origin)]
    if echoes:
        parts.append(terminal.make_table("echoes", echoes, len(echoes)))
    return Group(*parts)


def _choose_echoes(connection: Connection, origin: Origin) -> list[Echo]:
    """What the copies changed of the earliest page's words (of the page with most echoes, if no date tells which is
    first): one echo of each copy before a second of any, changed words before words that were only left out.
    """
    held = set(origin.pages)
    found = [e for e in store.iter_echoes(connection) if {e.a.page, e.b.page} <= held and e.a.page != e.b.page]
    tally = Counter(page for e in found for page in (e.a.page, e.b.page))
    hub = origin.first or max(sorted(tally), key=lambda page: tally[page], default=None)
    found = [e for e in found if e.differences and hub in (e.a.page, e.b.page)]
    found.sort(key=lambda e: (not any(d.kind in _CHANGED for d in e.differences), -e.similarity, e.a.page, e.b.page))
    seen: Counter[frozenset[str]] = Counter()
    rounds = []
    for echo in found:
        pair = frozenset((echo.a.page, echo.b.page))
        rounds.append((seen[pair], echo))
        seen[pair] += 1
    return [echo for _, echo in sorted(rounds, key=lambda x: x[0])][:MOST_ECHOES]


def _outlets(connection: Connection) -> dict[str, str]:
    """Who tells, by page id: the outlet, or the name of the file where the page does not name one."""
    found: dict[str, str] = {}
    for held in store.iter_ranges(connection):
        articles = store.load_articles(connection, held, parts=False)
        for entry in store.load_entries(connection, held):
            article = articles.get(entry.number)
            found[entry.id] = article.outlet if article and article.outlet else PurePath(entry.source).name
    return found
