"""Cases of chosen pages and tellings, without a reader and without linking."""

from collections.abc import Mapping, Sequence
from dataclasses import replace
from pathlib import Path

from sqlalchemy import Connection

from rashomon import link, store
from rashomon.records import Article, Incident, PagePassage, Published, Reading, Telling
from rashomon.spans import Span, take_span
from tests.factories import make_page


def add_page(
    connection: Connection,
    page: str,
    text: str,
    *,
    outlet: str | None = None,
    published: str | None = None,
    tellings: Sequence[Telling] = (),
) -> None:
    captured = replace(make_page(text, url=f"https://x.example/{page}"), id=page)
    entry = store.save_page(connection, captured)
    assert entry is not None
    when = Published(published, published, "day", "text") if published else None
    article = Article(page, text, page, None, outlet, "text", when, "en")
    store.save_article(connection, entry.number, article, "1")
    reading = Reading(page, tellings=tuple(tellings))
    store.save_reading(connection, entry.number, article, reading, read_by="1", resolved_by="1")
    store.set_status(connection, entry.number, "read", "1")


def add_echoes(connection: Connection, texts: Mapping[str, str]) -> None:
    """The echoes among pages of one passage each."""
    passages = [PagePassage(page, Span(0, len(text), text)) for page, text in texts.items()]
    store.replace_echoes(connection, link.find_echoes(passages))


def telling(page: str, text: str, words: str, **fields: object) -> Telling:
    start = text.index(words)
    span = take_span(text, start, start + len(words))
    whole = Telling(
        id=f"t{page}{start}", page=page, span=span, score=0.9, types=("killing",), type_scores=(0.9,),
        stance="asserts", stage="accomplished", passages=(span,),
    )  # fmt: skip
    return replace(whole, **fields)  # type: ignore[arg-type]  # the fillers


def new_case(folder: Path) -> store.Case:
    return store.open_case(folder / "case.db", create=True)


def incident(name: str, *tellings: str, origins: Sequence[str] = ("o",)) -> Incident:
    return Incident(name, tellings, ("killing",), tuple(origins))
