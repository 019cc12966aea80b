"""A process that serves the worklist ends soon when it is asked to, and never outlives its
parent."""

import multiprocessing
import os
import signal
import threading
from types import FrameType

from streams.ending import end_in_time

_ASKED = (signal.SIGTERM, signal.SIGINT)


def end_when_asked() -> None:
    """To be called once the server listens to signals. From then on a request that waits for Kafka
    or the database holds up no end; and one of several processes ends when their parent is gone,
    for it would go on with the port."""
    if threading.current_thread() is threading.main_thread():
        for number in _ASKED:
            _listen(number)
    parent = multiprocessing.parent_process()
    if parent is not None:
        threading.Thread(target=_end_after, args=(parent,), daemon=True).start()


def _listen(number: int) -> None:
    before = signal.getsignal(number)
    asked = threading.Event()

    def end(number: int, frame: FrameType | None) -> None:
        if not asked.is_set():
            asked.set()
            end_in_time()
        if callable(before):
            before(number, frame)

    signal.signal(number, end)


def _end_after(parent: "multiprocessing.process.BaseProcess") -> None:
    parent.join()
    os.kill(os.getpid(), signal.SIGTERM)
