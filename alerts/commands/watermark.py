"""Waiting until the database has folded a position of the log."""

import time
from typing import Protocol

from sqlalchemy import Engine

from alerts.commands.event_log import Position
from alerts.store.database import reading
from alerts.store.sql import read_partition

FIRST_STEP, LONGEST_STEP = 0.02, 0.5  # seconds between looks; a frame takes a tenth of a second
_GROWTH = 1.5


class Clock(Protocol):
    """Time that passes, in seconds from any moment on."""

    def now(self) -> float:
        """The seconds so far."""
        ...

    def sleep(self, seconds: float) -> None:
        """Let `seconds` pass."""
        ...


class SystemClock:
    """The clock of the machine, which nobody can put back."""

    def now(self) -> float:
        """The seconds so far."""
        return time.monotonic()

    def sleep(self, seconds: float) -> None:
        """Let `seconds` pass."""
        time.sleep(seconds)


def wait_folded(engine: Engine, position: Position, seconds: float, clock: Clock) -> bool:
    """Is the watermark of the position's partition past it within `seconds`? Looks at least once.

    Raises `UnknownPartition` and faults of the database.
    """
    step, until = FIRST_STEP, clock.now() + seconds
    while not _folded(engine, position):
        left = until - clock.now()
        if left <= 0:
            return False
        clock.sleep(min(step, left))
        step = min(_GROWTH * step, LONGEST_STEP)
    return True


def _folded(engine: Engine, position: Position) -> bool:
    with reading(engine) as connection:
        return read_partition(connection, position.partition).next_offset > position.offset
