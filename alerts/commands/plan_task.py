"""Planning a task: on which day, and who goes."""

from datetime import date

from alerts.commands.case_act import SECONDS, Cases, Deed, Refused, Told, tell
from alerts.commands.case_find import coming, find_open_task, named, today_of
from alerts.commands.event_log import EventLog
from models.contract.facts import TaskPlanned


def plan_task(
    log: EventLog, cases: Cases, deed: Deed, day: date, who: str, *, seconds: float = SECONDS
) -> Told | Refused:
    """Plan a task for a day; of several plans the newest holds."""
    found = find_open_task(cases, deed)
    if isinstance(found, Refused):
        return found
    fault = named("--who", who) or coming("--day", day, today_of(found, deed))
    if fault is not None:
        return fault
    assert found.task is not None
    fact = TaskPlanned(
        lease_id=found.stand.lease.lease_id,
        task_id=found.task.task_id,
        on=found.on,
        planned_on=day,
        who=who,
        by=deed.by,
    )
    return tell(log, found, deed, fact, seconds)
