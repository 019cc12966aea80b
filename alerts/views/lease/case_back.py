"""When a case of which nothing is asked just now is back on the list."""

from datetime import date

from alerts.cases.follow_up import follow_up_on, waits_until
from alerts.cases.priority import working_days_before
from alerts.cases.situation import SOON, Situation
from models.lease.acts import Act


def back_on(situation: Situation) -> date | None:
    """The next day on which the case is back after what was reported: its follow-up day, no sooner
    than a wait ends, or the day from which a last day of the law is near, if that comes first.
    None where nothing that was reported is to be followed up."""
    case = situation.lease.case
    if case is None:
        return None
    newest_tasks = {task.step: task for task in case.tasks}.values()
    days = [on for task in newest_tasks if (on := follow_up_on(situation, task)) is not None]
    waits = waits_until(situation)
    if waits is not None and waits.day is not None:
        days = [max(on, waits.day) for on in days]
    days = [on for on in days if on > situation.today]
    return _or_near(situation, min(days)) if days else None


def waits_no_longer(situation: Situation, waits: Act) -> date:
    """The day on which a wait ends: its own, or that from which a last day of the law is near."""
    assert waits.day is not None
    return _or_near(situation, waits.day)


def _or_near(situation: Situation, day: date) -> date:
    """The day, or the first on which the law has the case on the list whatever was done."""
    last_days = [on for on, name in situation.dates if name != "confirm_by"]
    if not last_days:
        return day
    return min(day, max(working_days_before(last_days[0], SOON), situation.today))
