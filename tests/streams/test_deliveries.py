"""What a consumer of the visit tasks received, compared with what the log says was to be sent."""

from pathlib import Path

import msgspec
import pytest
from confluent_kafka import Producer
from sqlalchemy import insert, select

from alerts.contract.topics import VISIT_TASKS
from alerts.store import schema
from streams.kafka import topics
from streams.proof.verified import Verified
from streams.proof.verify import verify
from tests.pump import World
from tests.streams.town import make_town

OUTBOX = schema.outbox


@pytest.fixture
def world(kafka: str, topic_prefix: str, tmp_path: Path, database_url: str) -> World:
    return make_town(kafka, topic_prefix, tmp_path, database_url)


@pytest.fixture
def relayed(world: World) -> World:
    """Everything sent, as a relay does it."""
    with world.engine.begin() as connection:
        rows = connection.execute(select(OUTBOX).order_by(OUTBOX.c.seq)).all()
        for number in range(world.topic.partitions):
            last = max(row.seq for row in rows if row.partition == number)
            connection.execute(insert(schema.relayed), {"partition": number, "seq": last})
    send(world, [row.value for row in rows if row.topic == VISIT_TASKS])
    return world


def send(world: World, values: list[bytes]) -> None:
    producer = Producer({"bootstrap.servers": world.settings.kafka})
    for value in values:
        producer.produce(topics.full_name(world.settings, VISIT_TASKS), value)
    assert producer.flush(30) == 0


def sent(world: World) -> list[bytes]:
    with world.engine.connect() as connection:
        query = select(OUTBOX.c.value).where(OUTBOX.c.topic == VISIT_TASKS)
        return list(connection.execute(query.order_by(OUTBOX.c.seq)).scalars())


def read(world: World) -> Verified:
    return verify(world.settings, world.engine, deliveries=True)


def test_a_message_that_was_marked_as_sent_and_never_came_is_lost(world: World) -> None:
    with world.engine.begin() as connection:
        for number in range(world.topic.partitions):
            row = {"partition": number, "seq": 1_000_000}
            connection.execute(insert(schema.relayed), row)
    send(world, sent(world)[1:])
    found = read(world)
    assert (found.lost, found.doubled, found.different) == (1, 0, 0)
    assert found.by_what == {"delivery": 1}


def test_a_message_that_nothing_in_the_log_says_is_doubled(relayed: World) -> None:
    message = msgspec.json.decode(sent(relayed)[0])
    message["data"]["revision"] = 40
    send(relayed, [msgspec.json.encode(message)])
    found = read(relayed)
    assert (found.lost, found.doubled, found.different) == (0, 1, 0)


def test_a_message_that_came_twice_is_counted_and_no_fault(relayed: World) -> None:
    send(relayed, sent(relayed)[:2])
    found = read(relayed)
    assert (found.lost, found.doubled, found.different) == (0, 0, 0)
    assert found.repeated_deliveries == 2
    assert found.deliveries == len(sent(relayed)) + 2


def test_a_message_that_is_not_sent_yet_is_not_missed(world: World) -> None:
    found = read(world)
    assert (found.lost, found.doubled, found.different) == (0, 0, 0)
    assert found.deliveries == 0
