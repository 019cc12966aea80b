"""What the books say of money, for a case's line of time: rent that fell due, what was paid,
deposited, taken back and paid back, debits that failed, and payment plans.

Each stands on its own day: a payment that bounced is a payment on its day, and gone on another.
"""

from collections.abc import Iterator
from datetime import date

from alerts.fold.partition import BEGINNING
from alerts.views.lease.lease_page_parts import Account, Paid
from models.lease.signals import Signals
from models.phrase import Phrase, phrase

Told = tuple[date, str, Phrase]  # the day, what kind of event it is, and the words


def money_events(account: Account, signals: Signals, today: date) -> list[Told]:
    """All that has come by today; of what comes on one day, the rent before its payment."""
    found = [*_rents(account), *_failures(signals), *_paid(account), *_plans(signals)]
    return [told for told in found if told[0] <= today]


def _rents(account: Account) -> Iterator[Told]:
    for invoice in account.invoices:
        due = phrase("timeline.rent_due", ore=invoice.rent_ore, period=invoice.period)
        yield invoice.due_on, "rent", due


def _failures(signals: Signals) -> Iterator[Told]:
    for on in signals.failures:
        yield on, "paid", Phrase("timeline.debit_failed")


def _paid(account: Account) -> Iterator[Told]:
    for paid in account.payments:
        yield paid.booked_on, "paid", _payment(paid)
        if paid.reversed_on is not None:
            gone = phrase("timeline.taken_back", ore=paid.amount_ore, booked=paid.booked_on)
            yield paid.reversed_on, "paid", gone
    for back in account.refunds:
        yield back.on, "paid", phrase("timeline.refunded", ore=back.amount_ore)


def _payment(paid: Paid) -> Phrase:
    if paid.reversed_on is not None:
        return phrase("timeline.paid_reversed", ore=paid.amount_ore, back=paid.reversed_on)
    name = "deposited" if paid.payer == "deposit" else "paid"
    return phrase(f"timeline.{name}", ore=paid.amount_ore)


def _plans(signals: Signals) -> Iterator[Told]:
    """When a plan became known, for nobody tells when it was agreed, and when it ended."""
    for name, plan in signals.plans.items():
        if plan.instalments and plan.told_on is not None and plan.told_on.year > BEGINNING.year:
            first, last = plan.instalments[0].due_on, plan.instalments[-1].due_on
            ore = sum(part.amount_ore for part in plan.instalments)
            said = phrase("timeline.plan", plan=name, ore=ore, first=first, last=last)
            yield plan.told_on, "paid", said
        if plan.ended is not None and plan.ended_on is not None:
            said = phrase("timeline.plan_ended", plan=name, how=f"plan.{plan.ended}")
            yield plan.ended_on, "paid", said
