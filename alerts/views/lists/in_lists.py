"""A task as a list of several leases may show it.

Compilations hold no sensitive or otherwise delicate circumstances (SoLPuL 2001:454 7 a §): who
asked about the children, that a household has support or care, stands on its own page alone. Of a
protected identity no list tells the district.
"""

from msgspec.structs import replace

from alerts.contract.messages import VisitTask
from models.phrase import Phrase

_QUESTIONS = ("reason.child_question", "reason.child_question_asked")
DELICATE = frozenset(
    f"outcome.{name}"
    for name in ("support_applied", "interpreter_needed", "wrong_person", "own_caseworker")
)
_WAITS = ("in_care", "own_caseworker")


def in_list(task: VisitTask) -> VisitTask:
    """The task without what is delicate."""
    is_delicate = task.reason.args.get("outcome") in DELICATE
    return replace(
        task,
        district="" if task.protected_identity else task.district,
        reason=Phrase("closed.reported_in_case") if is_delicate else task.reason,
        reasons=[reason for reason in task.reasons if reason.code not in _QUESTIONS],
        waits_for="other" if task.waits_for in _WAITS else task.waits_for,
    )
