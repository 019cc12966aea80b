"""`bokvar status`: is everything read, sent and complete?"""

from typing import Annotated

import typer
from rich.box import SIMPLE
from rich.table import Table

from alerts.rules.rules import short
from alerts.store.database import reading
from streams.cli.screen import Screen, show_json
from streams.cli.system import opened
from streams.cli.system_status import Status, read_status

Silent = Annotated[
    int, typer.Option(min=0, help="Working days without a report before a landlord is silent.")
]
AsJson = Annotated[bool, typer.Option("--json", help="Print one JSON object.")]


def status(silent_after: Silent = 2, as_json: AsJson = False) -> None:
    """Lag, watermark and newest day by partition, what waits to be sent, who is silent.

    Status 1 if a partition cannot go on.
    """
    with opened() as system, reading(system.engine) as connection:
        found = read_status(system, connection, silent_after)
    if as_json:
        show_json(found)
    else:
        _show(found)
    if found.faults:
        raise typer.Exit(1)


def _show(found: Status) -> None:
    console = Screen(soft_wrap=True)
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
    if found.refused_messages:
        console.print(
            f"Kafka does not take {found.refused_messages:,} messages: see `bokvar refused list`.",
            style="bold",
        )
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
