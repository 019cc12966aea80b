"""What a task is, whether a duty of law or a playbook's step."""

from msgspec.structs import replace

from alerts.cases.duties import DUTIES
from alerts.cases.rent_reasons import owes_nothing, paid_rent
from alerts.cases.situation import Situation
from alerts.cases.way import Doing
from models.phrase import Phrase


def _suited(situation: Situation, step: str) -> str:
    """The words of a duty: the board takes on no rent towards itself, nor after the last day,
    nor where none is the tenant's to pay; paid in time, what was begun is only to be called off."""
    if step == "secure_tenancy" and situation.legal.municipal:
        return "secure_tenancy_municipal"
    paid = paid_rent(situation) if step == "secure_tenancy" else None
    if paid is not None and paid.in_time:
        return "secure_tenancy_assumed" if paid.assumed else "secure_tenancy_paid"
    if step == "secure_tenancy" and (situation.legal.recovery_over or owes_nothing(situation)):
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
