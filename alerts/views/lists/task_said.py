"""What is said of a task wherever it is shown: where it is, by when, and what was done with it."""

from datetime import date

from alerts.contract.messages import VisitTask
from alerts.language.sentences import Language
from models.lease.state import UNKNOWN_DISTRICT
from models.phrase import Phrase, phrase

_ALWAYS = frozenset(
    {
        "reason.recovery_lost",
        "reason.paid_after",
        "reason.paid_in_time",
        "reason.paid_in_time_but_later",
        "reason.assumed_in_time",
        "reason.assumed_in_time_but_later",
        "reason.paid_late_called_off",
        "reason.assumed_late",
        "reason.disputed",
        "reason.outlived",
        "reason.eviction_unheard",
        "reason.reply_by",
        "reason.ends",
        "reason.last_day_in_vain",
        "reason.last_day_till_end",
    }
)


def where(task: VisitTask, there: bool = True) -> Phrase:
    """The lease and its district; of a protected identity no district, nor where none is known, nor
    of a case that is not `there`: another town has it, in a district of its own."""
    if task.protected_identity or task.district == UNKNOWN_DISTRICT or not there:
        return phrase("plan_page.lease", lease=task.lease_id)
    return phrase("worklist.where", district=task.district, lease=task.lease_id)


def pressing_facts(task: VisitTask, count: int) -> list[Phrase]:
    """The `count` reasons of a task that a row of a list has room for, in the task's own order:
    those that are always said first, all of them, and then the most pressing."""
    always = [reason for reason in task.reasons if _is_always_said(reason)]
    others = [reason for reason in task.reasons if reason not in always]
    shown = [*always, *others[: max(0, count - len(always))]]
    return [reason for reason in task.reasons if reason in shown]


def _is_always_said(reason: Phrase) -> bool:
    """A right that is lost, a dispute, which protects nobody, a death, an answer that is due and a
    lease that ends change what is done."""
    return reason.code in _ALWAYS or reason.args.get("how") == "ended_how.death"


def done_with(task: VisitTask, language: Language) -> list[str]:
    """What people have done with an open task: until when it waits, who goes when, whose it is and
    how often nobody was reached. At most two lines."""
    said = []
    if task.waits_until is not None:
        why = f"waits_for.{task.waits_for}"
        said.append(language.say(phrase("worklist.waits_until", until=task.waits_until, why=why)))
    words = []
    if task.planned_on is not None:
        words.append(phrase("worklist.planned", on=task.planned_on, who=task.planned_who))
    if task.assigned_to is not None:
        words.append(phrase("worklist.assigned", to=task.assigned_to))
    if task.attempts:
        words.append(phrase("worklist.attempts", count=task.attempts))
    return said + ([language.line(words)] if words else [])


def due(due_by: date, today: date | None) -> Phrase:
    """By which day, or by which it should have been done."""
    if today is None:
        return phrase("worklist.due", on=due_by)
    name = "was_due_with_days" if due_by < today else "due_with_days"
    return phrase(f"worklist.{name}", on=due_by, left=days_left((due_by - today).days))


def days_left(days: int) -> Phrase:
    """How many days are left, or since how many it is late."""
    if days == 0:
        return Phrase("worklist.today")
    way = "left" if days > 0 else "late"
    if abs(days) == 1:
        return Phrase(f"worklist.one_day_{way}")
    return phrase(f"worklist.days_{way}", days=abs(days))
