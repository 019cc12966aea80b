"""Runs a part of Bokvar as a process of its own, until it is asked to stop."""

import signal
import threading
from concurrent.futures import Future
from types import FrameType

from streams.ending import end_in_time
from streams.quiet.logs import begin
from streams.service import Service


def run_service(service: Service) -> None:
    """Run until SIGTERM or SIGINT, and end soon after; what the service raises is raised.
    What it warns of goes to standard error (streams.quiet)."""
    begin()
    stop = threading.Event()

    def end(number: int, frame: FrameType | None) -> None:
        if not stop.is_set():
            stop.set()
            end_in_time()

    for number in (signal.SIGTERM, signal.SIGINT):
        signal.signal(number, end)
    # On another thread: this one is to hear signals while a server keeps the service waiting.
    ended: Future[None] = Future()
    threading.Thread(target=_run, args=(service, stop, ended), daemon=True).start()
    ended.result()


def _run(service: Service, stop: threading.Event, ended: Future[None]) -> None:
    try:
        service.run(stop)
    except BaseException as error:
        ended.set_exception(error)
    else:
        ended.set_result(None)
