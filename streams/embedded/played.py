"""A trial with a simple caseworker, who does every task on its day and reaches everybody.

So what follows a step comes, and what is done comes back as it would; but no payment of the history
changes by it. A review is not asked for again within the year.
"""

from collections.abc import Iterable
from datetime import date, datetime, time, timedelta

import msgspec

from alerts.contract.messages import VisitTask
from alerts.playbooks.effort import efforts
from models.contract import facts
from models.contract.events import MUNICIPALITY, make_event
from models.stockholm import STOCKHOLM
from streams.embedded.event_lines import FileLine, day_end
from streams.embedded.trial import Trial

REVIEWED_FOR = timedelta(days=365)
_DAY = timedelta(days=1)
_AT = time(16)  # when the day's work is told
_encode = msgspec.json.Encoder().encode


def played(trial: Trial, items: Iterable[FileLine | date]) -> Trial:
    """Fold lines and the ends of days, with what the caseworker reports before each day ends, also
    one that no line tells of."""
    held: list[FileLine | date] = []
    for item in items:
        day = item if isinstance(item, date) else day_end(item.raw)
        if day is not None and (trial.as_of is None or day > trial.as_of):
            trial.take(held)
            _live_through(trial, day)
            held = [*_reports(trial, day)]
        held.append(item)
    return trial.take(held)


def _live_through(trial: Trial, until: date) -> None:
    """End the days before `until` that have not ended yet, once there are any."""
    while trial.as_of is not None and trial.as_of + _DAY < until:
        day = trial.as_of + _DAY
        trial.take([*_reports(trial, day), day])


def _reports(trial: Trial, day: date) -> list[FileLine]:
    """A report of each task whose day has come."""
    due = [
        task for task in trial.store.tasks.values() if task.state != "closed" and task.due_by <= day
    ]
    return [FileLine("caseworker", number, _report(task, day)) for number, task in enumerate(due)]


def _report(task: VisitTask, day: date) -> bytes:
    fact = facts.VisitReported(
        lease_id=task.lease_id,
        task_id=task.task_id,
        on=day,
        outcome=efforts()[task.channel].outcome,
        by="caseworker",
        follow_up_on=day + REVIEWED_FOR if task.channel == "review" else None,
    )
    at = datetime.combine(day, _AT, STOCKHOLM).isoformat()
    source = MUNICIPALITY + task.municipality
    return _encode(make_event(fact, source=source, event_id=f"{task.task_id} {day}", time=at))
