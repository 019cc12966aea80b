"""How far the system is: every partition, who works on it, what waits to be sent, who is silent."""

import time
from collections.abc import Callable, Sequence
from datetime import date

from msgspec import Struct
from sqlalchemy import Connection, Engine

from alerts.fold.partition import Partition
from alerts.learning.shelf import Shelf
from alerts.settings import Settings
from alerts.store import outbox, refused, rule_changes, verified
from alerts.store.sql import read_partitions
from alerts.store.verified import LastVerified
from alerts.views.feeds import Feed, feeds
from alerts.views.lists import worklist
from streams.rules.known import rulebook
from streams.status.log_status import LogStatus, read_log
from streams.status.partition_status import PartitionStatus, partitions_status
from streams.status.parts_status import PartStatus, nobody_works, parts_status

AskLog = Callable[[Settings, Engine, Sequence[Partition]], LogStatus]


class Status(Struct):
    """What `--json` prints. Ages are seconds; `landlords` have the day that all their leases are
    reported through, null for never, and `silent_landlords` are those that are late; `rules` are
    those of this release, which hold where a partition's log has named none. `model` is that which
    ranks the list: its name, or its file's sha256 where it is not at hand; "" for the scorecard.
    `kafka_fault` says why Kafka tells nothing, `last_verified` what `bokvar verify` found."""

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
    kafka_fault: str | None
    last_verified: LastVerified | None


def read_status(
    settings: Settings,
    engine: Engine,
    connection: Connection,
    silent_after: int,
    ask: AskLog = read_log,
) -> Status:
    """The status as it is; landlords are silent after `silent_after` working days. `ask` asks
    Kafka, which may take as long as its patience."""
    held = read_partitions(connection)
    log = ask(settings, engine, held)
    partitions = partitions_status(held, log)
    counts, newest = worklist.counts(connection), worklist.newest_day(connection)
    waits, parts = outbox.unsent(connection), parts_status(connection, time.time())
    fed = feeds(connection, held)
    lags = [p.lag for p in partitions]
    model = rule_changes.model_in_force(connection)
    faults = [log.away] if log.away is not None else []
    faults += [*sorted({p.fault for p in partitions if p.fault}), *nobody_works(parts).values()]
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
        rules=rulebook(settings, engine).ranked_by(model).digest,
        model=(Shelf(engine, settings.models).name(model) or model) if model else "",
        faults=faults,
        parts=parts,
        landlords={feed.landlord: feed.through for feed in fed},
        feeds=fed,
        kafka_fault=log.away,
        last_verified=verified.last(connection),
    )
