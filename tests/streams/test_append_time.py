"""The broker's own time of a record: the same to the worker and to the tools, and no sender's."""

import asyncio
from collections.abc import Callable
from datetime import UTC, datetime
from pathlib import Path

import pytest
from aiokafka import AIOKafkaConsumer, TopicPartition
from confluent_kafka import Producer
from kafka import KafkaAdminClient
from kafka.admin import ConfigResource, ConfigResourceType

from alerts.fold.record import Record
from alerts.settings import read
from streams.kafka import log
from streams.kafka.append_time import of_fetched
from tests.waiting import wait_until

LONG_AGO = 1_000_000_000_000  # 2001, as a sender may say


def as_tools_see(kafka: str, folder: Path, topic: str) -> list[int | None]:
    settings = read({"BOKVAR_KAFKA": kafka, "BOKVAR_DATA": str(folder)})
    _, end = log.span(settings, topic, 0)
    found = log.records(settings, topic, 0, 0, end)
    return [record.appended_ms for records in found for record in records]


async def as_workers_see(kafka: str, topic: str, count: int) -> list[int | None]:
    place = TopicPartition(topic, 0)
    async with AIOKafkaConsumer(bootstrap_servers=kafka) as client:
        client.assign([place])
        await client.seek_to_beginning(place)
        return [of_fetched(await client.getone()) for _ in range(count)]


def send(kafka: str, topic: str) -> None:
    producer = Producer({"bootstrap.servers": kafka})
    producer.produce(topic, b"{}", partition=0, timestamp=LONG_AGO)
    assert producer.flush(30) == 0


@pytest.mark.kafka
def test_a_records_time_is_the_brokers_and_the_same_to_all_readers(
    kafka: str, tmp_path: Path, fresh_topics: Callable[..., str]
) -> None:
    topic = fresh_topics("events", 1, message_timestamp_type="LogAppendTime")
    before = datetime.now(UTC).timestamp() * 1000 - 60_000
    send(kafka, topic)
    (seen,) = as_tools_see(kafka, tmp_path, topic)
    assert seen is not None
    assert seen > before
    assert asyncio.run(as_workers_see(kafka, topic, 1)) == [seen]


@pytest.mark.kafka
def test_a_senders_time_is_none_and_stays_none_when_the_topic_is_mended(
    kafka: str, tmp_path: Path, fresh_topics: Callable[..., str]
) -> None:
    topic = fresh_topics("events", 1, message_timestamp_type="CreateTime")
    send(kafka, topic)
    admin = KafkaAdminClient(bootstrap_servers=kafka)
    config = {"message.timestamp.type": "LogAppendTime"}
    admin.alter_configs([ConfigResource(ConfigResourceType.TOPIC, topic, config)])
    admin.close()

    def has_the_brokers_time() -> bool:
        send(kafka, topic)
        return as_tools_see(kafka, tmp_path, topic)[-1] is not None

    wait_until(has_the_brokers_time, 30, "the topic is mended")
    seen = as_tools_see(kafka, tmp_path, topic)
    assert seen[0] is None
    assert asyncio.run(as_workers_see(kafka, topic, len(seen))) == seen


@pytest.mark.parametrize("milliseconds", [-(10**18), 10**18])
def test_a_moment_outside_the_calendar_has_no_day(milliseconds: int) -> None:
    assert Record(0, None, b"", appended_ms=milliseconds).appended_on is None
