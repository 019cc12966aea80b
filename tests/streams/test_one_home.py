"""One lease lands in one partition of a real topic, whichever client publishes it."""

import asyncio
from collections.abc import Callable

from aiokafka import AIOKafkaProducer
from confluent_kafka import Producer
from kafka import KafkaProducer

from streams.kafka.partitioning import home

PARTITIONS = 12
LEASES = [f"400000-0002:{number}" for number in range(60)]

Homes = dict[str, int]


def sent_by_librdkafka(kafka: str, topic: str, **settings: str) -> Homes:
    found: Homes = {}
    producer = Producer({"bootstrap.servers": kafka, **settings})
    for lease_id in LEASES:
        producer.produce(
            topic,
            key=lease_id,
            value=b"{}",
            on_delivery=lambda _, message: found.update(
                {message.key().decode(): message.partition()}
            ),
        )
    assert producer.flush(30) == 0
    return found


def sent_by_kafka_python(kafka: str, topic: str) -> Homes:
    producer = KafkaProducer(bootstrap_servers=kafka)
    try:
        waiting = {
            lease_id: producer.send(topic, key=lease_id.encode(), value=b"{}")
            for lease_id in LEASES
        }
        return {lease_id: sent.get(30).partition for lease_id, sent in waiting.items()}
    finally:
        producer.close()


async def sent_by_aiokafka(kafka: str, topic: str) -> Homes:
    async with AIOKafkaProducer(bootstrap_servers=kafka) as producer:
        return {
            lease_id: (await producer.send_and_wait(topic, b"{}", lease_id.encode())).partition
            for lease_id in LEASES
        }


def test_librdkafka_left_to_itself_puts_most_leases_elsewhere(
    kafka: str, fresh_topics: Callable[..., str]
) -> None:
    found = sent_by_librdkafka(kafka, fresh_topics("default", PARTITIONS))
    astray = [lease_id for lease_id in LEASES if found[lease_id] != home(lease_id, PARTITIONS)]
    assert len(astray) > len(LEASES) / 2


def test_a_lease_has_one_home_whichever_client_publishes_it(
    kafka: str, fresh_topics: Callable[..., str]
) -> None:
    topic = fresh_topics("events", PARTITIONS)
    expected = {lease_id: home(lease_id, PARTITIONS) for lease_id in LEASES}
    assert sent_by_librdkafka(kafka, topic, partitioner="murmur2_random") == expected
    assert sent_by_kafka_python(kafka, topic) == expected
    assert asyncio.run(sent_by_aiokafka(kafka, topic)) == expected
