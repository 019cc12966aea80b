"""What a task is, whether a duty of law or a playbook's step."""

from alerts.cases.duties import DUTIES
from alerts.cases.situation import Situation
from alerts.cases.way import Doing
from models.phrase import Phrase


def doing(situation: Situation, step: str) -> Doing:
    """Channel, actor, words and matter of a step; a contact, if no playbook has it any more."""
    duty = DUTIES.get(step)
    if duty is not None:
        return duty
    found = situation.way.doing(step, situation)
    return found or Doing("contact", "caseworker", Phrase("step.of_another_playbook"), "rent")
