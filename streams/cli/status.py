"""`bokvar status`: is everything read, sent and complete?"""

import time
from datetime import date
from typing import Annotated

import msgspec
import typer
from msgspec import Struct
from rich.box import SIMPLE
from rich.console import Console
from rich.table import Table
from sqlalchemy import Connection

from alerts.contract.topics import EVENTS
from alerts.rules.rulebook import shipped_rulebook
from alerts.rules.rules import short
from alerts.store import outbox, rule_changes
from alerts.store.database import reading
from alerts.store.setup import mismatch, tied_topic
from alerts.views import worklist
from models.law.weekdays import add_working_days
from streams.cli.system import System, opened
from streams.kafka import topics

Silent = Annotated[
    int, typer.Option(min=0, help="Working days without a report before a landlord is silent.")
]
AsJson = Annotated[bool, typer.Option("--json", help="Print one JSON object.")]


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
    silent_landlords: dict[str, date]
    leases: int
    held_leases: int
    incomplete_leases: int
    open_dead_letters: int
    tasks_by_band: dict[str, int]
    rules: str
    faults: list[str]


def status(silent_after: Silent = 2, as_json: AsJson = False) -> None:
    """Lag, watermark and newest day by partition, what waits to be sent, who is silent.

    Status 1 if a partition cannot go on.
    """
    with opened() as system, reading(system.engine) as connection:
        found = _read(system, connection, silent_after)
    if as_json:
        typer.echo(msgspec.json.encode(found).decode())
    else:
        _show(found)
    if found.faults:
        raise typer.Exit(1)


def _read(system: System, connection: Connection, silent_after: int) -> Status:
    partitions = _partitions(system, connection)
    counts, newest = worklist.counts(connection), worklist.newest_day(connection)
    waits = outbox.unsent(connection)
    return Status(
        partitions=partitions,
        lag=sum(p.lag for p in partitions),
        newest_day=newest,
        outbox_unsent=waits.rows,
        outbox_age_seconds=None if waits.oldest is None else round(time.time() - waits.oldest, 1),
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
    tied = tied_topic(system.engine, EVENTS)
    foreign = None
    if tied is None:
        foreign = "the database belongs to no topic yet: run `bokvar init` first"
    elif tied != (topic.topic_id, topic.partitions):
        foreign = mismatch(topic.name, *tied, topic.topic_id, topic.partitions)
    spans = topics.spans(system.settings, topic)
    change = rule_changes.newest(connection)
    found = []
    for partition in worklist.partitions(connection):
        number, mark = partition.number, partition.next_offset
        span = spans[number] if number < len(spans) else topics.Span(0, 0)
        fault = foreign
        if fault is None and not span.first <= mark <= span.end:
            fault = (
                f"partition {number} was read up to offset {mark}, but the log holds {span.first} "
                f"to {span.end}: restore the pair that belongs together, or run "
                "`bokvar init --adopt`"
            )
        why = rule_changes.why_stopped(partition, change, shipped_rulebook())
        if fault is None and why is not None:
            fault = f"partition {number}: {why}"
        lag, day = max(0, span.end - mark), partition.last_day
        found.append(PartitionStatus(number, span.end, mark, lag, day, partition.rules, fault))
    return found


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


def _show(found: Status) -> None:
    console = Console(soft_wrap=True)
    table = Table(box=SIMPLE, pad_edge=False)
    for heading in ("partition", "log end", "watermark", "lag", "newest day"):
        table.add_column(heading, justify="right")
    for p in found.partitions:
        day = str(p.newest_day or "-")
        table.add_row(str(p.partition), f"{p.log_end:,}", f"{p.watermark:,}", f"{p.lag:,}", day)
    console.print(table)
    age = "" if found.outbox_age_seconds is None else f", oldest {found.outbox_age_seconds:g} s"
    bands = ", ".join(f"{band} {count:,}" for band, count in found.tasks_by_band.items())
    console.print(f"Lag {found.lag:,} records; {found.outbox_unsent:,} messages unsent{age}.")
    console.print(
        f"{found.leases:,} leases: {found.held_leases:,} held until they are registered, "
        f"{found.incomplete_leases:,} incomplete. Open dead letters: {found.open_dead_letters:,}."
    )
    console.print(f"Open tasks by band: {bands}.")
    console.print(_rules(found))
    for landlord, day_ in found.silent_landlords.items():
        console.print(f"Landlord {landlord} is silent: last reported through {day_}.")
    for fault in found.faults:
        console.print(f"Cannot go on: {fault}", style="bold")


def _rules(found: Status) -> str:
    """Which rules are in force, in a sentence."""
    own = short(found.rules)
    named = sorted({p.rules for p in found.partitions})
    if named == [found.rules]:
        return f"Rules {own}, those of this release, are in force."
    names = ", ".join(short(name) if name else "none named" for name in named)
    return f"Rules in force: {names}; this release has {own}."
