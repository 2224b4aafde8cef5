"""What a run says while it works, and what it did.

In: counts. Out: a `Summary`; calls on a `Progress`. Never: words on a screen (see present and cli).
"""

from dataclasses import dataclass, field
from typing import Protocol

from rashomon.records import Rejected


class Progress(Protocol):
    """Told how far the work has come."""

    def begin(self, stage: str, total: int | None) -> None:
        """A stage begins; `total` pages are before it, if that is known."""

    def advance(self, *, rejected: bool = False) -> None:
        """One more page is done."""

    def end(self) -> None:
        """The stage has ended."""


class Silent:
    """Progress that nobody looks at."""

    def begin(self, stage: str, total: int | None) -> None:
        """Nothing."""

    def advance(self, *, rejected: bool = False) -> None:
        """Nothing."""

    def end(self) -> None:
        """Nothing."""


@dataclass(slots=True)
class Summary:
    """What a run did. `known` pages were in the case already; `seconds` are by stage, of all processes together."""

    captured: int = 0
    known: int = 0
    read: int = 0
    without_article: int = 0
    unread: int = 0
    tellings: int = 0
    statements: int = 0
    rejected: list[Rejected] = field(default_factory=list)
    outdated: int = 0
    stopped: bool = False
    seconds: dict[str, float] = field(default_factory=dict)
    wall_s: float = 0.0

    @property
    def useless(self) -> bool:
        """Whether nothing could be done at all."""
        return bool(self.rejected) and not (self.captured or self.known or self.read)
