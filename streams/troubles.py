"""The servers that do not answer a process: since when, whom, and what there is to do.

One judgement for the log, `/ready`, the metrics and the heartbeats.
"""

import logging
import threading
import time
from collections.abc import Callable
from typing import NamedTuple

from sqlalchemy.exc import DBAPIError

from alerts.settings import Settings
from alerts.store import database

KAFKA, DATABASE = "Kafka", "the database"
_TO_DO = {
    KAFKA: "see that the broker runs and can be reached (BOKVAR_KAFKA)",
    DATABASE: "see that it runs, takes connections and has room (BOKVAR_DATABASE)",
}

log = logging.getLogger("bokvar.servers")


class Trouble(NamedTuple):
    """A server that a part of the process could not use, since when (monotonic seconds), and why;
    `said` in a sentence of the part's own, where the server did answer."""

    server: str
    since: float
    why: str
    said: str | None = None


class Troubles:
    """What each part of this process is kept from working by. Safe to use from any thread."""

    def __init__(self, settings: Settings, clock: Callable[[], float] = time.monotonic) -> None:
        self._names = {KAFKA: f"Kafka at {settings.kafka}", DATABASE: DATABASE}
        self._clock = clock
        self._of: dict[str, Trouble] = {}
        self._lock = threading.Lock()

    def failed(self, part: str, error: BaseException, *, said: str | None = None) -> None:
        """`part` could not use the database or Kafka, as `error` tells, or `said`."""
        self.away(part, DATABASE if database.is_passing(error) else KAFKA, cause(error), said)

    def away(self, part: str, server: str, why: str, said: str | None = None) -> None:
        """`part` could not use `server`. Told in the log, which keeps it to a line a minute."""
        with self._lock:
            known = self._of.get(part)
            same = known is not None and known.server == server
            since = known.since if known is not None and same else self._clock()
            self._of[part] = Trouble(server, since, why, said)
        log.warning("%s", self._sentence(server), extra={"server": server})

    def over(self, part: str) -> None:
        """`part` works again, or works."""
        with self._lock:
            known = self._of.pop(part, None)
            others = {trouble.server for trouble in self._of.values()}
        if known is not None and known.server not in others:
            text = "%s answers again, after %.0f s"
            lasted = self._clock() - known.since
            log.warning(text, self._names[known.server], lasted, extra={"back": known.server})

    def of(self, server: str) -> list[Trouble]:
        """Those with one server, the oldest first."""
        with self._lock:
            return sorted((t for t in self._of.values() if t.server == server), key=_since)

    def sentence(self) -> str:
        """The same as `sentences`, in one line."""
        return "; ".join(self.sentences())

    def sentences(self) -> list[str]:
        """What is wrong now and what to do, a sentence for each server; empty when all is well."""
        return [self._sentence(server) for server in (KAFKA, DATABASE) if self.of(server)]

    def _sentence(self, server: str) -> str:
        found = self.of(server)
        if not found:  # another thread has just heard that it is back
            return f"{self._names[server]} answers again"
        said = next((trouble.said for trouble in found if trouble.said), None)
        if said is not None:
            return said
        lasted = self._clock() - found[0].since
        does_not = "does not answer" if lasted < 1 else f"has not answered for {lasted:.0f} s"
        return (
            f"{self._names[server]} {does_not} ({found[-1].why}): {_TO_DO[server]}; nothing is "
            "lost, and work goes on by itself once it answers"
        )


def _since(trouble: Trouble) -> float:
    return trouble.since


def cause(error: BaseException) -> str:
    """The name of a fault, without its text, which may hold personal data."""
    origin = error.orig if isinstance(error, DBAPIError) and error.orig else error
    return str(getattr(origin, "sqlite_errorname", "") or type(origin).__name__)
