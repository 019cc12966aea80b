"""`bokvar tasks`: the open visit tasks, whom to visit first and why."""

from datetime import date
from typing import Annotated, Any

import msgspec
import typer
from rich.table import Table
from rich.text import Text

from alerts.contract.messages import VisitTask
from alerts.language.outgoing import visit_task
from alerts.language.sentences import Language, language
from alerts.store.database import reading
from alerts.views import worklist
from alerts.views.worklist import Worklist
from models.phrase import Phrase, phrase
from streams.cli.screen import Screen, bold, lines, show_json
from streams.cli.system import day, opened

LIMIT = 25
FACTS = 2  # of a task's reasons, the most pressing

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
        spoken = language(system.settings.language)
        counted_from = given or worklist.today(connection)
        found = worklist.worklist(
            connection, municipality=municipality, district=district, limit=limit or None
        )
    if as_json:
        rows = [_with_days(visit_task(task, spoken), counted_from) for task in found.tasks]
        answer = Answer(counted_from, rows, found.left_out)
        show_json(answer)
        return
    console = Screen()
    if not found.tasks and not found.left_out:
        console.print(spoken.say("worklist.none"))
        return
    console.print(table(found.tasks, counted_from, spoken))
    if found.left_out:
        console.print(spoken.say(_left_out(found)))


def table(
    tasks: list[VisitTask],
    today: date | None,
    language: Language,
    title: Phrase | str = "worklist.title",
) -> Table:
    """The tasks in order, for people; days are counted from `today`."""
    found = Table(
        box=None,
        padding=(0, 1, 1, 0),
        title=language.say(title),
        title_justify="left",
        show_header=False,
    )
    found.add_column(justify="right", no_wrap=True)
    found.add_column(justify="center", no_wrap=True)
    found.add_column()
    for number, task in enumerate(tasks, 1):
        found.add_row(str(number), bold(task.priority.band), _entry(task, today, language))
    return found


def _entry(task: VisitTask, today: date | None, language: Language) -> Text:
    """What to do, where and by when; then why, in a sentence, and the most pressing facts."""
    say = language.say
    told: list[str | Text] = [
        bold(say(task.does), f", {say(due(task.due_by, today))}"),
        say(phrase("worklist.where", district=task.district, lease=task.lease_id)),
        say(task.priority.rule),
        *(f"{say(reason)}." for reason in task.reasons[:FACTS]),
    ]
    if task.protected_identity:
        told.insert(1, say("worklist.protected"))
    if task.record_incomplete or task.data_incomplete:
        told.append(say("worklist.incomplete"))
    return lines(told)


def due(due_by: date, today: date | None) -> Phrase:
    """By which day, or by which it should have been done."""
    if today is None:
        return phrase("worklist.due", on=due_by)
    name = "was_due_with_days" if due_by < today else "due_with_days"
    return phrase(f"worklist.{name}", on=due_by, left=days_left((due_by - today).days))


def days_left(days: int) -> Phrase:
    """How many days are left, or since how many it is late."""
    if days == 0:
        return Phrase("worklist.today")
    way = "left" if days > 0 else "late"
    if abs(days) == 1:
        return Phrase(f"worklist.one_day_{way}")
    return phrase(f"worklist.days_{way}", days=abs(days))


def _with_days(task: VisitTask, today: date | None) -> dict[str, Any]:
    row: dict[str, Any] = msgspec.to_builtins(task)
    left = (task.due_by - today).days if today else None
    row["days_left"] = left if left is None or left >= 0 else None  # `due_by` says since when
    return row


def _left_out(found: Worklist) -> Phrase:
    bands = [
        phrase("worklist.left_out_in_band", count=f"{count:,}", band=band)
        for band, count in found.left_out.items()
    ]
    return phrase("worklist.left_out", total=f"{sum(found.left_out.values()):,}", bands=bands)
