"""Tellings as rows to be linked: what of them can be compared.

In: tellings as resolved. Out: one `LinkRow` each. Never: a value that the telling does not have (None, or an empty
list).
"""

import re
from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date
from unicodedata import combining, normalize

from rashomon.records import Telling

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
    """One telling. Days are ordinals (`date.toordinal`); coordinates are degrees; keys are folded words."""

    unique_id: str
    page: str
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
    perpetrators: list[str]
    targets: list[str]
    killed_low: int | None
    killed_high: int | None
    words: list[str]


def fold(name: str) -> str:
    """Lower case without diacritics, spaces and punctuation.

    >>> fold("Saleh-Abād")
    'salehabad'
    """
    plain = "".join(c for c in normalize("NFKD", name.casefold()) if not combining(c))
    return re.sub(r"[^\w]", "", plain)


def name_words(names: Iterable[str]) -> list[str]:
    """The telling words of names, folded, each once, in order.

    >>> name_words(["gunmen of the Red Sash Front", "the Red Sash"])
    ['red', 'sash', 'front']
    """
    words = (fold(w) for name in names for w in re.findall(r"\w[\w'’-]*", name))
    return list(dict.fromkeys(w for w in words if len(w) > 2 and w not in _STOP))


def _ordinal(iso: str | None) -> int | None:
    if not iso or not re.match(r"^\d{4}-\d{2}-\d{2}", iso):
        return None
    return date.fromisoformat(iso[:10]).toordinal()


def _text_words(telling: Telling) -> list[str]:
    words = (fold(w) for p in telling.passages for w in re.findall(r"\w+", p.text))
    return sorted({w for w in words if len(w) > 3 and w not in _STOP})


def link_row(telling: Telling, published: str | None) -> LinkRow:
    """A telling as a row; `published` is its article's date (ISO), the latest that the incident can have been."""
    known = [p for p in telling.places if p.lat is not None and p.precision in ("site", "town", "area")]
    narrow = [p for p in telling.places if p.precision not in ("region", "country")]
    broad = [p for p in telling.places if p.precision in ("region", "country")]
    killed = [c for c in telling.counts if c.what == "killed"]
    lows = [n for c in killed if (n := c.low if c.low is not None else c.best) is not None]
    highs = [n for c in killed if (n := c.high if c.high is not None else c.best) is not None]
    return LinkRow(
        unique_id=telling.id,
        page=telling.page,
        families=sorted({TYPE_FAMILY[t] for t in telling.types}),
        types=sorted(telling.types),
        first_day=_ordinal(telling.time.start) if telling.time else None,
        last_day=_ordinal(telling.time.end) if telling.time else None,
        published_day=_ordinal(published),
        lat=known[0].lat if known else None,
        lon=known[0].lon if known else None,
        radius_km=known[0].radius_km or 0.0 if known else 0.0,
        places=sorted({fold(p.name or p.span.text) for p in narrow} - {""}),
        broad_places=sorted({fold(p.name or p.span.text) for p in broad} - {""}),
        perpetrators=name_words(m.text for p in telling.perpetrators for m in (p.mentions or (p.span,))),
        targets=name_words(m.text for t in telling.targets for m in (t.mentions or (t.span,))),
        killed_low=min(lows, default=None),
        killed_high=max(highs, default=None),
        words=_text_words(telling),
    )
