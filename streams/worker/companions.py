"""Relay, scheduler and checkpoints as threads beside a worker, for one machine."""

import logging
import threading
from types import TracebackType
from typing import Self

from sqlalchemy import Engine

from alerts.settings import Settings
from streams.checkpoint_schedule import CheckpointSchedule
from streams.ending import CRASHED, PATIENCE, leave
from streams.quiet.logs import trail
from streams.relay import Relay
from streams.scheduler import Scheduler
from streams.service import Service
from streams.troubles import Troubles

log = logging.getLogger("bokvar.worker")


class Companions:
    """Runs services while the block lasts. Where one ends before, the process ends at once, to be
    started again whole: nobody is to take a worker without a relay for a system that works."""

    def __init__(self, **services: Service) -> None:
        self._stop = threading.Event()
        self._threads = [
            threading.Thread(target=self._run, args=(name, service), name=name, daemon=True)
            for name, service in services.items()
        ]

    def _run(self, name: str, service: Service) -> None:
        error: BaseException | None = None
        try:
            service.run(self._stop)
        except BaseException as raised:
            error = raised
        if error is not None or not self._stop.is_set():
            why = "it was not asked to" if error is None else trail(error)
            log.critical("the %s has ended, and the whole process with it: %s", name, why)
            leave(CRASHED)

    def stop(self) -> None:
        """Ask all of them to end."""
        self._stop.set()

    def __enter__(self) -> Self:
        for thread in self._threads:
            thread.start()
        return self

    def __exit__(
        self,
        kind: type[BaseException] | None,
        error: BaseException | None,
        trace: TracebackType | None,
    ) -> None:
        self.stop()
        for thread in self._threads:
            thread.join(PATIENCE)


def companions(settings: Settings, engine: Engine, troubles: Troubles) -> Companions:
    """What `worker --all` runs beside the worker."""
    services: dict[str, Service] = {
        "relay": Relay(settings, engine, troubles=troubles),
        "scheduler": Scheduler(settings, engine, troubles=troubles),
    }
    if settings.checkpoint_hours:
        services["checkpoints"] = CheckpointSchedule(settings, engine)
    return Companions(**services)
