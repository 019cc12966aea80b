"""How many requests one browser may make in a while. Kept by each process for itself."""

import threading
from collections import OrderedDict
from collections.abc import Callable
from enum import Enum

_MOST = 10_000  # browsers remembered; the one that was quiet the longest is forgotten


class Taken(Enum):
    """What came of taking one from a bucket."""

    ALLOWED = "allowed"
    REFUSED = "refused"
    REFUSED_FIRST = "refused_first"  # for the first time since the bucket was full


class Limit:
    """A bucket for each key, that fills up by `per_second` to `at_once`."""

    def __init__(self, per_second: float, at_once: float, now: Callable[[], float]) -> None:
        self._rate, self._most, self._now = per_second, at_once, now
        self._buckets: OrderedDict[str, tuple[float, float, bool]] = OrderedDict()
        self._lock = threading.Lock()

    def allows(self, key: str) -> bool:
        """Take one from the key's bucket; False if it is empty."""
        return self.take(key) is Taken.ALLOWED

    def take(self, key: str) -> Taken:
        """The same, and whether a refusal is news."""
        now = self._now()
        with self._lock:
            left, at, refused = self._buckets.pop(key, (self._most, now, False))
            left = min(self._most, left + (now - at) * self._rate)
            refused = refused and left < self._most
            allowed = left >= 1
            self._buckets[key] = (left - allowed, now, refused or not allowed)
            if len(self._buckets) > _MOST:
                self._buckets.popitem(last=False)
        if allowed:
            return Taken.ALLOWED
        return Taken.REFUSED if refused else Taken.REFUSED_FIRST
