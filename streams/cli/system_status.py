"""How far the system is: every partition, who works on it, what waits to be sent, who is silent."""

import time
from collections.abc import Iterable, Sequence
from datetime import date

from kafka.errors import KafkaError
from msgspec import Struct
from sqlalchemy import Connection

from alerts.fold.partition import Partition
from alerts.learning.shelf import Shelf
from alerts.store import outbox, refused, rule_changes
from alerts.store.sql import read_partitions
from alerts.views import worklist
from alerts.views.feeds import Feed, feeds
from streams.cli.parts_status import PartStatus, nobody_works, parts_status
from streams.cli.system import System
from streams.kafka import topics
from streams.kafka.clients import KafkaUnreachable
from streams.kafka.topics import TopicError
from streams.proof.places import why_foreign
from streams.rules.gate import RulesGate
from streams.rules.known import rulebook


class PartitionStatus(Struct):
    """How far one partition is, and the digest of its rules, empty if its log has named none;
    `fault` says why it cannot go on. The log's end is None, and the lag, while Kafka is silent."""

    partition: int
    log_end: int | None
    watermark: int
    lag: int | None
    newest_day: date | None
    rules: str = ""
    fault: str | None = None


class Status(Struct):
    """What `--json` prints. Ages are seconds; `landlords` have the day that all their leases are
    reported through, null for never, and `silent_landlords` are those that are late; `rules` are
    those of this release, which hold where a partition's log has named none. `model` is that which
    ranks the list: its name, or its file's sha256 where it is not at hand; "" for the scorecard."""

    partitions: list[PartitionStatus]
    lag: int | None
    newest_day: date | None
    outbox_unsent: int
    outbox_age_seconds: float | None
    refused_messages: int
    silent_landlords: dict[str, date | None]
    leases: int
    held_leases: int
    incomplete_leases: int
    open_dead_letters: int
    tasks_by_band: dict[str, int]
    rules: str
    model: str
    faults: list[str]
    parts: list[PartStatus]
    landlords: dict[str, date | None]
    feeds: list[Feed]


def read_status(system: System, connection: Connection, silent_after: int) -> Status:
    """The status as it is; landlords are silent after `silent_after` working days."""
    partitions, away = _partitions(system, connection)
    counts, newest = worklist.counts(connection), worklist.newest_day(connection)
    waits, parts = outbox.unsent(connection), parts_status(connection, time.time())
    fed = feeds(connection, read_partitions(connection))
    lags = [p.lag for p in partitions]
    model = rule_changes.model_in_force(connection)
    return Status(
        partitions=partitions,
        lag=None if None in lags else sum(lag for lag in lags if lag is not None),
        newest_day=newest,
        outbox_unsent=waits.rows,
        outbox_age_seconds=None if waits.oldest is None else round(time.time() - waits.oldest, 1),
        refused_messages=refused.count_open(connection),
        silent_landlords={
            feed.landlord: feed.through
            for feed in fed
            if newest is not None and feed.is_silent(newest, silent_after)
        },
        leases=counts.leases,
        held_leases=counts.held_leases,
        incomplete_leases=counts.incomplete_leases,
        open_dead_letters=counts.open_dead_letters,
        tasks_by_band=counts.tasks_by_band,
        rules=rulebook(*system).ranked_by(model).digest,
        model=(Shelf(system.engine, system.settings.models).name(model) or model) if model else "",
        faults=away + sorted({p.fault for p in partitions if p.fault}) + nobody_works(parts),
        parts=parts,
        landlords={feed.landlord: feed.through for feed in fed},
        feeds=fed,
    )


def _partitions(system: System, connection: Connection) -> tuple[list[PartitionStatus], list[str]]:
    """Every partition, and why Kafka says nothing of them, if it does not."""
    held = read_partitions(connection)
    try:
        topic = topics.event_topic(system.settings)
        spans = topics.spans(system.settings, topic)
        foreign = why_foreign(system.engine, topic)
        stopped = {} if foreign else _stopped_by_rules(system, topic, held, spans)
    except (KafkaUnreachable, TopicError) as error:
        return [_unknown(partition) for partition in held], [str(error)]
    except KafkaError as error:
        away = f"Kafka at {system.settings.kafka} does not answer ({type(error).__name__})"
        return [_unknown(partition) for partition in held], [away]
    return [_known(partition, spans, foreign, stopped) for partition in held], []


def _unknown(held: Partition) -> PartitionStatus:
    return PartitionStatus(held.number, None, held.next_offset, None, held.last_day, held.rules)


def _known(
    held: Partition, spans: Sequence[topics.Span], foreign: str | None, stopped: dict[int, str]
) -> PartitionStatus:
    number, mark, fault = held.number, held.next_offset, foreign
    span = spans[number] if number < len(spans) else topics.Span(0, 0)
    if fault is None and not span.first <= mark <= span.end:
        fault = (
            f"partition {number} was read up to offset {mark}, but the log holds {span.first} "
            f"to {span.end}: restore the pair that belongs together, or run "
            "`bokvar init --adopt`"
        )
    if fault is None and number in stopped:
        fault = f"partition {number}: {stopped[number]}"
    lag = max(0, span.end - mark)
    return PartitionStatus(number, span.end, mark, lag, held.last_day, held.rules, fault)


def _stopped_by_rules(
    system: System,
    topic: topics.EventTopic,
    held: Iterable[Partition],
    spans: Sequence[topics.Span],
) -> dict[int, str]:
    """Why partitions stand still for the sake of their rules, as their next record tells."""
    gate = RulesGate(system.settings, system.engine, topic, rulebook(*system))
    behind = [p.number for p in held if p.next_offset < spans[p.number].end]
    gate.standing.update(behind)  # the log is asked, for a database may not know of the change
    return gate.reasons([partition.number for partition in held], spans)
