"""Which tellings of one incident descend from one another.

In: an incident's tellings with their pages. Out: the origin of each page. Never: another origin than the one by which
the incident was weighed: weigh.incident_origins decides both.
"""

from collections import defaultdict
from collections.abc import Mapping, Sequence
from dataclasses import dataclass

from sqlalchemy import Connection, select

from rashomon import weigh
from rashomon.records import Echo, Origin, PagePassage, Telling
from rashomon.spans import Span
from rashomon.store import schema


@dataclass(frozen=True, slots=True)
class PageFacts:
    """What of a page origins depend on: its number, the length of its article in characters, its first day."""

    number: int
    chars: int
    published: str | None


def load_echoes_among(connection: Connection, page_of: Mapping[int, str]) -> dict[str, list[Echo]]:
    """Page id → the echoes between it and another of these pages (number → id); their words are left out."""
    e = schema.echoes.c
    held = list(page_of)
    query = select(schema.echoes).where(e.a_page.in_(held), e.b_page.in_(held), e.a_page != e.b_page).order_by(e.number)
    found: dict[str, list[Echo]] = defaultdict(list)
    for r in connection.execute(query):
        a = PagePassage(page_of[r.a_page], Span(r.a_start_char, r.a_end_char, ""))
        b = PagePassage(page_of[r.b_page], Span(r.b_start_char, r.b_end_char, ""))
        echo = Echo(a, b, r.similarity, ())
        found[a.page].append(echo)
        found[b.page].append(echo)
    return found


def find_origins(
    tellings: Sequence[Telling], facts: Mapping[str, PageFacts], echoes: Mapping[str, Sequence[Echo]]
) -> dict[str, Origin]:
    """Page id → its origin among the pages of one incident's tellings."""
    pages = {t.page for t in tellings}
    among = list(weigh.iter_echoes_of(list(pages), echoes))
    copying = weigh.copying_pages(among, {p: facts[p].chars for p in pages})
    return weigh.incident_origins(tellings, among, copying, {p: facts[p].published for p in pages})
