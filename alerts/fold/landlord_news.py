"""What the landlord is told of a case: received and whom to call, and acts that the law addresses
to it; with the tenants' consent that contact was made, a plan agreed, the case closed.

Nothing says who lives there, why, or what was talked of.
"""

from alerts.cases.describe import doing
from alerts.cases.situation import Situation
from alerts.cases.want import outcome_of
from alerts.contract.messages import LandlordFeedback, LandlordOutcome
from alerts.fold.speaking import answer_and_remember
from alerts.fold.workspace import Workspace
from models.lease.cases import Case, Task
from models.lease.state import Lease
from models.standing.consent import may_tell_landlord

# Outcomes in which somebody was met.
MET = frozenset(
    {"reached", "declined", "referred", "plan_offered", "support_applied", "respite_sought"}
)


def tell_landlord(work: Workspace, situation: Situation, case: Case, tasks: list[Task]) -> None:
    """Tell what has become of `tasks`, which were open or were closed just now."""
    lease = situation.lease
    for task in tasks:
        if task.closed is not None:
            news = _news(situation, task)
            if news is not None:
                _tell(work, lease, case, task, news)
    over = lease.case is None and not situation.is_over
    if over and may_tell_landlord(lease, situation.today):
        _tell(work, lease, case, case.tasks[-1], "case_closed")


def _news(situation: Situation, task: Task) -> LandlordOutcome | None:
    """What may be told of a task that has closed."""
    outcome = outcome_of(task)
    if doing(situation, task.step).channel == "feedback":
        return "signal_received" if outcome in ("sent", "reached") else None
    planned = (task.closed or "").startswith("plan_agreed")
    if not (planned or outcome in MET) or not may_tell_landlord(situation.lease, situation.today):
        return None
    return "plan_agreed" if planned else "contact_made"


def tell_assumed(work: Workspace, lease: Lease, offset: int) -> None:
    """The board has taken on the rent: the law addresses that to the landlord (JB 12:44)."""
    if lease.terms is not None:
        event_id = f"assumed:{work.partition.number}:{offset}"
        answer_and_remember(work, event_id, _said(lease, "rent_assumed"))


def _tell(work: Workspace, lease: Lease, case: Case, task: Task, outcome: LandlordOutcome) -> None:
    event_id = f"{outcome}:{case.id_of(lease.lease_id, task)}:{task.closed_on}"
    answer_and_remember(work, event_id, _said(lease, outcome))


def _said(lease: Lease, outcome: LandlordOutcome) -> LandlordFeedback:
    assert lease.terms is not None, "a case is only of a lease with terms"
    return LandlordFeedback(lease.terms.landlord_id, lease.lease_id, "", outcome, "", [])
