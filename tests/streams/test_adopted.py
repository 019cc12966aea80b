"""After `init --adopt` the database is the beginning: `verify` goes on from there."""

from datetime import date
from pathlib import Path

import pytest
from kafka import KafkaAdminClient, TopicPartition
from sqlalchemy import delete, select

from alerts.store import outbox, schema
from streams.kafka import topics
from streams.kafka.clients import producer
from streams.proof.verify import verify
from streams.simulate import Simulation
from tests.builders import days, invoiced, lease_id, registered
from tests.pump import World, make_world, publish, pump
from tests.streams.cli.commands import run
from tests.waiting import wait_until


@pytest.fixture
def world(kafka: str, topic_prefix: str, tmp_path: Path, database_url: str) -> World:
    """Thirty homes after three months."""
    world = make_world(kafka, topic_prefix, tmp_path, database_url, partitions=2)
    publish(world, Simulation(30, date(2026, 1, 1), 90, seed=4).events())
    pump(world)
    return world


def go_on(world: World) -> None:
    """Another month, in which five leases are new and do not pay."""
    leases = [lease_id(number) for number in range(5)]
    publish(world, [*map(registered, leases), *(invoiced("2026-05", lease) for lease in leases)])
    publish(world, days("2026-04-01", "2026-05-20"))
    pump(world)


def differences(world: World) -> tuple[int, int, int]:
    found = verify(world.settings, world.engine)
    return found.lost, found.doubled, found.different


def made_again(world: World) -> World:
    """The same topics, new and empty."""
    admin = KafkaAdminClient(bootstrap_servers=world.settings.kafka)
    admin.delete_topics([world.topic.name])
    wait_until(lambda: world.topic.name not in admin.list_topics(), 30, "the topic is gone")
    admin.close()
    topics.create(world.settings)
    return world._replace(topic=topics.event_topic(world.settings))


def set_aside(world: World, value: bytes) -> None:
    """Fold a record in partition 0 that nobody can read."""
    client = producer(world.settings)
    client.produce(world.topic.name, value, partition=0)
    client.flush(30)
    pump(world)


def test_a_topic_made_again_is_taken_on_and_compared_from_there(world: World) -> None:
    leases = verify(world.settings, world.engine).leases
    again = made_again(world)
    assert run(again, "verify").status == 1
    assert run(again, "init", "--adopt").status == 0

    assert differences(again) == (0, 0, 0)
    go_on(again)
    assert differences(again) == (0, 0, 0)
    assert verify(again.settings, again.engine).leases == leases + 5
    assert run(again, "checkpoint", "--json").json()["sequence"] == 2
    with again.engine.begin() as connection:
        connection.execute(delete(schema.leases))
    assert differences(again) == (leases + 5, 0, 0)


def test_a_log_that_has_expired_past_the_watermark_is_taken_on_from_its_start(
    world: World,
) -> None:
    publish(world, days("2026-04-01", "2026-04-10"))
    admin = KafkaAdminClient(bootstrap_servers=world.settings.kafka)
    spans = topics.spans(world.settings, world.topic)
    places = [TopicPartition(world.topic.name, number) for number in range(len(spans))]
    admin.delete_records({p: s.end - 5 for p, s in zip(places, spans, strict=True)})
    admin.close()
    assert "begins at offset" in run(world, "verify").errors

    assert run(world, "init", "--adopt", "--json").json()["moved"] == [0, 1]

    assert differences(world) == (0, 0, 0)
    pump(world)
    go_on(world)
    assert differences(world) == (0, 0, 0)


def test_what_was_sent_before_the_log_was_lost_is_sent_again(world: World) -> None:
    """The other topics may have been lost with it."""
    with world.engine.begin() as connection:
        rows = outbox.unsent(connection).rows
        for number, sent, last in outbox.waiting(connection):
            outbox.advance(connection, number, sent, last)
        assert outbox.unsent(connection).rows == 0
    assert run(made_again(world), "init", "--adopt").status == 0
    with world.engine.connect() as connection:
        assert outbox.unsent(connection).rows == rows > 0


def test_what_was_set_aside_of_another_log_is_kept_beside_what_is_set_aside_now(
    world: World,
) -> None:
    """The first record of each log is unreadable: both stand at offset 0."""
    first = made_again(world)
    assert run(first, "init", "--adopt").status == 0
    set_aside(first, b"of the first log")
    again = made_again(first)
    assert run(again, "init", "--adopt").status == 0
    set_aside(again, b"of the second log")

    assert differences(again) == (0, 0, 0)
    with again.engine.connect() as connection:
        query = select(schema.dead_records.c.offset, schema.dead_records.c.state)
        kept = sorted(map(tuple, connection.execute(query)))
    assert kept == [(-1, "adopted"), (0, "open")]


def test_adopting_what_fits_already_proves_nothing_anew(world: World) -> None:
    with world.engine.begin() as connection:
        connection.execute(delete(schema.tasks))
    assert run(world, "init", "--adopt", "--json").json()["moved"] == []
    assert differences(world)[0] > 0
