"""What is done over the whole case: actors, echoes, origins, links, incidents.

In: a case with readings. Out: the same case with what follows from them.
Never: work that nothing made necessary: a stage is done again only if a page was added or read again, or its
own version (or that of a stage before it) changed.
"""

import time
from collections.abc import Callable
from dataclasses import dataclass

from rashomon import store
from rashomon.pipeline.progress import Progress
from rashomon.settings import Settings
from rashomon.store import Case


@dataclass(frozen=True, slots=True)
class CaseStage:
    """A stage over the whole case: it reads the case and replaces what it made before, in one transaction."""

    name: str
    version: str
    make: Callable[[Case, Settings], None]


STAGES: tuple[CaseStage, ...] = ()


def relate(case: Case, settings: Settings, seconds: dict[str, float], progress: Progress) -> None:
    """Do every stage whose input or version has changed, in their order; `seconds` gets what each took."""
    version = ""
    for stage in STAGES:
        # what a stage makes is the next one's input, so that a new version of one makes the later ones work again
        version = f"{version}{stage.name} {stage.version}; "
        with case.read() as connection:
            product = store.Product(stage.name, version, store.fingerprint_readings(connection))
            if store.load_product(connection, stage.name) == product:
                continue
        progress.begin(stage.name, None)
        started = time.perf_counter()
        stage.make(case, settings)
        with case.write() as connection:
            store.save_product(connection, product)
        seconds[stage.name] = time.perf_counter() - started
        progress.end()
