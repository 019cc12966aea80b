"""When a household pays its rent, and the payment that the landlord then tells of."""

from datetime import date, timedelta

from models.contract.facts import RentPaid
from models.law.weekdays import next_working_day
from streams.simulate.agenda import ONE_DAY, Agenda, Part
from streams.simulate.rentcalendar import RentMonth
from streams.simulate.tenancy import Tenancy


def usual_day(tenancy: Tenancy, month: RentMonth, v: float) -> tuple[date, date | None]:
    """The day the bank books the rent, and the day of the order where the landlord tells it."""
    tells = month.tells_order_day
    habit = tenancy.household.habit
    if tenancy.household.late_by:
        booked = always_late(tenancy, month, v)
        return booked, booked if tells else None
    if habit == "debit":
        return month.debit_on, None
    if habit == "payday":
        days = month.bank_days
        booked = days[min(int(v * v * 4), len(days) - 1)]
        return booked, booked if tells else None
    booked = next_working_day(month.due_on + ONE_DAY if v < 0.3 else month.due_on)
    return booked, month.due_on if tells else None


def always_late(tenancy: Tenancy, month: RentMonth, v: float) -> date:
    """The day on which a household pays that is late every month by about as much."""
    days = tenancy.household.late_by + int(v * 5) - 2
    return next_working_day(month.due_on + timedelta(days=days))


def some_days_late(month: RentMonth, v: float) -> date:
    """A bank day after the due day, at most a week late."""
    return month.late_days[int(v * len(month.late_days))]


def book(
    agenda: Agenda,
    tenancy: Tenancy,
    month: RentMonth,
    amount: int,
    booked: date,
    ordered: date | None = None,
    which: str = "a",
) -> None:
    """A payment of `amount` öre of the month's rent, told the day after it was booked."""
    payment = RentPaid(
        lease_id=tenancy.lease_id,
        payment_id=tenancy.payment_id(month, which),
        amount_ore=amount,
        booked_on=booked,
        ordered_on=ordered,
        payer=tenancy.household.payer,
        invoice_id=tenancy.named_invoice(month),
    )
    agenda.add(booked + ONE_DAY, Part.BANK, tenancy.source, payment)
