"""What fails again and again is logged once a minute, for a person who is woken by it.

Whoever tells it: a server that is away, in lines that bear its name as `server`, and the libraries
that speak to Kafka, who then know no more.
"""

import logging
import time
from collections.abc import Callable

EVERY = 60.0  # seconds between two lines about one server
# A server's own line is due before the next of a library, so that it is the one that is read.
_LIBRARIES_EVERY = 90.0
# librdkafka has no logger of its own: it is given this one.
LIBRDKAFKA = logging.getLogger("librdkafka")
LIBRDKAFKA.addHandler(logging.NullHandler())  # a command tells what failed in its own words
LIBRARIES = ("aiokafka", "faust", "kafka", "mode")


class OnceAMinute(logging.Filter):
    """Lets through one line a minute about each server, and the one that says it is back (`back`)
    if it was missed; of all libraries one line at a time, and none beside a server's."""

    def __init__(self, clock: Callable[[], float] = time.monotonic) -> None:
        super().__init__()
        self._clock = clock
        self._told: dict[str | None, float] = {}
        self._missed: set[str] = set()

    def filter(self, record: logging.LogRecord) -> bool:
        """Whether the line is written."""
        back, server = getattr(record, "back", None), getattr(record, "server", None)
        if back is not None:
            missed = back in self._missed
            self._missed.discard(back)
            return missed
        if server is None and (_is_ours(record) or record.levelno >= logging.CRITICAL):
            return True
        now = self._clock()
        last = self._told.get(server) if server else max(self._told.values(), default=None)
        if last is not None and now - last < (EVERY if server else _LIBRARIES_EVERY):
            return False
        self._told[server] = now  # None stands for the libraries
        self._missed.update({server} if server else ())
        return True


def _is_ours(record: logging.LogRecord) -> bool:
    return record.name.partition(".")[0] == "bokvar"
