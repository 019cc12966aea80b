"""The nearest checkpoint before the end of a past day, for one lease: its log need not be read from
the beginning."""

from collections.abc import Callable
from datetime import date
from pathlib import Path
from typing import NamedTuple

import msgspec
from msgspec import Struct, field

from alerts.contract.messages import VisitTask
from alerts.fold.partition import Partition
from alerts.fold.record import DeadRecord
from alerts.proof import kept_checkpoints
from alerts.proof.checkpoint import Checkpoint, CheckpointError, Saved
from alerts.store import upcast
from models.lease.state import Lease, decode

_task = msgspec.json.Decoder(VisitTask).decode


class Begun(Struct):
    """Where the fold of one lease begins: the partition, and of its state what is the lease's."""

    partition: Partition
    leases: dict[str, Lease] = field(default_factory=dict)
    tasks: dict[str, VisitTask] = field(default_factory=dict)
    dead: dict[int, DeadRecord] = field(default_factory=dict)


class Where(NamedTuple):
    """Whose checkpoints are looked for, of which partition, and which rules can be folded on."""

    folder: Path
    topic_id: str
    number: int
    knows: Callable[[str], bool]


def begin(where: Where, lease_id: str, as_of: date, end: int) -> Begun:
    """The lease in the newest checkpoint that was taken before the end of `as_of` and not beyond
    offset `end`, and whose rules this program knows; nothing of it where there is none.

    One of the same day will not do: it may hold what came after the day had ended.
    """
    for checkpoint in kept_checkpoints.newest_first(where.folder):
        saved = _saved(checkpoint, where, end)
        day = saved.partition.last_day if saved is not None else None
        if saved is not None and (day is None or day < as_of):
            return _of_lease(saved, lease_id)
    return Begun(Partition(where.number))


def _saved(checkpoint: Checkpoint, where: Where, end: int) -> Saved | None:
    manifest = checkpoint.manifest
    if manifest.topic_id != where.topic_id or where.number >= len(manifest.parts):
        return None
    part = manifest.parts[where.number]
    if part.next_offset > end or not where.knows(part.rules):
        return None
    try:
        return checkpoint.load(where.number)
    except CheckpointError:
        return None


def _of_lease(saved: Saved, lease_id: str) -> Begun:
    """Only what may be the lease's is decoded."""
    name = lease_id.encode()
    leases = [decode(state, saved.state_version) for state in saved.leases if name in state]
    bodies = [body for body in saved.tasks if name in body]
    if saved.state_version == 1:
        bodies = list(map(upcast.visit_task, bodies))
    tasks = [task for task in map(_task, bodies) if task.lease_id == lease_id]
    return Begun(
        saved.partition,
        {lease.lease_id: lease for lease in leases if lease.lease_id == lease_id},
        {task.task_id: task for task in tasks},
        {record.offset: record for record in saved.dead},
    )
