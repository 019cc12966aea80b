"""The event log behind `alerts.commands.event_log.EventLog`: Kafka, and the database's watermarks.

Why kafka-python here: docs/decisions/acts.md.
"""

import threading
from collections.abc import Callable
from typing import Any, NamedTuple

import msgspec
from kafka import KafkaProducer
from kafka.errors import KafkaError
from sqlalchemy import Engine

from alerts.commands.event_log import Misplaced, NotTold, Position
from alerts.commands.watermark import Clock, SystemClock, wait_folded
from alerts.settings import Settings
from models.contract.event_kinds import EVERYWHERE
from models.contract.events import Event
from streams.kafka import log
from streams.kafka.clients import KafkaUnreachable, end, plain_producer
from streams.kafka.content_mode import STRUCTURED
from streams.kafka.log import LogEndsEarlyError
from streams.kafka.partitioning import home
from streams.kafka.topics import EventTopic, TopicError

_HEADERS = [(name, text.encode()) for name, text in STRUCTURED.items()]
PATIENCE = 20.0  # seconds until an event that Kafka has not acknowledged counts as not told
_UNKNOWN = -1  # the offset of what Kafka had already: the first answer was lost
_AGAIN = "it may be in the log or not; do the same again, what arrived twice has no effect"


class _Connected(NamedTuple):
    topic: EventTopic
    client: KafkaProducer


class KafkaEventLog:
    """Tells acts to Kafka. Nothing is connected before the first one; `close` ends it.

    `topic` gives the event topic that the database belongs to, and may raise `SetupError`,
    `TopicError` or `KafkaUnreachable`. `clock` is for waiting, `patience` the seconds that Kafka
    has to acknowledge an event.
    """

    def __init__(
        self,
        settings: Settings,
        engine: Engine,
        topic: Callable[[], EventTopic],
        *,
        clock: Clock | None = None,
        patience: float = PATIENCE,
    ) -> None:
        self._settings = settings
        self._engine = engine
        self._topic = topic
        self._clock = clock or SystemClock()
        self._patience = patience
        self._connecting = threading.Lock()
        self._connected: _Connected | None = None

    def tell(self, event: Event, partition: int | None = None) -> Position:
        """As `EventLog.tell`: the position, once all in-sync copies have the event."""
        topic, client = self._connect()
        number = _place(event, partition, topic.partitions)
        key = None if event.subject is None else event.subject.encode()
        try:
            sent = client.send(
                topic.name, msgspec.json.encode(event), key, headers=_HEADERS, partition=number
            )
            found = sent.get(timeout=self._patience)
        except KafkaError as error:
            self._disconnect(client)
            raise NotTold(
                f"Kafka at {self._settings.kafka} has not acknowledged it "
                f"({type(error).__name__}): see that the broker runs and has room; {_AGAIN}"
            ) from error
        if found.offset == _UNKNOWN:
            return self._before_the_end(topic, number)
        return Position(number, found.offset)

    def wait(self, position: Position, seconds: float) -> bool:
        """As `EventLog.wait`: has the database folded `position`, within `seconds`?"""
        return wait_folded(self._engine, position, seconds, self._clock)

    def close(self) -> None:
        """End the connection, if there is one."""
        if self._connected is not None:
            self._disconnect(self._connected.client)

    def _connect(self) -> _Connected:
        with self._connecting:
            if self._connected is None:
                try:
                    self._connected = _Connected(self._topic(), self._client())
                except (KafkaUnreachable, TopicError) as error:
                    raise NotTold(str(error)) from error
            return self._connected

    def _client(self) -> KafkaProducer:
        milliseconds = int(self._patience * 1000)
        options: dict[str, Any] = {
            "delivery_timeout_ms": milliseconds,
            "max_block_ms": milliseconds,
            "request_timeout_ms": milliseconds // 2,
        }
        return plain_producer(self._settings, **options)

    def _disconnect(self, client: KafkaProducer) -> None:
        """The next event gets a new client: this one may still send what it was given."""
        with self._connecting:
            if self._connected is not None and self._connected.client is client:
                self._connected = None
        end(client, 0)

    def _before_the_end(self, topic: EventTopic, number: int) -> Position:
        """A position that is the event's or a later one."""
        try:
            _, end = log.span(self._settings, topic.name, number)
        except (KafkaUnreachable, LogEndsEarlyError) as error:
            raise NotTold(f"{error}; {_AGAIN}") from error
        return Position(number, end - 1)


def _place(event: Event, partition: int | None, partitions: int) -> int:
    """The one partition that an event belongs to; `Misplaced` if there is none."""
    if type(event.data) in EVERYWHERE:
        raise Misplaced("an event for every partition is published, and is no act of a person")
    if event.subject is not None:
        if partition is not None:
            raise Misplaced("an event about a lease goes to the lease's home, and no other place")
        return home(event.subject, partitions)
    if partition is None:
        raise Misplaced("an event about no lease needs the partition that it belongs to")
    if not 0 <= partition < partitions:
        raise Misplaced(f"the log has partitions 0 to {partitions - 1}, not {partition}")
    return partition
