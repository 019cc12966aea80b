"""Wait for a condition with a bound, never for a time."""

import threading
import time
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from typing import TypeVar

T = TypeVar("T")
_EVERY_SECONDS = 0.02


def wait_until(condition: Callable[[], T | None], timeout: float, what: str) -> T:
    """Poll `condition` until its answer is true, and return that answer.

    Raises AssertionError, naming `what` was awaited, after `timeout` seconds.
    """
    pause = threading.Event()
    deadline = time.monotonic() + timeout
    while not (answer := condition()):
        if time.monotonic() > deadline:
            raise AssertionError(f"after {timeout:g} s still waiting until {what}")
        pause.wait(_EVERY_SECONDS)
    return answer


@contextmanager
def meanwhile(step: Callable[[], object], every: float) -> Iterator[None]:
    """Take `step` again and again, `every` so many seconds, in a thread while the block lasts."""
    ended = threading.Event()

    def go_on() -> None:
        while not ended.wait(every):
            step()

    thread = threading.Thread(target=go_on)
    thread.start()
    try:
        yield
    finally:
        ended.set()
        thread.join(60)
