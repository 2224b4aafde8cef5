"""How the app is served.

In: nothing. Out: one frozen record. Never: read at import time.
"""

from dataclasses import dataclass

LOOPBACK = frozenset({"127.0.0.1", "localhost", "::1"})


@dataclass(frozen=True, slots=True, kw_only=True)
class WebOptions:
    """`hosts` are the names under which the app answers, without port; with a `token` every request needs it.
    `tiles` is where the browser gets pictures for maps (`…/{z}/{x}/{y}.png`); nowhere by default.

    Sessions end after `idle_s` seconds without a request, and in any case after `session_s`. After a judgement the
    case's incidents are made again at once if it has at most `relate_tellings` tellings; else when somebody asks.
    """

    hosts: frozenset[str] = LOOPBACK
    token: str | None = None
    tiles: str | None = None
    idle_s: int = 4 * 3600
    session_s: int = 24 * 3600
    relate_tellings: int = 20_000
    max_form_bytes: int = 200_000
