"""`bokvar lease`: what is known of one lease, and why there is a task or none."""

from collections.abc import Callable
from datetime import date
from typing import Annotated, Any

import msgspec
import typer
from rich.box import SIMPLE
from rich.console import Console
from rich.table import Table

from alerts.language.sentences import Language, language
from alerts.store.database import reading
from alerts.store.sql import read_partition
from alerts.views import lease_known, lease_page
from alerts.views.lease_known import Known
from alerts.views.lease_page_parts import Account, Legal, Page, Terms
from models.phrase import phrase
from streams.cli.refuse import refuse
from streams.cli.system import System, day, opened
from streams.kafka.partitioning import home
from streams.proof.replay import replay
from streams.proof.verify import own_topic

app = typer.Typer(help="What is known of one lease, and why there is a task or none.")

Tell = Callable[..., None]
INVOICES = 12  # the newest shown

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
        spoken = language(system.settings.language)
        page = lease_page.page(known, spoken)
    if as_json:
        typer.echo(msgspec.json.encode(page).decode())
    else:
        _print(page, spoken)


def _stored(system: System, lease_id: str) -> Known:
    with reading(system.engine) as connection:
        known = lease_known.load(connection, lease_id)
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


def _print(page: Page, language: Language) -> None:
    console = Console(soft_wrap=True, highlight=False)

    def tell(code: str, style: str | None = None, **args: Any) -> None:
        console.print(language.say(phrase(f"lease_page.{code}", **args)), style=style, markup=False)

    tell("title", style="bold", lease=page.lease_id, today=page.today)
    console.print(page.why, markup=False)
    if page.incomplete:
        tell("incomplete")
    if page.terms is not None:
        _print_terms(tell, page.terms)
    home = page.household
    tell("household_protected" if home.protected_identity else "household", group=home.group,
         why=home.why)  # fmt: skip
    _print_account(console, page.account, tell, language)
    _print_legal(console, page.legal, tell)
    reasons = "; ".join(page.risk.reasons) or language.say("lease_page.no_reasons")
    tell("risk", points=page.risk.points, band=page.risk.band, reasons=reasons)
    _print_tasks(console, page, tell)
    for record in page.set_aside:
        tell("set_aside", **msgspec.structs.asdict(record))


def _print_terms(tell: Tell, terms: Terms) -> None:
    tell(
        "terms",
        district=terms.district,
        municipality=terms.municipality,
        landlord=terms.landlord_id,
        rent=terms.rent_ore,
        since=terms.started_on,
    )


def _print_account(console: Console, account: Account, tell: Tell, language: Language) -> None:
    sums = {
        "left": account.left_ore, "late": account.late_rent_ore, "surplus": account.surplus_ore
    }  # fmt: skip
    if account.late_since:
        tell("account_late", since=account.late_since, **sums)
    else:
        tell("account", **sums)
    table = Table(box=SIMPLE, pad_edge=False)
    for heading in ("month", "due", "rent", "rent_left", "other_left", "paid"):
        table.add_column(language.say(f"lease_page.{heading}"), no_wrap=True)
    table.add_column("", no_wrap=True)
    for item in account.invoices[-INVOICES:]:
        marks = ["late"] * item.late + ["disputed"] * item.disputed
        table.add_row(
            item.period,
            str(item.due_on),
            language.kronor(item.rent_ore),
            language.kronor(item.rent_left_ore),
            language.kronor(item.other_left_ore),
            str(item.paid_on or ""),
            ", ".join(language.say(f"lease_page.{mark}") for mark in marks),
        )
    if account.invoices:
        console.print(table)


def _print_legal(console: Console, legal: Legal, tell: Tell) -> None:
    for deadline in legal.deadlines:
        tell("days_left", text=deadline.text, on=deadline.on, days=deadline.days_left)
    for act in legal.acts:
        console.print("• ", end="")
        said = {"actor": act.actor, "what": act.what}
        if act.through is not None:
            tell("act_by", section=act.section, through=act.through, **said)
        elif act.section:
            tell("act", section=act.section, **said)
        else:
            tell("act_agreed", **said)
    for defect in legal.defects:
        console.print(f"– {defect}.", markup=False)


def _print_tasks(console: Console, page: Page, tell: Tell) -> None:
    for task in page.tasks:
        tell("task", band=task.priority.band, step=f"step.{task.step}", due_by=task.due_by)
        for reason in task.reasons:
            console.print(f"  • {reason.text}", markup=False)
        console.print(f"  {task.landlord_tried.text}", markup=False)
    for line in page.history:
        console.print(f"{line.day}  {line.text}", markup=False)
