"""Why a task is on nobody's list, and what that risks."""

from datetime import date, timedelta

from alerts.contract.messages import VisitTask
from alerts.language import who_goes
from alerts.planning.books import Crew
from alerts.planning.crews import Asked, Crews
from models.law.weekdays import is_working_day
from models.phrase import Phrase, phrase

_NAMED = ("rank.legal_day_is_near", "rank.legal_day_is_over")
_DAY = timedelta(days=1)


def theirs(asked: Asked) -> Phrase:
    """It is somebody else's alone, as the landlord's."""
    return phrase("plan_page.theirs", who=_roles(asked.need.partners))


def nobody_able(asked: Asked, crews: Crews) -> Phrase:
    """Nobody who is here may do it."""
    having = [crew for crew in crews.sized(asked.need) if asked.need.is_met_by(crew)]
    if not having:
        name = "no_pair" if asked.need.people > 1 else "no_role"
        return phrase(f"plan_page.{name}", roles=_roles(asked.need.roles))
    if asked.protected:
        return Phrase("plan_page.no_protected")
    return phrase("plan_page.no_district", district=asked.district)


def full(asked: Asked, crews: Crews, *, kept: bool) -> Phrase:
    """Those who may have no time left; if it is `kept`, whoever has the task."""
    if kept:
        name = "whose_is_full" if len(asked.whose) == 1 else "whose_are_full"
        who = who_goes.JOIN.join(crews.by_name[one].name for one in sorted(asked.whose))
        return phrase(f"plan_page.{name}", who=who)
    if asked.need.people > 1:
        return phrase("plan_page.pair_is_full", roles=_roles(asked.need.roles))
    return Phrase("plan_page.full")


def elsewhere(asked: Asked, crew: Crew, *, lacks_role: bool) -> Phrase:
    """The case is on a list, but this task does not go along there."""
    who = [phrase("as_written.text", text=person.name) for person in crew]
    if lacks_role:
        return phrase("plan_page.elsewhere_role", who=who, roles=_roles(asked.need.roles))
    return phrase("plan_page.elsewhere_full", who=who)


def risk(task: VisitTask, day: date) -> Phrase:
    """What may come of it that a task is not done on `day`, in one sentence."""
    if names_day(task):
        said = task.priority.rule.args
        on = date.fromisoformat(said["on"])
        gone = "_gone" if on < day else ""
        return phrase(f"plan_page.last_day{gone}", **said, left=_left(day, on))
    if task.legal_deadline is not None and task.legal_deadline >= day:
        on = task.legal_deadline
        return phrase("plan_page.legal_day", on=on, left=_left(day, on))
    if task.due_by == day:
        return Phrase("plan_page.own_today")
    if task.due_by > day:
        return phrase("plan_page.own_day", on=task.due_by, left=_left(day, task.due_by))
    late = working_days(task.due_by, day)
    name = "is_late" if late > 1 else "is_just_late"
    return phrase(f"plan_page.{name}", on=task.due_by, days=late)


def names_day(task: VisitTask) -> bool:
    """Is it in its band for a day of the law that has a name?"""
    return task.priority.rule.code in _NAMED


def _left(day: date, on: date) -> Phrase:
    if on <= day:
        return Phrase("plan_page.left_today")
    left = working_days(day, on)
    if left > 1:
        return phrase("plan_page.left_days", days=left)
    return Phrase("plan_page.left_one" if left else "plan_page.left_none")


def working_days(after: date, through: date) -> int:
    """The working days after a day, and through another."""
    days = (after + n * _DAY for n in range(1, (through - after).days + 1))
    return sum(map(is_working_day, days))


def _roles(names: frozenset[str] | tuple[str, ...]) -> list[str]:
    return [f"plan_page.role_{name}" for name in sorted(names)]
