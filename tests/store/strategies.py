"""Records of every kind, made by hypothesis, whose spans are true to their text."""

from hypothesis import strategies as st

from rashomon import records as r
from rashomon import vocabulary as v
from rashomon.spans import Span, take_span

words = st.text(st.characters(exclude_categories=["Cs"], exclude_characters="\0"), max_size=12)
maybe_words = st.none() | words
scores = st.floats(0, 1)
degrees = st.none() | st.floats(-90, 90)
numbers = st.none() | st.integers(0, 10**12)


@st.composite
def spans_of(draw: st.DrawFn, text: str) -> Span:
    start = draw(st.integers(0, len(text)))
    return take_span(text, start, draw(st.integers(start, len(text))))


@st.composite
def articles(draw: st.DrawFn, page: str) -> r.Article:
    text = draw(st.text(st.characters(exclude_categories=["Cs"], exclude_characters="\0"), max_size=80))
    spot = spans_of(text).map(lambda s: (s.start_char, s.end_char))
    many = {"max_size": 3}
    published = st.builds(r.Published, start=words, end=words, precision=words, found=words)
    section = spot.flatmap(
        lambda s: st.builds(
            r.Section,
            kind=st.sampled_from(v.SECTION_KINDS),
            name=words,
            start_char=st.just(s[0]),
            end_char=st.just(s[1]),
            text=words,
        )
    )
    passage = spot.flatmap(
        lambda s: st.builds(
            r.Passage,
            start_char=st.just(s[0]),
            end_char=st.just(s[1]),
            kind=words,
            marker=words,
            lead=st.none() | spot,
        )
    )
    teaser = st.builds(r.Teaser, list=words, title=words, summary=words, cut=st.booleans(), url=maybe_words)
    return r.Article(
        page=page, text=text, title=draw(maybe_words), byline=draw(maybe_words), outlet=draw(maybe_words),
        outlet_found=draw(maybe_words), published=draw(st.none() | published), language=draw(maybe_words),
        sections=tuple(draw(st.lists(section, **many))), teasers=tuple(draw(st.lists(teaser, **many))),
        passages=tuple(draw(st.lists(passage, **many))),
    )  # fmt: skip


@st.composite
def readings(draw: st.DrawFn, article: r.Article) -> r.Reading:
    span = spans_of(article.text)
    maybe = st.none() | span

    def many(strategy: st.SearchStrategy, size: int = 2) -> tuple:
        return tuple(draw(st.lists(strategy, max_size=size)))

    coreferent = {"span": span, "score": scores, "mentions": st.lists(span, max_size=2).map(tuple)}
    actor = st.builds(
        r.ActorFiller, **coreferent, kind=st.sampled_from(v.ACTOR_FORMS), side=st.sampled_from(v.ACTOR_SIDES),
        actor=maybe_words, inferred_from=maybe,
    )  # fmt: skip
    target = st.builds(
        r.TargetFiller, **coreferent, kind=st.sampled_from(v.TARGET_KINDS), effect=st.sampled_from(v.EFFECTS),
        actor=maybe_words, inferred_from=maybe,
    )  # fmt: skip
    instrument = st.builds(r.InstrumentFiller, **coreferent, kind=words, inferred_from=maybe)
    candidate = st.builds(
        r.PlaceCandidate, id=words, name=words, country=maybe_words, admin1=maybe_words, kind=words, lat=degrees,
        lon=degrees, score=scores,
    )  # fmt: skip
    place = st.builds(
        r.PlaceFiller, **coreferent, kind=words, name=maybe_words, country=maybe_words, admin1=maybe_words,
        lat=degrees, lon=degrees, precision=words, radius_km=degrees,
        candidates=st.lists(candidate, max_size=2).map(tuple), inferred_from=maybe,
    )  # fmt: skip
    time = st.builds(
        r.TimeFiller, span=span, score=scores, start=maybe_words, end=maybe_words, precision=words,
        inferred_from=maybe,
    )  # fmt: skip
    count = st.builds(r.CountFiller, span=span, score=scores, what=words, low=numbers, best=numbers, high=numbers)
    types = draw(st.lists(st.sampled_from(v.INCIDENT_TYPES), max_size=3, unique=True))
    tellings = tuple(
        r.Telling(
            id=f"{article.page}.t{i}", page=article.page, span=draw(span), score=draw(scores), types=tuple(types),
            type_scores=tuple(draw(scores) for _ in types), stance=draw(st.sampled_from(v.STANCES)),
            stage=draw(st.sampled_from(v.STAGES)), anchors=many(span), passages=many(span), perpetrators=many(actor),
            targets=many(target), instruments=many(instrument), places=many(place), time=draw(st.none() | time),
            counts=many(count), beneficiaries=many(actor), outcome=draw(maybe), attributed_to=draw(maybe),
        )
        for i in range(draw(st.integers(0, 2)))
    )  # fmt: skip
    statements = tuple(
        r.Statement(
            id=f"{article.page}.s{i}", page=article.page, source=draw(maybe), cue=draw(maybe), content=draw(span),
            audience=draw(maybe), stance=draw(st.sampled_from(v.STANCES)), score=draw(scores),
            source_actor=draw(maybe_words), within=draw(st.none() | st.integers(0, 3)),
        )
        for i in range(draw(st.integers(0, 2)))
    )  # fmt: skip
    return r.Reading(
        page=article.page, tellings=tellings, statements=statements,
        mentions=many(st.builds(r.Mention, span=span, kind=words, score=scores)),
        loaded=many(st.builds(r.LoadedWord, span=span, score=scores, neutral=maybe_words)),
        aliases=many(st.builds(r.Alias, a=span, b=span, reason=words, score=scores)),
        vectors=draw(st.binary(max_size=16)),
    )  # fmt: skip


@st.composite
def whole_pages(draw: st.DrawFn, page: str) -> tuple[r.Page, r.Article, r.Reading]:
    captured = r.Page(
        id=page, source=draw(words), sha256=page + draw(words), captured_at=draw(words), media_type=draw(words),
        raw=draw(st.binary(max_size=200)), url=draw(maybe_words),
        hints=draw(st.none() | st.builds(r.PageHints, title=maybe_words, published=maybe_words, outlet=maybe_words,
                                         charset=maybe_words)),
    )  # fmt: skip
    article = draw(articles(page))
    return captured, article, draw(readings(article))


actors = st.lists(
    st.builds(
        r.Actor, id=words, name=words, kind=words, aliases=st.lists(words, max_size=3).map(tuple),
        mentions=st.integers(0, 99), suggested=st.lists(words, max_size=2).map(tuple),
    ),
    max_size=3, unique_by=lambda a: a.id,
)  # fmt: skip
_weights = st.lists(
    st.builds(r.MatchWeight, comparison=words, level=words, weight=st.floats(-20, 20)), max_size=3
).map(tuple)  # fmt: skip
_link = st.builds(r.Link, a=words, b=words, probability=scores, weights=_weights)
links = st.lists(_link, max_size=3, unique_by=lambda x: (x.a, x.b))
_some = st.lists(words, max_size=3).map(tuple)
_number = st.builds(r.ToldNumber, number=st.integers(0, 999), tellings=_some, origins=_some)
_field = st.builds(
    r.WeighedField, field=words, status=st.sampled_from(["agreed", "told_once", "contested"]),
    values=st.lists(st.builds(r.ToldValue, value=words, tellings=_some, origins=_some), max_size=2).map(tuple),
    range=st.none() | st.builds(r.CountRange, low=_number, best=_number, high=_number),
)  # fmt: skip
incidents = st.lists(
    st.builds(
        r.Incident, id=words, tellings=_some, types=_some, origins=_some,
        fields=st.lists(_field, max_size=2).map(tuple), weakest=st.none() | _link,
    ),
    max_size=3, unique_by=lambda i: i.id,
)  # fmt: skip
relations = st.lists(
    st.builds(
        r.Relation, first=words, then=words, kind=words, reasons=_some, page=maybe_words,
        cue=st.none() | st.builds(Span, start_char=st.integers(0, 9), end_char=st.integers(9, 99), text=words),
    ),
    max_size=3,
)  # fmt: skip
