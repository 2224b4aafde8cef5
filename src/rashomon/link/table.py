"""Tellings as rows to be linked: what of them can be compared.

In: an article's resolved reading. Out: one `LinkRow` for each of its tellings.
Never: a value that the telling does not have (None, or an empty list).
"""

import re
from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date

import numpy as np

from rashomon.link.figures import days_in, numbers_in, weekdays_in, years_in
from rashomon.link.sketch import sketch_vectors
from rashomon.link.words import fold, level_of, norm_of, weigh_capitals, weigh_repeated, weigh_words
from rashomon.records import Article, PlaceFiller, Reading, Telling
from rashomon.spans import Span

TYPE_FAMILY = {
    "killing": "violence", "massacre": "violence", "armed_attack": "violence", "armed_clash": "violence",
    "bombing": "violence", "shelling": "violence", "air_strike": "violence", "assault_beating": "violence",
    "sexual_violence": "abuse", "torture_interrogation": "abuse", "abduction_hostage": "taking",
    "arrest_detention": "taking", "raid_search": "raid", "trial_punishment": "trial", "extortion_ransom": "taking",
    "threat": "threat", "protest": "protest", "riot_mob": "protest", "property_destruction": "violence",
    "displacement_expulsion": "displacement", "recruiting_training": "arming", "arming_funding": "arming",
    "espionage": "espionage", "informing": "espionage", "release_surrender": "release",
}  # fmt: skip
"""Types that tellings of one incident are often given side by side."""

WORDS = 32
"""Words that are kept of a telling's passages: the rarest."""
CONTEXT = 128
"""The same of its article, repetition included. On ECB+'s 240 documents of incidents (2026-11-28) cosines of the 32, 64
and 128 rarest words alone, cut where it is best, gave a B³ of 90.6, 91.8 and 92.5; every word 93.2."""
ROSTER = 48
"""The same of the names of its article. Over ECB+'s 33 topics (2026-11-29) their cosines rank pairs of one incident
above pairs of two of its kind in 89.9, 90.1, 90.6 and 90.6 % with 24, 32, 48 and 64; those of its words in 89.4 %."""
NAMES = 16
_TELLING_LEVEL = 6
"""Words of actors that are less rare than this (one text in eight) tell nothing of who it is."""
_NAME_KINDS = ("person", "organisation", "place", "nationality")

_WORD = re.compile(r"\w[\w'’-]*")
_OWNED = re.compile(r"['’]s$", re.IGNORECASE)
_STOP = frozenset(
    """
    the a an of in on at to from by for and or with their his her its two three four five six seven
    eight nine ten some many several dozens people men man woman women person persons others group
    groups members member fighters gunmen soldiers police officers forces troops army government local
    armed unidentified unknown residents civilians killed militants rebels terrorists
    """.split()  # noqa: SIM905  (read as prose)
)


@dataclass(frozen=True, slots=True)
class LinkRow:
    """One telling. Days are ordinals (`date.toordinal`); coordinates are degrees; names of places are folded; `item` is
    where the item of a list begins in which it is told (None: in none).

    `perpetrators`, `targets`, `victims` (persons named who are told to be killed), `names`, `words` (of its passages),
    `context` and `roster` (words and names of its article, with repetition) are codes of words (words.py); `weekdays`
    (the telling's), `days`, `years` and `numbers` (the article's) are those of figures.py; `sketch_0`… are the bits of
    its vector (sketch.py).
    """

    unique_id: str
    page: str
    item: int | None
    families: list[str]
    types: list[str]
    first_day: int | None
    last_day: int | None
    published_day: int | None
    lat: float | None
    lon: float | None
    radius_km: float
    places: list[str]
    broad_places: list[str]
    within: list[str]
    perpetrators: list[int]
    targets: list[int]
    victims: list[int]
    killed_low: int | None
    killed_high: int | None
    injured_low: int | None
    names: list[int]
    words: list[int]
    context: list[int]
    roster: list[int]
    words_norm: float
    context_norm: float
    roster_norm: float
    names_norm: float
    weekdays: list[int]
    days: list[int]
    years: list[int]
    numbers: list[int]
    sketch_0: int | None
    sketch_1: int | None
    sketch_2: int | None
    sketch_3: int | None


@dataclass(frozen=True, slots=True)
class _Shared:
    """What the tellings of one article have in common."""

    published: int | None
    context: list[int]
    roster: list[int]
    days: list[int]
    years: list[int]
    numbers: list[int]


def name_words(names: Iterable[str]) -> list[str]:
    """The telling words of names, folded, each once, in order.

    >>> name_words(["gunmen of the Red Sash Front", "the Red Sash's"])
    ['red', 'sash', 'front']
    """
    words = (fold(_OWNED.sub("", w)) for name in names for w in _WORD.findall(name))
    return list(dict.fromkeys(w for w in words if len(w) > 2 and w not in _STOP))


def _ordinal(iso: str | None) -> int | None:
    if not iso or not re.match(r"^\d{4}-\d{2}-\d{2}", iso):
        return None
    return date.fromisoformat(iso[:10]).toordinal()


def link_rows(article: Article, reading: Reading) -> list[LinkRow]:
    """The tellings of one article as rows, in order; the article's date is the latest that one can have been."""
    if not reading.tellings:
        return []
    published = _ordinal(article.published.start) if article.published else None
    text = article.text
    named = [m.span for m in reading.mentions if m.kind in _NAME_KINDS]
    words = weigh_repeated(text, CONTEXT)
    # where capitals tell no names, what was read as names does
    roster = weigh_capitals(text, ROSTER) or weigh_repeated(_told_once(text, named), ROSTER)
    shared = _Shared(published, words, roster, _other_days(text, published), years_in(text), numbers_in(text))
    vectors = np.frombuffer(reading.vectors, dtype=np.float16).reshape(len(reading.tellings), -1)
    sketches = sketch_vectors(vectors)
    persons = [m.span for m in reading.mentions if m.kind == "person"]
    return [
        _row(t, _item(t, article), shared, sketch, _names_in(t, named), _victims(t, persons))
        for t, sketch in zip(reading.tellings, sketches, strict=True)
    ]


def _told_once(text: str, spans: Iterable[Span]) -> str:
    """The words of the spans that tell a name, each as often as the text has it, however many spans hold it."""
    held = np.zeros(len(text), dtype=bool)
    for s in spans:
        held[s.start_char : s.end_char] = True
    words = (w for w in _WORD.finditer(text) if held[w.start()])
    return " ".join(w[0] for w in words if fold(w[0]) not in _STOP)


def _names_in(telling: Telling, named: Iterable[Span]) -> list[str]:
    """Names that stand in its passages, and what fills its roles."""
    told = [s.text for s in named if any(p.start_char <= s.start_char < p.end_char for p in telling.passages)]
    spans = [s for p in telling.perpetrators for s in (p.span, *p.mentions)]
    spans += [s for t in telling.targets for s in (t.span, *t.mentions)]
    spans += [s for p in telling.places for s in (p.span, *p.mentions)]
    return [*told, *(s.text for s in spans)]


def _victims(telling: Telling, persons: Iterable[Span]) -> list[int]:
    """Names of persons in the words for those whom it tells to be killed."""
    killed = [s for t in telling.targets if t.effect == "killed" for s in (t.span, *t.mentions)]
    within = (p for p in persons if any(s.start_char <= p.start_char and p.end_char <= s.end_char for s in killed))
    return _codes(p.text for p in within)


def _item(telling: Telling, article: Article) -> int | None:
    at = telling.anchors[0].start_char if telling.anchors else telling.span.start_char
    items = (p.start_char for p in article.passages if p.kind == "item" and p.start_char <= at < p.end_char)
    return next(items, None)


def _broad(place: PlaceFiller) -> set[str]:
    return {fold(x) for x in (place.admin1, place.country) if x}


def _other_days(text: str, published: int | None) -> list[int]:
    """Days that a text names, but for that of its publication."""
    own = date.fromordinal(published) if published else None
    return [d for d in days_in(text) if own is None or d != 32 * own.month + own.day]


def _weekdays(telling: Telling, first: int | None, last: int | None) -> list[int]:
    """The weekday of its time; where none is told, those that its passages name."""
    if first is not None and first == last:
        return [date.fromordinal(first).weekday()]
    told = weekdays_in(telling.time.span.text) if telling.time else []
    return told or weekdays_in(" ".join(p.text for p in telling.passages))


def _row(
    telling: Telling, item: int | None, shared: _Shared, sketch: list[int | None], named: list[str], victims: list[int]
) -> LinkRow:
    known = [p for p in telling.places if p.lat is not None and p.precision in ("site", "town", "area")]
    narrow = [p for p in telling.places if p.precision not in ("region", "country")]
    broad = [p for p in telling.places if p.precision in ("region", "country")]
    lows = {
        what: [
            n for c in telling.counts if c.what == what and (n := c.low if c.low is not None else c.best) is not None
        ]
        for what in ("killed", "injured")
    }
    highs = [n for c in telling.counts if c.what == "killed" and (n := c.high if c.high is not None else c.best)]
    first = _ordinal(telling.time.start) if telling.time else None
    last = _ordinal(telling.time.end) if telling.time else None
    families = sorted({TYPE_FAMILY[t] for t in telling.types})
    places = sorted({fold(p.name or p.span.text) for p in narrow} - {""})
    names = weigh_words([" ".join(name_words(named))], NAMES)
    words = weigh_words((p.text for p in telling.passages), WORDS)
    return LinkRow(
        unique_id=telling.id,
        page=telling.page,
        item=item,
        families=families,
        types=sorted(telling.types),
        first_day=first,
        last_day=last,
        published_day=shared.published,
        lat=known[0].lat if known else None,
        lon=known[0].lon if known else None,
        radius_km=known[0].radius_km or 0.0 if known else 0.0,
        places=places,
        broad_places=sorted({fold(p.name or p.span.text) for p in broad} | set().union(*map(_broad, broad)) - {""}),
        within=sorted(set().union(*map(_broad, narrow)) - {""}),
        perpetrators=_codes(m.text for p in telling.perpetrators for m in (p.mentions or (p.span,))),
        targets=_codes(m.text for t in telling.targets for m in (t.mentions or (t.span,))),
        victims=victims,
        killed_low=min(lows["killed"], default=None),
        killed_high=max(highs, default=None),
        injured_low=min(lows["injured"], default=None),
        names=names,
        words=words,
        context=shared.context,
        roster=shared.roster,
        words_norm=round(norm_of(words), 4),
        context_norm=round(norm_of(shared.context), 4),
        roster_norm=round(norm_of(shared.roster), 4),
        names_norm=round(norm_of(names), 4),
        weekdays=_weekdays(telling, first, last),
        days=shared.days,
        years=shared.years,
        numbers=shared.numbers,
        sketch_0=sketch[0],
        sketch_1=sketch[1],
        sketch_2=sketch[2],
        sketch_3=sketch[3],
    )


def _codes(names: Iterable[str]) -> list[int]:
    codes = weigh_words([" ".join(name_words(names))], NAMES)
    return [c for c in codes if level_of(c) >= _TELLING_LEVEL]
