"""A broker that goes away just while a worker begins: partitions are assigned once it is back."""

import asyncio
import gc
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import Any

import pytest
from aiokafka import AIOKafkaConsumer
from confluent_kafka import Consumer

from alerts.settings import Settings, read
from alerts.store import setup
from alerts.store.database import open_database
from streams.embedded.broker import Broker
from streams.kafka import topics
from streams.worker.app import build, group
from streams.worker.frame_app import BokvarApp
from tests.chaos.system import Servers
from tests.chaos.together import Run, Started
from tests.waiting import wait_until

pytestmark = [pytest.mark.chaos, pytest.mark.timeout(120)]
PATIENCE = 30.0  # seconds; without help it would be five minutes
PARTITIONS = 4


@pytest.fixture
def app(on_sqlite: Servers, topic_prefix: str) -> Iterator[BokvarApp]:
    """A worker's app that does not run. Building it tunes the garbage collector."""
    tuned = gc.get_threshold()
    settings = read(
        {
            "BOKVAR_KAFKA": on_sqlite.kafka.bootstrap,
            "BOKVAR_DATABASE": on_sqlite.database,
            "BOKVAR_PREFIX": f"{topic_prefix}.",
            "BOKVAR_PARTITIONS": str(PARTITIONS),
        }
    )
    topics.create(settings)
    setup.migrate(open_database(settings.database))
    yield build(settings)
    gc.set_threshold(*tuned)
    gc.unfreeze()


def test_a_broker_that_goes_between_a_workers_start_and_its_join_gives_it_its_partitions_when_back(
    app: BokvarApp, own_broker: Broker
) -> None:
    async def begin() -> int:
        async with _consumer(app) as earlier:  # so that Kafka knows at once where the group is
            earlier.subscribe(topics={app.worker.topic.name})
            await _assigned(earlier)
        async with _consumer(app) as consumer:
            await asyncio.to_thread(own_broker.stop)
            consumer.subscribe(topics={app.worker.topic.name})
            told = await consumer._client.force_metadata_update()
            assert not told, "all that it knows now is where the broker was"
            await asyncio.to_thread(own_broker.start)
            return await _assigned(consumer)

    assert asyncio.run(begin()) == PARTITIONS


def _consumer(app: BokvarApp) -> AIOKafkaConsumer:
    """Kafka's consumer as the worker makes it."""
    consumer: Any = app.consumer
    found: AIOKafkaConsumer = consumer._thread._create_consumer(asyncio.get_running_loop())
    return found


async def _assigned(consumer: AIOKafkaConsumer) -> int:
    """How many partitions it is given, once it is given any."""
    async with asyncio.timeout(PATIENCE):
        while not consumer.assignment():
            await asyncio.sleep(0.02)
    return len(consumer.assignment())


def test_a_worker_kept_out_of_its_group_says_so_and_works_once_nothing_keeps_it_out(
    on_sqlite: Servers, tmp_path: Path, topic_prefix: str, bokvar: Run
) -> None:
    system = Started(on_sqlite, tmp_path, topic_prefix, bokvar)
    with _stranger(read(system.environment)):
        system.run("worker")
        assert "does not let this worker into" in system.wait_away("Kafka at ")
    system.wait_ready()


@contextmanager
def _stranger(settings: Settings) -> Iterator[None]:
    """Another program is in the workers' group, and shares partitions out in another way."""
    stranger = Consumer(
        {
            "bootstrap.servers": settings.kafka,
            "group.id": group(settings),
            "partition.assignment.strategy": "range",
        }
    )
    stranger.subscribe([topics.event_topic(settings).name])
    try:
        wait_until(lambda: stranger.poll(0.1) or stranger.assignment(), 30, "it is in the group")
        yield
    finally:
        stranger.close()
