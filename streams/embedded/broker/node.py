"""One embedded Kafka node: start, health, stop, and the rough handling that tests need."""

import errno
import signal
import time
from collections.abc import Mapping
from pathlib import Path
from types import TracebackType
from typing import Self

from streams.embedded.broker import faults
from streams.embedded.broker.commands import format_folder, server_command
from streams.embedded.broker.config import (
    HEAP_MB,
    HOST,
    NodeSettings,
    free_ports,
    obstacle,
    properties,
)
from streams.embedded.broker.faults import BrokerError
from streams.embedded.broker.folder import MIN_FREE_BYTES, DataFolder, new_cluster_id
from streams.embedded.broker.health import registered_brokers
from streams.embedded.broker.runtime import Runtime, find_runtime
from streams.embedded.broker.warmup import ensure_start_cache
from streams.embedded.child_process import ChildProcess

_START_SECONDS = 60.0
_STOP_SECONDS = 6.0  # whoever asks for the end of a process waits ten, not longer


class Broker:
    """Apache Kafka in a folder that survives restarts; the process ends with its parent.

    The port is chosen when the object is made (0: any free one) and stays the same over restarts.
    `overrides` are lines of Kafka's own settings. Every method that fails raises BrokerError with
    one sentence. A broker on one machine does not survive power loss by itself: Kafka answers
    before the disk has the message.
    """

    def __init__(
        self,
        data_dir: Path,
        port: int = 0,
        *,
        heap_mb: int = HEAP_MB,
        min_free_bytes: int = MIN_FREE_BYTES,
        overrides: Mapping[str, str] | None = None,
    ) -> None:
        controller, spare = free_ports(2)
        voters = {1: controller}
        self.settings = NodeSettings(1, port or spare, voters, heap_mb, overrides or {})
        self.data_dir = Path(data_dir).resolve()
        self.cluster_id: str | None = None
        self._folder = DataFolder(self.data_dir)
        self._min_free_bytes = min_free_bytes
        self._process: ChildProcess | None = None
        self._log_start = 0

    @classmethod
    def of_cluster(cls, data_dir: Path, settings: NodeSettings, cluster_id: str) -> "Broker":
        """A node of a cluster, with settings made for it and the cluster's id."""
        node = cls(data_dir)
        node.settings, node.cluster_id = settings, cluster_id
        return node

    @property
    def bootstrap(self) -> str:
        """The address for clients, host:port."""
        return f"{HOST}:{self.settings.port}"

    @property
    def pid(self) -> int:
        """The process id of Kafka. Raises BrokerError when it was never started."""
        return self._started().pid

    @property
    def running(self) -> bool:
        """Whether the process lives; a paused one does."""
        return self._process is not None and self._process.exit_code is None

    def start(self) -> None:
        """Start Kafka and wait until it answers, formatting the folder if it is new."""
        self.launch()
        try:
            self.wait_ready()
        except BaseException:
            self.kill()
            raise

    def check_ports(self) -> None:
        """Raise BrokerError if this node, being down, could not listen on its ports."""
        for port in (self.settings.port, self.settings.controller_port):
            found = obstacle(port)
            if found is not None and found.errno == errno.EADDRINUSE:
                raise BrokerError(faults.port_taken(HOST, port)) from found
            if found is not None:
                raise BrokerError(faults.port_refused(HOST, port, str(found.strerror))) from found

    def launch(self) -> None:
        """Start Kafka without waiting for it (a cluster's first node cannot be ready alone)."""
        if self.running:
            return
        self._release()
        self._folder.open(self._min_free_bytes)
        try:
            self.check_ports()
            runtime = find_runtime()
            ensure_start_cache(runtime)
            self._prepare(runtime)
            self._process = self._spawn(runtime)
        except BaseException:
            self._folder.close()
            raise

    def wait_ready(self, brokers: int = 1, timeout: float = _START_SECONDS) -> None:
        """Wait until the node answers and knows `brokers` brokers to be in service."""
        deadline = time.monotonic() + timeout
        while registered_brokers(HOST, self.settings.port) < brokers:
            if not self.running:
                raise BrokerError(self.failure() or faults.not_started(self.data_dir))
            if time.monotonic() > deadline:
                raise BrokerError(
                    f"Kafka at {self.bootstrap} was not ready after {timeout:.0f} seconds: "
                    f"read {self._folder.log}, or try again when the machine is less busy."
                )
            time.sleep(0.02)

    def failure(self) -> str | None:
        """Why Kafka ended without being asked to, as one sentence; None while all is well."""
        code = None if self._process is None else self._process.exit_code
        if code is None:
            return None
        with self._folder.log.open("rb") as stream:
            stream.seek(self._log_start)
            written = stream.read().decode(errors="replace")
        return self._explain(written, code)

    def stop(self, patience: float = _STOP_SECONDS) -> None:
        """End Kafka in good order, by force after `patience` seconds; harmless when it is down."""
        if self._process is not None:
            self._process.stop(patience)
        self._release()

    def kill(self) -> None:
        """End Kafka as a crash would (SIGKILL)."""
        self._release()

    def pause(self) -> None:
        """Freeze Kafka (SIGSTOP): it keeps its connections but answers nothing."""
        self._started().send(signal.SIGSTOP)

    def resume(self) -> None:
        """Let a frozen Kafka go on (SIGCONT)."""
        self._started().send(signal.SIGCONT)

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

    def _started(self) -> ChildProcess:
        if self._process is None:
            raise BrokerError(faults.not_started(self.data_dir))
        return self._process

    def _release(self) -> None:
        if self._process is not None:
            self._process.kill()
            self._process = None
        self._folder.close()

    def _prepare(self, runtime: Runtime) -> None:
        self._folder.check_identity(self.cluster_id, self.settings.node_id)
        self._folder.settings.write_text(properties(self.settings, self._folder.logs))
        if self._folder.identity():
            return
        done = format_folder(runtime, self._folder.settings, self.cluster_id or new_cluster_id())
        if done.returncode != 0:
            raise BrokerError(self._explain(done.stdout + done.stderr, done.returncode))

    def _spawn(self, runtime: Runtime) -> ChildProcess:
        self._log_start = self._folder.log.stat().st_size if self._folder.log.exists() else 0
        command = server_command(runtime, self._folder.settings, self.settings.heap_mb)
        lock = self._folder.lock
        return ChildProcess(command, self._folder.log, folder=self.data_dir, keep_open=[lock])

    def _explain(self, written: str, code: int) -> str:
        return faults.explain(written, code, self.data_dir, HOST, self.settings.port)
