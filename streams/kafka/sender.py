"""Sends batches to Kafka for those who must know exactly how much of each has arrived.

Messages never time out: the client itself goes on trying, in order, until Kafka has them, its
refusal is final, or the sender's owner gives up. So an outage costs neither order nor repeats.
"""

import logging
from collections.abc import Callable, Sequence
from typing import NamedTuple

from confluent_kafka import KafkaError, KafkaException, Producer
from confluent_kafka import Message as Report

from alerts.settings import Settings
from alerts.store import database
from streams.kafka.clients import producer

_LOOK_EVERY = 0.25  # seconds between looks whether to go on
_PURGE_SECONDS = 5.0
_OPTIONS = {
    "logger": logging.getLogger("bokvar.kafka"),
    "message.timeout.ms": 0,  # for ever
    # Of the message as it was written; what Kafka limits is the compressed batch.
    "message.max.bytes": 100_000_000,
    "delivery.report.only.error": True,
    "reconnect.backoff.max.ms": 1_000,
    "topic.metadata.propagation.max.ms": 10_000,  # until a topic that nobody knows is refused
}
log = logging.getLogger("bokvar.sending")


class NotTaken(Exception):
    """Kafka did not take all that it was to have; the text says what and how to go on."""


def is_passing(error: BaseException) -> bool:
    """Is this a fault of Kafka or of the database that may pass?"""
    return isinstance(error, KafkaException | NotTaken) or database.is_passing(error)


class Message(NamedTuple):
    """What is sent: `topic` is the full name; `partition` -1 lets the key choose."""

    topic: str
    key: bytes | None
    value: bytes
    headers: dict[str, str] | None = None
    partition: int = -1


class _Batch:
    """A batch on its way: how many of its first messages have not been refused."""

    def __init__(self, messages: Sequence[Message]) -> None:
        self.messages = messages
        self.arrived = len(messages)
        self.error: KafkaError | None = None

    def note(self, error: KafkaError | None, report: Report) -> None:
        """Kafka's client reports what it could not send, and only that."""
        if error is not None:
            sent = (report.key(), report.value())
            earlier = self.messages[: self.arrived]
            places = (n for n, m in enumerate(earlier) if (m.key, m.value) == sent)
            self.refused(next(places, self.arrived), error)

    def refused(self, place: int, error: KafkaError) -> None:
        """The message at `place` has not arrived."""
        if place < self.arrived:
            self.arrived, self.error = place, error

    def tell(self) -> None:
        """Say what was refused and how to mend it, unless it was only given up."""
        assert self.error is not None
        if self.error.code() in (KafkaError._PURGE_QUEUE, KafkaError._PURGE_INFLIGHT):
            return
        hint = ""
        if self.error.code() in (KafkaError.MSG_SIZE_TOO_LARGE, KafkaError.RECORD_LIST_TOO_LARGE):
            hint = ": set the topic's max.message.bytes higher"
        message = self.messages[self.arrived]
        log.error(
            "Kafka did not take a message of %d bytes for %s (%s)%s; it is kept and tried again",
            *(len(message.value), message.topic, self.error.name(), hint),
        )


class Sender:
    """Sends for one owner, from one thread. `go_on` is asked while Kafka keeps it waiting."""

    def __init__(self, settings: Settings, go_on: Callable[[], bool]) -> None:
        self._settings = settings
        self._go_on = go_on
        self._producer: Producer | None = None

    def send(self, batches: Sequence[Sequence[Message]]) -> list[int]:
        """How many of the first messages of each batch Kafka has acknowledged: all of them, unless
        it refused one or `go_on` said no. Later ones of a batch may have arrived as well.
        """
        self._producer = client = self._producer or producer(self._settings, **_OPTIONS)
        under_way = [_Batch(batch) for batch in batches]
        try:
            for batch in under_way:
                self._enqueue(client, batch)
            self._wait(client)
        except BaseException:
            self._drop(client)
            raise
        refused = [batch for batch in under_way if batch.error is not None]
        if refused:
            self._drop(client)  # a client that was refused something may not keep the order
            refused[0].tell()
        return [batch.arrived for batch in under_way]

    def _enqueue(self, client: Producer, batch: _Batch) -> None:
        produce, note = client.produce, batch.note
        for place, (topic, key, value, headers, partition) in enumerate(batch.messages):
            try:
                produce(topic, value, key, partition, note, headers=headers)
            except KafkaException as refusal:
                return batch.refused(place, refusal.args[0])
            except BufferError:
                return batch.refused(place, KafkaError(KafkaError._QUEUE_FULL))
        return None

    def _wait(self, client: Producer) -> None:
        """Until everything is acknowledged or refused, or has been given up."""
        while client.flush(_LOOK_EVERY):
            if not self._go_on():
                client.purge()
                if client.flush(_PURGE_SECONDS):
                    raise NotTaken("Kafka's client does not let go of messages: try again")
                return

    def _drop(self, client: Producer) -> None:
        client.purge()
        self._producer = None
