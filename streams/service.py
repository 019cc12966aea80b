"""A part that works in the background of Bokvar until it is asked to stop."""

import threading
from concurrent.futures import ThreadPoolExecutor
from typing import Protocol


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
