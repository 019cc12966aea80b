"""`bokvar tasks`: the open visit tasks, whom to visit first and why; those that wait or closed."""

from datetime import date
from typing import Annotated, Any

import msgspec
import typer
from sqlalchemy import Connection

from alerts.access.scope import Scope
from alerts.contract.messages import VisitTask
from alerts.language.outgoing import visit_task
from alerts.language.sentences import Language, language
from alerts.store.database import reading
from alerts.store.task_rows import RECENT
from alerts.views.lists import task_lists, worklist
from alerts.views.lists.filters import Filter
from alerts.views.lists.in_lists import in_list
from alerts.views.lists.worklist import Worklist
from models.phrase import Phrase, phrase
from streams.cli.refuse import refuse
from streams.cli.screen import Screen, show_json
from streams.cli.system import day, opened
from streams.cli.task_table import table

LIMIT = 25
_TITLE = {
    "open": "worklist.title", "waiting": "worklist.waiting_title", "recent": "worklist.recent_title"
}  # fmt: skip
_NONE = {
    "open": "worklist.none", "waiting": "worklist.waiting_none", "recent": "worklist.recent_none"
}  # fmt: skip

Municipality = Annotated[str | None, typer.Option(help="Only this municipality (SCB code).")]
District = Annotated[str | None, typer.Option(help="Only this district.")]
Waiting = Annotated[bool, typer.Option("--waiting", help="Those that wait for a day, and why.")]
Recent = Annotated[
    bool, typer.Option("--recent", help="Those closed in the last seven days, and why.")
]
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
    """What `--json` prints; `left_out` counts by band what the limit cut off, `waiting` the tasks
    that wait for a day."""

    today: date | None
    tasks: list[dict[str, Any]]
    left_out: dict[str, int]
    waiting: int


def tasks(
    municipality: Municipality = None,
    district: District = None,
    waiting: Waiting = False,
    recent: Recent = False,
    limit: Limit = LIMIT,
    today: Today = None,
    as_json: AsJson = False,
) -> None:
    """The open visit tasks in priority order, each with its reason and days left."""
    given = day(today, "--today")
    if waiting and recent:
        refuse("--waiting and --recent are two lists: ask for one at a time")
    which = "waiting" if waiting else "recent" if recent else "open"
    scope, filtered = Scope(municipality), Filter(district=district)
    with opened() as system, reading(system.engine) as connection:
        spoken = language(system.settings.language)
        counted_from = given or worklist.today(connection)
        found = _read(connection, which, counted_from, scope, filtered, limit or None)
        wait = task_lists.count_waiting(connection, scope, filtered)
    if as_json:
        safe = [visit_task(in_list(task), spoken) for task in found.tasks]
        rows = [_with_days(task, counted_from) for task in safe]
        show_json(Answer(counted_from, rows, found.left_out, wait))
        return
    console = Screen()
    _show(console, found, which, counted_from, spoken)
    if wait and which == "open":
        console.print(spoken.say(phrase("worklist.waiting_too", count=wait)))


def _read(
    connection: Connection,
    which: str,
    today: date | None,
    scope: Scope,
    filtered: Filter,
    limit: int | None,
) -> Worklist:
    if which == "waiting":
        return task_lists.waiting(connection, scope, filtered, limit=limit)
    if which == "recent":
        return task_lists.recent(connection, today or date.max, scope, filtered, limit=limit)
    return worklist.worklist(connection, scope, filtered, limit=limit)


def _show(
    console: Screen, found: Worklist, which: str, today: date | None, spoken: Language
) -> None:
    if not found.tasks and not found.left_out:
        console.print(spoken.say(phrase(_NONE[which], days=RECENT.days)))
        return
    console.print(table(found.tasks, today, spoken, phrase(_TITLE[which], days=RECENT.days)))
    if found.left_out:
        console.print(spoken.say(_left_out(found)))


def _with_days(task: VisitTask, today: date | None) -> dict[str, Any]:
    row: dict[str, Any] = msgspec.to_builtins(task)
    left = (task.due_by - today).days if today and task.closed_on is None else None
    row["days_left"] = left if left is None or left >= 0 else None  # `due_by` says since when
    return row


def _left_out(found: Worklist) -> Phrase:
    bands = [
        phrase("worklist.left_out_in_band", count=f"{count:,}", band=band)
        for band, count in found.left_out.items()
    ]
    return phrase("worklist.left_out", total=f"{sum(found.left_out.values()):,}", bands=bands)
