"""`bokvar lease`: what is known of one lease, why there is a task or none; which leases wait."""

from datetime import date
from typing import Annotated

import typer

from alerts.language.sentences import language
from alerts.store.database import reading
from alerts.store.sql import read_partition
from alerts.views.lease import lease_known, lease_page
from alerts.views.lease.lease_known import Known
from streams.cli.lease_id import as_spelled
from streams.cli.lease_list import list_
from streams.cli.lease_print import print_page
from streams.cli.refuse import refuse
from streams.cli.screen import show_json
from streams.cli.system import System, day, opened
from streams.kafka.partitioning import home
from streams.proof.places import own_topic
from streams.proof.replay import replay

app = typer.Typer(help="What is known of one lease, and which leases wait for somebody.")
app.command("list")(list_)

LeaseId = Annotated[
    str, typer.Argument(metavar="ID", help="<organisation number>:<number>", callback=as_spelled)
]
AsOf = Annotated[
    str | None,
    typer.Option(
        metavar="YYYY-MM-DD",
        help="As it was at the end of this day, from the log since the nearest checkpoint.",
    ),
]
AsJson = Annotated[bool, typer.Option("--json", help="Print one JSON object.")]


@app.callback()
def _lease() -> None:
    """What is known of one lease, and which leases wait for somebody."""


@app.command()
def show(lease_id: LeaseId, as_of: AsOf = None, as_json: AsJson = False) -> None:
    """Account, deadlines, household group, risk, tasks with their history, and why."""
    asked = day(as_of, "--as-of")
    with opened() as system:
        known = _stored(system, lease_id) if asked is None else _replayed(system, lease_id, asked)
        spoken = language(system.settings.language)
        page = lease_page.page(known, spoken)
    if as_json:
        show_json(page)
    else:
        print_page(page, spoken)


def _stored(system: System, lease_id: str) -> Known:
    with reading(system.engine) as connection:
        known = lease_known.load(connection, lease_id)
    return known or _unknown(lease_id)


def _replayed(system: System, lease_id: str, as_of: date) -> Known:
    topic = own_topic(system.settings, system.engine)
    number = home(lease_id, topic.partitions)
    with reading(system.engine) as connection:
        end = read_partition(connection, number).next_offset
    found = replay(system.settings, system.engine, topic, lease_id, as_of, end)
    if found.through is None or found.through < as_of:
        newest = "no day has ended yet" if found.through is None else f"it has {found.through}"
        refuse(f"the log does not have the end of {as_of}: {newest}; ask for an earlier day")
    known = found.known or _unknown(lease_id, as_of)
    with reading(system.engine) as connection:
        before = lease_known.history(connection, lease_id, found.lines)
    known.history = [*before, *known.history]
    return known


def _unknown(lease_id: str, as_of: date | None = None) -> Known:
    when = f" at the end of {as_of}" if as_of else ""
    refuse(
        f"lease {lease_id} is not known{when}: check the id, as 556036-0793:1042, and "
        "`bokvar status` for how far the log is read",
        status=1,
    )
