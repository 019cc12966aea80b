"""Checkpoints: the folded state of every partition at its watermark, in files with their digests.

`<folder>/<sequence>/partition-<number>.gz` hold the state, `manifest.json` says which topic it
belongs to and what each file must hold. A checkpoint is there whole or not at all: files and
manifest are forced to disk in a folder aside, which then gets its name.
"""

import fcntl
import gzip
import os
import shutil
import zlib
from collections.abc import Callable, Iterable, Iterator, Mapping
from contextlib import contextmanager
from hashlib import sha256
from importlib.metadata import PackageNotFoundError, version
from pathlib import Path

import msgspec
from msgspec import Struct

from alerts.contract.messages import VisitTask
from alerts.fold.partition import Partition
from alerts.fold.record import DeadRecord
from alerts.rules.rules import short
from alerts.store import upcast
from models.lease.state import STATE_VERSION, Lease, decode, encode

KEPT = 2
_MANIFEST = "manifest.json"
_UNFINISHED = "unfinished"
_FAST = 1  # of gzip's levels: half the time of the next, a tenth larger


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
            payload = gzip.decompress(_file(self.folder, number).read_bytes())
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
        file = _file(self.folder, number)
        return CheckpointError(f"checkpoint {self.sequence} is not used: {file} {why}")


_saved = msgspec.msgpack.Decoder(Saved)
_task = msgspec.json.Decoder(VisitTask)
_pack = msgspec.msgpack.Encoder().encode
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
        [letter for _, letter in sorted(dead.items())],
        money,
    )


class Writer:
    """Writes the files of a checkpoint that has no name yet."""

    def __init__(self, folder: Path) -> None:
        self._folder = folder
        self._parts: list[Part] = []

    def add(self, saved: Saved, begins: str | None = None) -> None:
        """Write the next partition's file; `begins` names the rules that begin right there. OSError
        as the disk gives it."""
        payload = _pack(saved)
        p = saved.partition
        digest, rules = sha256(payload).hexdigest(), begins or p.rules
        self._parts.append(Part(p.number, p.next_offset, p.seq, len(saved.leases), digest, rules))
        _write(_file(self._folder, p.number), gzip.compress(payload, _FAST, mtime=0))

    def finish(self, topic: str, topic_id: str) -> Checkpoint:
        """Write the manifest and give the checkpoint its name; then it counts."""
        parent = self._folder.parent
        sequence = max(_sequences(parent), default=0) + 1
        manifest = Manifest(sequence, topic, topic_id, _code(), self._parts)
        pretty = msgspec.json.format(_json(manifest), indent=2)
        _write(self._folder / _MANIFEST, pretty + b"\n")
        _sync(self._folder)
        final = parent / f"{sequence:08d}"
        self._folder.rename(final)
        _sync(parent)
        return Checkpoint(final, manifest)


@contextmanager
def writing(folder: Path) -> Iterator[Writer]:
    """A writer in `folder`, one at a time; what is not finished is removed.

    `CheckpointError` while another process writes one, or when the disk does not take it.
    """
    aside = folder / _UNFINISHED
    try:
        folder.mkdir(parents=True, exist_ok=True)
        with (folder / "lock").open("w") as lock:
            fcntl.flock(lock, fcntl.LOCK_EX | fcntl.LOCK_NB)
            shutil.rmtree(aside, ignore_errors=True)
            aside.mkdir()
            try:
                yield Writer(aside)
            finally:
                shutil.rmtree(aside, ignore_errors=True)
    except BlockingIOError:
        raise CheckpointError(
            f"another checkpoint is being saved in {folder}: wait until it is done"
        ) from None
    except OSError as error:
        raise CheckpointError(
            f"no checkpoint could be saved in {folder} ({error.strerror}): make room, or choose "
            "another folder with BOKVAR_DATA"
        ) from error


def newest(
    folder: Path,
    topic_id: str,
    watermarks: Mapping[int, int],
    knows: Callable[[str], bool] = lambda rules: True,
) -> tuple[Checkpoint | None, list[str]]:
    """The newest checkpoint that fits the topic, is not ahead of the watermarks and can be folded
    on from by one who `knows` these rules; with a sentence for each newer one passed over."""
    passed: list[str] = []
    for sequence in sorted(_sequences(folder), reverse=True):
        try:
            checkpoint = _open(folder / f"{sequence:08d}", sequence)
            _check_fits(checkpoint, topic_id, watermarks, knows)
            checkpoint.check()
        except CheckpointError as error:
            passed.append(str(error))
        else:
            return checkpoint, passed
    return None, passed


def newest_saved_at(folder: Path) -> float | None:
    """When the newest checkpoint was saved, epoch seconds; None if there is none."""
    files = (folder / f"{sequence:08d}" / _MANIFEST for sequence in _sequences(folder))
    return max((file.stat().st_mtime for file in files if file.exists()), default=None)


def keep_newest(folder: Path, count: int = KEPT) -> None:
    """Delete all but the newest `count` checkpoints."""
    for sequence in sorted(_sequences(folder), reverse=True)[count:]:
        shutil.rmtree(folder / f"{sequence:08d}")


def behind_all(folder: Path) -> dict[int, int]:
    """The last outbox row, by partition, that every kept checkpoint covers; none while fewer than
    `KEPT` are kept, so that the loss of one needs nothing that was pruned."""
    sequences = sorted(_sequences(folder))
    if len(sequences) < KEPT:
        return {}
    oldest = _open(folder / f"{sequences[0]:08d}", sequences[0])
    return {part.number: part.seq for part in oldest.manifest.parts}


def _open(folder: Path, sequence: int) -> Checkpoint:
    try:
        manifest = msgspec.json.decode((folder / _MANIFEST).read_bytes(), type=Manifest)
    except (OSError, msgspec.DecodeError) as error:
        why = f"its {_MANIFEST} cannot be read ({type(error).__name__})"
        raise CheckpointError(f"checkpoint {sequence} is not used: {why}") from None
    return Checkpoint(folder, manifest)


def _check_fits(
    checkpoint: Checkpoint,
    topic_id: str,
    watermarks: Mapping[int, int],
    knows: Callable[[str], bool],
) -> None:
    manifest = checkpoint.manifest
    why = None
    if manifest.topic_id != topic_id:
        why = f"it is of another topic (id {manifest.topic_id})"
    elif [part.number for part in manifest.parts] != sorted(watermarks):
        why = "it has other partitions"
    elif any(part.next_offset > watermarks[part.number] for part in manifest.parts):
        why = "it is ahead of the database, which was restored from before it"
    elif unknown := sorted({part.rules for part in manifest.parts if not knows(part.rules)}):
        why = f"it is followed by rules {short(unknown[0])}, which this release does not know"
    if why is not None:
        raise CheckpointError(f"checkpoint {checkpoint.sequence} is not used: {why}")


def _sequences(folder: Path) -> Iterable[int]:
    if not folder.is_dir():
        return []
    return [int(place.name) for place in folder.iterdir() if place.name.isdecimal()]


def _file(folder: Path, number: int) -> Path:
    return folder / f"partition-{number:05d}.gz"


def _write(path: Path, content: bytes) -> None:
    with path.open("wb") as file:
        file.write(content)
        file.flush()
        os.fsync(file.fileno())


def _sync(folder: Path) -> None:
    handle = os.open(folder, os.O_RDONLY)
    try:
        os.fsync(handle)
    finally:
        os.close(handle)


def _code() -> str:
    try:
        return version("bokvar")
    except PackageNotFoundError:
        return "unknown"
