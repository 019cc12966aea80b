"""The port through which people's acts reach the log, and show themselves in the database.

An act is an event like any other: told to the log first, then folded by a worker. Whoever tells it
waits for its position, so that the next page shows what was just done.
"""

from typing import NamedTuple, Protocol

from models.contract.events import Event


class Position(NamedTuple):
    """A place in the log: the partition and the offset in it, both from 0."""

    partition: int
    offset: int


class NotTold(Exception):
    """The log has not acknowledged the event; the text says why and how to go on.

    It may be in the log all the same. Telling the event again, under the same id, has no second
    effect.
    """


class Misplaced(ValueError):
    """The caller is at fault: the event belongs to no partition, or to another than was given."""


class EventLog(Protocol):
    """The event log. May be called from any thread; every call blocks."""

    def tell(self, event: Event, partition: int | None = None) -> Position:
        """Append `event`; its position, once all in-sync copies have it.

        An event about a lease goes to the lease's home, and `partition` is not given. One that
        belongs to a single partition goes to `partition`. Raises `NotTold`, `Misplaced`, and
        `SetupError` if the database belongs to another log.
        """
        ...

    def wait(self, position: Position, seconds: float) -> bool:
        """Has the database folded `position`, within `seconds`? False says only "not yet": the
        event is in the log and will be folded. Raises `UnknownPartition` and faults of the
        database as they come.
        """
        ...
