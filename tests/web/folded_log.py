"""The event log over the real store: what is told is folded at once, as a worker would.

For tests of pages: the database is a real one, and the browser tests have the real log.
"""

import time
from collections.abc import Iterable

import msgspec
from sqlalchemy import Engine, insert

from alerts.commands.event_log import Position
from alerts.contract.topics import EVENTS
from alerts.fold.partition import Partition
from alerts.fold.record import Record
from alerts.store import schema
from alerts.store.frames import Frame, Verdict
from alerts.store.sql import SqlStore, read_partition
from models.contract.events import Event
from streams.kafka.decode import decode
from tests.memory import AnyRules, records


class FoldedLog:
    """A log of one partition, which begins here unless it is not `new`. With `folds` off, what is
    told waits for `fold`."""

    def __init__(self, engine: Engine, *, new: bool = True) -> None:
        self.engine = engine
        self.folds = True
        self._store = SqlStore(engine, lambda _: 0, time.time, AnyRules())
        self._waiting: list[Event] = []
        if not new:
            return
        with engine.begin() as connection:
            topic = {"name": EVENTS, "topic_id": "tests", "partitions": 1}
            connection.execute(insert(schema.topic), topic)
            row = {"number": 0, "next_offset": 0, "state": _packed()}
            connection.execute(insert(schema.partitions), row)

    def tell(self, event: Event, partition: int | None = None) -> Position:
        """Append an event."""
        self._waiting.append(event)
        offset = self._next() + len(self._waiting) - 1
        if self.folds:
            self.fold()
        return Position(0, offset)

    @property
    def end(self) -> int:
        """How many events there are."""
        return self._next() + len(self._waiting)

    def wait(self, position: Position, seconds: float) -> bool:
        """Whether it is folded; nothing happens while one waits."""
        return self._next() > position.offset

    def fold(self) -> None:
        """Fold all that waits."""
        self.take(self._waiting)
        self._waiting = []

    def take(self, events: Iterable[Event], at_once: int = 5_000) -> None:
        """Fold events, and what they give rise to in the log itself stays in the outbox."""
        held = list(events)
        for at in range(0, len(held), at_once):
            start = self._next()
            self._take(start, records(held[at : at + at_once], start))

    def take_raw(self, key: str, value: bytes) -> int:
        """Fold bytes as they came, which may be no event: their offset."""
        start = self._next()
        self._take(start, [decode(start, key.encode(), value)])
        return start

    def _take(self, start: int, found: list[Record]) -> None:
        folded = self._store.fold(Frame(0, start, start + len(found), found))
        assert folded.verdict is Verdict.COMMITTED, folded.stop
        assert not folded.failed, folded.failed

    def _next(self) -> int:
        with self.engine.connect() as connection:
            return read_partition(connection, 0).next_offset


def _packed() -> bytes:
    return msgspec.msgpack.encode(Partition(0))
