"""Three brokers, three copies of everything: one broker at a time may die, and nothing stops."""

from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest
from confluent_kafka import KafkaException
from confluent_kafka.admin import AdminClient
from kafka.admin import ConfigResource, ConfigResourceType

from alerts.settings import read
from streams.embedded.broker import Cluster
from streams.kafka.clients import admin
from streams.kafka.topics import TOPICS, full_name
from tests.chaos.oracle import assert_whole
from tests.chaos.system import Servers, System
from tests.chaos.town import Town, lines
from tests.waiting import wait_until

pytestmark = [pytest.mark.chaos, pytest.mark.timeout(400)]
COPIES = 3
LEASES, DAYS = 300, 3650  # more than can be sent while the test runs
RATE = 100.0  # messages a second


class Replicated(System):
    """A system whose topics are kept on three brokers."""

    def __init__(self, servers: Servers, folder: Path, prefix: str, **options: Any) -> None:
        super().__init__(servers, folder, prefix, **options)
        self.environment["BOKVAR_REPLICATION"] = str(COPIES)
        self.settings = read(self.environment)


@pytest.fixture(scope="module")
def cluster(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Cluster]:
    """Three brokers that the module's tests may kill."""
    with Cluster(tmp_path_factory.mktemp("cluster")) as brokers:
        yield brokers


@pytest.fixture
def system(cluster: Cluster, tmp_path: Path, topic_prefix: str) -> Iterator[System]:
    """One worker and one relay on the three brokers."""
    servers = Servers(cluster, f"sqlite:///{tmp_path / 'bokvar.db'}")
    with Replicated(servers, tmp_path / "system", topic_prefix, workers=1) as found:
        yield found


def test_each_broker_killed_in_turn_loses_no_acknowledged_event_and_stops_nothing(
    cluster: Cluster, system: System
) -> None:
    town = Town(system.settings, system.topic.partitions, lines(LEASES, DAYS, 11), RATE)
    town.start()
    system.wait_flowing()
    for number, broker in enumerate(cluster.nodes):
        wait_until(lambda: all_in_sync(system), 90, "all copies are in sync")
        acknowledged = town.count
        broker.kill()
        wait_until(
            lambda before=acknowledged: town.count > before + 2 * RATE,  # type: ignore[misc]
            60,
            f"Kafka takes messages without broker {number + 1}",
        )
        system.wait_flowing()
        assert not broker.running, "all that was without it"
        broker.start()
    wait_until(lambda: all_in_sync(system), 90, "all copies are in sync")
    town.stop()
    assert_whole(system, town, least=1_000)
    assert not system.supervisor.ends, "no worker and no relay had to be started again"


def test_topics_of_three_copies_acknowledge_only_what_two_brokers_have(system: System) -> None:
    names = [full_name(system.settings, topic) for topic in TOPICS]
    client = admin(system.settings)
    try:
        for topic in client.describe_topics(names):
            assert all(len(part["replica_nodes"]) == COPIES for part in topic["partitions"])
    finally:
        client.close()
    assert set(in_sync_demanded(system, names)) == {"2"}


def all_in_sync(system: System) -> bool:
    """Does every broker have every message of every topic, the group's own among them?"""
    client = AdminClient({"bootstrap.servers": system.settings.kafka})
    try:
        topics = client.list_topics(timeout=10).topics.values()
    except KafkaException:
        return False
    places = [place for topic in topics for place in topic.partitions.values()]
    return bool(places) and all(len(place.isrs) == len(place.replicas) for place in places)


def in_sync_demanded(system: System, names: list[str]) -> list[str]:
    """`min.insync.replicas` of each topic."""
    client = admin(system.settings)
    try:
        resources = [ConfigResource(ConfigResourceType.TOPIC, name) for name in names]
        found = client.describe_configs(resources, config_filter="all")["topic"]
        return [found[name]["min.insync.replicas"]["value"] for name in names]
    finally:
        client.close()
