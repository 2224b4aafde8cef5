"""Incidents with all their tellings, as exports take them.

In: nothing. Out: records. Never: a telling without its page, the page's hash and the span.
"""

from dataclasses import dataclass

from rashomon.records import Incident, Published, Telling


@dataclass(frozen=True, slots=True)
class Teller:
    """The page that tells: where from, its hash, who publishes it. `chars` is the length of its article."""

    page: str
    number: int
    source: str
    url: str | None
    sha256: str
    captured_at: str
    media_type: str
    version: int
    outlet: str | None
    title: str | None
    byline: str | None
    published: Published | None
    language: str | None
    chars: int

    @property
    def address(self) -> str:
        """The URL, or (for a file) the source."""
        return self.url or self.source

    @property
    def name(self) -> str:
        """The outlet, or where the page came from."""
        return self.outlet or self.address


@dataclass(frozen=True, slots=True)
class Told:
    """A telling, who tells it, from which origin; `sentence` counts the article's passages up to it, from 1; `judged`
    says what people decided about it ("wrong (Ana)", "corrected place to Tarn (Bo)").
    """

    telling: Telling
    teller: Teller
    origin: str
    sentence: int
    judged: tuple[str, ...] = ()

    @property
    def locator(self) -> str:
        """Where it stands: the telling's id, the page's address and hash, the span (code points, half-open)."""
        span = self.telling.span
        where = f"{self.teller.address} sha256:{self.teller.sha256} char={span.start_char},{span.end_char}"
        return f"{self.telling.id} {where}"


@dataclass(frozen=True, slots=True)
class ToldIncident:
    """An incident and all its tellings, in the order of the incident's own list."""

    number: int
    incident: Incident
    tellings: tuple[Told, ...]
