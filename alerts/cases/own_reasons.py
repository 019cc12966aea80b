"""What is to be known of one task alone, beside why its case is there."""

from datetime import date

from alerts.cases.duties import SECURING
from alerts.cases.follow_up import not_reached
from alerts.cases.situation import Situation
from models.lease.cases import Case, Task
from models.lease.groups import has_children
from models.phrase import Phrase, phrase
from models.standing.acts import newest, standing


def of_task(situation: Situation, case: Case, task: Task) -> list[Phrase]:
    """The task's own reasons, most pressing first; none once it is closed."""
    if task.closed is not None:
        return []
    found = situation.way.notes(task, situation)
    tries = not_reached(case, task.step)
    if tries:
        found.append(_attempts(len(tries), max(tries)))
    return found


def _attempts(count: int, on: date) -> Phrase:
    if count == 1:
        return phrase("reason.attempts_one", on=on)
    return phrase("reason.attempts", count=count, on=on)


def beside(situation: Situation, task: Task) -> list[Phrase]:
    """The task's own reasons that weigh less than why its case is there."""
    if task.closed is not None:
        return []
    return [*situation.way.notes_beside(task, situation), *_of_children(situation, task)]


def _of_children(situation: Situation, task: Task) -> list[Phrase]:
    """What is asked of the children where their home is at stake."""
    if task.step not in SECURING or not has_children(situation.lease.household, situation.today):
        return []
    return _child_question(situation)


def _child_question(situation: Situation) -> list[Phrase]:
    """Where a family may lose its home: was the preliminary assessment made, or asked for?"""
    asked = newest(standing(situation.lease, "asked"))
    if asked is None:
        return [Phrase("reason.child_question")]
    return [phrase("reason.child_question_asked", on=asked.on, by=asked.by)]
