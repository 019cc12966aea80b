"""What takes a look at every task of a town, asked once in a while for all who ask the same."""

import threading
from collections.abc import Callable, Hashable
from typing import Generic, TypeVar

from sqlalchemy import Connection

K = TypeVar("K", bound=Hashable)
V = TypeVar("V")
_MOST = 1_000  # keys; all are forgotten when there are more


class Remembered(Generic[K, V]):
    """What `read` says of a key, at most so many seconds old by the clock `now`."""

    def __init__(
        self, read: Callable[[Connection, K], V], seconds: float, now: Callable[[], float]
    ) -> None:
        self._read, self._seconds, self._now = read, seconds, now
        self._known: dict[K, tuple[float, V]] = {}
        self._lock = threading.Lock()

    def __call__(self, connection: Connection, key: K) -> V:
        """What was read, now or a little while ago."""
        now = self._now()
        with self._lock:
            known = self._known.get(key)
        if known is not None and now - known[0] < self._seconds:
            return known[1]
        found = self._read(connection, key)
        with self._lock:
            if len(self._known) >= _MOST:
                self._known.clear()
            self._known[key] = now, found
        return found
