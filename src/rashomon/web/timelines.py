"""A line of time as numbers for an SVG: a bar a year, month or day.

In: periods with counts. Out: coordinates in the picture's units. Never: a bar for a period of which nothing is told.
"""

from dataclasses import dataclass

from rashomon.web.contexts.spots import Period, TimelineShape
from rashomon.web.words import count, spell_day

WIDTH, HEIGHT = 640.0, 150.0
_FLOOR = 122.0
_TOP = 10.0
_LEFT = 6.0


@dataclass(frozen=True, slots=True)
class Bar:
    """A period's bar; its lower part is those that are contested."""

    x: float
    y: float
    width: float
    height: float
    contested: float
    since: str
    label: str
    tick: str


@dataclass(frozen=True, slots=True)
class Bars:
    """A timeline."""

    width: float
    height: float
    floor: float
    bars: tuple[Bar, ...]


def draw_timeline(shape: TimelineShape) -> Bars | None:
    """The timeline; None if no time is told. Periods without incidents stay as gaps."""
    if not shape.periods:
        return None
    first = _ordinal(shape.periods[0].since)
    slots = max(_ordinal(p.since) - first for p in shape.periods) + 1
    step = (WIDTH - 2 * _LEFT) / max(slots, 6)
    most = max(p.incidents for p in shape.periods)
    every = max(1, -(-slots // 8))
    bars = [_draw(p, _ordinal(p.since) - first, step, most, every) for p in shape.periods]
    return Bars(WIDTH, HEIGHT, _FLOOR, tuple(bars))


def _draw(period: Period, slot: int, step: float, most: int, every: int) -> Bar:
    height = round((_FLOOR - _TOP) * period.incidents / most, 1)
    words = f"{spell_day(period.since)}: {count(period.incidents, 'incident')} told"
    if period.contested:
        words += f", {period.contested} contested"
    return Bar(
        x=round(_LEFT + slot * step, 1),
        y=round(_FLOOR - height, 1),
        width=round(max(2.0, min(step * 0.84, 46.0)), 1),
        height=height,
        contested=round(height * period.contested / period.incidents, 1),
        since=period.since,
        label=words,
        tick=period.since if slot % every == 0 else "",
    )


def _ordinal(since: str) -> int:
    """A number that grows by one with each year, month or day (days only within one month).

    >>> _ordinal("2020-01") - _ordinal("2019-12"), _ordinal("2019-03-12") - _ordinal("2019-03-10")
    (1, 2)
    """
    parts = [int(part) for part in since.split("-")]
    if len(parts) == 1:
        return parts[0]
    return parts[0] * 12 + parts[1] if len(parts) == 2 else parts[2]
