"""Messages on their way to Kafka, and what became of them as its client reports it."""

from collections.abc import Sequence
from enum import Enum
from typing import NamedTuple

from confluent_kafka import KafkaError
from confluent_kafka import Message as Report

ANY = -1  # librdkafka's own number for it
_GIVEN_UP = (KafkaError._PURGE_QUEUE, KafkaError._PURGE_INFLIGHT)
_TOO_LARGE = (KafkaError.MSG_SIZE_TOO_LARGE, KafkaError.RECORD_LIST_TOO_LARGE)
# What Kafka will say again of this message, and of every message for its topic.
_OF_MESSAGE = (*_TOO_LARGE, KafkaError.INVALID_RECORD, KafkaError._UNKNOWN_PARTITION)
_OF_TOPIC = (
    KafkaError.TOPIC_AUTHORIZATION_FAILED,
    KafkaError.POLICY_VIOLATION,
    KafkaError.UNKNOWN_TOPIC_OR_PART,
    KafkaError._UNKNOWN_TOPIC,
)


class Whose(Enum):
    """Whose refusal it is: that one message's, its topic's, or one that may pass."""

    MESSAGE = "message"
    TOPIC = "topic"
    PASSING = "passing"


class Message(NamedTuple):
    """What is sent: `topic` is the full name; with `partition` ANY the key chooses it."""

    topic: str
    key: bytes | None
    value: bytes
    headers: dict[str, str] | None = None
    partition: int = ANY


class Sent(NamedTuple):
    """What became of a batch: how many of its first messages Kafka has acknowledged, and in words
    why it refused the next one, and whose refusal it is; no refusal if all are there or the rest
    was given up."""

    arrived: int
    refusal: str | None = None
    whose: Whose = Whose.PASSING


class Batch:
    """A batch on its way: how many of its first messages have not been refused."""

    def __init__(self, messages: Sequence[Message]) -> None:
        self.messages = messages
        self.arrived = len(messages)
        self.error: KafkaError | None = None
        self._places: dict[tuple[bytes | None, bytes | None], int] | None = None

    def note(self, error: KafkaError | None, report: Report) -> None:
        """Kafka's client reports what it could not send, and only that."""
        if error is not None:
            if self._places is None:
                self._places = self._first_places()
            sent = (report.key(), report.value())
            self.refused(self._places.get(sent, self.arrived), error)

    def _first_places(self) -> dict[tuple[bytes | None, bytes | None], int]:
        """Where each message stands first, so that of several alike none counts that may not."""
        backwards = range(len(self.messages) - 1, -1, -1)
        return {(self.messages[n].key, self.messages[n].value): n for n in backwards}

    def refused(self, place: int, error: KafkaError) -> None:
        """The message at `place` has not arrived."""
        if place < self.arrived:
            self.arrived, self.error = place, error

    def sent(self) -> Sent:
        """What became of it."""
        if self.error is None:
            return Sent(self.arrived)
        message = self.messages[self.arrived]
        sentence = _sentence(self.error, message.topic, message.value)
        return Sent(self.arrived, sentence, _whose(self.error))


class Stream:
    """The first refusal of messages that nobody keeps."""

    def __init__(self) -> None:
        self.refused = False
        self.refusal: str | None = None

    def note(self, error: KafkaError | None, report: Report) -> None:
        """Kafka's client reports what it could not send, and only that."""
        if error is not None:
            self.refuse(error, report.topic(), report.value())

    def refuse(self, error: KafkaError, topic: str | None, value: bytes | None) -> None:
        """A message has not arrived."""
        self.refused = True
        self.refusal = self.refusal or _sentence(error, topic, value)


def _whose(error: KafkaError) -> Whose:
    if error.code() in _OF_MESSAGE:
        return Whose.MESSAGE
    return Whose.TOPIC if error.code() in _OF_TOPIC else Whose.PASSING


def _sentence(error: KafkaError, topic: str | None, value: bytes | None) -> str | None:
    """Why a message was refused and how to mend it; None if it was only given up."""
    if error.code() in _GIVEN_UP:
        return None
    hint = ": set the topic's max.message.bytes higher" if error.code() in _TOO_LARGE else ""
    size = len(value or b"")
    return f"Kafka did not take a message of {size} bytes for {topic} ({error.name()}){hint}"
