"""What a task asks for, in words that suit who lives there and what is still possible."""

from alerts.cases.situation import Situation
from models.phrase import Phrase

_OF_ANOTHERS_DEBT = ("letter", "visit")  # what a subtenant is not to be asked about


def step_said(situation: Situation, step: str) -> Phrase:
    """The words of a step: a subtenant is offered no plan for another's debt, and the board takes
    on no rent towards itself, nor after the last day."""
    legal = situation.legal
    if step in _OF_ANOTHERS_DEBT and situation.lease.household.sublet_children:
        return Phrase(f"step.{step}_sublet")
    if step == "secure_tenancy" and legal.municipal:
        return Phrase("step.secure_tenancy_municipal")
    if step == "secure_tenancy" and legal.recovery_over:
        return Phrase("step.secure_tenancy_lost")
    return Phrase(f"step.{step}")
