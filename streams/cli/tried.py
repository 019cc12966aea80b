"""What came of a file of events that was tried, as `bokvar try --json` prints it."""

from datetime import date
from typing import Any
from uuid import uuid5

from msgspec import UNSET, Struct, UnsetType, field

from alerts.cases.priority import in_order
from alerts.cases.reasons import counted
from alerts.contract.messages import VisitTask
from alerts.fold.record import DeadRecord
from alerts.language.outgoing import visit_task
from alerts.language.sentences import Language
from alerts.playbooks.meetings import Held, next_meetings, prepared_from
from alerts.views.lease.lease_page_parts import Page
from models.contract.refusal import mend
from models.lease.cases import TASKS
from models.phrase import Phrase
from streams.embedded.event_lines import FileLine
from streams.embedded.trial import Trial


class Task(Struct):
    """A task as it is tried; days are dates, texts in the system's language. A meeting is of no
    lease."""

    task_id: str
    lease_id: str | None
    playbook: str
    step: str
    channel: str
    actor: str
    committee: str | None
    created_on: date
    due_by: date | str
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
    does: str
    attempts: int
    waits_until: date | None
    waits_for: str | None
    planned_on: date | None
    assigned_to: str | None


class SetAside(Struct):
    """A line that was set aside; `field` is the field at fault, where one is, and `mend` says how
    to mend it."""

    error: str
    field: str | None
    mend: str
    leases: list[str]
    source: str
    event_id: str
    file: str | None
    line: int | None


class Tried(Struct):
    """What `--json` prints. `open` is in the worklist's order, without what waits, which `waiting`
    has; `closed` the last closed first; `repeats` counts the events that had come before and had
    no effect."""

    as_of: date | None
    open: list[Task] = field(default_factory=list)
    closed: list[Task] = field(default_factory=list)
    waiting: list[Task] = field(default_factory=list)
    set_aside: list[SetAside] = field(default_factory=list)
    repeats: int = 0
    risk: dict[str, dict[str, Any]] = field(default_factory=dict)
    lease: Page | UnsetType = UNSET


def tried(trial: Trial, since: date | None, spoken: Language) -> Tried:
    """The trial's tasks from `since` on, what was set aside, and the risk."""
    tasks = [visit_task(task, spoken) for task in in_order(trial.tasks(since))]
    held = _meetings(trial, spoken)
    closed = [_task(task) for task in tasks if task.state == "closed"]
    still_open = [task for task in tasks if task.state != "closed"]
    return Tried(
        as_of=trial.as_of,
        open=[*(_task(task) for task in still_open if task.waits_until is None), *held],
        waiting=[_task(task) for task in still_open if task.waits_until is not None],
        closed=sorted(closed, key=lambda t: (t.closed_on or date.min, t.task_id), reverse=True),
        set_aside=[_set_aside(line, record, spoken) for line, record in trial.set_aside()],
        repeats=trial.store.counts["repeats"],
        risk={
            lease_id: {
                "points": lease.risk.points,
                "band": lease.risk.band,
                "scored_on": lease.risk.scored_on,
                "reasons": [spoken.spoken(reason) for reason in counted(lease.risk)],
            }
            for lease_id, lease in sorted(trial.leases.items())
            if lease.risk.scored_on is not None
        },
    )


def _task(task: VisitTask) -> Task:
    kind = _kind(task.reason.code) if task.state == "closed" else None
    outcome = task.reason.args.get("outcome") if kind == "reported" else None
    return Task(
        task_id=task.task_id,
        lease_id=task.lease_id,
        playbook=task.playbook,
        step=task.step,
        channel=task.channel,
        actor=task.actor,
        committee=task.committee,
        created_on=task.opened_on,
        due_by=task.due_at or task.due_by,
        legal_deadline=task.legal_deadline,
        band=task.priority.band,
        group=task.priority.group,
        round=task.round,
        state=task.state,
        closed_on=task.closed_on,
        closed=kind,
        outcome=outcome.removeprefix("outcome.") if outcome else None,
        follow_up_on=task.follow_up_on,
        reasons=task.reasons,
        why=task.priority.why,
        does=task.does.text,
        attempts=task.attempts,
        waits_until=task.waits_until,
        waits_for=task.waits_for,
        planned_on=task.planned_on,
        assigned_to=task.assigned_to,
    )


def _meetings(trial: Trial, spoken: Language) -> list[Task]:
    """The playbook's meetings whose packs are to be prepared: they are of no lease."""
    if trial.as_of is None:
        return []
    today, way = trial.store.partition.today, trial.towns.default
    return [
        _meeting(way.name, held, spoken)
        for held in next_meetings(way.playbook, today)
        if prepared_from(held.on) <= today
    ]


def _meeting(playbook: str, held: Held, spoken: Language) -> Task:
    own, who = held.meeting.text, ", ".join(held.meeting.who)
    words = {"sv": own.sv, "en": own.en} if own else {"sv": who, "en": who}
    does = spoken.say(Phrase("as_written.own", {"words": words}))
    name = f"{playbook}/{held.meeting.id}/{held.on}"
    return Task(
        task_id=str(uuid5(TASKS, name)), lease_id=None, playbook=playbook, step=held.meeting.id,
        channel="meeting", actor="coordinator", committee=None, created_on=prepared_from(held.on),
        due_by=held.on, legal_deadline=None, band="D", group=3, round=1, state="open",
        closed_on=None, closed=None, outcome=None, follow_up_on=None, reasons=[], why=does,
        does=does, attempts=0, waits_until=None, waits_for=None, planned_on=None,
        assigned_to=None,
    )  # fmt: skip


def _kind(code: str) -> str:
    """Why a task closed, in a word: the name of the sentence without what it goes on to say."""
    name = code.removeprefix("closed.")
    for ending in ("_same_day_on", "_in_time_on", "_on", "_by", "_of"):
        name = name.removesuffix(ending)
    return name


def _set_aside(line: FileLine | None, record: DeadRecord, spoken: Language) -> SetAside:
    return SetAside(
        error=record.error,
        field=record.field or None,
        mend=spoken.say(mend(record.refusal)),
        leases=record.leases,
        source=record.source,
        event_id=record.event_id,
        file=line.file if line else None,
        line=line.number if line else None,
    )
