"""Letting the tasks of a case wait until a day, or until the law's clock needs them before."""

from datetime import date, timedelta
from typing import get_args

from alerts.commands.case_act import SECONDS, Cases, Deed, Refused, Told, tell
from alerts.commands.case_find import coming, find_case, today_of
from alerts.commands.event_log import EventLog
from alerts.commands.known_code import known
from models.contract.facts import TaskWaits
from models.contract.facts.acts import WaitsFor

REASONS: tuple[str, ...] = get_args(WaitsFor)
_DAY = timedelta(days=1)


def let_case_wait(
    log: EventLog, cases: Cases, deed: Deed, until: date, reason: str, *, seconds: float = SECONDS
) -> Told | Refused:
    """Let the lease's tasks wait, for a reason by its code."""
    fault = known("--reason", reason, REASONS)
    found = fault or find_case(cases, deed)
    if isinstance(found, Refused):
        return found
    today = today_of(found, deed)
    fault = coming("--until", until, today, today + _DAY)  # on its day it waits no more
    if fault is not None:
        return fault
    fact = TaskWaits(
        lease_id=found.stand.lease.lease_id,
        on=found.on,
        until=until,
        reason=reason,  # type: ignore[arg-type]
        by=deed.by,
    )
    return tell(log, found, deed, fact, seconds)
