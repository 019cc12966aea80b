"""Relay, scheduler and checkpoints as threads beside a worker, for one machine."""

import threading
import time
from types import TracebackType
from typing import Protocol, Self

from sqlalchemy import Engine

from alerts.settings import Settings
from streams.checkpoint_schedule import CheckpointSchedule
from streams.relay import Relay
from streams.scheduler import Scheduler


class Service(Protocol):
    """Works until `stop` is set."""

    def run(self, stop: threading.Event) -> None: ...


class Companions:
    """Runs relay, scheduler and the schedule of checkpoints while the block lasts, if `run`."""

    def __init__(self, settings: Settings, engine: Engine, *, run: bool) -> None:
        self._stop = threading.Event()
        self._threads: list[threading.Thread] = []
        if run:
            parts: tuple[Service, ...] = (
                Relay(settings, engine),
                Scheduler(settings, engine),
                CheckpointSchedule(settings, engine),
            )
            for part in parts:
                thread = threading.Thread(target=part.run, args=(self._stop,), daemon=True)
                self._threads.append(thread)

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
        self._stop.set()
        deadline = time.monotonic() + 20
        for thread in self._threads:
            thread.join(max(0.0, deadline - time.monotonic()))
