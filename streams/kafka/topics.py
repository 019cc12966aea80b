"""The topics: made by `bokvar init`, checked at every start, never made by accident.

Records carry the broker's time (LogAppendTime), for Kafka refuses record times far from now and
would expire historical ones; business time is in the data. Nothing expires (retention.ms -1).
"""

import time
from collections.abc import Callable
from typing import TypeVar

from kafka import KafkaAdminClient, TopicPartition
from kafka.admin import ConfigResource, ConfigResourceType, OffsetSpec
from kafka.errors import (
    NoError,
    TopicAlreadyExistsError,
    UnknownTopicOrPartitionError,
    for_code,
)
from msgspec import Struct

from alerts.contract.topics import DEAD_RECORDS, EVENTS, LANDLORD_FEEDBACK, LEASE_RISK, VISIT_TASKS
from alerts.settings import Settings
from streams.kafka.clients import admin

_T = TypeVar("_T")
TOPICS = (EVENTS, DEAD_RECORDS, VISIT_TASKS, LEASE_RISK, LANDLORD_FEEDBACK)
CONFIG = {
    "message.timestamp.type": "LogAppendTime",
    "retention.ms": "-1",
    "retention.bytes": "-1",
    "cleanup.policy": "delete",
}

# A dead record is the record and its headers: it must fit where the record itself just fitted.
LARGER = {DEAD_RECORDS: {"max.message.bytes": str(4 << 20)}}
SPREADING = 2.0  # seconds until every broker of a cluster knows a new topic


class TopicError(Exception):
    """A topic is not as it must be; the text says which, what and how to mend it."""


class TopicMissing(TopicError):
    """A topic does not exist, or not yet for the broker that was asked."""


class EventTopic(Struct, frozen=True):
    """The event topic as the cluster knows it: its full name, id and partition count."""

    name: str
    topic_id: str
    partitions: int


class Span(Struct, frozen=True):
    """The offsets a partition holds: from `first` up to, not including, `end`."""

    first: int
    end: int


def full_name(settings: Settings, topic: str) -> str:
    """The name of a topic in this system's cluster."""
    return settings.prefix + topic


def create(settings: Settings) -> list[str]:
    """Make the topics that are missing; returns their names."""
    wanted = {
        full_name(settings, topic): {
            "num_partitions": settings.partitions,
            "replication_factor": settings.replication,
            "configs": {**CONFIG, **LARGER.get(topic, {}), **_durability(settings)},
        }
        for topic in TOPICS
    }
    client = admin(settings)
    try:
        answers = client.create_topics(wanted, raise_errors=False)["topics"]
        outcomes = {answer["name"]: for_code(answer["error_code"]) for answer in answers}
        for answer in answers:
            if outcomes[answer["name"]] not in (NoError, TopicAlreadyExistsError):
                raise outcomes[answer["name"]](answer["error_message"])
        client.wait_for_topics(list(wanted))
        made = [name for name in wanted if outcomes[name] is NoError]
        _wait_for_leaders(client, made, settings.partitions)
    finally:
        client.close()
    return made


def _wait_for_leaders(client: KafkaAdminClient, names: list[str], partitions: int) -> None:
    """A broker is named as leader some time before it leads; until then it refuses to be asked. A
    broker of a cluster may hear of a topic a moment later than the one that made it."""
    places = [TopicPartition(name, number) for name in names for number in range(partitions)]
    asked = dict.fromkeys(places, OffsetSpec.LATEST)
    _once_spread(lambda: client.list_partition_offsets(asked), UnknownTopicOrPartitionError)


def _durability(settings: Settings) -> dict[str, str]:
    """With three copies, two must have a message before it is acknowledged; one may be down."""
    return {"min.insync.replicas": "2"} if settings.replication >= 3 else {}


def check(settings: Settings) -> EventTopic:
    """The event topic, with all topics found as they must be; `TopicError` otherwise.

    Of a topic just made, a broker of a cluster may hear a moment later than the one that made it.
    """
    return _once_spread(lambda: _checked(settings), TopicMissing)


def _once_spread(ask: Callable[[], _T], too_early: type[Exception]) -> _T:
    """What `ask` gives, once every broker has heard; it is asked again while it is `too_early`."""
    deadline = time.monotonic() + SPREADING
    while True:
        try:
            return ask()
        except too_early:
            if time.monotonic() > deadline:
                raise
        time.sleep(0.1)


def _checked(settings: Settings) -> EventTopic:
    client = admin(settings)
    try:
        names = [full_name(settings, topic) for topic in TOPICS]
        for topic in client.describe_topics(names):
            if topic["error_code"]:
                raise TopicMissing(
                    f"topic {topic['name']} does not exist at {settings.kafka}: "
                    "run `bokvar init` first"
                )
        _check_config(client, names)
        return _event_topic(client, names[0])
    except UnknownTopicOrPartitionError as error:
        raise TopicMissing(
            f"a topic does not exist at {settings.kafka}: run `bokvar init` first"
        ) from error
    finally:
        client.close()


def event_topic(settings: Settings) -> EventTopic:
    """The event topic's identity. `TopicError` if there is none."""
    client = admin(settings)
    try:
        return _event_topic(client, full_name(settings, EVENTS))
    finally:
        client.close()


def _event_topic(client: KafkaAdminClient, name: str) -> EventTopic:
    (topic,) = client.describe_topics([name])
    if topic["error_code"]:
        raise TopicMissing(f"topic {name} does not exist: run `bokvar init` first")
    return EventTopic(name, str(topic["topic_id"]), len(topic["partitions"]))


def _check_config(client: KafkaAdminClient, names: list[str]) -> None:
    resources = [ConfigResource(ConfigResourceType.TOPIC, name) for name in names]
    found = client.describe_configs(resources, config_filter="all")["topic"]
    for name in names:
        for option in ("message.timestamp.type", "cleanup.policy"):
            value = found[name][option]["value"]
            if value != CONFIG[option]:
                raise TopicError(
                    f"topic {name} has {option}={value}, it must be {CONFIG[option]}: "
                    f"set it with kafka-configs, or run `bokvar init` on new topics"
                )


def spans(settings: Settings, topic: EventTopic) -> list[Span]:
    """The offsets each partition of the event topic holds, in order."""
    client = admin(settings)
    try:
        places = [TopicPartition(topic.name, number) for number in range(topic.partitions)]
        first = client.list_partition_offsets(dict.fromkeys(places, OffsetSpec.EARLIEST))
        end = client.list_partition_offsets(dict.fromkeys(places, OffsetSpec.LATEST))
        return [Span(first[place].offset, end[place].offset) for place in places]
    finally:
        client.close()
