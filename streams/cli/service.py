"""Runs a part that works in the background of Bokvar until it is asked to stop."""

import logging
import signal
import threading
from types import FrameType
from typing import Protocol


class Service(Protocol):
    """Works until `stop` is set, and leaves nothing half done."""

    def run(self, stop: threading.Event) -> None:
        """Work until `stop` is set."""


def run_service(service: Service) -> None:
    """Run until SIGTERM or SIGINT; what it warns of goes to standard error."""
    logging.basicConfig(format="%(asctime)s %(levelname)s %(name)s: %(message)s")
    stop = threading.Event()

    def end(number: int, frame: FrameType | None) -> None:
        stop.set()

    for number in (signal.SIGTERM, signal.SIGINT):
        signal.signal(number, end)
    service.run(stop)
