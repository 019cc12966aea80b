"""Sends batches with librdkafka, and knows exactly how much of each has arrived.

Messages never time out: the client itself goes on trying, in order, until Kafka has them, its
refusal is final, or the sender's owner gives up. So an outage costs neither order nor repeats.
"""

import logging
from collections.abc import Callable, Iterable, Sequence
from math import inf
from time import monotonic

from confluent_kafka import KafkaError, KafkaException, Producer

from alerts.settings import Settings
from alerts.store import database
from streams.kafka.clients import producer
from streams.kafka.delivery import Batch, Message, Sent, Stream

_LOOK_EVERY = 0.25  # seconds between looks whether to go on
# A client that hears of no broker for a moment forgets them all, and asks nobody ever again
# (librdkafka issue 5301): one that says nothing for so long is exchanged for a new one.
SILENCE = 30.0  # seconds
_PURGE_SECONDS = 5.0
_BETWEEN_POLLS = 1_000  # messages of a stream
UNHEARD_OF = "topic.metadata.propagation.max.ms"  # until a topic that nobody knows is refused
_OPTIONS = {
    "message.timeout.ms": 0,  # for ever
    # Of the message as it was written; what Kafka limits is the compressed batch.
    "message.max.bytes": 100_000_000,
    "delivery.report.only.error": True,
    "reconnect.backoff.max.ms": 1_000,
    UNHEARD_OF: 10_000,
}

log = logging.getLogger("bokvar.sender")


class NotTaken(Exception):
    """Kafka did not take all that it was to have; the text says what and how to go on."""


def is_passing(error: BaseException) -> bool:
    """Is this a fault of Kafka or of the database that may pass?"""
    return isinstance(error, KafkaException | NotTaken) or database.is_passing(error)


class Sender:
    """Sends for one owner, from one thread. `go_on` is asked while Kafka keeps it waiting."""

    def __init__(
        self, settings: Settings, go_on: Callable[[], bool], silence: float = SILENCE
    ) -> None:
        self._settings = settings
        self._go_on = go_on
        self._silence = silence
        self._producer: Producer | None = None

    def send(self, batches: Sequence[Sequence[Message]]) -> list[Sent]:
        """What became of each batch: all of it has arrived, unless Kafka refused a message, said
        nothing for `silence` seconds, or `go_on` said no. Messages after those that count as
        arrived may have arrived as well.

        `NotTaken` if the client cannot even give up.
        """
        self._producer = client = self._producer or producer(self._settings, **_OPTIONS)
        under_way = [Batch(batch) for batch in batches]
        try:
            for batch in under_way:
                self._enqueue(client, batch)
            whole = self._wait(client, self._silence)
        except BaseException:
            self._drop(client)
            raise
        if not whole or any(batch.error is not None for batch in under_way):
            self._drop(client)  # a client that was refused something may not keep the order
        return [batch.sent() for batch in under_way]

    def stream(self, messages: Iterable[Message]) -> bool:
        """Send messages as they come and keep none; whether all have arrived, or `go_on` said no.

        `NotTaken` if Kafka refused one, with its words; later ones may have arrived.
        """
        self._producer = client = self._producer or producer(self._settings, **_OPTIONS)
        noted = Stream()
        try:
            arrived = self._pour(client, messages, noted) and self._wait(client)
        except BaseException:
            self._drop(client)
            raise
        if noted.refused or not arrived:
            self._drop(client)
        if noted.refusal is not None:
            raise NotTaken(noted.refusal)
        return arrived

    def _pour(self, client: Producer, messages: Iterable[Message], noted: Stream) -> bool:
        """Enqueue messages; False if one was refused meanwhile or `go_on` said no."""
        produce, poll, note = client.produce, client.poll, noted.note
        for number, (topic, key, value, headers, partition) in enumerate(messages, 1):
            while True:
                try:
                    produce(topic, value, key, partition, note, headers=headers)
                    break
                except KafkaException as refusal:
                    noted.refuse(refusal.args[0], topic, value)
                    return False
                except BufferError:
                    if not self._go_on():
                        return False
                    poll(_LOOK_EVERY)
            if number % _BETWEEN_POLLS == 0:
                poll(0)
                if noted.refused:
                    return False
        return True

    def _enqueue(self, client: Producer, batch: Batch) -> None:
        produce, note = client.produce, batch.note
        for place, (topic, key, value, headers, partition) in enumerate(batch.messages):
            try:
                produce(topic, value, key, partition, note, headers=headers)
            except KafkaException as refusal:
                return batch.refused(place, refusal.args[0])
            except BufferError:
                return batch.refused(place, KafkaError(KafkaError._QUEUE_FULL))
        return None

    def _wait(self, client: Producer, silence: float = inf) -> bool:
        """Until everything is acknowledged or refused; False if it has been given up."""
        heard, before = monotonic(), -1
        while left := client.flush(_LOOK_EVERY):
            heard, before = (heard, left) if left == before else (monotonic(), left)
            if monotonic() - heard > silence:
                log.debug("Kafka has said nothing for %g s: a new client takes over", silence)
            elif self._go_on():
                continue
            client.purge()
            if client.flush(_PURGE_SECONDS):
                raise NotTaken("Kafka's client does not let go of messages: try again")
            return False
        return True

    def _drop(self, client: Producer) -> None:
        client.purge()
        self._producer = None
