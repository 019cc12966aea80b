"""Giving a task to somebody."""

from alerts.commands.case_act import SECONDS, Cases, Deed, Found, Refused, Told, tell
from alerts.commands.case_find import find_open_task, named
from alerts.commands.event_log import EventLog
from models.contract.facts import TaskAssigned


def assign_task(
    log: EventLog, cases: Cases, deed: Deed, to: str, *, seconds: float = SECONDS
) -> Told | Refused:
    """Give a task to somebody; of several the newest holds."""
    found = assigned(cases, deed, to)
    return found if isinstance(found, Refused) else tell(log, found[0], deed, found[1], seconds)


def assigned(cases: Cases, deed: Deed, to: str) -> tuple[Found, TaskAssigned] | Refused:
    """What is to be told, if it may be."""
    found = find_open_task(cases, deed)
    if isinstance(found, Refused):
        return found
    fault = named("--to", to)
    if fault is not None:
        return fault
    assert found.task is not None
    fact = TaskAssigned(
        lease_id=found.stand.lease.lease_id,
        task_id=found.task.task_id,
        on=found.on,
        to=to,
        by=deed.by,
    )
    return found, fact
