"""What is done over the whole case: actors, echoes and origins, links and incidents.

In: a case with readings. Out: the same case with what follows from them.
Never: work that nothing made necessary: a stage is done again only if a page was added or read again, a person judged,
or its own version (or that of a stage before it) changed.
"""

import time
from collections.abc import Callable, Iterator
from dataclasses import dataclass, replace

from rashomon import link, resolve, store, weigh
from rashomon.pipeline import versions
from rashomon.pipeline.progress import Progress
from rashomon.records import Echo, Incident, PagePassage, Telling
from rashomon.spans import take_span
from rashomon.store import Case

MOST_CONTRASTED = 500
"""Tellings of one incident whose words are held against each other."""


@dataclass(frozen=True, slots=True)
class CaseStage:
    """A stage over the whole case: it reads the case and replaces what it made before, in one transaction."""

    name: str
    version: str
    make: Callable[[Case], None]


def relate(case: Case, seconds: dict[str, float], progress: Progress) -> None:
    """Do every stage whose input or version has changed, in their order; `seconds` gets what each took."""
    version = ""
    for stage in STAGES:
        # what a stage makes is the next one's input: a new version of one makes the later ones work again
        version = f"{version}{stage.name} {stage.version}; "
        with case.read() as connection:
            product = store.Product(stage.name, version, store.fingerprint_input(connection))
            if store.load_product(connection, stage.name) == product:
                continue
        progress.begin(stage.name, None)
        started = time.perf_counter()
        stage.make(case)
        with case.write() as connection:
            store.save_product(connection, product)
        seconds[stage.name] = time.perf_counter() - started
        progress.end()


def _make_actors(case: Case) -> None:
    with case.read() as connection:
        actors = resolve.group_actors(page.reading for page in store.iter_read_pages(connection))
    with case.write() as connection:
        store.replace_actors(connection, actors)


def _make_echoes(case: Case) -> None:
    lengths: dict[str, int] = {}
    published: dict[str, str | None] = {}
    passages: list[PagePassage] = []
    with case.read() as connection:
        for held in store.iter_ranges(connection):
            for article in store.load_articles(connection, held).values():
                lengths[article.page] = len(article.text)
                published[article.page] = article.published.start if article.published else None
                passages += [
                    PagePassage(article.page, take_span(article.text, p.start_char, p.end_char))
                    for p in article.passages
                ]
    echoes = link.find_echoes(passages)
    origins = weigh.find_origins(lengths, weigh.copying_pages(echoes, lengths), published)
    with case.write() as connection:
        store.replace_echoes(connection, echoes)
        store.replace_origins(connection, origins)


def _make_judged(case: Case) -> None:
    """Which tellings of today the judged ones are: pages may have been read again since."""
    with case.write() as connection:
        store.carry_judged(connection)


def _make_incidents(case: Case) -> None:
    lengths: dict[str, int] = {}
    published: dict[str, str | None] = {}
    tellings: dict[str, Telling] = {}
    again: set[tuple[str, str]] = set()

    def rows() -> Iterator[link.LinkRow]:
        for page in store.iter_read_pages(connection):
            article = page.article
            lengths[article.page] = len(article.text)
            published[article.page] = article.published.start if article.published else None
            tellings.update((t.id, t) for t in page.reading.tellings)
            of_page = link.link_rows(article, page.reading)
            again.update(link.find_again(of_page))
            yield from of_page

    with case.read() as connection:
        scored = link.Scored(store.load_linked(connection), store.iter_links(connection))
        links = link.score_pairs(rows(), scored=scored, version=versions.INCIDENTS)
        echoes = list(store.iter_echoes(connection))
        judged = _judged(case)
    page_of = {t.id: t.page for t in tellings.values()}
    groups = link.cluster_tellings(page_of, links, judged, again=again)
    copying = weigh.copying_pages(echoes, lengths)
    with case.write() as connection:
        store.replace_links(connection, links, links.digests)
        store.replace_incidents(connection, _iter_weighed(groups, tellings, echoes, copying, published))


def _iter_weighed(
    groups: list[link.TellingGroup],
    tellings: dict[str, Telling],
    echoes: list[Echo],
    copying: set[tuple[str, str]],
    published: dict[str, str | None],
) -> Iterator[Incident]:
    between = weigh.echoes_between(echoes)
    for group in groups:
        told = [tellings[i] for i in group.tellings]
        among = list(weigh.iter_echoes_of([t.page for t in told], between))
        yield weigh.weigh_incident(told, group.weakest, among, copying, published)


def _judged(case: Case) -> link.Judged:
    """What the judgements that stand say of pairs of tellings."""
    with case.read() as connection:
        decided = store.decide_pairs(store.load_standing(connection))
    return link.Judged(decided.same, decided.not_same)


def _make_relations(case: Case) -> None:
    with case.read() as connection:
        incident_of = {i: incident.id for incident in store.iter_incidents(connection) for i in incident.tellings}
        found = weigh.find_relations(
            (page.reading.tellings for page in store.iter_read_pages(connection, parts=False)), incident_of
        )
    with case.write() as connection:
        store.replace_relations(connection, found)


def _make_wording(case: Case) -> None:
    """What others say instead of loaded words: by echoes where there are any, else by tellings of the same incident."""
    with case.read() as connection:
        loaded = store.load_loaded(connection)
        found = weigh.contrast_echoes(store.iter_echoes(connection), loaded) if loaded else []
        for ids in store.iter_loaded_incidents(connection):
            tellings = store.load_tellings_by_id(connection, ids[:MOST_CONTRASTED])
            found += weigh.contrast_tellings(list(tellings.values()), loaded)
    first: dict[tuple[str, int, int], str] = {}
    for c in found:
        first.setdefault((c.page, c.start_char, c.end_char), c.neutral)
    with case.write() as connection:
        store.replace_counterparts(connection, [
            (replace(word, neutral=neutral), page)
            for page, words in loaded.items() for word in words
            if (neutral := first.get((page, word.span.start_char, word.span.end_char)))
        ])  # fmt: skip


def _make_overview(case: Case) -> None:
    with case.write() as connection:
        store.replace_overview(connection)


STAGES = (
    CaseStage("actors", versions.ACTORS, _make_actors),
    CaseStage("echoes", versions.ECHOES, _make_echoes),
    CaseStage("judged", versions.JUDGED, _make_judged),
    CaseStage("incidents", versions.INCIDENTS, _make_incidents),
    CaseStage("relations", versions.RELATIONS, _make_relations),
    CaseStage("wording", versions.WORDING, _make_wording),
    CaseStage("overview", versions.OVERVIEW, _make_overview),
)
