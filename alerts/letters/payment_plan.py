"""The payment plan: what is owed, and what is paid when."""

from datetime import date
from typing import ClassVar

from msgspec import Struct

from alerts.cases.situation import Situation
from alerts.letters.facts import LetterFacts
from alerts.letters.refusal import Refusal, ended, nothing_late
from alerts.letters.rent import Rent, read_rent
from models.lease.signals import Plan


class Payment(Struct, frozen=True):
    """One instalment, öre."""

    due_on: date
    ore: int


class PaymentPlan(LetterFacts, frozen=True, kw_only=True):
    """A plan that the landlord has told of, or one with its instalments to be written in. When it
    is known, `ore` is what it comes to."""

    FILLS: ClassVar = ("account", "ocr")

    rent: Rent
    payments: tuple[Payment, ...]
    ore: int
    account: str | None = None
    ocr: str | None = None


def payment_plan(situation: Situation) -> PaymentPlan | Refusal:
    """The plan; or why there is nothing to pay off."""
    refused = ended(situation)
    if refused is not None:
        return refused
    rent, payments = read_rent(situation), _payments(situation)
    if not rent.months and not payments:
        return nothing_late(situation)
    total = sum(payment.ore for payment in payments)
    return PaymentPlan(
        lease=situation.lease.lease_id,
        rent=rent,
        payments=payments,
        ore=total or rent.ore,
        account=rent.account,
        ocr=rent.ocr,
    )


def _payments(situation: Situation) -> tuple[Payment, ...]:
    """The instalments of the newest plan that holds."""
    plans: list[Plan] = [
        plan
        for plan in situation.lease.signals.plans.values()
        if plan.instalments and plan.ended is None
    ]
    if not plans:
        return ()
    newest = max(plans, key=lambda plan: plan.instalments[0].due_on)
    return tuple(Payment(one.due_on, one.amount_ore) for one in newest.instalments)
