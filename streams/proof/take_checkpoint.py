"""`bokvar checkpoint`: verify first, save only what has no difference, then prune behind it."""

from collections.abc import Mapping
from functools import partial

from msgspec import Struct
from sqlalchemy import Engine

from alerts.fold.record import DeadRecord
from alerts.proof import checkpoint, checkpoint_writer, kept_checkpoints, stored_state
from alerts.proof.snapshot import snapshot
from alerts.settings import Settings
from alerts.store import outbox
from alerts.store.rule_changes import Change
from alerts.store.sql import read_watermarks
from models.lease.state import Lease
from streams.kafka import log
from streams.kafka.topics import EventTopic
from streams.proof.balance_oracle import Money, begin
from streams.proof.kept_partition import Kept, uncounted
from streams.proof.places import folder, own_topic
from streams.proof.verified import Verified
from streams.proof.verify import Told, verify


class Taken(Struct, kw_only=True):
    """What came of it: `sequence` is None when a difference stopped it; `pruned` counts the sent
    outbox rows that no kept checkpoint needs any more."""

    verified: Verified
    sequence: int | None = None
    folder: str | None = None
    pruned: int = 0


def save(
    settings: Settings, engine: Engine, *, examples: int = 20, told: Told | None = None
) -> Taken:
    """Save a checkpoint of the database's watermarks. `CheckpointError` if the disk does not take
    it, and all that `verify` raises."""
    place = folder(settings)
    topic = own_topic(settings, engine)
    with checkpoint_writer.writing(place) as writer:

        def keep(kept: Kept) -> None:
            saved = checkpoint.pack(
                kept.partition, kept.leases, kept.tasks, kept.dead, kept.money.save()
            )
            writer.add(saved)

        verified = verify(settings, engine, examples=examples, keep=keep, told=told)
        if verified.differences:
            return Taken(verified=verified)
        saved = writer.finish(topic.name, topic.topic_id)
    kept_checkpoints.keep_newest(place)
    pruned = prune(engine, kept_checkpoints.behind_all(place))
    return Taken(
        verified=verified, sequence=saved.sequence, folder=str(saved.folder), pruned=pruned
    )


def begin_anew(settings: Settings, engine: Engine) -> int:
    """Save what the database holds, compared with nothing, as the beginning from here on: for
    `bokvar init --adopt`, when the log no longer tells how it came about. Older checkpoints go.

    Returns its sequence; raises as `save`.
    """
    place = folder(settings)
    topic = own_topic(settings, engine)
    with snapshot(engine) as connection, checkpoint_writer.writing(place) as writer:
        for number in range(topic.partitions):
            writer.add(stored_state.read(connection, number, _ledgers_own))
        saved = writer.finish(topic.name, topic.topic_id)
    kept_checkpoints.keep_newest(place, 1)
    return saved.sequence


def at_change(
    settings: Settings, engine: Engine, topic: EventTopic, change: Change
) -> checkpoint.Checkpoint:
    """Save what the database holds where rules change, compared with nothing: the log before is
    another release's to fold. The money alone is counted on from the checkpoint before, or from
    the log's start; where neither is left, the ledgers are taken at their word.

    Raises as `save`. The newest checkpoint of the rules before is kept beside it.
    """
    place = folder(settings)
    with snapshot(engine) as connection, checkpoint_writer.writing(place) as writer:
        marks = read_watermarks(connection)
        base, _ = kept_checkpoints.newest(place, topic.topic_id, marks)
        for number, mark in sorted(marks.items()):
            counted = partial(_counted, settings, topic, number, mark, base)
            saved = stored_state.read(connection, number, counted)
            offset = change.places[number].offset
            stands = offset is not None and mark <= offset
            writer.add(saved, change.digest if stands else None)
        taken = writer.finish(topic.name, topic.topic_id)
    kept_checkpoints.keep_newest(place)
    return taken


def _counted(
    settings: Settings,
    topic: EventTopic,
    number: int,
    end: int,
    base: checkpoint.Checkpoint | None,
    leases: Mapping[str, Lease],
    dead: Mapping[int, DeadRecord],
) -> bytes:
    """The money oracle's part up to offset `end`, whatever rules the leases were folded with."""
    saved = base.load(number) if base is not None else None
    money = Money(number, topic.partitions, saved.money if saved else None)
    begins = saved.partition.next_offset if saved else 0
    aside = uncounted(dead)
    try:
        for records in log.records(settings, topic.name, number, begins, end):
            money.take(records, aside, leases)
    except log.LogExpiredError:
        return begin(leases.values())
    return money.save()


def _ledgers_own(leases: Mapping[str, Lease], dead: Mapping[int, DeadRecord]) -> bytes:
    """The balances as the leases have them, on trust."""
    return begin(leases.values())


def prune(engine: Engine, behind: dict[int, int]) -> int:
    """Delete the outbox rows that are sent and not after `behind`, by partition; how many."""
    pruned = 0
    for number, upto in sorted(behind.items()):
        with engine.begin() as connection:
            pruned += outbox.prune(connection, number, upto)
    return pruned
