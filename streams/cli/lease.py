"""`bokvar lease`: what is known of one lease, and why there is a task or none."""

from datetime import date
from typing import Annotated

import msgspec
import typer
from rich.box import SIMPLE
from rich.console import Console
from rich.table import Table

from alerts.language.words import STEPS, kronor
from alerts.store.database import reading
from alerts.store.sql import read_partition
from alerts.views import lease_page
from alerts.views.lease_page import Known
from alerts.views.lease_page_parts import Account, Legal, Page
from streams.cli.refuse import refuse
from streams.cli.system import System, day, opened
from streams.kafka.partitioning import home
from streams.proof.replay import replay
from streams.proof.verify import own_topic

app = typer.Typer(help="What is known of one lease, and why there is a task or none.")

LeaseId = Annotated[str, typer.Argument(metavar="ID", help="<organisation number>:<number>")]
AsOf = Annotated[
    str | None,
    typer.Option(metavar="YYYY-MM-DD", help="As it was at the end of this day, from the log."),
]
AsJson = Annotated[bool, typer.Option("--json", help="Print one JSON object.")]


@app.callback()
def _lease() -> None:
    """What is known of one lease, and why there is a task or none."""


@app.command()
def show(lease_id: LeaseId, as_of: AsOf = None, as_json: AsJson = False) -> None:
    """Account, deadlines, household group, risk, tasks with their history, and why."""
    asked = day(as_of, "--as-of")
    with opened() as system:
        known = _stored(system, lease_id) if asked is None else _replayed(system, lease_id, asked)
        page = lease_page.page(known)
    if as_json:
        typer.echo(msgspec.json.encode(page).decode())
    else:
        _print(page)


def _stored(system: System, lease_id: str) -> Known:
    with reading(system.engine) as connection:
        known = lease_page.load(connection, lease_id)
    return known or _unknown(lease_id)


def _replayed(system: System, lease_id: str, as_of: date) -> Known:
    topic = own_topic(system.settings, system.engine)
    number = home(lease_id, topic.partitions)
    with reading(system.engine) as connection:
        end = read_partition(connection, number).next_offset
    found = replay(system.settings, topic, lease_id, as_of, end)
    if found.through is None or found.through < as_of:
        newest = "no day has ended yet" if found.through is None else f"it has {found.through}"
        refuse(f"the log does not have the end of {as_of}: {newest}; ask for an earlier day")
    return found.known or _unknown(lease_id, as_of)


def _unknown(lease_id: str, as_of: date | None = None) -> Known:
    when = f" at the end of {as_of}" if as_of else ""
    refuse(
        f"lease {lease_id} is not known{when}: check the id, as 556036-0793:1042, and "
        "`bokvar status` for how far the log is read",
        status=1,
    )


def _print(page: Page) -> None:
    console = Console(soft_wrap=True, highlight=False)
    console.print(f"Hyresavtal {page.lease_id}, läget {page.today}", style="bold", markup=False)
    console.print(page.why, markup=False)
    if page.incomplete:
        console.print("Uppgifterna är ofullständiga: minst ett meddelande är lagt åt sidan.")
    if page.terms is not None:
        terms = page.terms
        console.print(
            f"{terms.district}, kommun {terms.municipality}; hyresvärd {terms.landlord_id}; "
            f"{kronor(terms.rent_ore)} i månaden sedan {terms.started_on}.",
            markup=False,
        )
    protected = " Skyddad identitet." if page.household.protected_identity else ""
    console.print(f"Hushåll: grupp {page.household.group}, {page.household.why}.{protected}")
    _print_account(console, page.account)
    _print_legal(console, page.legal)
    reasons = "; ".join(page.risk.reasons) or "inga skäl"
    console.print(f"Risk: {page.risk.points} poäng ({page.risk.band}): {reasons}.")
    _print_tasks(console, page)
    for record in page.set_aside:
        console.print(
            f"Lagt åt sidan: partition {record.partition}, offset {record.offset} "
            f"({record.error}, {record.state})."
        )


def _print_account(console: Console, account: Account) -> None:
    since = f", sen sedan {account.late_since}" if account.late_since else ""
    console.print(
        f"Konto: {kronor(account.left_ore)} obetalt, varav {kronor(account.late_rent_ore)} sen "
        f"hyra{since}; {kronor(account.surplus_ore)} till godo."
    )
    table = Table(box=SIMPLE, pad_edge=False)
    for heading in ("Månad", "Förfaller", "Hyra", "Kvar", "Annat kvar", "Betald", ""):
        table.add_column(heading, no_wrap=True)
    for item in account.invoices[-12:]:
        marks = ["sen"] * item.late + ["omtvistad"] * item.disputed
        table.add_row(
            item.period,
            str(item.due_on),
            kronor(item.rent_ore),
            kronor(item.rent_left_ore),
            kronor(item.other_left_ore),
            str(item.paid_on or ""),
            ", ".join(marks),
        )
    if account.invoices:
        console.print(table)


def _print_legal(console: Console, legal: Legal) -> None:
    for deadline in legal.deadlines:
        console.print(f"{deadline.text}: {deadline.on}, {deadline.days_left} dagar kvar.")
    for act in legal.acts:
        by = f" Senast {act.through}." if act.through else ""
        console.print(f"• {act.actor} kan {act.what} ({act.section}).{by}", markup=False)
    for defect in legal.defects:
        console.print(f"– {defect}.", markup=False)


def _print_tasks(console: Console, page: Page) -> None:
    for task in page.tasks:
        console.print(
            f"Uppgift, band {task.priority.band}: {STEPS[task.step]}, senast {task.due_by}.",
            markup=False,
        )
        for reason in task.reasons:
            console.print(f"  • {reason}", markup=False)
        console.print(f"  {task.landlord_tried.text}", markup=False)
    for line in page.history:
        console.print(f"{line.day}  {line.text}", markup=False)
