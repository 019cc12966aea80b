"""Which outcomes a task can have, so that the right ones are two clicks away."""

from alerts.cases.duties import SECURING
from alerts.commands.report_task import OUTCOMES
from alerts.contract.messages import VisitTask

_SENT = ("sent", "not_needed", "other")
_MET = (
    *("reached", "not_reached", "plan_offered", "paid", "declined", "referred"),
    *("support_applied", "landlord_agrees", "respite_sought", "receipt_shown"),
)
_REST = ("interpreter_needed", "wrong_person", "own_caseworker", "moved", "not_needed", "other")
_BY_CHANNEL: dict[str, tuple[str, ...]] = {
    "letter": _SENT,
    "feedback": _SENT,
    "confirmation": ("confirmed", "sent", "not_needed", "other"),
    "decision": ("council_assumes", "landlord_agrees", "paid", "not_needed", "other"),
    "payment": ("paid", "not_needed", "other"),
}


def outcomes_for(task: VisitTask) -> tuple[str, ...]:
    """The likely outcomes of a task first, then those that any may have."""
    if task.step == "confirm_eviction":
        return _BY_CHANNEL["confirmation"]
    if task.step in SECURING:
        return ("council_assumes", *_MET, *_REST)  # the board may take on the rent (JB 12:44)
    return _BY_CHANNEL.get(task.channel, (*_MET, *_REST))


assert {*_MET, *_REST, *_SENT, *sum(_BY_CHANNEL.values(), ())} == set(OUTCOMES)
