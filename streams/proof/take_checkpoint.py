"""`bokvar checkpoint`: verify first, save only what has no difference, then prune behind it."""

from msgspec import Struct
from sqlalchemy import Engine

from alerts.proof import checkpoint, compare, stored_state
from alerts.settings import Settings
from alerts.store import outbox
from streams.proof.balance_oracle import begin
from streams.proof.verify import Kept, Told, Verified, folder, own_topic, verify


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
    with checkpoint.writing(place) as writer:

        def keep(kept: Kept) -> None:
            saved = checkpoint.pack(
                kept.partition, kept.leases, kept.tasks, kept.dead, kept.money.save()
            )
            writer.add(saved)

        verified = verify(settings, engine, examples=examples, keep=keep, told=told)
        if verified.differences:
            return Taken(verified=verified)
        saved = writer.finish(topic.name, topic.topic_id)
    checkpoint.keep_newest(place)
    pruned = prune(engine, checkpoint.behind_all(place))
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
    with compare.snapshot(engine) as connection, checkpoint.writing(place) as writer:
        for number in range(topic.partitions):
            writer.add(stored_state.read(connection, number, begin))
        saved = writer.finish(topic.name, topic.topic_id)
    checkpoint.keep_newest(place, 1)
    return saved.sequence


def prune(engine: Engine, behind: dict[int, int]) -> int:
    """Delete the outbox rows that are sent and not after `behind`, by partition; how many."""
    pruned = 0
    for number, upto in sorted(behind.items()):
        with engine.begin() as connection:
            pruned += outbox.prune(connection, number, upto)
    return pruned
