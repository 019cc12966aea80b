"""What time it is by Kafka's own clock, the one that dates every record.

Asked of the quorum, whose leader tells its clock with its followers' state (KIP-836), so nothing is
written to find it out. Where that is not answered, Kafka before 3.3 or a user who may not describe
the cluster, the newest record's time stands for it: it is then at least that late.
"""

from datetime import UTC, datetime
from typing import Any

import msgspec
from kafka import KafkaAdminClient, TopicPartition
from kafka.admin import OffsetSpec
from kafka.errors import KafkaError

from alerts.settings import Settings
from streams.kafka import topics
from streams.kafka.clients import KafkaUnreachable, admin

PATIENCE = 3  # seconds; the scheduler must be able to end meanwhile


def broker_time(settings: Settings) -> datetime:
    """The moment it is there, or a moment that has passed there already.

    `KafkaUnreachable` if nobody tells.
    """
    settings = msgspec.structs.replace(settings, kafka_patience=PATIENCE)
    client = admin(settings)
    try:
        told = _by_quorum(client) or _by_newest_record(client, settings)
    except KafkaError as error:
        raise KafkaUnreachable(
            f"Kafka at {settings.kafka} does not tell its time ({type(error).__name__})"
        ) from error
    finally:
        client.close()
    if told <= 0:
        raise KafkaUnreachable(
            f"Kafka at {settings.kafka} does not tell its time, and the log is empty: "
            "run `bokvar init` first"
        )
    return datetime.fromtimestamp(told / 1000, UTC)


def _by_quorum(client: KafkaAdminClient) -> int:
    """Milliseconds since 1970 by the clock of the quorum's leader; 0 if it is not told."""
    try:
        found: Any = client.describe_metadata_quorum()
        (partition,) = found["topics"][0]["partitions"]
        replicas = [*partition["current_voters"], *partition["observers"]]
        return max(int(replica["last_fetch_timestamp"]) for replica in replicas)
    except (KafkaError, KeyError, IndexError, TypeError, ValueError):
        return 0


def _by_newest_record(client: KafkaAdminClient, settings: Settings) -> int:
    """The time of the newest record of the event topic, in the same unit; 0 or less if none."""
    topic = topics.event_topic(settings)
    places = [TopicPartition(topic.name, number) for number in range(topic.partitions)]
    newest = client.list_partition_offsets(dict.fromkeys(places, OffsetSpec.MAX_TIMESTAMP))
    return max(int(found.timestamp) for found in newest.values())
