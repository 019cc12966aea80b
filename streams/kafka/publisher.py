"""Publishes events to the event topic: by lease to its home, without a lease to every partition.

The order of the events of a lease is kept. Two ways of sending: `fast` (librdkafka) for whole
simulated years, `plain` (kafka-python) for files.
"""

from collections.abc import Callable, Iterable, Iterator
from contextlib import contextmanager
from typing import Any, Protocol

import msgspec
from confluent_kafka import KafkaError, Message
from kafka import KafkaProducer
from kafka.errors import KafkaError as ClientError
from msgspec import Struct

from alerts.contract.topics import EVENTS
from alerts.settings import Settings
from models.contract import facts
from models.contract.events import TYPE_OF, Event
from streams.kafka import topics
from streams.kafka.clients import KafkaUnreachable, kafka_python, producer

PATIENCE = 120.0  # seconds for the last messages to arrive
_BETWEEN_POLLS = 1_000  # messages
_encode = msgspec.json.Encoder().encode


class PublishError(Exception):
    """A message was not taken by Kafka; the text says which and how to go on."""


class Published(Struct):
    """How many events were published, and as how many messages."""

    events: int = 0
    messages: int = 0


class Send(Protocol):
    """Sends a message; `partition` None lets the key choose. May keep it back until `flush`."""

    def __call__(self, key: bytes | None, value: bytes, partition: int | None) -> None: ...


class _Address(Struct):
    subject: str | None = None
    type: str = ""


_address = msgspec.json.Decoder(_Address)
_EVERYWHERE = frozenset(
    TYPE_OF[kind] for kind in (facts.CalendarDay, facts.FeedCompleted, facts.RulesChanged)
)


def publish(
    events: Iterable[Event | bytes],
    settings: Settings,
    *,
    partitions: int | None = None,
    told: Callable[[int], object] | None = None,
) -> Published:
    """Publish events, or their JSON as it is, fast; returns when Kafka has them all.

    Raw JSON is keyed by its `subject`, and what cannot be read goes without a key: to partition
    0, to be set aside there. `partitions` spares the look-up of the topic; `told` hears the
    number of events so far, now and then. Raises `PublishError`, `KafkaUnreachable`, `TopicError`.
    """
    count = partitions or topics.event_topic(settings).partitions
    with fast(settings) as send:
        return send_all(events, send, count, told)


def send_all(
    events: Iterable[Event | bytes],
    send: Send,
    partitions: int,
    told: Callable[[int], object] | None = None,
) -> Published:
    """Hand every event to `send`, those without a lease once for each partition."""
    done = Published()
    for event in events:
        key, value, everywhere = _message(event)
        if everywhere:
            for partition in range(partitions):
                send(None, value, partition)
            done.messages += partitions
        else:
            send(key, value, None if key is not None else 0)
            done.messages += 1
        done.events += 1
        if told is not None and done.events % _BETWEEN_POLLS == 0:
            told(done.events)
    return done


def _message(event: Event | bytes) -> tuple[bytes | None, bytes, bool]:
    """Key, value, and whether it goes to every partition."""
    if not isinstance(event, bytes):
        key = None if event.subject is None else event.subject.encode()
        return key, _encode(event), TYPE_OF[type(event.data)] in _EVERYWHERE
    try:
        address = _address.decode(event)
    except (msgspec.DecodeError, UnicodeDecodeError, RecursionError):
        return None, event, False
    key = None if address.subject is None else address.subject.encode()
    return key, event, address.type in _EVERYWHERE


@contextmanager
def fast(settings: Settings) -> Iterator[Send]:
    """Sends with librdkafka; at the end waits until Kafka has everything."""
    client = producer(settings)
    topic = topics.full_name(settings, EVENTS)
    failed: list[KafkaError] = []
    sent = 0

    def note(error: KafkaError | None, message: Message) -> None:
        if error is not None:
            failed.append(error)

    def send(key: bytes | None, value: bytes, partition: int | None) -> None:
        nonlocal sent
        options: dict[str, Any] = {} if partition is None else {"partition": partition}
        while True:
            try:
                client.produce(topic, value, key, on_delivery=note, **options)
            except BufferError:
                client.poll(0.1)
            else:
                break
        sent += 1
        if sent % _BETWEEN_POLLS == 0:
            client.poll(0)
            _raise(failed, settings)

    yield send
    left = client.flush(PATIENCE)
    _raise(failed, settings)
    if left:
        raise KafkaUnreachable(
            f"{left} messages did not reach Kafka at {settings.kafka} within {PATIENCE:g} seconds: "
            "see that the broker runs, then publish again; what arrived twice has no effect"
        )


def _raise(failed: list[KafkaError], settings: Settings) -> None:
    if failed:
        raise PublishError(_not_taken(settings, failed[0].name()))


def _not_taken(settings: Settings, why: str) -> str:
    return (
        f"Kafka at {settings.kafka} did not take a message ({why}): see that the broker runs and "
        "has room, then publish again; what arrived twice has no effect"
    )


@contextmanager
def plain(settings: Settings) -> Iterator[Send]:
    """Sends with kafka-python, whose own partitioner gives every lease its home."""
    topic = topics.full_name(settings, EVENTS)
    try:
        client = KafkaProducer(
            bootstrap_servers=settings.kafka.split(","),
            enable_idempotence=True,
            acks="all",
            linger_ms=5,
            compression_type="lz4",
            **kafka_python(settings),
        )
    except (ClientError, OSError, ValueError) as error:
        raise KafkaUnreachable(
            f"no Kafka broker answers at {settings.kafka} ({type(error).__name__}): start one with "
            "`bokvar broker`, or set BOKVAR_KAFKA"
        ) from error
    failed: list[BaseException] = []

    def send(key: bytes | None, value: bytes, partition: int | None) -> None:
        client.send(topic, value, key, partition=partition).add_errback(failed.append)

    try:
        yield send
        client.flush(PATIENCE)
        if failed:
            raise PublishError(_not_taken(settings, type(failed[0]).__name__))
    except ClientError as error:
        raise PublishError(_not_taken(settings, type(error).__name__)) from error
    finally:
        client.close(timeout=10)
