"""`bokvar try`: what a file of events would lead to, with no broker and no database."""

import os
import sys
from datetime import date
from pathlib import Path
from typing import Annotated, Any, BinaryIO

import msgspec
import typer
from msgspec import UNSET, Struct, UnsetType, field
from rich.console import Console

from alerts import settings as options
from alerts.cases.priority import in_order
from alerts.contract.messages import VisitTask
from alerts.fold.record import DeadRecord
from alerts.language.outgoing import visit_task
from alerts.language.sentences import Language, language
from alerts.views import lease_page
from alerts.views.lease_page_parts import Page
from models.phrase import Phrase
from streams.cli.refuse import refuse
from streams.cli.system import day, told
from streams.cli.tasks import table
from streams.embedded.event_files import EventFilesError, Line, lines
from streams.embedded.event_files import in_order as lines_in_order
from streams.embedded.trial import Trial

PLAYBOOK = "sodertalje"
_CHANNELS = {"letter": "letter", "confirm_eviction": "confirmation"}  # every other is a visit

Files = Annotated[
    list[Path], typer.Argument(help="Files of event JSON lines; - is standard input.")
]
Playbook = Annotated[str, typer.Option(help="The municipality's way of working.")]
From = Annotated[
    str | None,
    typer.Option("--from", metavar="YYYY-MM-DD", help="List only tasks opened from this day on."),
]
To = Annotated[
    str | None,
    typer.Option(metavar="YYYY-MM-DD", help="As of the end of this day; default the files' last."),
]
LeaseId = Annotated[str | None, typer.Option("--lease", help="Show this lease's page too.")]
AsJson = Annotated[bool, typer.Option("--json", help="Print one JSON object.")]


class Task(Struct):
    """A task as it is tried; days are dates, texts in the system's language."""

    task_id: str
    lease_id: str
    playbook: str
    step: str
    channel: str
    actor: str
    committee: str | None
    created_on: date
    due_by: date
    legal_deadline: date | None
    band: str
    group: int
    round: int
    state: str
    closed_on: date | None
    closed: str | None
    outcome: str | None
    follow_up_on: date | None
    reasons: list[Phrase]
    why: str


class SetAside(Struct):
    """A line that was set aside; `field` is the field at fault, where one is."""

    error: str
    field: str | None
    leases: list[str]
    source: str
    event_id: str
    file: str | None
    line: int | None


class Tried(Struct):
    """What `--json` prints. `open` is in the worklist's order, `closed` the last closed first."""

    as_of: date | None
    open: list[Task] = field(default_factory=list)
    closed: list[Task] = field(default_factory=list)
    set_aside: list[SetAside] = field(default_factory=list)
    risk: dict[str, dict[str, Any]] = field(default_factory=dict)
    lease: Page | UnsetType = UNSET


def try_(
    files: Files,
    playbook: Playbook = PLAYBOOK,
    since: From = None,
    to: To = None,
    lease_id: LeaseId = None,
    as_json: AsJson = False,
) -> None:
    """Fold files of events in memory, and show what would be on the list.

    No broker and no database. A file with calendar.day in it is read in its own order; one without
    is sorted by the events' time, and the days are supplied.
    """
    if playbook != PLAYBOOK:
        refuse(f"there is no playbook {playbook}: {PLAYBOOK} is the one there is")
    first, last = day(since, "--from"), day(to, "--to")
    with told():
        spoken = language(options.read(os.environ).language)
        try:
            held = [list(lines(str(path), _opened(path))) for path in files]
            trial = Trial().take(lines_in_order(held, last))
        except EventFilesError as error:
            refuse(str(error), status=1)
    found = _tried(trial, first, spoken)
    if lease_id is not None:
        found.lease = _page(trial, lease_id, spoken)
    if as_json:
        typer.echo(msgspec.json.encode(found).decode())
    else:
        _show(trial, found, first, spoken)


def _opened(path: Path) -> BinaryIO:
    if str(path) == "-":
        return sys.stdin.buffer
    if not path.is_file():
        refuse(f"{path} is not a file: name a file of event JSON lines, or - for standard input")
    return path.open("rb")


def _tried(trial: Trial, since: date | None, spoken: Language) -> Tried:
    tasks = [visit_task(task, spoken) for task in in_order(trial.tasks(since))]
    closed = [_task(task) for task in tasks if task.state == "closed"]
    return Tried(
        as_of=trial.as_of,
        open=[_task(task) for task in tasks if task.state != "closed"],
        closed=sorted(closed, key=lambda t: (t.closed_on or date.min, t.task_id), reverse=True),
        set_aside=[_set_aside(line, record) for line, record in trial.set_aside()],
        risk={
            lease_id: {
                "points": lease.risk.points,
                "band": lease.risk.band,
                "scored_on": lease.risk.scored_on,
                "reasons": [spoken.spoken(reason) for reason in lease.risk.reasons],
            }
            for lease_id, lease in sorted(trial.leases.items())
            if lease.risk.scored_on is not None
        },
    )


def _task(task: VisitTask) -> Task:
    kind = task.reason.code.removeprefix("closed.") if task.state == "closed" else None
    outcome = task.reason.args.get("outcome") if kind == "reported" else None
    return Task(
        task_id=task.task_id,
        lease_id=task.lease_id,
        playbook=PLAYBOOK,
        step=task.step,
        channel=_CHANNELS.get(task.step, "visit"),
        actor="caseworker",
        committee=None,
        created_on=task.opened_on,
        due_by=task.due_by,
        legal_deadline=task.legal_deadline,
        band=task.priority.band,
        group=task.priority.group,
        round=task.round,
        state=task.state,
        closed_on=task.closed_on,
        closed=kind,
        outcome=outcome.removeprefix("outcome.") if outcome else None,
        follow_up_on=None,
        reasons=task.reasons,
        why=task.priority.why,
    )


def _set_aside(line: Line | None, record: DeadRecord) -> SetAside:
    return SetAside(
        error=record.error,
        field=None,
        leases=record.leases,
        source=record.source,
        event_id=record.event_id,
        file=line.file if line else None,
        line=line.number if line else None,
    )


def _page(trial: Trial, lease_id: str, spoken: Language) -> Page:
    known = trial.known(lease_id)
    if known is None:
        refuse(f"no event speaks of lease {lease_id}: check the id, as 556036-0793:1", status=1)
    return lease_page.page(known, spoken)


def _show(trial: Trial, found: Tried, since: date | None, spoken: Language) -> None:
    console = Console()
    open_tasks = [task for task in in_order(trial.tasks(since)) if task.state != "closed"]
    if open_tasks:
        console.print(table(open_tasks, trial.store.partition.today, spoken))
    else:
        console.print(spoken.say("worklist.none"))
    for one in found.set_aside:
        place = f"{one.file}, line {one.line}" if one.file else "an event"
        console.print(f"{place}: set aside, {one.error}", markup=False, highlight=False)
    if found.lease is not UNSET:
        console.print(found.lease.why, markup=False)
        for line in found.lease.history:
            console.print(f"{line.day}  {line.text}", markup=False, highlight=False)
