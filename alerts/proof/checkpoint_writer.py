"""Writes a checkpoint, which is there whole or not at all.

Files and manifest are forced to disk in a folder aside, which then gets its name.
"""

import fcntl
import gzip
import os
import shutil
from collections.abc import Iterator
from contextlib import contextmanager
from hashlib import sha256
from pathlib import Path

import msgspec

from alerts.proof.checkpoint import (
    Checkpoint,
    CheckpointError,
    Manifest,
    Part,
    Saved,
    part_file,
)
from alerts.proof.kept_checkpoints import MANIFEST, sequences_in
from alerts.proof.release import release

_UNFINISHED = "unfinished"
_FAST = 1  # of gzip's levels: half the time of the next, a tenth larger
_pack = msgspec.msgpack.Encoder().encode
_json = msgspec.json.Encoder().encode


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
        _write(part_file(self._folder, p.number), gzip.compress(payload, _FAST, mtime=0))

    def finish(self, topic: str, topic_id: str) -> Checkpoint:
        """Write the manifest and give the checkpoint its name; then it counts."""
        parent = self._folder.parent
        sequence = max(sequences_in(parent), default=0) + 1
        manifest = Manifest(sequence, topic, topic_id, release(), self._parts)
        pretty = msgspec.json.format(_json(manifest), indent=2)
        _write(self._folder / MANIFEST, pretty + b"\n")
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
