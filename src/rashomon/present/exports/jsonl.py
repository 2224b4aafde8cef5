"""All of a case as lines of JSON, from which the same case can be made again.

In: a case. Out: lines (lines.py), one a record, in UTF-8. Never: more than a few pages in memory; who looked at which
page (`views`), which stays with the case; what follows from the rest (the overview).
"""

from collections.abc import Iterator
from typing import IO

import msgspec
from sqlalchemy import Connection

from rashomon import store
from rashomon.present.exports import lines
from rashomon.present.queries import incidents_of
from rashomon.records import Page
from rashomon.store import PageEntry, PageRange, restore

PAGES_AT_ONCE = 50


def write_jsonl(connection: Connection, out: IO[bytes]) -> int:
    """Write the whole case; returns how many lines."""
    count = 0
    encoder, buffer = msgspec.json.Encoder(), bytearray()
    for line in iter_lines(connection):
        encoder.encode_into(line, buffer)
        buffer += b"\n"
        out.write(buffer)
        count += 1
    return count


def iter_lines(connection: Connection) -> Iterator[lines.Line]:
    """The lines, in the order that lines.py gives."""
    yield lines.CaseLine()
    for held in store.iter_ranges(connection, PAGES_AT_ONCE):
        yield from _iter_pages(connection, held)
    for dated in restore.iter_dated_rejected(connection):
        yield lines.RejectedLine(dated.rejected_at, dated.rejected)
    yield from map(lines.ActorLine, store.iter_actors(connection))
    yield from map(lines.EchoLine, store.iter_echoes(connection))
    yield from map(lines.OriginLine, store.iter_origins(connection))
    yield from map(lines.LinkLine, store.iter_links(connection))
    yield from map(lines.IncidentLine, store.iter_incidents(connection))
    yield from map(lines.RelationLine, store.iter_relations(connection))
    yield from iter_judgement_lines(connection)
    yield from map(lines.RunLine, restore.iter_runs(connection))
    yield from map(lines.ProductLine, restore.iter_products(connection))


def iter_judgement_lines(connection: Connection) -> Iterator[lines.JudgementLine]:
    """All judgements, in the order they were made."""
    noted = {judged.telling: judged for judged in store.iter_judged(connection)}
    for judgement in store.iter_judgements(connection):
        about = tuple(noted[i] for i in store.judged_ids(judgement) if i in noted)
        yield lines.JudgementLine(judgement, about)


def write_judgements(connection: Connection, out: IO[bytes]) -> int:
    """Write the judgements alone, a line each; returns how many."""
    count = 0
    for line in iter_judgement_lines(connection):
        out.write(msgspec.json.encode(line) + b"\n")
        count += 1
    return count


def _iter_pages(connection: Connection, held: PageRange) -> Iterator[lines.Line]:
    articles = store.load_articles(connection, held)
    made_by = restore.load_made_by(connection, held)
    read = {page.number: page.reading for page in store.load_read_pages(connection, held, parts=False)}
    stamps = restore.load_stamps(connection, held)
    incident_of = incidents_of(connection, held)
    for entry, page in zip(store.load_entries(connection, held), store.iter_pages(connection, held), strict=True):
        yield _page_line(entry, page)
        if entry.number in articles:
            yield lines.ArticleLine(made_by[entry.number], articles[entry.number])
        reading = read.get(entry.number)
        if reading is None:
            continue
        stamp = stamps[entry.number]
        yield lines.ReadingLine(
            page=entry.id, read_by=stamp.read_by, resolved_by=stamp.resolved_by, read_at=stamp.read_at,
            serial=stamp.serial, mentions=reading.mentions, loaded=reading.loaded, aliases=reading.aliases,
            vectors=reading.vectors,
        )  # fmt: skip
        for telling in reading.tellings:
            yield lines.TellingLine(incident_of.get(telling.id), entry.url, entry.sha256, telling)
        for statement in reading.statements:
            yield lines.StatementLine(entry.url, entry.sha256, statement)


def _page_line(entry: PageEntry, page: Page) -> lines.PageLine:
    return lines.PageLine(
        id=entry.id, source=entry.source, url=entry.url, sha256=entry.sha256, captured_at=entry.captured_at,
        media_type=entry.media_type, version=entry.version, previous=entry.previous, status=entry.status,
        tried_by=entry.tried_by, hints=page.hints, raw=page.raw,
    )  # fmt: skip
