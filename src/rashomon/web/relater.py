"""Making the incidents again after judgements, in the background, one run at a time.

In: a case. Out: the same case with what follows from its judgements. Never: two runs at once, nor a request that waits
for one.
"""

import logging
import threading
from collections.abc import Iterator
from contextlib import contextmanager

from sqlalchemy import Connection, func, select

from rashomon import store
from rashomon.pipeline.progress import Silent
from rashomon.pipeline.relate import relate
from rashomon.store import Case, schema
from rashomon.store.overview_tables import incident_lines

log = logging.getLogger(__name__)


class Relater:
    """`running` and `failed` say how it stands; `ask` begins a run, or has the one under way followed by another."""

    def __init__(self, case: Case, most_tellings: int) -> None:
        self._case = case
        self._most_tellings = most_tellings
        self._work = threading.Lock()
        self._state = threading.Lock()
        self._again = False
        self._thread: threading.Thread | None = None
        self.failed = ""

    @property
    def running(self) -> bool:
        """Whether a run is under way."""
        with self._state:
            return self._thread is not None

    def is_pending(self, connection: Connection) -> bool:
        """Whether the case holds pages or judgements that its incidents do not follow from yet."""
        product = store.load_product(connection, "overview")
        return product is not None and product.made_from != store.fingerprint_input(connection)

    def ask_if_small(self) -> None:
        """Begin a run if the case is small enough for one to be quick."""
        with self._case.read() as connection:
            count = connection.execute(select(func.count()).select_from(schema.tellings)).scalar_one()
        if count <= self._most_tellings:
            self.ask()

    def ask(self) -> None:
        """Begin a run."""
        with self._state:
            self._again = True
            if self._thread is None:
                self._thread = threading.Thread(target=self._run, name="relate", daemon=True)
                self._thread.start()

    def wait(self, timeout_s: float) -> None:
        """Wait until no run is under way."""
        with self._state:
            thread = self._thread
        if thread is not None:
            thread.join(timeout_s)

    @contextmanager
    def stopped(self) -> Iterator[None]:
        """No run begins or is under way meanwhile: it would write again what it read before."""
        with self._work:
            yield

    def ensure_overview(self) -> None:
        """Make the overview of a case that an earlier version of the program made."""
        with self._case.read() as connection:
            lines = connection.execute(select(func.count()).select_from(incident_lines)).scalar_one()
            incidents = connection.execute(select(func.count()).select_from(schema.incidents)).scalar_one()
        if incidents and not lines:
            with self._work, self._case.write() as connection:
                store.replace_overview(connection)

    def _run(self) -> None:
        while True:
            with self._state:
                if not self._again:
                    self._thread = None
                    return
                self._again = False
            try:
                with self._work:
                    relate(self._case, {}, Silent())
                self.failed = ""
            except Exception as error:
                log.exception("the incidents could not be made again")
                self.failed = f"{type(error).__name__}: {error}"
