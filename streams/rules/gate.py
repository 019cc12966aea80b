"""Which partitions stand still for the sake of their rules, and which may go on.

The fold itself refuses what it must not fold. This says why for those who look on, and finds the
moment when another release has read up to where this one's rules begin.
"""

from collections.abc import Iterable, Sequence

from sqlalchemy import Connection, Engine

from alerts.fold.partition import Partition
from alerts.fold.record import Record
from alerts.rules.reach import reach
from alerts.rules.rulebook import Rulebook
from alerts.settings import Settings
from alerts.store import rule_changes
from alerts.store.database import reading
from alerts.store.sql import read_partition, read_partitions
from streams.kafka import log
from streams.kafka.topics import EventTopic, Span


class RulesGate:
    """The partitions that stand still are in `standing`: the worker adds those that a fold
    stopped, and takes out those that go on."""

    def __init__(
        self, settings: Settings, engine: Engine, topic: EventTopic, rulebook: Rulebook
    ) -> None:
        self.standing: set[int] = set()
        self._settings = settings
        self._engine = engine
        self._topic = topic
        self._rulebook = rulebook

    def reasons(self, numbers: Iterable[int], spans: Sequence[Span]) -> dict[int, str]:
        """Why partitions must not be folded on, by number. Where the partition itself does not
        tell, the next record of the log does.

        Raises faults of the database and of Kafka as they come.
        """
        found: dict[int, str] = {}
        with reading(self._engine) as connection:
            held = {partition.number: partition for partition in read_partitions(connection)}
            for number in numbers:
                partition = held.get(number) or read_partition(connection, number)
                if number in self.standing or not self._rulebook.knows(partition.rules):
                    why = self._why(connection, partition, spans[number].end)
                    if why is not None:
                        found[number] = why
        self.standing.update(found)
        return found

    def _why(self, connection: Connection, partition: Partition, end: int) -> str | None:
        stop = reach(
            partition.rules,
            self._next_record(partition, end),
            self._rulebook.knows,
            lambda event_id: rule_changes.is_held(connection, partition.number, event_id),
        ).stop
        return None if stop is None else stop.sentence

    def _next_record(self, partition: Partition, end: int) -> list[Record]:
        """The record at the watermark; none if the log ends there, or has it no more."""
        where = (self._topic.name, partition.number, partition.next_offset, end)
        try:
            return next(log.records(self._settings, *where, 1), [])
        except (log.LogExpiredError, log.LogEndsEarlyError):
            return []

    def opened(self) -> set[int]:
        """Those of `standing` that the database alone says may go on: they stand where known rules
        begin. Cheap enough to be asked every second. Raises faults of the database."""
        if not self.standing:
            return set()
        with reading(self._engine) as connection:
            change = rule_changes.newest(connection)
            held = read_partitions(connection)
            found = [partition for partition in held if partition.number in self.standing]
        return {
            partition.number
            for partition in found
            if rule_changes.stands_at(partition, change) is not None
            and rule_changes.why_stopped(partition, change, self._rulebook) is None
        }
