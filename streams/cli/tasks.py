"""`bokvar tasks`: the open visit tasks, whom to visit first and why."""

from datetime import date
from typing import Annotated, Any

import msgspec
import typer
from rich.console import Console
from rich.table import Table

from alerts.contract.messages import VisitTask
from alerts.language.words import STEPS
from alerts.store.database import reading
from alerts.views import worklist
from alerts.views.worklist import Worklist
from streams.cli.system import day, opened

LIMIT = 25
FACTS = 3  # of a task's reasons, the most pressing

Municipality = Annotated[str | None, typer.Option(help="Only this municipality (SCB code).")]
District = Annotated[str | None, typer.Option(help="Only this district.")]
Limit = Annotated[int, typer.Option(min=0, help="At most so many; 0 shows all.")]
Today = Annotated[
    str | None,
    typer.Option(
        metavar="YYYY-MM-DD",
        help="Count days left from here; default the day after the newest that has ended.",
    ),
]
AsJson = Annotated[bool, typer.Option("--json", help="Print one JSON object.")]


class Answer(msgspec.Struct):
    """What `--json` prints; `left_out` counts by band what the limit cut off."""

    today: date | None
    tasks: list[dict[str, Any]]
    left_out: dict[str, int]


def tasks(
    municipality: Municipality = None,
    district: District = None,
    limit: Limit = LIMIT,
    today: Today = None,
    as_json: AsJson = False,
) -> None:
    """The open visit tasks in priority order, each with its reason and days left."""
    given = day(today, "--today")
    with opened() as system, reading(system.engine) as connection:
        counted_from = given or worklist.today(connection)
        found = worklist.worklist(
            connection, municipality=municipality, district=district, limit=limit or None
        )
    if as_json:
        rows = [_with_days(task, counted_from) for task in found.tasks]
        answer = Answer(counted_from, rows, found.left_out)
        typer.echo(msgspec.json.encode(answer).decode())
        return
    console = Console()
    if not found.tasks and not found.left_out:
        console.print("Inga öppna uppgifter.")
        return
    console.print(table(found.tasks, counted_from))
    _tell_left_out(console, found)


def table(tasks: list[VisitTask], today: date | None, title: str = "Uppgifter") -> Table:
    """The tasks in order, for people; days are counted from `today`."""
    found = Table(
        box=None, padding=(0, 1, 1, 0), title=title, title_justify="left", show_header=False
    )
    found.add_column(justify="right", no_wrap=True)
    found.add_column(justify="center", no_wrap=True)
    found.add_column()
    for number, task in enumerate(tasks, 1):
        found.add_row(str(number), f"[bold]{task.priority.band}[/]", _entry(task, today))
    return found


def _entry(task: VisitTask, today: date | None) -> str:
    """What to do, where and by when; then why, in a sentence, and the most pressing facts."""
    left = _left(task.due_by, today)
    due = f"senast {task.due_by}{f' ({left})' if left else ''}"
    lines = [
        f"[bold]{STEPS[task.step]}[/], {due}",
        f"{task.district}, hyresavtal {task.lease_id}",
        task.priority.why,
        *(f"{fact}." for fact in task.reasons[:2]),
    ]
    if task.record_incomplete or task.data_incomplete:
        lines.append("Uppgiften kan vara ofullständig.")
    return "\n".join(lines)


def _left(due_by: date, today: date | None) -> str:
    if today is None:
        return ""
    days = (due_by - today).days
    if days == 0:
        return "i dag"
    unit = "dag" if abs(days) == 1 else "dagar"
    return f"{days} {unit}" if days > 0 else f"{-days} {unit} sen"


def _with_days(task: VisitTask, today: date | None) -> dict[str, Any]:
    row: dict[str, Any] = msgspec.to_builtins(task)
    row["days_left"] = (task.due_by - today).days if today else None
    return row


def _tell_left_out(console: Console, found: Worklist) -> None:
    if found.left_out:
        bands = ", ".join(f"{count:,} i band {band}" for band, count in found.left_out.items())
        total = sum(found.left_out.values())
        console.print(f"{total:,} uppgifter till får inte plats: {bands} (--limit 0 visar alla).")
