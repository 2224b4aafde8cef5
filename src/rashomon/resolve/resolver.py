"""The resolver: places, times, counts and actors of one reading given normal values.

In: an article and what was read in it. Out: the same reading, resolved, with names of places that were missed as
mentions. Never: a new telling, or a changed span.
"""

import re
from collections.abc import Iterator, Sequence
from dataclasses import replace
from datetime import date

from rashomon.records import (
    Article,
    CountFiller,
    PlaceFiller,
    Published,
    Reading,
    Telling,
    TimeFiller,
)
from rashomon.resolve.aliases import AliasList, find_aliases, name_actors
from rashomon.resolve.gazetteer import Gazetteer
from rashomon.resolve.numbers import parse_number
from rashomon.resolve.place_mentions import mend_mentions
from rashomon.resolve.places import Located, locate_places
from rashomon.resolve.times import UNKNOWN, TimeValue, resolve_time
from rashomon.resolve.toponym_spans import NamedPlace, find_peoples, find_toponyms
from rashomon.settings import Settings
from rashomon.spans import Span

_HEDGE = re.compile(
    r"\b(at least|no fewer than|not less than|more than|over|up to|as many as|at most|fewer than|less than|nearly|almost"  # noqa: E501
    r"|about|around|some|roughly|approximately|an estimated|between|tens of|dozens of|hundreds of|several)\s+$",
    re.IGNORECASE,
)
_FROM_BEFORE = re.compile(
    r"\b(?:(same|that|the) (?:day|night|evening|morning|afternoon)|(following|next) (?:day|morning|night)|day (after|later)|"  # noqa: E501
    r"(previous|preceding) (?:day|night)|day before)\b",
    re.IGNORECASE,
)
_LATER = re.compile(r"^(?:[\w-]+ ){1,3}(?:days?|weeks?|months?|years?) (?:later|afterwards?)$", re.IGNORECASE)


class Resolver:
    """Holds the gazetteer and the user's aliases."""

    def __init__(self, settings: Settings) -> None:
        self._gazetteer = Gazetteer(settings.gazetteer)
        self._aliases = AliasList(settings.aliases)

    def locate(
        self, text: str, spans: Sequence[tuple[int, int]], likely: float = 0.0
    ) -> list[tuple[float, float] | None]:
        """Latitude and longitude of each span of `text`, None where no gazetteer has the place."""
        located = locate_places(self._gazetteer, text, spans, likely)
        return [(p.lat, p.lon) if p.lat is not None and p.lon is not None else None for p in located]

    def find_toponyms(self, text: str) -> list[NamedPlace]:
        """The names of places in `text`, with their spans."""
        return find_toponyms(self._gazetteer, text)

    def find_peoples(self, text: str) -> list[NamedPlace]:
        """The words for what is a country's in `text`, with their spans."""
        return find_peoples(text)

    def resolve(self, article: Article, reading: Reading) -> Reading:
        """The reading with places, times and counts resolved, its aliases found and its actors named; names of places
        that were missed are mentions too.
        """
        reading = replace(reading, mentions=mend_mentions(self._gazetteer, article, reading.mentions))
        spans = list(_place_spans(reading))
        located = dict(zip(spans, locate_places(self._gazetteer, article.text, spans), strict=True))
        times = _resolve_times(reading, article.published)
        tellings = tuple(_resolve_telling(t, article.text, located, times) for t in reading.tellings)
        aliases = find_aliases(article, reading)
        return name_actors(replace(reading, tellings=tellings, aliases=aliases), self._aliases)


def load_resolver(settings: Settings) -> Resolver:
    """The resolver with the bundled gazetteer and the user's lists. Raises SettingsError for a list that is wrong."""
    return Resolver(settings)


def _place_spans(reading: Reading) -> Iterator[tuple[int, int]]:
    seen: set[tuple[int, int]] = set()
    fillers = [p.span for t in reading.tellings for p in t.places]
    for span in [*fillers, *(m.span for m in reading.mentions if m.kind == "place")]:
        key = (span.start_char, span.end_char)
        if key not in seen:
            seen.add(key)
            yield key


def _resolve_telling(
    telling: Telling, text: str, located: dict[tuple[int, int], Located], times: dict[Span, TimeValue]
) -> Telling:
    time = telling.time
    return replace(
        telling,
        places=tuple(_resolve_place(p, located[p.span.start_char, p.span.end_char]) for p in telling.places),
        time=_resolve_time(time, times[time.span]) if time is not None else None,
        counts=tuple(_resolve_count(c, text) for c in telling.counts),
    )


def _resolve_place(place: PlaceFiller, found: Located) -> PlaceFiller:
    return replace(
        place, name=found.name, country=found.country, admin1=found.admin1, lat=found.lat, lon=found.lon,
        precision=found.precision, radius_km=found.radius_km, candidates=found.candidates,
    )  # fmt: skip


def _resolve_time(time: TimeFiller, value: TimeValue) -> TimeFiller:
    return replace(time, start=value.start, end=value.end, precision=value.precision)


def _resolve_times(reading: Reading, published: Published | None) -> dict[Span, TimeValue]:
    """Every telling's time; "the next day" counts from the last day told before it."""
    anchor = None
    if published is not None and published.precision in ("hour", "day"):
        anchor = date.fromisoformat(published.start[:10])
    values: dict[Span, TimeValue] = {}
    before: date | None = None
    for span in sorted({t.time.span for t in reading.tellings if t.time}, key=lambda s: s.start_char):
        value = _from_before(span.text, before) or resolve_time(span.text, anchor)
        values[span] = value
        if value.start and value.precision in ("hour", "day"):
            before = date.fromisoformat(value.start[:10])
    return values


def _from_before(words: str, before: date | None) -> TimeValue | None:
    """A time that is told from another one; unknown where there was none before it."""
    match = _FROM_BEFORE.search(words)
    later = _LATER.match(words.strip())
    if not match and not later:
        return None
    if before is None:
        return UNKNOWN if later or not re.search(r"\d|yesterday|today", words) else None
    if later:
        ago = re.sub(r"\b(later|afterwards?)$", "ago", words.strip(), flags=re.IGNORECASE)
        back = resolve_time(ago, before)
        if back.start is None or back.end is None:
            return UNKNOWN
        first, last = date.fromisoformat(back.start), date.fromisoformat(back.end)
        start, end = (before.toordinal() * 2 - d.toordinal() for d in (last, first))
        return TimeValue(date.fromordinal(start).isoformat(), date.fromordinal(end).isoformat(), back.precision)
    assert match is not None
    step = 1 if match[2] or match[3] else 0 if match[1] else -1
    day = date.fromordinal(before.toordinal() + step).isoformat()
    return TimeValue(day, day, "day")


def _resolve_count(count: CountFiller, text: str) -> CountFiller:
    """A count with its bounds; a hedge right before the span ("at least") counts with it."""
    span = count.span
    hedge = _HEDGE.search(text, max(0, span.start_char - 24), span.start_char)
    value = parse_number((hedge[0] if hedge else "") + span.text)
    if value is None:
        return count
    return replace(count, low=value.low, best=value.best, high=value.high)
