"""A cluster of embedded Kafka nodes on loopback, each its own process and its own folder."""

from collections.abc import Mapping
from concurrent.futures import ThreadPoolExecutor
from pathlib import Path
from types import TracebackType
from typing import Self

from streams.embedded.broker import faults
from streams.embedded.broker.config import HEAP_MB, NodeSettings, free_ports
from streams.embedded.broker.faults import BrokerError
from streams.embedded.broker.folder import DataFolder, new_cluster_id
from streams.embedded.broker.node import Broker

# Once most controllers are gone nobody can release the last nodes from duty.
_LAST_NODES_PATIENCE_SECONDS = 2.5
_FIRST_NODES_PATIENCE_SECONDS = 4.0  # both together well within the ten that an end may take


class Cluster:
    """Nodes that are broker and controller at once: with three, every message is kept thrice.

    An acknowledged message (acks=all) survives the loss of any one node, and writes go on
    (min.insync.replicas 2). Node n keeps its data in `data_dir/node-n`.
    """

    def __init__(
        self,
        data_dir: Path,
        nodes: int = 3,
        port: int = 0,
        *,
        heap_mb: int = HEAP_MB,
        overrides: Mapping[str, str] | None = None,
    ) -> None:
        """The nodes listen on `port`, `port` + 1, ...; on any free ports if it is 0."""
        self.data_dir = Path(data_dir).resolve()
        ports = free_ports(2 * nodes)
        data_ports = [port + index for index in range(nodes)] if port else ports[:nodes]
        voters = dict(enumerate(ports[nodes:], start=1))
        self.cluster_id = self._cluster_id(nodes)
        self.nodes = tuple(
            Broker.of_cluster(
                self.data_dir / f"node-{number}",
                NodeSettings(number, data_ports[number - 1], voters, heap_mb, overrides or {}),
                self.cluster_id,
            )
            for number in voters
        )

    @property
    def bootstrap(self) -> str:
        """The addresses for clients, host:port separated by commas."""
        return ",".join(node.bootstrap for node in self.nodes)

    @property
    def running(self) -> bool:
        """Whether every node's process lives."""
        return all(node.running for node in self.nodes)

    def start(self) -> None:
        """Start the nodes that are down, and wait until every node knows all of them.

        Raises BrokerError if one cannot start; then none of them runs.
        """
        for node in self.nodes:
            if not node.running:
                node.check_ports()
        try:
            for node in self.nodes:
                node.launch()
            self.wait_ready()
        except BaseException:
            self.stop()
            raise

    def wait_ready(self) -> None:
        """Wait until every node answers and knows all the others to be in service."""
        for node in self.nodes:
            node.wait_ready(brokers=len(self.nodes))

    def failure(self) -> str | None:
        """Why the cluster no longer takes messages, as one sentence; None while most nodes live."""
        dead = [fault for node in self.nodes if (fault := node.failure())]
        return dead[-1] if len(self.nodes) - len(dead) < self._majority else None

    def stop(self) -> None:
        """End all nodes: in good order as long as most controllers live, then by force."""
        for node in self.nodes[self._majority :]:
            node.stop(_FIRST_NODES_PATIENCE_SECONDS)
        last = self.nodes[: self._majority]
        with ThreadPoolExecutor(len(last)) as pool:
            for node in last:
                pool.submit(node.stop, _LAST_NODES_PATIENCE_SECONDS)

    def __enter__(self) -> Self:
        self.start()
        return self

    def __exit__(
        self,
        kind: type[BaseException] | None,
        error: BaseException | None,
        trace: TracebackType | None,
    ) -> None:
        self.stop()

    @property
    def _majority(self) -> int:
        return len(self.nodes) // 2 + 1

    def _cluster_id(self, nodes: int) -> str:
        folders = [DataFolder(self.data_dir / f"node-{number + 1}") for number in range(nodes)]
        known = {folder.identity().get("cluster.id") for folder in folders} - {None}
        if (self.data_dir / "server.properties").exists():
            raise BrokerError(faults.other_shape(self.data_dir, "a single broker", "a cluster"))
        return next((name for name in known if name), new_cluster_id())
