"""Runs a worker's app in this process until it is asked to stop."""

import signal
from collections.abc import Callable

import faust

from streams.ending import end_in_time


class Running(faust.Worker):
    """Faust's worker, which ends in time whatever it waits for, and leaves the log as it is."""

    def __init__(self, app: faust.App, asked_to_stop: Callable[[], None]) -> None:
        super().__init__(app, quiet=True, redirect_stdouts=False, override_logging=False)
        self.spinner = None
        self._asked_to_stop = asked_to_stop

    def _schedule_shutdown(self, signal: signal.Signals) -> None:
        if not self._signal_stop_time:
            end_in_time()
            self._asked_to_stop()
        super()._schedule_shutdown(signal)
