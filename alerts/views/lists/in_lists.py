"""A task as a list of several leases may show it.

Compilations hold no sensitive or otherwise delicate circumstances (SoLPuL 2001:454 7 a §): who
asked about the children, that a household has support or care, stands on its own page alone. Of a
protected identity no list tells the district, nor from or to which town a move went.
"""

from msgspec.structs import replace

from alerts.contract.messages import VisitTask
from models.phrase import Phrase

_QUESTIONS = ("reason.child_question", "reason.child_question_asked")
DELICATE = frozenset(
    f"outcome.{name}"
    for name in ("support_applied", "interpreter_needed", "wrong_person", "own_caseworker")
)
_WHERE_FROM = "reason.came_from"
_WHERE_TO = "closed.moved_to"
_WAITS = ("in_care", "own_caseworker")


def in_list(task: VisitTask) -> VisitTask:
    """The task without what is delicate."""
    hides = (*_QUESTIONS, _WHERE_FROM) if task.protected_identity else _QUESTIONS
    return replace(
        task,
        district="" if task.protected_identity else task.district,
        reason=_reason(task),
        reasons=[reason for reason in task.reasons if reason.code not in hides],
        waits_for="other" if task.waits_for in _WAITS else task.waits_for,
    )


def _reason(task: VisitTask) -> Phrase:
    if task.reason.args.get("outcome") in DELICATE:
        return Phrase("closed.reported_in_case")
    if task.protected_identity and task.reason.code == _WHERE_TO:
        return Phrase("closed.moved_away")
    return task.reason
