"""From a lease's situation to its case, its tasks, what is said of them, and when it wakes."""

from alerts.cases import decide, legal_dates, waking
from alerts.cases.situation import Situation, read_situation
from alerts.fold import announce
from alerts.fold.landlord_news import tell_landlord
from alerts.fold.speaking import remember, say_task
from alerts.fold.workspace import Workspace
from models.contract.event_kinds import PAPERS, TELLING, URGENT
from models.lease.state import Lease
from models.stockholm import moment_at


def after_event(
    work: Workspace,
    lease: Lease,
    kind: type,
    appended_ms: int | None = None,
    *,
    is_known: bool = False,
) -> None:
    """An event of type `kind` changed the lease: decide at once if it is urgent, or if it tells
    something of a lease with a case; else when the day ends. `appended_ms` is when it was taken;
    `is_known` where all that a paper of the law says was known before."""
    at_once = kind in URGENT or (lease.case is not None and kind in TELLING)
    if at_once and lease.terms is not None and work.partition.last_day is not None:
        work.changes.leases[lease.lease_id] = lease
        today = work.today
        fed, way = work.partition.fed_through, work.towns.way_of(lease)
        situation = read_situation(lease, today, today, fed, way)
        situation.paper_told = kind in PAPERS and not is_known
        situation.moment = None if appended_ms is None else moment_at(appended_ms)
        decide_on(work, situation)
        work.waking.wake(lease, today)  # and scored anew with all others, when the day ends
    else:
        look_later(work, lease)


def look_later(work: Workspace, lease: Lease) -> None:
    """The lease changed, and is looked at when its next day ends."""
    work.changes.leases[lease.lease_id] = lease
    if lease.case is None or lease.terms is None or work.partition.last_day is None:
        work.waking.touch(lease.lease_id)
    else:
        work.waking.wake(lease, work.today)


def decide_on(work: Workspace, situation: Situation) -> None:
    """Bring the lease's case and tasks in line with its situation, and tell what changed."""
    decided = decide.assess(situation)
    if decided is not None:
        case, tasks = decided
        now = legal_dates.dates(situation)
        for line in legal_dates.changes(situation, case.told, now):
            remember(work, situation.lease.lease_id, line)
        case.told = now
        for task in tasks:
            told = announce.visit_task(situation, case, task)
            if told is not None:
                say_task(work, *told)
        tell_landlord(work, situation, case, tasks)
    work.waking.decided(situation.lease, waking.wake_on(situation, work.scorer))
