"""Whether a partition may go on is asked while others go on folding and deleting."""

from pathlib import Path

import pytest
from faust.types import TP
from kafka import KafkaAdminClient, TopicPartition

from streams.kafka import topics
from streams.worker.frame_worker import FrameWorker
from tests.builders import lease_id, registered
from tests.pump import World, make_world, publish, pump
from tests.waiting import wait_until


@pytest.fixture
def world(kafka: str, topic_prefix: str, tmp_path: Path, database_url: str) -> World:
    """One partition with ten leases, all folded."""
    world = make_world(kafka, topic_prefix, tmp_path, database_url, partitions=1)
    publish(world, [registered(lease_id(number)) for number in range(10)])
    pump(world)
    return world


def check(world: World) -> dict[TP, str]:
    place = TP(world.topic.name, 0)
    return FrameWorker(world.settings, world.engine, world.topic).check([place])


def test_a_record_folded_after_the_end_was_seen_stops_nothing(
    world: World, monkeypatch: pytest.MonkeyPatch
) -> None:
    look = topics.spans

    def slowly(*arguments: object) -> list[topics.Span]:
        found = look(world.settings, world.topic)
        publish(world, [registered(lease_id(99))])
        monkeypatch.setattr(topics, "spans", look)
        pump(world)
        return found

    monkeypatch.setattr(topics, "spans", slowly)
    assert check(world) == {}


def test_a_log_that_lost_what_was_not_folded_stops_the_partition(world: World) -> None:
    publish(world, [registered(lease_id(99))])
    end = topics.spans(world.settings, world.topic)[0].end
    admin = KafkaAdminClient(bootstrap_servers=world.settings.kafka)
    admin.delete_records({TopicPartition(world.topic.name, 0): end})
    admin.close()
    (reason,) = check(world).values()
    assert "restore the pair that belongs together" in reason


def test_a_topic_that_is_gone_stops_the_partition_and_is_named(world: World) -> None:
    admin = KafkaAdminClient(bootstrap_servers=world.settings.kafka)
    admin.delete_topics([world.topic.name])
    wait_until(lambda: world.topic.name not in admin.list_topics(), 30, "the topic is gone")
    admin.close()
    (reason,) = check(world).values()
    assert world.topic.name in reason
    assert "does not exist" in reason
