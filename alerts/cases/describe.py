"""What a task is, whether a duty of law or a playbook's step."""

from msgspec.structs import replace

from alerts.cases.duties import DUTIES
from alerts.cases.rent_reasons import owes_nothing, paid_rent, rent_saves
from alerts.cases.situation import Situation
from alerts.cases.way import Doing
from models.phrase import Phrase


def _suited(situation: Situation, step: str) -> str:
    """The words of a duty: the board takes on no rent towards itself, nor after the last day, nor
    where no rent saves the home; paid in time, what was begun is only to be called off. After the
    day of an eviction what came of it is asked first. Where nothing runs any more, and the task
    closes, none of these."""
    if step != "secure_tenancy":
        return step
    if not situation.legal.others:
        return "secure_home"
    if situation.unheard_on is not None:
        return "secure_tenancy_unheard"
    if situation.legal.municipal:
        return "secure_tenancy_municipal"
    paid = paid_rent(situation)
    if paid is not None and paid.in_time and not situation.legal.disturbance:
        how = "assumed" if paid.assumed else "paid"
        later = "" if owes_nothing(situation) else "_but_later"
        return f"secure_tenancy_{how}{later}"
    if situation.legal.recovery_over or not rent_saves(situation):
        return "secure_tenancy_lost"
    return step


def doing(situation: Situation, step: str) -> Doing:
    """Channel, actor, words and matter of a step; a contact, if no playbook has it any more."""
    return situation.once(_doing, step)


def _doing(situation: Situation, step: str) -> Doing:
    duty = DUTIES.get(step)
    if duty is not None:
        suited = _suited(situation, step)
        return duty if suited == step else replace(duty, does=Phrase(f"step.{suited}"))
    found = situation.way.doing(step, situation)
    return found or Doing("contact", "caseworker", Phrase("step.of_another_playbook"), "rent")
