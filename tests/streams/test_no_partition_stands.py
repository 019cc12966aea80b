"""A worker that is slower than its log reads every partition all the same, on a real Kafka."""

from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

import pytest

from alerts.store.sql import read_watermarks
from streams.embedded.broker.config import HOST, free_ports
from streams.kafka.clients import producer
from streams.kafka.partitioning import home
from tests.builders import lease_id
from tests.chaos.parts import Part, looked_after
from tests.pump import World, make_world
from tests.waiting import meanwhile, wait_until

pytestmark = pytest.mark.timeout(240)
PARTITIONS, TURNS = 8, 4


@pytest.fixture
def world(kafka: str, topic_prefix: str, tmp_path: Path, sqlite_url: str) -> World:
    return make_world(kafka, topic_prefix, tmp_path, sqlite_url, partitions=PARTITIONS)


@contextmanager
def flowing(world: World) -> Iterator[None]:
    """Something comes in every partition all the while."""
    client, name = producer(world.settings), world.topic.name
    keys = {home(one, PARTITIONS): one for one in map(lease_id, range(1, 200))}

    def flow() -> None:
        for number in range(PARTITIONS):
            client.produce(name, b"{}", keys[number].encode(), number)
        client.poll(0)

    try:
        with meanwhile(flow, 0.02):
            yield
    finally:
        client.flush(30)


def watermarks(world: World) -> list[int]:
    with world.engine.connect() as connection:
        found = read_watermarks(connection)
    return [found.get(number, 0) for number in range(PARTITIONS)]


def test_while_more_comes_than_is_folded_no_partition_stands_still(
    world: World, tmp_path: Path
) -> None:
    own = {"BOKVAR_WEB_HOST": HOST, "BOKVAR_WEB_PORT": str(free_ports(1)[0])}
    worker = Part("worker", ["worker"], tmp_path, {**world.environment, **own}, "tests.slow")
    with looked_after(worker), flowing(world):
        worker.start()
        wait_until(lambda: any(watermarks(world)), 60, "the worker folds")
        for turn in range(TURNS):
            before = watermarks(world)
            wait_until(
                lambda before=before: all(  # type: ignore[misc]
                    now > then for now, then in zip(watermarks(world), before, strict=True)
                ),
                20,
                f"every partition has moved, in turn {turn}",
            )
