"""How many incidents may be told by none, and what that number stands on.

In: a case. Out: the estimate with its interval and assumptions, or why there is none. Never: a number without them.
"""

from msgspec import Struct
from sqlalchemy import Connection

from rashomon.present import shapes as s
from rashomon.present.untold import iter_untold
from rashomon.web.contexts.params import Nothing


class UntoldScreen(Struct, frozen=True, kw_only=True):
    """The one estimate of the case."""

    estimate: s.UntoldShape


def load_untold_screen(connection: Connection, _params: Nothing) -> UntoldScreen:
    """The estimate as the case stands."""
    return UntoldScreen(estimate=next(iter_untold(connection)))
