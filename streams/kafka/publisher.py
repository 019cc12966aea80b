"""Publishes events to the event topic: by lease to its home, without a lease to every partition.

The order of the events of a lease is kept. `publish` (librdkafka) is for whole simulated years,
`publish_plain` (kafka-python) for files.
"""

from collections.abc import Callable, Iterable, Iterator
from time import monotonic

from kafka.errors import KafkaError
from msgspec import Struct

from alerts.contract.topics import EVENTS
from alerts.settings import Settings
from models.contract.events import Event
from streams.kafka import topics
from streams.kafka.addressing import addressed
from streams.kafka.clients import KafkaUnreachable, end, plain_producer
from streams.kafka.delivery import ANY, Message
from streams.kafka.sender import NotTaken, Sender

PATIENCE = 120.0  # seconds without a message that Kafka takes
_TOLD_EVERY = 1_000  # events
_AGAIN = "then publish again; what arrived twice has no effect"


class Published(Struct):
    """How many events were published, and as how many messages."""

    events: int = 0
    messages: int = 0


def publish(
    events: Iterable[Event | bytes],
    settings: Settings,
    *,
    partitions: int | None = None,
    told: Callable[[int], object] | None = None,
    patience: float = PATIENCE,
) -> Published:
    """Publish events, or their JSON as it is, fast; returns when Kafka has them all.

    Raw JSON is keyed by its `subject`, and what cannot be read goes without a key: to partition
    0, to be set aside there. `partitions` spares the look-up of the topic; `told` hears the
    number of events so far, now and then; `patience` is the seconds that Kafka may take none.
    Raises `NotTaken`, `KafkaUnreachable`, `TopicError`.
    """
    count = partitions or topics.event_topic(settings).partitions
    done, seen, until = Published(), -1, 0.0

    def go_on() -> bool:
        """Has the client had room for another message in the last `patience` seconds?"""
        nonlocal seen, until
        if done.messages != seen:
            seen, until = done.messages, monotonic() + patience
        return monotonic() < until

    try:
        arrived = Sender(settings, go_on).stream(_messages(events, settings, count, done, told))
    except NotTaken as refusal:
        raise NotTaken(f"{refusal}, {_AGAIN}") from None
    if not arrived:
        raise KafkaUnreachable(
            f"not all messages reached Kafka at {settings.kafka}, and {patience:g} seconds passed "
            f"without one: see that the broker runs, {_AGAIN}"
        )
    return done


def _messages(
    events: Iterable[Event | bytes],
    settings: Settings,
    partitions: int,
    done: Published,
    told: Callable[[int], object] | None,
) -> Iterator[Message]:
    topic = topics.full_name(settings, EVENTS)
    for event in events:
        found = addressed(event, topic, partitions)
        yield from found
        done.messages += len(found)
        done.events += 1
        if told is not None and done.events % _TOLD_EVERY == 0:
            told(done.events)


def _not_taken(settings: Settings, why: str) -> str:
    return (
        f"Kafka at {settings.kafka} did not take a message ({why}): see that the broker runs and "
        f"has room, {_AGAIN}"
    )


def publish_plain(
    events: Iterable[Event | bytes],
    settings: Settings,
    *,
    partitions: int | None = None,
    told: Callable[[int], object] | None = None,
) -> Published:
    """The same with kafka-python, whose own partitioner gives every lease its home: a twelfth of
    the speed. Raises the same."""
    count = partitions or topics.event_topic(settings).partitions
    done, failed = Published(), list[BaseException]()
    client = plain_producer(settings)
    try:
        for topic, key, value, _, place in _messages(events, settings, count, done, told):
            partition = None if place == ANY else place
            client.send(topic, value, key, partition=partition).add_errback(failed.append)
        client.flush(PATIENCE)
        if failed:
            raise NotTaken(_not_taken(settings, type(failed[0]).__name__))
    except KafkaError as error:
        raise NotTaken(_not_taken(settings, type(error).__name__)) from error
    finally:
        end(client, 10)
    return done
