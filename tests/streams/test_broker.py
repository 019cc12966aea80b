"""The embedded broker: every way to fail has a sentence, and messages outlive the process."""

import os
import signal
import socket
import sys
import threading
from collections.abc import Iterator
from http.server import BaseHTTPRequestHandler, HTTPServer
from pathlib import Path

import psutil
import pytest
from confluent_kafka import Producer
from confluent_kafka.admin import AdminClient
from kafka import KafkaConsumer, KafkaProducer, TopicPartition
from kafka.admin import KafkaAdminClient, NewTopic
from kafka.errors import KafkaError

from streams.embedded.broker import Broker, BrokerError, Cluster
from streams.embedded.broker.config import HOST, NodeSettings, free_ports
from streams.embedded.broker.faults import explain
from streams.embedded.broker.folder import new_cluster_id
from streams.embedded.broker.health import registered_brokers
from streams.embedded.child_process import ChildProcess
from tests.processes import is_alive
from tests.waiting import wait_until

pytestmark = pytest.mark.kafka


def refusal(broker: Broker | Cluster) -> str:
    """Start what cannot start; its one sentence."""
    with pytest.raises(BrokerError) as caught:
        broker.start()
    sentence = str(caught.value)
    assert "\n" not in sentence
    assert sentence.endswith(".")
    return sentence


def make_topic(bootstrap: str, topic: str) -> None:
    admin = KafkaAdminClient(bootstrap_servers=bootstrap)
    admin.create_topics([NewTopic(topic, 1, -1)])
    admin.close()


def leader_of(bootstrap: str, topic: str) -> int:
    """The number of the node that leads the topic's only partition."""
    metadata = AdminClient({"bootstrap.servers": bootstrap}).list_topics(topic, timeout=20)
    return int(metadata.topics[topic].partitions[0].leader)


def send(bootstrap: str, topic: str, *values: bytes) -> None:
    """Send each value and wait until the broker has acknowledged it."""
    producer = KafkaProducer(bootstrap_servers=bootstrap, acks="all")
    for value in values:
        producer.send(topic, value).get(30)
    producer.close()


def read(bootstrap: str, topic: str) -> list[bytes]:
    consumer = KafkaConsumer(bootstrap_servers=bootstrap, auto_offset_reset="earliest")
    partition = TopicPartition(topic, 0)
    consumer.assign([partition])
    end = consumer.end_offsets([partition])[partition]
    values: list[bytes] = []

    def all_read() -> bool:
        for records in consumer.poll(200).values():
            values.extend(record.value for record in records)
        return bool(consumer.position(partition) >= end)

    wait_until(all_read, 30, f"{topic} is read to its end")
    consumer.close()
    return values


@pytest.fixture
def broker(tmp_path: Path) -> Iterator[Broker]:
    with Broker(tmp_path / "kafka") as running:
        yield running


def test_a_taken_port_is_refused_with_its_number_and_leaves_no_process(tmp_path: Path) -> None:
    with socket.create_server((HOST, 0)) as other:
        port = other.getsockname()[1]
        broker = Broker(tmp_path, port)
        sentence = refusal(broker)
    assert sentence.startswith(f"Port {port} on {HOST} is taken")
    assert not broker.running


def test_a_folder_that_cannot_be_written_is_refused_with_its_path(tmp_path: Path) -> None:
    (tmp_path / "file").write_text("not a folder")
    folder = tmp_path / "file" / "kafka"
    assert refusal(Broker(folder)).startswith(f"The data folder {folder} cannot be written (")


def test_too_little_free_space_is_refused_before_anything_is_written(tmp_path: Path) -> None:
    sentence = refusal(Broker(tmp_path, min_free_bytes=1 << 60))
    assert sentence.startswith(f"The disk that holds {tmp_path} is full")
    assert not list(tmp_path.iterdir())


def test_a_disk_that_fills_up_ends_the_broker_with_a_sentence(broker: Broker) -> None:
    make_topic(broker.bootstrap, "events")
    # The system's own limit stands in for a small disk: both refuse the next byte of a log.
    psutil.Process(broker.pid).rlimit(psutil.RLIMIT_FSIZE, (3 << 20, 3 << 20))
    producer = Producer({"bootstrap.servers": broker.bootstrap, "log_level": 0})
    for _ in range(40):
        producer.produce("events", os.urandom(100_000))
    producer.poll(0)

    sentence = wait_until(broker.failure, 30, "the broker ends")

    assert sentence is not None
    assert sentence.startswith(f"A file in {broker.data_dir} reached the size")
    producer.purge()


def test_a_full_disk_in_the_log_of_a_dead_broker_is_named(tmp_path: Path) -> None:
    log = "ERROR cannot append\njava.io.IOException: No space left on device\n\tat java.base"
    sentence = explain(log, 1, tmp_path, HOST, 9092)
    assert sentence.startswith(f"The disk that holds {tmp_path} is full")


def test_an_unknown_cause_of_death_is_quoted_and_the_log_named(tmp_path: Path) -> None:
    log = "INFO starting\njava.lang.IllegalStateException: the moon is full\n\tat java.base"
    sentence = explain(log, 1, tmp_path, HOST, 9092)
    assert "IllegalStateException: the moon is full" in sentence
    assert str(tmp_path / "broker.log") in sentence


@pytest.mark.parametrize("answer", ["nobody listens", "404"])
def test_a_missing_download_is_one_sentence_and_leaves_nothing_half_done(
    answer: str, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    repository = HTTPServer((HOST, 0), BaseHTTPRequestHandler)
    address = f"http://{HOST}:{repository.server_port}"
    if answer == "404":
        # The plain handler knows no method, and so has nothing to give.
        threading.Thread(target=repository.serve_forever, daemon=True).start()
    else:
        repository.server_close()
    monkeypatch.setenv("no_proxy", "*")
    monkeypatch.setenv("BOKVAR_CACHE", str(tmp_path / "cache"))
    monkeypatch.setenv("BOKVAR_MAVEN_REPOSITORY", address)

    sentence = refusal(Broker(tmp_path / "kafka"))

    assert "could not be downloaded" in sentence
    assert "BOKVAR_MAVEN_REPOSITORY" in sentence
    assert [found.name for found in (tmp_path / "cache").iterdir()] == ["lock"]
    if answer == "404":
        repository.shutdown()
        repository.server_close()


def test_a_cache_that_cannot_be_written_is_refused_with_its_path(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    (tmp_path / "cache").write_text("not a folder")
    monkeypatch.setenv("BOKVAR_CACHE", str(tmp_path / "cache"))
    assert refusal(Broker(tmp_path / "kafka")).startswith(
        f"Apache Kafka cannot be kept in {tmp_path / 'cache'}"
    )


def test_a_folder_in_use_is_refused_and_its_broker_goes_on(broker: Broker) -> None:
    sentence = refusal(Broker(broker.data_dir))
    assert sentence.startswith(f"Another broker is using the data folder {broker.data_dir}")
    assert registered_brokers(HOST, broker.settings.port) == 1


def test_a_folder_of_another_cluster_node_or_shape_is_refused(tmp_path: Path) -> None:
    data = tmp_path / "kafka"
    with Broker(data) as broker:
        settings = broker.settings

    other = Broker.of_cluster(data, settings, new_cluster_id())
    assert f"The data folder {data} belongs to cluster " in refusal(other)
    port, controller = free_ports(2)
    second = NodeSettings(2, port, {2: controller})
    mine = (data / "data" / "meta.properties").read_text().split("cluster.id=")[1].split()[0]
    assert "belongs to node 1, not to node 2" in refusal(Broker.of_cluster(data, second, mine))
    with pytest.raises(BrokerError, match="belongs to a single broker"):
        Cluster(data)
    (tmp_path / "cluster" / "node-1").mkdir(parents=True)
    assert "belongs to a cluster" in refusal(Broker(tmp_path / "cluster"))


def test_a_broker_killed_from_outside_says_so(broker: Broker) -> None:
    os.kill(broker.pid, signal.SIGKILL)
    sentence = wait_until(broker.failure, 10, "the broker is seen to be dead")
    assert sentence.startswith("Kafka was killed from outside (signal 9)")


def test_the_broker_dies_with_a_parent_that_was_killed(tmp_path: Path) -> None:
    script = (
        "import pathlib, signal, sys\n"
        "from streams.embedded.broker import Broker\n"
        "broker = Broker(pathlib.Path(sys.argv[1]))\n"
        "broker.start()\n"
        "print(broker.pid, flush=True)\n"
        "signal.pause()\n"
    )
    said = tmp_path / "parent.out"
    command = [sys.executable, "-c", script, str(tmp_path / "kafka")]
    parent = ChildProcess(command, said, errors=tmp_path / "parent.err")
    pid = wait_until(lambda: int(said.read_text() or 0), 60, "the child broker is ready")

    parent.send(signal.SIGKILL)

    wait_until(lambda: not is_alive(pid), 10, "the broker follows its parent")
    parent.kill()


def test_a_paused_broker_answers_nothing_until_it_is_resumed(broker: Broker) -> None:
    broker.pause()
    port = broker.settings.port
    wait_until(lambda: registered_brokers(HOST, port, timeout=0.3) == 0, 10, "it is silent")
    assert broker.running
    broker.resume()
    broker.wait_ready(timeout=20)


def test_a_mistyped_topic_is_not_made(broker: Broker) -> None:
    producer = KafkaProducer(bootstrap_servers=broker.bootstrap, max_block_ms=500)
    with pytest.raises(KafkaError):
        producer.send("mistyped", b"lost").get(5)
    producer.close(timeout=0.1)


@pytest.mark.parametrize("ending", ["stopped", "killed"])
def test_acknowledged_messages_and_the_address_survive_a_restart(
    ending: str, broker: Broker
) -> None:
    before = broker.bootstrap
    make_topic(before, "events")
    send(before, "events", b"first", b"second")

    if ending == "stopped":
        broker.stop()
    else:
        broker.kill()
    assert not broker.running
    broker.start()

    assert broker.bootstrap == before
    assert read(broker.bootstrap, "events") == [b"first", b"second"]


def test_messages_survive_a_move_to_another_port(broker: Broker) -> None:
    make_topic(broker.bootstrap, "events")
    send(broker.bootstrap, "events", b"first")
    broker.stop()
    with Broker(broker.data_dir) as moved:
        assert moved.bootstrap != broker.bootstrap
        assert read(moved.bootstrap, "events") == [b"first"]


def test_a_cluster_lives_through_the_loss_of_a_leader_but_not_of_two_nodes(tmp_path: Path) -> None:
    with Cluster(tmp_path) as cluster:
        make_topic(cluster.bootstrap, "events")
        send(cluster.bootstrap, "events", b"before")
        leader = cluster.nodes[leader_of(cluster.bootstrap, "events") - 1]

        os.kill(leader.pid, signal.SIGKILL)
        send(cluster.bootstrap, "events", b"while it is down")
        assert cluster.failure() is None
        cluster.start()

        assert read(cluster.bootstrap, "events") == [b"before", b"while it is down"]
        for node in cluster.nodes[1:]:
            os.kill(node.pid, signal.SIGKILL)
        sentence = wait_until(cluster.failure, 10, "the dead nodes are seen")
        assert sentence is not None
        assert sentence.startswith("Kafka was killed from outside")


def test_a_cluster_with_one_taken_port_starts_no_node(tmp_path: Path) -> None:
    with socket.create_server((HOST, 0)) as other:
        cluster = Cluster(tmp_path, port=other.getsockname()[1] - 2)
        assert "is taken by another program" in refusal(cluster)
    assert not any(node.running for node in cluster.nodes)
