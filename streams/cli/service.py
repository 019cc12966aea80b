"""Runs a part that works in the background of Bokvar until it is asked to stop."""

import signal
import threading
from concurrent.futures import ThreadPoolExecutor
from types import FrameType
from typing import Protocol

from streams.quiet.logs import begin


class Service(Protocol):
    """Works until `stop` is set, and leaves nothing half done."""

    def run(self, stop: threading.Event) -> None:
        """Work until `stop` is set."""


class Together:
    """Runs services side by side. What one raises ends them all, and is raised."""

    def __init__(self, *services: Service) -> None:
        self._services = services

    def run(self, stop: threading.Event) -> None:
        """Work until `stop` is set."""
        with ThreadPoolExecutor(len(self._services)) as threads:
            done = [threads.submit(self._run, service, stop) for service in self._services]
        for one in done:
            one.result()

    @staticmethod
    def _run(service: Service, stop: threading.Event) -> None:
        try:
            service.run(stop)
        except BaseException:
            stop.set()
            raise


def run_service(service: Service) -> None:
    """Run until SIGTERM or SIGINT; what it warns of goes to standard error (streams.quiet)."""
    begin()
    stop = threading.Event()

    def end(number: int, frame: FrameType | None) -> None:
        stop.set()

    for number in (signal.SIGTERM, signal.SIGINT):
        signal.signal(number, end)
    service.run(stop)
