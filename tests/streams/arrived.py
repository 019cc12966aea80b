"""What of a topic has arrived at Kafka, for tests of what sends to it."""

import os
from collections.abc import Iterator
from contextlib import contextmanager

from confluent_kafka import Message

from alerts import settings as options
from alerts.settings import Settings
from streams.kafka import log, topics
from streams.kafka.clients import admin
from streams.kafka.topics import EventTopic


def settings_for(bootstrap: str, database: str, prefix: str) -> Settings:
    """The settings of a system of its own on that broker."""
    return options.read(environment_for(bootstrap, database, prefix))


def environment_for(bootstrap: str, database: str, prefix: str) -> dict[str, str]:
    """The same as the environment of a child process."""
    return {
        "BOKVAR_KAFKA": bootstrap,
        "BOKVAR_DATABASE": database,
        "BOKVAR_PREFIX": prefix,
        "BOKVAR_PARTITIONS": "3",
        "BOKVAR_DATA": os.devnull,
    }


def messages(settings: Settings, topic: str) -> Iterator[Message]:
    """The messages of a topic, partition by partition in order."""
    name = topics.full_name(settings, topic)
    for partition in range(settings.partitions):
        first, end = log.span(settings, name, partition)
        for found in log.messages(settings, name, partition, first, end):
            yield from found


def values(settings: Settings, topic: str) -> dict[str, list[str]]:
    """What came, by key, in order; the padding of values left out."""
    found: dict[str, list[str]] = {}
    for message in messages(settings, topic):
        found.setdefault(message.key().decode(), []).append(message.value().decode().rstrip("."))
    return found


def count(settings: Settings, topic: str) -> int:
    """How many messages a topic holds."""
    known = EventTopic(topics.full_name(settings, topic), "", settings.partitions)
    return sum(span.end - span.first for span in topics.spans(settings, known))


@contextmanager
def own_system(bootstrap: str, database: str, prefix: str) -> Iterator[Settings]:
    """The settings of a system of its own, which has all its topics while the block lasts."""
    found = settings_for(bootstrap, database, prefix)
    topics.create(found)
    yield found
    remove_topics(found)


def remove_topics(settings: Settings) -> None:
    """Delete the topics that `topics.create` made."""
    client = admin(settings)
    client.delete_topics([topics.full_name(settings, topic) for topic in topics.TOPICS])
    client.close()
