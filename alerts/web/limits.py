"""How many requests one browser may make in a while. Kept by each process for itself."""

import threading
from collections import OrderedDict
from collections.abc import Callable

PER_SECOND, AT_ONCE = 10.0, 100.0  # of one session
LOGINS_PER_SECOND, LOGINS_AT_ONCE = 0.5, 20.0  # of one address
_MOST = 10_000  # browsers remembered; the one that was quiet the longest is forgotten


class Limit:
    """A bucket for each key, that fills up by `per_second` to `at_once`."""

    def __init__(self, per_second: float, at_once: float, now: Callable[[], float]) -> None:
        self._rate, self._most, self._now = per_second, at_once, now
        self._buckets: OrderedDict[str, tuple[float, float]] = OrderedDict()
        self._lock = threading.Lock()

    def allows(self, key: str) -> bool:
        """Take one from the key's bucket; False if it is empty."""
        now = self._now()
        with self._lock:
            left, at = self._buckets.pop(key, (self._most, now))
            left = min(self._most, left + (now - at) * self._rate)
            allowed = left >= 1
            self._buckets[key] = (left - allowed, now)
            if len(self._buckets) > _MOST:
                self._buckets.popitem(last=False)
        return allowed
