"""`bokvar lease list`: the leases that wait for somebody."""

from collections.abc import Iterable
from itertools import islice
from typing import Annotated

import typer
from msgspec import Struct
from rich.box import SIMPLE
from rich.table import Table

from alerts.store.database import reading
from alerts.views.waiting_leases import WaitingLease, waiting
from streams.cli.screen import Screen, show_json
from streams.cli.system import opened

Held = Annotated[bool, typer.Option("--held", help="Those held until they are registered.")]
Incomplete = Annotated[bool, typer.Option("--incomplete", help="Those with a record set aside.")]
Limit = Annotated[int, typer.Option(min=0, help="At most so many; 0 shows all.")]
AsJson = Annotated[bool, typer.Option("--json", help="Print one JSON object.")]


class Listed(Struct):
    """What `--json` prints; `more` when a limit cut some off."""

    leases: list[WaitingLease]
    more: bool


def list_(
    held: Held = False, incomplete: Incomplete = False, limit: Limit = 50, as_json: AsJson = False
) -> None:
    """The leases that wait for their registration, or for a record to be mended; both if neither
    is asked for."""
    most = limit + 1 if limit else None
    found: dict[str, WaitingLease] = {}
    with opened() as system, reading(system.engine) as connection:
        if held or not incomplete:
            found |= {lease.lease_id: lease for lease in waiting(connection, "held", most)}
        if incomplete or not held:
            found |= {lease.lease_id: lease for lease in waiting(connection, "incomplete", most)}
    every = [lease for _, lease in sorted(found.items())]
    listed = Listed(every[: limit or None], more=bool(limit) and len(every) > limit)
    if as_json:
        show_json(listed)
    else:
        _show(listed)


def _show(listed: Listed) -> None:
    console = Screen(soft_wrap=True)
    if not listed.leases:
        console.print("No lease waits for anybody.")
        return
    table = Table(box=SIMPLE, pad_edge=False)
    for heading in ("lease", "held since", "records set aside"):
        table.add_column(heading, overflow="fold")
    for lease in listed.leases:
        table.add_row(lease.lease_id, str(lease.held_since or "-"), _records(lease.records))
    console.print(table)
    if listed.more:
        console.print("There are more (--limit 0 shows all).")
    if any(lease.held_since for lease in listed.leases):
        console.print("Held: ask the landlord to send `lease.registered`, or to mend the lease id.")
    if any(lease.records for lease in listed.leases):
        console.print(
            "Set aside, as partition:offset: see `bokvar deadletters show PARTITION OFFSET`."
        )


def _records(places: Iterable[tuple[int, int]]) -> str:
    first = [f"{partition}:{offset}" for partition, offset in islice(places, 6)]
    return ", ".join(first[:5]) + (", ..." if len(first) > 5 else "") if first else "-"
