"""`bokvar upgrade`: the rules of this release begin, and a checkpoint is taken right there.

The change is published to every partition; whoever knows the rules before it reads up to it and
stops; when all stand there, the checkpoint is saved, and this release's workers go on.
"""

import time
from collections.abc import Iterator
from contextlib import contextmanager

from msgspec import Struct, field
from sqlalchemy import Connection, Engine

from alerts.rules.rulebook import Rulebook, shipped_rulebook
from alerts.rules.rules import Rules, short
from alerts.settings import Settings
from alerts.store import counted, registers, rule_changes, setup, task_rows
from alerts.store.database import reading
from alerts.store.rule_changes import Change
from alerts.store.turns import Turn
from streams.kafka.topics import EventTopic
from streams.proof.places import own_topic
from streams.proof.take_checkpoint import at_change
from streams.rules.announce import UpgradeError, is_in_force, previous, publish
from streams.rules.known import rulebook
from streams.rules.wait_for_change import Told, wait_for_change

TURN = 120.0  # seconds after which an upgrade that was killed may be run again


class Upgraded(Struct, kw_only=True):
    """What came of it. `changed` says what differs from the rules before, as far as they are
    known; `checkpoint` is None when nothing was new. `passed` are the partitions that a worker of a
    release without rules in its log has read beyond the change."""

    digest: str
    sequence: int | None = None
    checkpoint: int | None = None
    changed: list[str] = field(default_factory=list)
    passed: list[int] = field(default_factory=list)


def upgrade(
    settings: Settings, engine: Engine, *, wait: float, told: Told | None = None
) -> Upgraded:
    """Bring this program's rules in force. Harmless to repeat, and goes on where it was broken off.

    `wait` is how many seconds the partitions have to come to the change; `told` hears how many
    have, and of how many. `UpgradeError` when they do not, or when another upgrade is under way;
    faults of Kafka, of the database and of the disk as they come.
    """
    setup.migrate(engine)
    topic = own_topic(settings, engine)
    busy = (
        "another `bokvar upgrade` is under way: wait until it is done; if it was killed, run "
        f"this again in {TURN:g} seconds"
    )
    with our_turn(engine, busy) as turn:
        change = _begin(settings, engine, topic)
        if change is None:
            return Upgraded(digest=_in_force(engine))
        change = publish(settings, engine, topic, change)
        wait_for_change(settings, engine, topic, change, turn, wait, told)
        return _finish(settings, engine, topic, change)


@contextmanager
def our_turn(engine: Engine, busy: str) -> Iterator[Turn]:
    """The turn to change rules, which one has at a time. `UpgradeError`, saying `busy`, while
    another has it."""
    turn = Turn(engine, "upgrade", None, time.time, TURN)
    if not turn.held():
        raise UpgradeError(busy)
    try:
        yield turn
    finally:
        turn.release()


def _in_force(engine: Engine) -> str:
    with reading(engine) as connection:
        change = rule_changes.newest(connection)
    return shipped_rulebook().digest if change is None else change.digest


def _begin(settings: Settings, engine: Engine, topic: EventTopic) -> Change | None:
    """The change to bring about, begun or found under way; None when nothing is new."""
    known = rulebook(settings, engine)
    with engine.begin() as connection:
        change = rule_changes.newest(connection)
        rules = _target(known, connection, change)
        if change is None and is_in_force(connection, topic.partitions):
            return None
        if change is not None and not change.finished:
            if change.digest != rules.digest:
                raise UpgradeError(
                    f"a change to rules {short(change.digest)} is under way: let `bokvar upgrade` "
                    "of that release come to its end first, then run this again"
                )
            return change
        if change is not None and change.digest == rules.digest:
            return None
        return rule_changes.begin(connection, rules, topic.partitions, saved=False)


def _target(known: Rulebook, connection: Connection, change: Change | None) -> Rules:
    """This program's rules, ranked by the model that is in force; `UpgradeError` where it cannot
    be used, for then every partition would stand still."""
    model = rule_changes.model_of(connection, change)
    rules = known.ranked_by(model)
    if not known.knows(rules.digest):
        raise UpgradeError(
            f"the risk model in force ({short(model)}) cannot be used by this release: run "
            "`bokvar model off` of the release before, and then this again"
        )
    return rules


def _finish(settings: Settings, engine: Engine, topic: EventTopic, change: Change) -> Upgraded:
    """Take the checkpoint, then let the partitions go on."""
    taken = at_change(settings, engine, topic, change)
    with engine.begin() as connection:
        task_rows.place_all(connection)  # workers of the release before did not know all columns
        registers.place_all(connection)
        counted.recount(connection)
        rule_changes.note_saved(connection, change.sequence)
        changed = _changed(connection, change)
    return Upgraded(
        digest=change.digest,
        sequence=change.sequence,
        checkpoint=taken.sequence,
        changed=changed,
        passed=[
            part.number
            for part in taken.manifest.parts
            if part.next_offset > (change.places[part.number].offset or 0)
        ],
    )


def _changed(connection: Connection, change: Change) -> list[str]:
    before = previous(connection, change)
    after = rule_changes.read_rules(connection, change.digest)
    return after.differs(before) if before is not None and after is not None else []
