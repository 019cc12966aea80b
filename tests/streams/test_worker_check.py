"""Whether a partition may go on is asked while others go on folding and deleting."""

from pathlib import Path

import pytest
from faust.types import TP
from kafka import KafkaAdminClient, TopicPartition
from sqlalchemy import delete

from alerts.store import schema
from streams.kafka import topics
from streams.worker.frame_worker import FrameWorker
from tests.builders import lease_id, registered
from tests.pump import World, make_world, publish, pump
from tests.rules.in_process import release
from tests.streams.cli.commands import run
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


class TestRules:
    """A partition under rules of another release stands still, and goes on where its own begin."""

    @pytest.fixture
    def under_this(self, world: World) -> World:
        """The world's rules are named after what it holds, and read."""
        assert run(world, "upgrade").status == 0
        publish(world, [registered(lease_id(10))])
        pump(world)
        return world

    def test_unknown_ones_stop_it_with_a_sentence(self, under_this: World) -> None:
        with release(77):
            (reason,) = check(under_this).values()
        assert "which this release does not know" in reason
        assert check(under_this) == {}

    def test_a_change_that_only_the_log_knows_of_lets_it_go_on(self, under_this: World) -> None:
        """The database was restored from before the upgrade."""
        with release(77):
            run(under_this, "upgrade")
            worker = FrameWorker(under_this.settings, under_this.engine, under_this.topic)
            assert worker.check([TP(under_this.topic.name, 0)]) == {}
            worker.rules.standing.add(0)
            assert worker.rules.opened() == {0}
            forget_changes(under_this)
            assert worker.rules.opened() == set()
            assert worker.check([TP(under_this.topic.name, 0)]) == {}

    def test_a_change_under_way_holds_it_until_its_checkpoint_is_taken(
        self, under_this: World
    ) -> None:
        publish(under_this, [registered(lease_id(11))])
        with release(77):
            run(under_this, "upgrade", "--wait", "0")
        with pytest.raises(AssertionError):
            pump(under_this)
        with release(77):
            (reason,) = check(under_this).values()
            assert "checkpoint there is not taken yet" in reason
            assert run(under_this, "upgrade").status == 0
            assert check(under_this) == {}


def forget_changes(world: World) -> None:
    """The database knows of no change of rules."""
    with world.engine.begin() as connection:
        connection.execute(delete(schema.rule_changes))
