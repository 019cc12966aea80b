"""What a consumer of `visit.tasks.v1` received, compared with the tasks that were to be sent.

At least once is promised: a repeat is counted, not a fault. A task's revisions are counted in the
bits of one number.
"""

from collections.abc import Iterable

import msgspec
from msgspec import Struct
from sqlalchemy import Connection, select

from alerts.contract.messages import VisitTask
from alerts.contract.topics import VISIT_TASKS
from alerts.proof.snapshot import sent_through
from alerts.proof.tally import Kind, Tally
from alerts.settings import Settings
from alerts.store import refused, schema
from alerts.store.refused import SENT
from streams.kafka import log, topics


class _Task(Struct):
    task_id: str
    revision: int


class _Message(Struct):
    data: _Task


_message = msgspec.json.Decoder(_Message)


class Deliveries:
    """Made before the database's snapshot is taken: what Kafka holds then must be in it."""

    def __init__(self, settings: Settings) -> None:
        self._settings = settings
        self._topic = topics.full_name(settings, VISIT_TASKS)
        self._before = self._spans()
        self._expected: dict[str, int] = {}
        self._unsent: dict[str, int] = {}
        self._partition: dict[str, int] = {}
        self.read = 0
        self.repeated = 0

    def expect(self, connection: Connection, number: int, tasks: Iterable[VisitTask]) -> None:
        """Every revision of the tasks of a partition is expected, but those not sent yet."""
        for task in tasks:
            self._expected[task.task_id] = (1 << task.revision + 1) - 2
            self._partition[task.task_id] = number
        table = schema.outbox
        rows = connection.execute(
            select(table.c.value).where(
                table.c.partition == number,
                table.c.topic == VISIT_TASKS,
                table.c.seq > sent_through(connection, number),
            )
        )
        self._expect_not(value for (value,) in rows)
        self._expect_not(
            one.row.value
            for one in refused.every(connection, closed=True)
            if one.partition == number and one.row.topic == VISIT_TASKS and one.state != SENT
        )

    def _expect_not(self, values: Iterable[bytes]) -> None:
        """These messages have not been sent, or never will be."""
        for value in values:
            out = _message.decode(value).data
            self._unsent[out.task_id] = self._unsent.get(out.task_id, 0) | 1 << out.revision

    def compare(self, tally: Tally) -> None:
        """Read the topic: what was sent and not received is lost, what nobody sent is doubled."""
        received: dict[str, int] = {}
        for number, (first, end) in enumerate(self._spans()):
            known_end = self._before[number][1]
            for found in log.messages(self._settings, self._topic, number, first, end):
                for message in found:
                    self._receive(message.value(), message.offset() < known_end, received, tally)
        for task_id, expected in self._expected.items():
            missing = expected & ~self._unsent.get(task_id, 0) & ~received.get(task_id, 0)
            for revision in _bits(missing):
                name = f"{task_id}:{revision}"
                tally.add(Kind.LOST, "delivery", self._partition[task_id], name)

    def _receive(
        self, value: bytes, must_be_known: bool, received: dict[str, int], tally: Tally
    ) -> None:
        task = _message.decode(value).data
        bit, had = 1 << task.revision, received.get(task.task_id, 0)
        self.read += 1
        if had & bit:
            self.repeated += 1
        elif must_be_known and not self._expected.get(task.task_id, 0) & bit:
            name = f"{task.task_id}:{task.revision}"
            tally.add(Kind.DOUBLED, "delivery", self._partition.get(task.task_id, -1), name)
        received[task.task_id] = had | bit

    def _spans(self) -> list[tuple[int, int]]:
        count = topics.event_topic(self._settings).partitions
        return [log.span(self._settings, self._topic, number) for number in range(count)]


def _bits(mask: int) -> list[int]:
    return [place for place in range(mask.bit_length()) if mask >> place & 1]
