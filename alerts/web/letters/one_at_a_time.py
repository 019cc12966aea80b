"""One letter at a time is made in a process: no other page waits for more than one of them."""

from collections.abc import Iterator
from contextlib import contextmanager
from threading import Lock

SECONDS = 5.0  # to wait for the letter before; an ordinary one takes less than one
_TURN = Lock()


class Busy(Exception):
    """Another letter takes longer than anybody should wait."""


@contextmanager
def one_at_a_time(seconds: float = SECONDS) -> Iterator[None]:
    """Wait for one's turn; `Busy` if it does not come."""
    if not _TURN.acquire(timeout=seconds):
        raise Busy
    try:
        yield
    finally:
        _TURN.release()
