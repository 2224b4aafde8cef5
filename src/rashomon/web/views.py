"""What was read on the screen: each article once an hour per person.

In: a page's id, a viewer's digest. Out: rows in `views`. Never: a request that waits for the case's write lock.
"""

import logging
import threading
from datetime import UTC, datetime

from sqlalchemy import select
from sqlalchemy.exc import OperationalError

from rashomon.store import Case
from rashomon.store.overview_tables import views

log = logging.getLogger(__name__)


class ViewCounter:
    """Views wait in memory until one thread at a time writes them down."""

    def __init__(self, case: Case) -> None:
        self._case = case
        self._waiting: set[tuple[str, str, str]] = set()
        self._state = threading.Lock()
        self._writing = threading.Lock()

    def note(self, page: str, viewer: str) -> None:
        """Note a view, and write down what waits unless somebody is at it."""
        with self._state:
            self._waiting.add((page, datetime.now(UTC).strftime("%Y-%m-%dT%H"), viewer))
        if self._writing.acquire(blocking=False):
            try:
                self._write()
            finally:
                self._writing.release()

    def _write(self) -> None:
        with self._state:
            batch, self._waiting = self._waiting, set()
        try:
            with self._case.write() as connection:
                for page, hour, viewer in sorted(batch):
                    same = (views.c.page == page) & (views.c.hour == hour) & (views.c.viewer == viewer)
                    if connection.execute(select(views.c.page).where(same)).first() is None:
                        connection.execute(views.insert().values(page=page, hour=hour, viewer=viewer))
        except OperationalError:
            log.warning("views could not be counted: the case is in use")
            with self._state:
                self._waiting |= batch
