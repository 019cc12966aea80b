"""The data folder of one node: who may use it, what it holds, whose it is."""

import base64
import errno
import fcntl
import os
import shutil
import tempfile
import time
import uuid
from pathlib import Path

from streams.embedded.broker import faults
from streams.embedded.broker.faults import BrokerError

# Kafka wants room for its first segments and indexes; below this it dies while starting.
MIN_FREE_BYTES = 100 * 1024 * 1024
_LOCK_PATIENCE_SECONDS = 3.0


class DataFolder:
    """A folder with the messages, the settings and the log of one node; one broker at a time."""

    def __init__(self, path: Path) -> None:
        self.path = path
        self.logs = path / "data"
        self.settings = path / "server.properties"
        self.log = path / "broker.log"
        self._lock = -1

    @property
    def lock(self) -> int:
        """The open lock file: handed to the broker, so that the lock lives as long as it does."""
        return self._lock

    def open(self, min_free_bytes: int = MIN_FREE_BYTES) -> None:
        """Make the folder if need be and take its lock, until `close`.

        Raises BrokerError if it cannot be written, has less than `min_free_bytes` of free space,
        holds a cluster's nodes, or is in use.
        """
        self._check_writable()
        if shutil.disk_usage(self.path).free < min_free_bytes:
            raise BrokerError(faults.disk_full(self.path))
        if (self.path / "node-1").is_dir():
            raise BrokerError(faults.other_shape(self.path, "a cluster", "a single broker"))
        self._lock = os.open(self.path / "lock", os.O_RDWR | os.O_CREAT, 0o600)
        if not self._take_lock():
            self.close()
            raise BrokerError(faults.folder_in_use(self.path))

    def close(self) -> None:
        """Give up the lock; harmless when there is none."""
        if self._lock >= 0:
            os.close(self._lock)
            self._lock = -1

    def identity(self) -> dict[str, str]:
        """What Kafka noted when the folder was formatted (cluster.id, node.id); empty if new."""
        try:
            text = (self.logs / "meta.properties").read_text()
        except FileNotFoundError:
            return {}
        pairs = (line.split("=", 1) for line in text.splitlines() if "=" in line)
        return {name.strip(): value.strip() for name, value in pairs}

    def check_identity(self, cluster_id: str | None, node_id: int) -> None:
        """Raise BrokerError if the folder was formatted for another cluster or another node."""
        found = self.identity()
        if not found:
            return
        if cluster_id is not None and found["cluster.id"] != cluster_id:
            was, wanted = f"cluster {found['cluster.id']}", f"cluster {cluster_id}"
            raise BrokerError(faults.wrong_cluster(self.path, was, wanted))
        if found["node.id"] != str(node_id):
            was, wanted = f"node {found['node.id']}", f"node {node_id}"
            raise BrokerError(faults.wrong_cluster(self.path, was, wanted))

    def _check_writable(self) -> None:
        try:
            self.path.mkdir(parents=True, exist_ok=True)
            # Permissions alone do not tell: the disk may be read-only, or full.
            with tempfile.TemporaryFile(dir=self.path) as probe:
                probe.write(b"x" * 4096)
        except OSError as error:
            if error.errno in (errno.ENOSPC, errno.EDQUOT):
                raise BrokerError(faults.disk_full(self.path)) from error
            raise BrokerError(
                f"The data folder {self.path} cannot be written ({error.strerror}): "
                "mend its permissions, or choose another folder with --data."
            ) from error

    def _take_lock(self) -> bool:
        # A broker that was just killed may need a moment to be gone.
        deadline = time.monotonic() + _LOCK_PATIENCE_SECONDS
        while True:
            try:
                fcntl.flock(self._lock, fcntl.LOCK_EX | fcntl.LOCK_NB)
            except BlockingIOError:
                if time.monotonic() > deadline:
                    return False
                time.sleep(0.05)
            else:
                return True


def new_cluster_id() -> str:
    """A fresh cluster id: 22 characters of base64; a leading "-" would read as an option."""
    while True:
        name = base64.urlsafe_b64encode(uuid.uuid4().bytes).rstrip(b"=").decode()
        if not name.startswith("-"):
            return name
