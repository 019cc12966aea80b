"""A log that is no longer the one the database was filled from: the partition stops, says why,
and `bokvar init --adopt` is the way out."""

import shutil
from collections.abc import Callable
from pathlib import Path

import msgspec
import pytest
from kafka import TopicPartition
from sqlalchemy import func, select

from alerts.store import schema
from streams.embedded.broker import Broker
from streams.kafka import topics
from streams.kafka.clients import admin
from tests import builders
from tests.chaos.conftest import Start
from tests.chaos.oracle import assert_whole
from tests.chaos.system import Servers, System
from tests.chaos.town import Town, lines
from tests.processes import BokvarProcess
from tests.waiting import wait_until

pytestmark = [pytest.mark.chaos, pytest.mark.timeout(240)]
Bokvar = Callable[..., BokvarProcess]


def test_a_topic_made_anew_stops_the_worker_which_says_why_until_it_is_adopted(
    on_sqlite: Servers, start: Start, bokvar: Bokvar
) -> None:
    system, town = start(on_sqlite)
    town.publish(list(lines(60, 60, 3)))
    system.wait_idle()
    leases = count_leases(system)
    recreate(system)
    assert "not the topic this database was filled from" in stopped(system)
    adopt(system, bokvar)
    goes_on(system, leases)


def test_a_log_that_ends_before_the_watermark_stops_its_partitions(
    tmp_path: Path, start: Start, bokvar: Bokvar
) -> None:
    """The broker's disk came back from an older copy than the database."""
    with Broker(tmp_path / "kafka") as broker:
        system, town = start(Servers(broker, f"sqlite:///{tmp_path / 'bokvar.db'}"))
        town.publish(list(lines(60, 60, 3)))
        system.wait_idle()
        broker.stop()
        shutil.copytree(broker.data_dir, tmp_path / "copy")
        broker.start()
        town.publish(list(lines(60, 60, 4)))
        system.wait_idle()
        broker.stop()
        shutil.rmtree(broker.data_dir)
        shutil.copytree(tmp_path / "copy", broker.data_dir)
        broker.start()
        assert "restore the pair that belongs together" in stopped(system)
        leases = count_leases(system)
        adopt(system, bokvar)
        goes_on(system, leases)


@pytest.mark.parametrize(
    ("running", "left"),
    [(True, 3), (True, 0), (False, 3)],
    ids=["while it runs", "while it runs, to its end", "while it is down"],
)
def test_a_log_whose_start_moved_past_the_watermark_stops_that_partition_alone(
    running: bool, left: int, on_sqlite: Servers, start: Start, bokvar: Bokvar
) -> None:
    system, town = start(on_sqlite)
    town.publish(list(lines(60, 60, 3)))
    system.wait_idle()
    (worker,) = system.workers
    if running:
        worker.pause()
    else:
        worker.crash()
    town.publish(list(lines(60, 30, 4)))
    town.publish(list(lines(60, 30, 5)))  # the first may be on their way to a frozen worker
    expire(system, 0, left)
    if running:
        worker.resume()
    else:
        worker.start()
    reason = stopped(system)
    assert reason.startswith("partition 0: the database has read up to offset")
    wait_until(
        lambda: system.watermarks()[1:] == system.log_ends()[1:], 60, "the other partitions go on"
    )
    assert system.watermarks()[0] < system.log_ends()[0]
    adopt(system, bokvar)
    goes_on(system, count_leases(system))


def recreate(system: System) -> None:
    """Delete the event topic, and make it again under the same name."""
    client = admin(system.settings)
    try:
        client.delete_topics([system.topic.name])
        wait_until(lambda: is_gone(system), 30, "the topic is gone")
    finally:
        client.close()
    topics.create(system.settings)


def is_gone(system: System) -> bool:
    """Whether the event topic does not exist."""
    try:
        topics.event_topic(system.settings)
    except topics.TopicError:
        return True
    return False


def expire(system: System, number: int, left: int) -> None:
    """Delete all of a partition's records but the last `left`."""
    client = admin(system.settings)
    try:
        end = system.log_ends()[number] - left
        client.delete_records({TopicPartition(system.topic.name, number): end})
    finally:
        client.close()


def stopped(system: System) -> str:
    """Wait until the worker says that a partition stands still; the first reason."""
    (worker,) = system.workers

    def reason() -> str:
        reasons = [why for why in system.not_ready(worker) if why.startswith("partition")]
        return reasons[0] if reasons else ""

    return wait_until(reason, 90, f"the worker says what is wrong (its log: {worker.log})")


def adopt(system: System, bokvar: Bokvar) -> None:
    """What the operator does: `bokvar init --adopt`, and the worker started anew."""
    system.workers[0].end()
    done = bokvar("init", "--adopt", environment=system.environment)
    assert done.wait() == 0, done.errors
    (worker,) = system.workers
    worker.start()
    system.wait_ready()


def goes_on(system: System, least: int) -> None:
    """What is sent now is folded, beside the `least` leases there were, and compared."""
    town = Town(system.settings, system.topic.partitions, iter(()))
    town.publish([registered(number) for number in range(100)])
    assert_whole(system, town)
    assert count_leases(system) >= least + 100


def count_leases(system: System) -> int:
    """How many leases the database has."""
    with system.engine.connect().execution_options(read_only=True) as connection:
        return connection.scalar(select(func.count()).select_from(schema.leases)) or 0


def registered(number: int) -> bytes:
    """A lease that no simulated town has."""
    return msgspec.json.encode(builders.registered(builders.lease_id(900_000 + number)))
