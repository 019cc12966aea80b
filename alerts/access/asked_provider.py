"""Asking the login provider: one at a time about itself, and not again at once when it was silent.

Each who asked a silent provider would wait as long as the first, in a thread that others need.
"""

import threading
import time
from collections.abc import Callable
from typing import TypeVar

from alerts.access.discovery import Known, ProviderAway, discover

AWAY = 10.0  # seconds for which a provider that was silent is not asked
_SLOW = 1.0  # seconds: what fails sooner may as well be asked again
_PATIENCE = 2.0  # seconds that another waits for what the first is told
T = TypeVar("T")


class AskedProvider:
    """What is known of a provider, and whether it answers; for any number of threads."""

    def __init__(self, issuer: str, now: Callable[[], float] = time.monotonic) -> None:
        self._issuer, self._now = issuer, now
        self._known: Known | None = None
        self._silent_until = float("-inf")
        self._lock = threading.Lock()

    def known(self, *, again: bool = False) -> Known:
        """What it says of itself, asked when it is first needed, or `again`. `ProviderAway`."""
        before = self._known
        if before is not None and not again:
            return before
        if not self._lock.acquire(timeout=_PATIENCE):
            raise ProviderAway("the login provider is being asked and has not answered yet")
        try:
            if self._known is None or self._known is before:
                self._known = self.ask(lambda: discover(self._issuer))
            return self._known
        finally:
            self._lock.release()

    def ask(self, work: Callable[[], T]) -> T:
        """What `work` is told by the provider. `ProviderAway`, without asking, for some seconds
        after it was silent."""
        began = self._now()
        if began < self._silent_until:
            raise ProviderAway("the login provider did not answer a moment ago")
        try:
            return work()
        except ProviderAway:
            ended = self._now()
            if ended - began >= _SLOW:
                self._silent_until = ended + AWAY
            raise
