"""A made-up case of any size, for measuring exports: whole pages, with words of its own at every span.

In: a path, how many tellings. Out: a case with articles, tellings, statements, actors, incidents, links, echoes,
judgements. Never: a text of somebody's, nor a span that is not in its text: the case can be exported and imported.
"""

import random
from collections.abc import Iterator
from dataclasses import replace
from itertools import product
from pathlib import Path

from rashomon import records as r
from rashomon import store
from rashomon.capture import make_page
from rashomon.spans import Span
from rashomon.store.readings import ReadingStamp
from rashomon.store.whole_pages import KeptArticle, KeptReading, WholePage, restore_pages

TELLINGS_A_PAGE = 4
PAGES_AN_ECHO, TELLINGS_A_JUDGEMENT = 10, 1_000
NOW = "2024-05-01T10:00:00Z"
_SYLLABLES = ("ka", "lo", "mir", "ten", "sa", "du", "bar", "ne", "vo", "rin", "gal", "hes", "ti", "pol", "zu", "mar")
_TYPES = ("killing", "bombing", "abduction_hostage", "arrest_detention", "protest", "armed_clash")


def make_case(path: Path, tellings: int, seed: int = 7) -> None:
    """A case of so many tellings: pages of four, incidents of one to six, told by one to three origins."""
    chance = random.Random(seed)
    names = ["".join(parts).capitalize() for parts in chance.sample(list(product(_SYLLABLES, repeat=3)), 3_000)]
    pages = -(-tellings // TELLINGS_A_PAGE)
    with store.open_case(path, create=True) as case, case.write() as connection:
        with restore_pages(connection) as restorer:
            for number in range(pages):
                restorer.restore(_make_page(number, chance, names))
        store.replace_actors(connection, (r.Actor(n.casefold(), n, "organisation", (n,), 1) for n in names))
        store.replace_echoes(connection, _iter_echoes(pages))
        store.replace_incidents(connection, _iter_incidents(pages, chance))
        store.replace_links(connection, _iter_links(pages))
        for page in range(0, pages, TELLINGS_A_JUDGEMENT // TELLINGS_A_PAGE):
            judged = r.Judgement(0, "right", _id(page, 0), None, None, None, "Ana", NOW, "as the page says")
            store.append_judgement(connection, judged)
        store.replace_overview(connection)


def _page_id(page: int) -> str:
    return f"p{page:08}"


def _id(page: int, ordinal: int) -> str:
    return f"t{page:08}-{ordinal}"


def _make_page(number: int, chance: random.Random, names: list[str]) -> WholePage:
    parts, tellings, at = [], [], 0
    url = f"https://lantern{number % 60}.example/{number}"
    for ordinal in range(TELLINGS_A_PAGE):
        doer, place, source = chance.choice(names), chance.choice(names[:300]), chance.choice(names)
        day = f"2024-{number % 12 + 1:02}-{ordinal * 7 + 1:02}"
        killed = chance.randint(1, 40)
        words = (
            f"{doer} killed {killed} villagers in {place} on {day}, {source} said. Witnesses told how the "
            f"fighters came at dawn and went from house to house until the market of {place} was empty.\n\n"
        )
        parts.append(words)
        tellings.append(_telling(number, ordinal, at, words, (doer, place, day, str(killed), source), chance))
        at += len(words)
    text = "".join(parts)
    page = replace(make_page(url, text.encode(), "text/plain", url), id=_page_id(number))
    published = r.Published(f"2024-{number % 12 + 1:02}-28", f"2024-{number % 12 + 1:02}-28", "day", "meta")
    article = r.Article(
        page=page.id, text=text, title=f"What {names[number % 3000]} did", byline=None,
        outlet=f"The Lantern {number % 60}", outlet_found="meta", published=published, language="en",
        sections=(r.Section("article", "", 0, len(text), text),),
        passages=tuple(r.Passage(t.span.start_char, t.span.end_char) for t in tellings),
    )  # fmt: skip
    told = tuple(replace(t, page=page.id, passages=(t.span,)) for t in tellings)
    said = told[0].attributed_to
    statement = r.Statement(f"s{number:08}", page.id, said, None, told[0].span, None, "asserts", 0.9)
    entry = store.PageEntry(0, page.id, url, url, page.sha256, NOW, page.media_type, 1, None, "read", "bench")
    reading = r.Reading(page=page.id, tellings=told, statements=(statement,))
    return WholePage(
        entry, page, KeptArticle(article, "bench"), KeptReading(reading, ReadingStamp("bench", "bench", NOW, number))
    )


def _telling(number: int, ordinal: int, at: int, words: str, told: tuple[str, ...], chance: random.Random) -> r.Telling:
    def span(part: str) -> Span:
        start = at + words.index(part)
        return Span(start, start + len(part), part)

    doer, place, day, killed, source = told
    count = int(killed)
    kind = chance.choice(_TYPES)
    return r.Telling(
        id=_id(number, ordinal), page="", span=Span(at, at + len(words.rstrip()), words.rstrip()), score=0.9,
        types=(kind,), type_scores=(0.9,), stance="asserts", stage="accomplished", anchors=(span("killed"),),

        perpetrators=(r.ActorFiller(span(doer), "organisation", 0.9, "nonstate", (span(doer),), doer.casefold()),),
        targets=(r.TargetFiller(span("villagers"), "civilian", 0.9, "killed", (span("villagers"),),
                                place.casefold()),),
        places=(r.PlaceFiller(span(place), "town", 0.9, (span(place),), place, "DE", "Low Tarn",
                              chance.uniform(47, 55), chance.uniform(6, 15), "town"),),
        time=r.TimeFiller(span(day), 0.9, day, day, "day"),
        counts=(r.CountFiller(span(killed), 0.9, "killed", count, count, count),), attributed_to=span(source),
    )  # fmt: skip


def _iter_incidents(pages: int, chance: random.Random) -> Iterator[r.Incident]:
    """Tellings in the order of their ordinals, so that those of one incident stand on different pages."""
    for ordinal in range(TELLINGS_A_PAGE):
        at = 0
        while at < pages:
            size = min(chance.choice((1, 1, 1, 2, 3, 6)), pages - at)
            ids = tuple(_id(at + i, ordinal) for i in range(size))
            origins = tuple(f"o{at}-{i}" for i in range(min(size, 3)))
            values = tuple(r.ToldValue(str(i), (told,), (origins[i % len(origins)],)) for i, told in enumerate(ids))
            low, high = (r.ToldNumber(n, (ids[n],), values[n].origins) for n in (0, size - 1))
            status = "contested" if size > 1 else "told_once"
            field = r.WeighedField("count_killed", status, values, r.CountRange(low, low, high))
            yield r.Incident(f"i{ordinal}-{at}", ids, (_TYPES[at % len(_TYPES)],), origins, (field,))
            at += size


def _iter_links(pages: int) -> Iterator[r.Link]:
    for page in range(0, pages - 1, 2):
        weights = (r.MatchWeight("time", "same day", 4.2), r.MatchWeight("place", "same place", 3.1))
        yield r.Link(_id(page, 0), _id(page + 1, 0), 0.9, weights)


def _iter_echoes(pages: int) -> Iterator[r.Echo]:
    for page in range(0, pages - 1, PAGES_AN_ECHO):
        yield r.Echo(_passage(page), _passage(page + 1), 0.9, (r.Edit("changed", "a", "b"),))


def _passage(page: int) -> r.PagePassage:
    return r.PagePassage(_page_id(page), Span(0, 40, ""))  # a case keeps the offsets alone
