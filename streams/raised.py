"""Takes an event topic on that was given more partitions: reads what was written before with the
homes it was written for, sends what that says, and moves the leases to their new homes."""

import time
from collections.abc import Sequence
from datetime import date
from functools import partial
from itertools import takewhile

from kafka import TopicPartition
from sqlalchemy import Engine

from alerts.contract.topics import EVENTS
from alerts.fold.faults import PartitionStops
from alerts.fold.partition import Partition
from alerts.fold.record import Record
from alerts.settings import Settings
from alerts.store import outbox
from alerts.store.database import reading
from alerts.store.frames import Frame
from alerts.store.rehoming import rehome
from alerts.store.sql import SqlStore, read_partition
from alerts.store.worker_lock import SingleWriter
from streams.kafka import log, topics
from streams.kafka.clients import admin
from streams.kafka.partitioning import home, homes, partition_of
from streams.kafka.sender import NotTaken
from streams.relay import Relay


def is_raised(tied: tuple[str, int], topic: topics.EventTopic) -> bool:
    """Has the topic that the database belongs to (id and partitions) been given more?"""
    topic_id, partitions = tied
    return topic_id == topic.topic_id and topic.partitions > partitions


def take_on(settings: Settings, engine: Engine, topic: topics.EventTopic, before: int) -> int:
    """Read what the `before` partitions held when there were no others, and move the leases; how
    many moved. Safe to break off, and to do again.

    Raises `DatabaseError` while a worker holds an SQLite database, `SetupError` if something is in
    the way, `NotTaken`, `PartitionStops` and those of the log.
    """
    with SingleWriter(settings.database):
        old = _Old(settings, engine, topic, before)
        for number, end in old.ends().items():
            old.read(number, end)
        last = old.newest_day()
        for number in range(before):
            old.read_through_day(number, last)
        _send_all(settings, engine)
        find = partial(homes, partitions=topic.partitions)
        with engine.begin() as connection:
            return rehome(connection, EVENTS, topic.topic_id, before, topic.partitions, find)


class _Old:
    """The partitions that there were. Their leases are at home by the old count still."""

    def __init__(
        self, settings: Settings, engine: Engine, topic: topics.EventTopic, before: int
    ) -> None:
        self._settings, self._engine, self._topic = settings, engine, topic
        self._before = before
        find = partial(home, partitions=before)
        self._store = SqlStore(engine, find, time.time, partitions=before)
        self._spans = topics.spans(settings, topic)

    def ends(self) -> dict[int, int]:
        """Up to where each was written before the first record of a new one; all of it if the new
        ones are empty. What a lease's old home got later is sent on to the new one."""
        began = [
            found[0].timestamp()[1]
            for number in range(self._before, self._topic.partitions)
            for found in log.messages(
                self._settings, self._topic.name, number, *self._first(number)
            )
        ]
        ends = {number: self._spans[number].end for number in range(self._before)}
        if not began:
            return ends
        places = {TopicPartition(self._topic.name, number): min(began) for number in ends}
        client = admin(self._settings)
        try:
            later = client.list_partition_offsets(places)
        finally:
            client.close()
        return {
            place.partition: ends[place.partition] if found.offset < 0 else found.offset
            for place, found in later.items()
        }

    def _first(self, number: int) -> tuple[int, int]:
        first, end = self._spans[number].first, self._spans[number].end
        return first, min(first + 1, end)

    def newest_day(self) -> date | None:
        """The last day that any of them has had."""
        days = [self._partition(number).last_day for number in range(self._before)]
        return max((day for day in days if day is not None), default=None)

    def read(self, number: int, end: int) -> None:
        """Fold a partition up to offset `end`, or the first record that came by the new count."""
        start = self._partition(number).next_offset
        for records in log.records(self._settings, self._topic.name, number, start, end):
            old = list(takewhile(lambda record: not self._is_new(number, record), records))
            if old:
                start = self._fold(number, start, old)
            if len(old) < len(records):
                return

    def _is_new(self, number: int, record: Record) -> bool:
        """Is it here because the homes of senders have changed?"""
        key = record.key
        return (
            key is not None
            and partition_of(key, self._before) != number
            and partition_of(key, self._topic.partitions) == number
        )

    def read_through_day(self, number: int, day: date | None) -> None:
        """Fold a partition on until it has had `day` too, or ends."""
        held = self._partition(number)
        if day is None or (held.last_day is not None and held.last_day >= day):
            return
        for records in log.records(
            self._settings, self._topic.name, number, held.next_offset, self._spans[number].end, 1
        ):
            self._fold(number, held.next_offset, records)
            held = self._partition(number)
            if held.last_day is not None and held.last_day >= day:
                return

    def _partition(self, number: int) -> Partition:
        with reading(self._engine) as connection:
            return read_partition(connection, number)

    def _fold(self, number: int, start: int, records: Sequence[Record]) -> int:
        folded = self._store.fold(Frame(number, start, records[-1].offset + 1, records))
        if folded.why is not None:
            raise PartitionStops(f"partition {number}: {folded.why}")
        return folded.watermark


def _send_all(settings: Settings, engine: Engine) -> None:
    """A lease's messages are sent in order only from one partition: none may wait when it moves."""
    relay = Relay(settings, engine)
    while True:
        with reading(engine) as connection:
            waiting = outbox.unsent(connection).rows
        if not waiting:
            return
        if not relay.send_batch():
            raise NotTaken(
                f"{waiting} messages wait to be sent and Kafka does not take them: see that the "
                "broker runs, then run `bokvar init --adopt` again"
            )
