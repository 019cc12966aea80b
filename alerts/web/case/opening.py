"""Opening a case: the one place where the pages read one, and refuse whom it is closed to."""

from sqlalchemy import Connection

from alerts.access import glass
from alerts.access.scope import Opening, opening
from alerts.cases.moving import last_given
from alerts.views.lease import lease_known
from alerts.views.lease.lease_known import Known
from alerts.web.ask import Ask
from alerts.web.faults import ClosedCase, NotThere


def lease_of(ask: Ask) -> str:
    """The id of the lease that the address names, in its one spelling."""
    return ask.path["lease"]


def open_case(ask: Ask, connection: Connection) -> Known:
    """What is known of the address's lease. `NotThere` and `ClosedCase` for whom it is not."""
    known = lease_known.load(connection, lease_of(ask))
    if known is None:
        raise NotThere
    ask.counted_on(known.partition.today if known.partition.last_day else None)
    lease_id = known.lease.lease_id
    broken = glass.is_open(connection, ask.person, lease_id, ask.now.timestamp())
    why = opening(ask.person, known.lease, whose(known), broken)
    if why is Opening.ELSEWHERE:
        raise NotThere
    if why is not Opening.OPEN:
        raise ClosedCase(lease_id, why)
    if broken:
        ask.noted["glass"] = "broken"
    return known


def whose(known: Known) -> set[str]:
    """Those whose the case is: to whom its open tasks were given, and to whom the last one was that
    was given to anybody, for a new task is nobody's at first."""
    given = {task.assigned_to for task in known.tasks if task.state != "closed"}
    last = last_given(known.lease)
    return {one for one in (*given, last.who if last else None) if one}
