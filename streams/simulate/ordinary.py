"""How rent is usually paid: in time, or a few days late, with the small mishaps of any month.

Nothing here is late by more than a week, save a payment that bounced. Chances are a month's, for
one tenancy.
"""

from datetime import date, timedelta

from models.contract.facts import (
    PaymentFailed,
    RentCredited,
    RentPaymentReversed,
    RentRefunded,
)
from models.law.weekdays import add_working_days, next_working_day
from streams.simulate.agenda import ONE_DAY, Agenda, Part
from streams.simulate.figures import (
    BOUNCED,
    CREDITED,
    DEBIT_FAILED,
    DOUBLE,
    HALVES,
    OVER,
    PAYS_SOME_DAYS_LATE,
)
from streams.simulate.paying import book, some_days_late, usual_day
from streams.simulate.rentcalendar import RentMonth
from streams.simulate.tenancy import Tenancy

_MISHAPS = DOUBLE + OVER + HALVES + BOUNCED + CREDITED + DEBIT_FAILED
_UNEVENTFUL = _MISHAPS + PAYS_SOME_DAYS_LATE


def pay_as_usual(
    agenda: Agenda, tenancy: Tenancy, month: RentMonth, charged: int, u: float, v: float
) -> None:
    """Pay the `charged` öre of a month; `u` and `v` in [0, 1) choose how and on which day."""
    owed = charged - tenancy.advance_ore
    tenancy.advance_ore = max(0, -owed)
    if owed <= 0:
        return
    if u >= _UNEVENTFUL:
        booked, ordered = usual_day(tenancy, month, v)
        book(agenda, tenancy, month, owed, booked, ordered)
    elif u >= _MISHAPS:
        book(agenda, tenancy, month, owed, some_days_late(month, v))
    else:
        _mishap(agenda, tenancy, month, owed, u, v)


def _mishap(
    agenda: Agenda, tenancy: Tenancy, month: RentMonth, owed: int, u: float, v: float
) -> None:
    booked, ordered = usual_day(tenancy, month, v)
    if u < DOUBLE:
        book(agenda, tenancy, month, owed, booked, ordered)
        again = add_working_days(booked, 1)
        book(agenda, tenancy, month, owed, again, which="b")
        if v < 0.5:
            _refund(agenda, tenancy, month, owed, again)
        else:
            tenancy.advance_ore += owed
    elif (u := u - DOUBLE) < OVER:
        round_sum = -(-owed // 50_000) * 50_000
        book(agenda, tenancy, month, round_sum, booked, ordered)
        tenancy.advance_ore += round_sum - owed
    elif (u := u - OVER) < HALVES:
        book(agenda, tenancy, month, owed // 2, month.payday)
        book(agenda, tenancy, month, owed - owed // 2, month.debit_on, which="b")
    elif (u := u - HALVES) < BOUNCED:
        _bounce(agenda, tenancy, month, owed, booked, v)
    elif (u := u - BOUNCED) < CREDITED:
        _credit(agenda, tenancy, month, owed, booked)
    elif tenancy.household.habit == "debit":
        failed = PaymentFailed(lease_id=tenancy.lease_id, on=month.debit_on, method="autogiro")
        agenda.add(month.debit_on + ONE_DAY, Part.BANK, tenancy.source, failed)
        book(agenda, tenancy, month, owed, some_days_late(month, v))
    else:
        book(agenda, tenancy, month, owed, booked, ordered)


def _bounce(
    agenda: Agenda, tenancy: Tenancy, month: RentMonth, owed: int, booked: date, v: float
) -> None:
    back = add_working_days(booked, 1 + int(v * 3))
    book(agenda, tenancy, month, owed, booked)
    reversal = RentPaymentReversed(
        lease_id=tenancy.lease_id, payment_id=tenancy.payment_id(month), booked_on=back
    )
    agenda.add(back + ONE_DAY, Part.BANK, tenancy.source, reversal)
    book(agenda, tenancy, month, owed, add_working_days(back, 2 + int(v * 5)), which="b")


def _refund(agenda: Agenda, tenancy: Tenancy, month: RentMonth, paid: int, booked: date) -> None:
    """What was paid twice goes back."""
    on = add_working_days(booked, 4)
    refund = RentRefunded(
        lease_id=tenancy.lease_id,
        refund_id=f"R{tenancy.payment_id(month, 'b')}",
        amount_ore=paid,
        on=on,
        payment_id=tenancy.payment_id(month, "b"),
    )
    agenda.add(on, Part.OFFICE, tenancy.source, refund)


def _credit(agenda: Agenda, tenancy: Tenancy, month: RentMonth, owed: int, booked: date) -> None:
    amount = min(owed // 2, tenancy.rent(month.number) // 10)  # a broken lift, a cold week
    on = next_working_day(month.invoice_on + timedelta(days=4))
    if tenancy.household.habit == "debit":  # its landlord corrects the invoice instead
        agenda.add(on, Part.OFFICE, tenancy.source, tenancy.corrected(month, amount, on))
        book(agenda, tenancy, month, owed - amount, max(booked, on))
        return
    credit = RentCredited(
        lease_id=tenancy.lease_id,
        invoice_id=tenancy.invoice_id(month),
        amount_ore=amount,
        on=on,
    )
    agenda.add(on, Part.OFFICE, tenancy.source, credit)
    book(agenda, tenancy, month, owed - amount, max(booked, on))
