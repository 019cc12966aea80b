"""A checkpoint: the folded state of every partition at its watermark, in files with their digests.

`<folder>/<sequence>/partition-<number>.gz` hold the state, `manifest.json` says which topic it
belongs to and what each file must hold.
"""

import gzip
import zlib
from collections.abc import Mapping
from hashlib import sha256
from pathlib import Path

import msgspec
from msgspec import Struct

from alerts.contract.messages import VisitTask
from alerts.fold.partition import Partition
from alerts.fold.record import DeadRecord
from alerts.store import upcast
from models.lease.state import STATE_VERSION, Lease, decode, encode


class CheckpointError(Exception):
    """A checkpoint cannot be saved or used; the text says which, why and what is done instead."""


class Saved(Struct, array_like=True):
    """One partition's state: `leases` and `tasks` in their stored forms, by their ids' order;
    `money` as the money oracle gave it."""

    partition: Partition
    state_version: int
    leases: list[bytes]
    tasks: list[bytes]
    dead: list[DeadRecord]
    money: bytes

    def lease_map(self) -> dict[str, Lease]:
        """The leases by id."""
        found = (decode(state, self.state_version) for state in self.leases)
        return {lease.lease_id: lease for lease in found}

    def task_map(self) -> dict[str, VisitTask]:
        """The tasks by id."""
        bodies = self.tasks if self.state_version > 1 else map(upcast.visit_task, self.tasks)
        tasks = (_task.decode(task) for task in bodies)
        return {task.task_id: task for task in tasks}


class Part(Struct):
    """What a partition's file must hold: the watermark, the last outbox row, and a digest over
    the partition, its leases and all else; `rules` are those that hold from the watermark on."""

    number: int
    next_offset: int
    seq: int
    leases: int
    digest: str
    rules: str = ""


class Manifest(Struct):
    """What a checkpoint is of: the topic by its id, the code that folded it, and its parts."""

    sequence: int
    topic: str
    topic_id: str
    code: str
    parts: list[Part]


class Checkpoint(Struct):
    """A checkpoint on disk."""

    folder: Path
    manifest: Manifest

    @property
    def sequence(self) -> int:
        """Its number; later ones are higher."""
        return self.manifest.sequence

    def load(self, number: int) -> Saved:
        """The state of a partition. `CheckpointError` if the file is not what was saved."""
        part = self.manifest.parts[number]
        try:
            payload = gzip.decompress(part_file(self.folder, number).read_bytes())
        except (OSError, EOFError, zlib.error) as error:
            raise self._corrupt(number, f"cannot be read ({type(error).__name__})") from None
        if sha256(payload).hexdigest() != part.digest:
            raise self._corrupt(number, "does not have its digest")
        return _saved.decode(payload)

    def check(self) -> None:
        """`CheckpointError` unless every file is what was saved."""
        for part in self.manifest.parts:
            self.load(part.number)

    def _corrupt(self, number: int, why: str) -> CheckpointError:
        file = part_file(self.folder, number)
        return CheckpointError(f"checkpoint {self.sequence} is not used: {file} {why}")


_saved = msgspec.msgpack.Decoder(Saved)
_task = msgspec.json.Decoder(VisitTask)
_json = msgspec.json.Encoder().encode


def pack(
    partition: Partition,
    leases: Mapping[str, Lease],
    tasks: Mapping[str, VisitTask],
    dead: Mapping[int, DeadRecord],
    money: bytes,
) -> Saved:
    """A partition's state as it is saved."""
    return Saved(
        partition,
        STATE_VERSION,
        [encode(lease) for _, lease in sorted(leases.items())],
        [_json(task) for _, task in sorted(tasks.items())],
        [record for _, record in sorted(dead.items())],
        money,
    )


def part_file(folder: Path, number: int) -> Path:
    """Where a checkpoint's file of a partition is."""
    return folder / f"partition-{number:05d}.gz"
