"""Screens that take long to count, kept as long as what they are counted from.

In: a screen's name and parameters, the state of the case. Out: the screen as it was loaded before.
Never: a screen of an earlier state of the case, nor more than MOST of them.
"""

import threading
from collections import OrderedDict
from collections.abc import Callable
from typing import Any

from msgspec import Struct
from sqlalchemy import Connection, func, select

from rashomon.store.schema import judgements, products

MOST = 200

Key = tuple[str, Any]


class Memory:
    """The screens last used. Who asks for one that another is loading waits for that one."""

    def __init__(self) -> None:
        self._held: OrderedDict[Key, Struct] = OrderedDict()
        self._loading: dict[tuple[object, Key], threading.Event] = {}
        self._state: object = None
        self._lock = threading.Lock()

    def recall(self, connection: Connection, key: Key, load: Callable[[], Struct]) -> Struct:
        """The screen under `key`, loaded now if it is not known for the state that the connection sees."""
        state = read_state(connection)
        with self._lock:
            if state != self._state:
                self._held.clear()
                self._state = state
            elif key in self._held:
                self._held.move_to_end(key)
                return self._held[key]
            others = self._loading.get((state, key))
            mine = self._loading.setdefault((state, key), threading.Event())
        if others is not None:
            others.wait()
            with self._lock:
                if state == self._state and key in self._held:
                    return self._held[key]
            return load()
        try:
            screen = load()
            self._keep(state, key, screen)
        finally:
            with self._lock:
                del self._loading[state, key]
            mine.set()
        return screen

    def _keep(self, state: object, key: Key, screen: Struct) -> None:
        with self._lock:
            # another thread may have seen a later state meanwhile
            if state == self._state:
                self._held[key] = screen
                if len(self._held) > MOST:
                    self._held.popitem(last=False)


def read_state(connection: Connection) -> tuple[object, ...]:
    """What changes whenever the overview does: when it and its inputs were made, and the last judgement."""
    made = select(products.c.stage, products.c.made_at, products.c.made_from).order_by(products.c.stage)
    last = connection.execute(select(func.max(judgements.c.id))).scalar()
    return (last, *(tuple(row) for row in connection.execute(made)))
