"""What Kafka refuses is put aside, so that it holds up nothing that comes after it.

A message is known to be refused for its own sake when Kafka refuses it alone, for of a batch any
may be meant. A refusal of a whole topic puts aside all of that topic for a while.
"""

import logging
from collections.abc import Callable, Sequence
from typing import NamedTuple

from sqlalchemy import Engine

from alerts.store import refused
from alerts.store.database import reading
from alerts.store.outbox import Row, Slice
from alerts.store.refused import Refused
from streams.kafka.delivery import Sent, Whose

RETRY = 60.0  # seconds between tries of what stands aside
LOOK = 1.0  # seconds between looks whether something is to be tried
AT_ONCE = 500  # messages that are tried again together, each by itself

log = logging.getLogger("bokvar.relay")


def refused_sentence(count: int) -> str:
    """What a person is told while messages stand aside."""
    return f"Kafka does not take {count:,} messages: see `bokvar refused list`."


class Sending(NamedTuple):
    """Of a slice the rows that are sent now; with all of them sent, all up to `upto` is done."""

    found: Slice
    rows: Sequence[Row]
    upto: int


class Settled(NamedTuple):
    """All up to `upto` is sent or among those that are put aside."""

    upto: int
    aside: list[Refused]


class Refusals:
    """Decides what is sent, put aside and tried again; `clock` gives epoch seconds."""

    def __init__(self, engine: Engine, clock: Callable[[], float]) -> None:
        self._engine = engine
        self._clock = clock
        self._alone: set[int] = set()  # partitions whose next row is sent by itself
        self._closed: dict[str, float] = {}  # topics that Kafka refuses, each until it is tried
        self._next_look = 0.0

    @property
    def waiting(self) -> bool:
        """Whether a partition has a row that is sent by itself, for something was refused there."""
        return bool(self._alone)

    def to_send(self, found: Slice) -> Sending:
        """What of a slice is sent now."""
        rows = [row for row in found.rows if not self._is_closed(row.topic)]
        if found.partition in self._alone and rows:
            return Sending(found, rows[:1], rows[0].seq)
        return Sending(found, rows, found.rows[-1].seq)

    def settle(self, sending: Sending, outcome: Sent) -> Settled:
        """What became of it, as Kafka says."""
        (number, _, every), rows, upto = sending
        stuck = rows[outcome.arrived] if outcome.arrived < len(rows) else None
        own = False
        self._alone.discard(number)
        if stuck is not None:
            own = self._is_own(stuck, len(rows), outcome)
            upto = stuck.seq if own else stuck.seq - 1
            if not own:
                self._alone.add(number)
        sent_now = {row.seq for row in rows[: outcome.arrived]}
        aside = [row for row in every if row.seq <= upto and row.seq not in sent_now]
        return Settled(upto, [self._refused(number, row, outcome.refusal) for row in aside])

    def _is_own(self, row: Row, rows: int, outcome: Sent) -> bool:
        """Will Kafka say so again of this row, whatever is sent with it?"""
        if outcome.whose is Whose.TOPIC:
            self._closed[row.topic] = self._clock() + RETRY
            return True
        return outcome.whose is Whose.MESSAGE and rows == 1

    def _is_closed(self, topic: str) -> bool:
        return bool(self._closed) and self._clock() < self._closed.get(topic, 0.0)

    def _refused(self, number: int, row: Row, why: str | None) -> Refused:
        return Refused(number, row, self._clock(), why or f"Kafka takes nothing for {row.topic}")

    def due(self) -> list[Refused]:
        """What is tried again now."""
        now = self._clock()
        if now < self._next_look:
            return []
        self._next_look = now + LOOK
        with reading(self._engine) as connection:
            return refused.due(connection, now - RETRY, AT_ONCE)

    def tried(self, again: Sequence[Refused], outcomes: Sequence[Sent]) -> int:
        """Note what became of what was tried again; how many Kafka took."""
        found: list[tuple[Refused, str | None]] = []
        for one, outcome in zip(again, outcomes, strict=True):
            if outcome.arrived:
                self._closed.pop(one.row.topic, None)
                found.append((one, None))
            elif outcome.refusal is not None:
                found.append((one, outcome.refusal))
        with self._engine.begin() as connection:
            refused.note_tried(connection, found, self._clock())
        taken = sum(why is None for _, why in found)
        if taken:
            self._next_look = 0.0
            log.info("Kafka took %d messages that it had refused before", taken)
        return taken
