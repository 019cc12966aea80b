"""How far the system is: every partition, what waits to be sent, and who is silent."""

import time
from collections.abc import Iterable, Sequence
from datetime import date

from msgspec import Struct
from sqlalchemy import Connection

from alerts.fold.partition import Partition
from alerts.rules.rulebook import shipped_rulebook
from alerts.store import outbox, refused
from alerts.views import worklist
from models.law.weekdays import add_working_days
from streams.cli.system import System
from streams.kafka import topics
from streams.proof.places import why_foreign
from streams.rules.gate import RulesGate


class PartitionStatus(Struct):
    """How far one partition is, and the digest of its rules, empty if its log has named none;
    `fault` says why it cannot go on."""

    partition: int
    log_end: int
    watermark: int
    lag: int
    newest_day: date | None
    rules: str = ""
    fault: str | None = None


class Status(Struct):
    """What `--json` prints. Ages are seconds; `silent_landlords` have their last reported day;
    `rules` are those of this release, which hold where a partition's log has named none."""

    partitions: list[PartitionStatus]
    lag: int
    newest_day: date | None
    outbox_unsent: int
    outbox_age_seconds: float | None
    refused_messages: int
    silent_landlords: dict[str, date]
    leases: int
    held_leases: int
    incomplete_leases: int
    open_dead_letters: int
    tasks_by_band: dict[str, int]
    rules: str
    faults: list[str]


def read_status(system: System, connection: Connection, silent_after: int) -> Status:
    """The status as it is; landlords are silent after `silent_after` working days."""
    partitions = _partitions(system, connection)
    counts, newest = worklist.counts(connection), worklist.newest_day(connection)
    waits = outbox.unsent(connection)
    return Status(
        partitions=partitions,
        lag=sum(p.lag for p in partitions),
        newest_day=newest,
        outbox_unsent=waits.rows,
        outbox_age_seconds=None if waits.oldest is None else round(time.time() - waits.oldest, 1),
        refused_messages=refused.count_open(connection),
        silent_landlords=_silent(connection, newest, silent_after),
        leases=counts.leases,
        held_leases=counts.held_leases,
        incomplete_leases=counts.incomplete_leases,
        open_dead_letters=counts.open_dead_letters,
        tasks_by_band=counts.tasks_by_band,
        rules=shipped_rulebook().digest,
        faults=sorted({p.fault for p in partitions if p.fault}),
    )


def _partitions(system: System, connection: Connection) -> list[PartitionStatus]:
    topic = topics.event_topic(system.settings)
    foreign = why_foreign(system.engine, topic)
    spans = topics.spans(system.settings, topic)
    held = worklist.partitions(connection)
    stopped = {} if foreign else _stopped_by_rules(system, topic, held, spans)
    found = []
    for partition in held:
        number, mark = partition.number, partition.next_offset
        span = spans[number] if number < len(spans) else topics.Span(0, 0)
        fault = foreign
        if fault is None and not span.first <= mark <= span.end:
            fault = (
                f"partition {number} was read up to offset {mark}, but the log holds {span.first} "
                f"to {span.end}: restore the pair that belongs together, or run "
                "`bokvar init --adopt`"
            )
        if fault is None and number in stopped:
            fault = f"partition {number}: {stopped[number]}"
        lag, day = max(0, span.end - mark), partition.last_day
        found.append(PartitionStatus(number, span.end, mark, lag, day, partition.rules, fault))
    return found


def _stopped_by_rules(
    system: System,
    topic: topics.EventTopic,
    held: Iterable[Partition],
    spans: Sequence[topics.Span],
) -> dict[int, str]:
    """Why partitions stand still for the sake of their rules, as their next record tells."""
    gate = RulesGate(system.settings, system.engine, topic, shipped_rulebook())
    behind = [p.number for p in held if p.next_offset < spans[p.number].end]
    gate.standing.update(behind)  # the log is asked, for a database may not know of the change
    return gate.reasons([partition.number for partition in held], spans)


def _silent(connection: Connection, newest: date | None, days: int) -> dict[str, date]:
    """The landlords whose last reported day is more than `days` working days before the newest."""
    if newest is None:
        return {}
    fed = worklist.fed_through(connection)
    return {
        landlord: day
        for landlord, day in sorted(fed.items())
        if add_working_days(day, days) < newest
    }
