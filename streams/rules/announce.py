"""Puts a change of rules into every partition of the log, and notes where it lies.

It is noted in the database before it is published, so that nobody folds past it before its
checkpoint is taken, and looked for in the log before it is published again.
"""

from confluent_kafka import Message
from msgspec.structs import replace
from sqlalchemy import Connection, Engine

from alerts.rules.reach import begins
from alerts.rules.rulebook import shipped_rulebook
from alerts.rules.rules import Rules
from alerts.settings import Settings
from alerts.store import rule_changes
from alerts.store.database import reading
from alerts.store.rule_changes import Change
from alerts.store.sql import read_partitions, read_watermarks
from models.contract import events, facts
from streams.kafka import log, publisher, topics
from streams.kafka.topics import EventTopic

_MARK = b"rules.changed"  # in the bytes of every change


class UpgradeError(Exception):
    """The rules cannot be changed now; the text says why and what to do."""


def name_first(settings: Settings, engine: Engine, topic: EventTopic) -> bool:
    """Name this program's rules at the very beginning of a new log; True if they are in force now.

    Nothing happens in a system that holds records already: those rules come by an upgrade.
    """
    rulebook = shipped_rulebook()
    with engine.begin() as connection:
        change = rule_changes.newest(connection)
        if change is None:
            if not _is_new(settings, connection, topic):
                return is_in_force(connection, topic.partitions)
            change = rule_changes.begin(connection, rulebook.own, topic.partitions, saved=True)
    if change.digest == rulebook.digest and change.sequence == 1:
        publish(settings, engine, topic, change)
    with reading(engine) as connection:
        return is_of_this_release(connection, change.digest)


def _is_new(settings: Settings, connection: Connection, topic: EventTopic) -> bool:
    """Has nothing been written to the log, nor been read of another one?"""
    if any(span.end for span in topics.spans(settings, topic)):
        return False
    held = read_partitions(connection)
    return not any(partition.last_day or partition.seq for partition in held)


def is_in_force(connection: Connection, partitions: int) -> bool:
    """Are all partitions folded under this program's own rules, by whichever model?"""
    held = read_partitions(connection)
    return len(held) == partitions and all(
        is_of_this_release(connection, partition.rules) for partition in held
    )


def is_of_this_release(connection: Connection, digest: str) -> bool:
    """Are the rules of that digest this program's own, by the scorecard or a model?"""
    own = shipped_rulebook()
    if digest == own.digest:
        return True
    rules = rule_changes.read_rules(connection, digest)
    return rules is not None and replace(rules, model="") == own.own


def publish(settings: Settings, engine: Engine, topic: EventTopic, change: Change) -> Change:
    """Publish a change wherever it is not in the log yet, and note its places. Harmless to repeat.

    Returns it with all its places. Raises `NotTaken`, `KafkaUnreachable` and those of the log.
    """
    missing = [number for number, place in change.places.items() if place.offset is None]
    if missing:
        with reading(engine) as connection:
            begin = read_watermarks(connection)
        found = _look(settings, topic, change, {number: begin[number] for number in missing})
        if len(found) < len(missing):
            ends = {n: span.end for n, span in enumerate(topics.spans(settings, topic))}
            with reading(engine) as connection:
                fact = facts.RulesChanged(digest=change.digest, what=_what(connection, change))
            event = events.make_event(fact, source=events.BOKVAR, event_id=change.event_id)
            publisher.publish([event], settings, partitions=topic.partitions)
            left = {number: ends[number] for number in missing if number not in found}
            found |= _look(settings, topic, change, left)
        with engine.begin() as connection:
            for number, offset in found.items():
                rule_changes.note_offset(connection, change.sequence, number, offset)
    with reading(engine) as connection:
        noted = rule_changes.newest(connection)
    assert noted is not None
    return noted


def _look(
    settings: Settings, topic: EventTopic, change: Change, begin: dict[int, int]
) -> dict[int, int]:
    """Where the change lies in the partitions of `begin`, looked for from those offsets on."""
    spans = topics.spans(settings, topic)
    found: dict[int, int] = {}
    for number, first in begin.items():
        span = spans[number]
        for messages in log.messages(
            settings, topic.name, number, max(first, span.first), span.end
        ):
            for message in messages:
                if _MARK in (message.value() or b"") and _is_it(message, change):
                    found.setdefault(number, int(message.offset() or 0))
            if number in found:
                break
    return found


def _is_it(message: Message, change: Change) -> bool:
    record = log.decoded(message)
    return (
        begins(record) is not None
        and record.event is not None
        and record.event.id == change.event_id
    )


def _what(connection: Connection, change: Change) -> facts.RuleKind:
    """The part of the rules that the change is about; the code when it is about several."""
    before = previous(connection, change)
    after = rule_changes.read_rules(connection, change.digest)
    if before is None or after is None:
        return "code"
    kinds: dict[str, facts.RuleKind] = {
        "statute": "statute",
        "scorer": "model",
        "model": "model",
        "playbooks": "playbook",
    }
    changed = [name for name in Rules.__struct_fields__ if _differs(before, after, name)]
    return kinds.get(changed[0], "code") if len(changed) == 1 else "code"


def _differs(before: Rules, after: Rules, name: str) -> bool:
    return bool(getattr(before, name) != getattr(after, name))


def previous(connection: Connection, change: Change) -> Rules | None:
    """The rules that held before the change, if the database has them."""
    digest = rule_changes.digest_of(connection, change.sequence - 1)
    return rule_changes.read_rules(connection, digest) if digest else None
