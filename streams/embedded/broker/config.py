"""The settings of one embedded Kafka node, and the ports it may listen on."""

import random
import socket
from collections.abc import Mapping
from dataclasses import dataclass, field
from pathlib import Path

HOST = "127.0.0.1"
# Below the range that systems hand out to outgoing connections: none can steal the port of a
# node while that node is down.
PORTS = range(20_000, 32_000)
HEAP_MB = 256


@dataclass(frozen=True)
class NodeSettings:
    """One node: its ports, and the voters (node id to controller port) it forms a quorum with."""

    node_id: int
    port: int
    voters: Mapping[int, int]
    heap_mb: int = HEAP_MB
    overrides: Mapping[str, str] = field(default_factory=dict)

    @property
    def controller_port(self) -> int:
        """The port on which this node talks to the other controllers."""
        return self.voters[self.node_id]


def obstacle(port: int, host: str = HOST) -> OSError | None:
    """What keeps a server from listening on `port` now; None if nothing does."""
    with socket.socket(socket.AF_INET, socket.SOCK_STREAM) as probe:
        # As Kafka does: a port whose last connections are only dying counts as free.
        probe.setsockopt(socket.SOL_SOCKET, socket.SO_REUSEADDR, 1)
        try:
            probe.bind((host, port))
        except OSError as error:
            return error
        return None


def free_ports(count: int) -> list[int]:
    """`count` different ports that nothing listens on, in no order."""
    found: set[int] = set()
    while len(found) < count:
        port = random.choice(PORTS)
        if obstacle(port) is None:
            found.add(port)
    return list(found)


def properties(node: NodeSettings, logs: Path) -> str:
    """The text of `server.properties`; `logs` is the folder that keeps the messages."""
    lines = {**_identity(node, logs), **_membership(len(node.voters)), **_SMALL, **node.overrides}
    return "".join(f"{name}={value}\n" for name, value in lines.items())


def _identity(node: NodeSettings, logs: Path) -> dict[str, str]:
    voters = ",".join(f"{number}@{HOST}:{port}" for number, port in sorted(node.voters.items()))
    return {
        "process.roles": "broker,controller",
        "node.id": str(node.node_id),
        "controller.quorum.voters": voters,
        "listeners": f"DATA://{HOST}:{node.port},CONTROLLER://{HOST}:{node.controller_port}",
        "advertised.listeners": f"DATA://{HOST}:{node.port}",
        "inter.broker.listener.name": "DATA",
        "controller.listener.names": "CONTROLLER",
        "listener.security.protocol.map": "DATA:PLAINTEXT,CONTROLLER:PLAINTEXT",
        # A backslash begins an escape in a properties file.
        "log.dirs": str(logs).replace("\\", "\\\\"),
    }


def _membership(nodes: int) -> dict[str, str]:
    # With three nodes, one may be lost without losing an acknowledged message or stopping writes.
    copies, in_sync = str(min(nodes, 3)), str(min(nodes, 3) // 2 + 1)
    return {
        "default.replication.factor": copies,
        "min.insync.replicas": in_sync,
        "offsets.topic.replication.factor": copies,
        "transaction.state.log.replication.factor": copies,
        "transaction.state.log.min.isr": in_sync,
        "share.coordinator.state.topic.replication.factor": copies,
        "share.coordinator.state.topic.min.isr": in_sync,
        # A killed node is given up, and taken back if it was started again, only after this time.
        "broker.session.timeout.ms": "2000" if nodes == 1 else "3000",
        "broker.heartbeat.interval.ms": "400",
        "controller.quorum.fetch.timeout.ms": "1500",
    }


_SMALL = {
    # A topic with a mistyped name must be an error, not a new topic.
    "auto.create.topics.enable": "false",
    # The log is the truth: nothing expires unless a topic says so.
    "log.retention.ms": "-1",
    "num.network.threads": "2",
    "num.io.threads": "4",
    "num.recovery.threads.per.data.dir": "2",
    "offsets.topic.num.partitions": "4",
    "transaction.state.log.num.partitions": "4",
    "share.coordinator.state.topic.num.partitions": "1",
    # The default buffer, 128 MB, is half of the heap.
    "log.cleaner.dedupe.buffer.size": "4194304",
    "log.segment.bytes": "268435456",
    "log.index.size.max.bytes": "2097152",
    # A lone worker need not wait for others to join before it may read.
    "group.initial.rebalance.delay.ms": "0",
    "group.min.session.timeout.ms": "1000",
}
