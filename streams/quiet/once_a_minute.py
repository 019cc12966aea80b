"""What fails again and again is logged once a minute, for a person who is woken by it.

Whoever tells it: a server that is away, in lines that bear its name as `server`, and the libraries,
of which those that speak to Kafka then know no more.
"""

import logging
import time
from collections.abc import Callable
from math import inf

EVERY = 60.0  # seconds between two lines about one server
# A server's own line is due before the next of a client, so that it is the one that is read.
_CLIENTS_EVERY = 90.0
OWN = "bokvar"  # the loggers whose sentences are ours
_REMEMBERED = 1_000  # different lines; a finished text may differ each time
# librdkafka has no logger of its own: it is given this one.
LIBRDKAFKA = logging.getLogger("librdkafka")
LIBRDKAFKA.addHandler(logging.NullHandler())  # a command tells what failed in its own words
CLIENTS = ("aiokafka", "kafka", "librdkafka")
LIBRARIES = ("faust", "mode", *CLIENTS)


class OnceAMinute(logging.Filter):
    """Lets through one line a minute about each server, and the one that says it is back (`back`)
    if it was missed; of all of Kafka's clients one line at a time, and none beside a server's; of
    Faust each of its lines once a minute."""

    def __init__(self, clock: Callable[[], float] = time.monotonic) -> None:
        super().__init__()
        self._clock = clock
        self._told: dict[str, float] = {}  # when, by server or by the line of Faust
        self._clients = -inf
        self._missed: set[str] = set()

    def filter(self, record: logging.LogRecord) -> bool:
        """Whether the line is written."""
        back, server = getattr(record, "back", None), getattr(record, "server", None)
        if back is not None:
            missed = back in self._missed
            self._missed.discard(back)
            return missed
        library = record.name.partition(".")[0]
        if server is None and (library == OWN or record.levelno >= logging.CRITICAL):
            return True
        now = self._clock()
        if server is None and library in CLIENTS:
            return self._client_may(now)
        what = server or f"{record.name} {record.msg}"
        if now - self._told.get(what, now - EVERY) < EVERY:
            return False
        if len(self._told) > _REMEMBERED:
            self._told.clear()
        self._told[what] = now
        if server is not None:
            self._missed.add(server)
            self._clients = now
        return True

    def _client_may(self, now: float) -> bool:
        if now - self._clients < _CLIENTS_EVERY:
            return False
        self._clients = now
        return True
