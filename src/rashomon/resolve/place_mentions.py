"""Mentions of places mended: peoples and governments are none, and what the gazetteer knows is not missed.

In: an article and its mentions. Out: mentions. Never: a changed span, or one outside the passages.
"""

import re
from collections.abc import Iterator, Sequence
from dataclasses import replace

from rashomon.records import Article, Mention
from rashomon.resolve.candidates import candidates_of
from rashomon.resolve.countries import country_of_demonym
from rashomon.resolve.divisions import home_of_people
from rashomon.resolve.gazetteer import Gazetteer
from rashomon.resolve.toponym_spans import find_peoples, find_toponyms
from rashomon.spans import Span

_SPEAKS = re.compile(
    r"(?:,[^,.]{3,60},)?\s+(?:(?:has|have|had|also|later|repeatedly|again|strongly|flatly)\s+)*"
    r"(?:said|says|accus\w+|den(?:y|ied|ies)|warn(?:ed|s)|announc\w+|insist(?:ed|s)|condemn\w*|claim(?:ed|s)|vow(?:ed|s)"
    r"|threaten(?:ed|s)|demand(?:ed|s)|blam(?:ed|es)|reject(?:ed|s)|urg(?:ed|es)|pledg\w+|refus\w+|agreed|admitted"
    r"|retaliated|responded|recalled its|summoned)\b"
)
"""What only a government can do."""


def mend_mentions(gazetteer: Gazetteer, article: Article, mentions: Sequence[Mention]) -> tuple[Mention, ...]:
    """The mentions with what the words of a place are (a people's, a government's, a place's), and missed names."""
    held = [replace(m, kind=kind_of(gazetteer, article.text, m.span)) if m.kind == "place" else m for m in mentions]
    places = [m.span for m in held if m.kind in ("place", "nationality")]
    known = {(m.span.start_char, m.span.end_char, m.kind) for m in held}
    for m in _iter_named(gazetteer, article):
        if not any(p.start_char < m.span.end_char and m.span.start_char < p.end_char for p in places):
            places.append(m.span)
            held += [] if (m.span.start_char, m.span.end_char, m.kind) in known else [m]
    return tuple(sorted(held, key=lambda m: (m.span.start_char, m.span.end_char, m.kind)))


def kind_of(gazetteer: Gazetteer, text: str, span: Span) -> str:
    """What is named by words that look like a place's: vocabulary.MENTION_KINDS."""
    words = re.sub(r"^the ", "", span.text, flags=re.IGNORECASE)
    if country_of_demonym(words) is not None or home_of_people(words) is not None:
        return "nationality"
    governs = any(e.capital or e.kind == "country" for e in candidates_of(gazetteer, words))
    return "organisation" if governs and _SPEAKS.match(text, span.end_char) else "place"


def _iter_named(gazetteer: Gazetteer, article: Article) -> Iterator[Mention]:
    text = article.text
    for found in (*find_peoples(text), *find_toponyms(gazetteer, text)):
        if any(p.start_char <= found.start_char and found.end_char <= p.end_char for p in article.passages):
            span = Span(found.start_char, found.end_char, text[found.start_char : found.end_char])
            yield Mention(span, kind_of(gazetteer, text, span), found.score)
