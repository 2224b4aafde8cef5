"""Records as the shapes that are printed.

In: records. Out: shapes (shapes.py). Never: a query.
"""

from collections.abc import Iterable, Mapping
from typing import Any, TypeVar

import msgspec

from rashomon.present import shapes as s
from rashomon.present.dates import DateRange, compare_dates
from rashomon.records import (
    Actor,
    ActorFiller,
    Article,
    Echo,
    Mention,
    Origin,
    PagePassage,
    Reading,
    Rejected,
    Relation,
    Statement,
    Telling,
)
from rashomon.spans import Span
from rashomon.store import PageEntry

Shape = TypeVar("Shape")


def describe_page(entry: PageEntry, article: Article | None, *, texts: bool = False) -> s.PageShape:
    """A page with what capture made of it; with `texts` its other sections (captions, comments) have their words."""
    return s.PageShape(**_entry_fields(entry), **(_article_fields(article, texts=texts) if article else {}))


def describe_whole_page(
    entry: PageEntry, article: Article | None, reading: Reading | None, incident_of: Mapping[str, str]
) -> s.WholePageShape:
    """A page with its article's text and all that was read in it; `incident_of` goes from telling to incident."""
    return s.WholePageShape(
        **_entry_fields(entry),
        **(_article_fields(article, texts=True) if article else {}),
        text=article.text if article else "",
        passages=_like(s.PassageShape, article.passages if article else ()),
        tellings=tuple(describe_telling(t, incident_of.get(t.id)) for t in reading.tellings) if reading else (),
        statements=describe_statements(reading.statements) if reading else (),
        mentions=tuple(map(describe_mention, reading.mentions)) if reading else (),
        loaded=tuple(s.LoadedShape(*_span(w.span), w.score, w.neutral) for w in reading.loaded) if reading else (),
    )


def _entry_fields(entry: PageEntry) -> dict[str, Any]:
    names = ("id", "source", "url", "sha256", "captured_at", "media_type", "version", "previous", "status")
    return {name: getattr(entry, name) for name in names}


def _article_fields(article: Article, *, texts: bool) -> dict[str, Any]:
    published = article.published
    return {
        "outlet": article.outlet,
        "outlet_found": article.outlet_found,
        "title": article.title,
        "byline": article.byline,
        "published": published and published.start,
        "published_end": published and published.end,
        "published_precision": published and published.precision,
        "published_found": published and published.found,
        "language": article.language,
        "sections": tuple(
            s.SectionShape(p.kind, p.name, p.start_char, p.end_char, p.text if texts else "") for p in article.sections
        ),
        "teasers": _like(s.TeaserShape, article.teasers),
    }


def describe_telling(telling: Telling, incident: str | None) -> s.TellingShape:
    """A telling, and the incident that it is held to be of."""
    return s.TellingShape(
        id=telling.id,
        page=telling.page,
        incident=incident,
        text=telling.span.text,
        start_char=telling.span.start_char,
        end_char=telling.span.end_char,
        score=telling.score,
        types=telling.types,
        type_scores=telling.type_scores,
        stance=telling.stance,
        stage=telling.stage,
        anchors=describe_spans(telling.anchors),
        passages=describe_spans(telling.passages),
        perpetrators=_actors(telling.perpetrators),
        targets=tuple(
            s.TargetShape(
                *_span(t.span), t.score, t.kind, t.effect, t.actor, describe_spans(t.mentions),
                describe_span(t.inferred_from),
            )
            for t in telling.targets
        ),
        instruments=tuple(
            s.InstrumentShape(
                *_span(i.span), i.score, i.kind, describe_spans(i.mentions), describe_span(i.inferred_from)
            )
            for i in telling.instruments
        ),
        places=tuple(
            s.PlaceShape(
                *_span(p.span), p.score, p.kind, p.name, p.lat, p.lon, p.precision, p.radius_km, p.country, p.admin1,
                _like(s.CandidateShape, p.candidates), describe_spans(p.mentions), describe_span(p.inferred_from),
            )
            for p in telling.places
        ),
        time=None if telling.time is None else s.TimeShape(
            *_span(telling.time.span), telling.time.score, telling.time.start, telling.time.end,
            telling.time.precision, describe_span(telling.time.inferred_from),
        ),
        counts=tuple(s.CountShape(c.what, c.low, c.best, c.high, *_span(c.span), c.score) for c in telling.counts),
        beneficiaries=_actors(telling.beneficiaries),
        outcome=describe_span(telling.outcome),
        attributed_to=describe_span(telling.attributed_to),
        unsourced=telling.unsourced,
    )  # fmt: skip


def _actors(fillers: Iterable[ActorFiller]) -> tuple[s.ActorFillerShape, ...]:
    return tuple(
        s.ActorFillerShape(
            *_span(a.span), a.score, a.kind, a.side, a.actor, describe_spans(a.mentions), describe_span(a.inferred_from)
        )
        for a in fillers
    )


def describe_statements(found: tuple[Statement, ...]) -> tuple[s.StatementShape, ...]:
    """The statements of one page."""
    return tuple(
        s.StatementShape(
            id=said.id,
            page=said.page,
            source=describe_span(said.source),
            cue=describe_span(said.cue),
            content=s.SpanShape(*_span(said.content)),
            audience=describe_span(said.audience),
            stance=said.stance,
            score=said.score,
            source_actor=said.source_actor,
            within=found[said.within].id if said.within is not None and said.within < len(found) else None,
        )
        for said in found
    )


def describe_mention(mention: Mention) -> s.MentionShape:
    """A mention."""
    return s.MentionShape(*_span(mention.span), mention.kind, mention.score)


def describe_reading(identifier: str | int, reading: Reading) -> s.ReadShape:
    """All that was read in one text."""
    return s.ReadShape(
        identifier,
        tuple(describe_telling(t, None) for t in reading.tellings),
        describe_statements(reading.statements),
        tuple(map(describe_mention, reading.mentions)),
    )


def describe_echo(echo: Echo, published: Mapping[str, DateRange]) -> s.EchoShape:
    """An echo; `published` are the first and last day that pages may have been published, by their ids."""
    order = compare_dates(published.get(echo.a.page, (None, None)), published.get(echo.b.page, (None, None)))
    return s.EchoShape(
        _passage(echo.a), _passage(echo.b), echo.similarity, _like(s.DifferenceShape, echo.differences),
        {-1: "a", 1: "b"}.get(order),
    )  # fmt: skip


def _passage(passage: PagePassage) -> s.PagePassageShape:
    return s.PagePassageShape(passage.page, *_span(passage.span))


def describe_actor(actor: Actor) -> s.ActorShape:
    """An actor."""
    return msgspec.convert(actor, s.ActorShape, from_attributes=True)


def describe_origin(origin: Origin) -> s.OriginShape:
    """An origin."""
    return msgspec.convert(origin, s.OriginShape, from_attributes=True)


def describe_relation(relation: Relation) -> s.RelationShape:
    """A relation between incidents."""
    return msgspec.convert(relation, s.RelationShape, from_attributes=True)


def describe_rejected(rejected: Rejected) -> s.RejectedShape:
    """A rejection."""
    return msgspec.convert(rejected, s.RejectedShape, from_attributes=True)


def describe_spans(spans: Iterable[Span]) -> tuple[s.SpanShape, ...]:
    """Spans."""
    return tuple(s.SpanShape(*_span(span)) for span in spans)


def describe_span(span: Span | None) -> s.SpanShape | None:
    """A span, or nothing."""
    return None if span is None else s.SpanShape(*_span(span))


def _span(span: Span) -> tuple[str, int, int]:
    return span.text, span.start_char, span.end_char


def _like(shape: type[Shape], found: Iterable[object]) -> tuple[Shape, ...]:
    """Records whose fields are the shape's own."""
    return tuple(msgspec.convert(record, shape, from_attributes=True) for record in found)
