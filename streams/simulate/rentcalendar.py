"""When each landlord's rent is invoiced, due and reminded of, month by month."""

from dataclasses import dataclass
from datetime import date, timedelta

from models.law.weekdays import (
    is_working_day,
    last_vardag_before,
    last_working_day_before,
    next_working_day,
)
from streams.simulate.landlords import Landlord
from streams.simulate.months import first_day, month_of, period

PAYDAY = 25  # Swedish salaries are paid on the 25th or the bank day before


@dataclass(frozen=True)
class RentMonth:
    """One landlord's dates for one rent period, and what its feed tells then."""

    number: int
    period: str
    first: date
    invoice_on: date
    due_on: date
    payday: date
    bank_days: tuple[date, ...]  # from payday to the due day
    late_days: tuple[date, ...]  # bank days in the week after the due day
    debit_on: date
    reminder_on: date
    names_invoice: bool
    tells_order_day: bool
    tells_reminders: bool


def rent_month(landlord: Landlord, number: int, since: int) -> RentMonth:
    """The dates of one rent period: due before the month begins (JB 12:20), by the last vardag or,
    as many landlords do, by the last bank day. `since` is the simulation's first month."""
    first = first_day(number)
    before = first_day(number - 1)
    due = last_working_day_before(first) if landlord.by_bank_day else last_vardag_before(first)
    invoice_on = next_working_day(before.replace(day=landlord.invoice_day))
    payday = last_working_day_before(before.replace(day=PAYDAY + 1))
    days = [payday + timedelta(n) for n in range((due - payday).days + 8)]
    bank_days = [day for day in days if is_working_day(day)]
    changed = landlord.new_system_after is not None and number > since + landlord.new_system_after
    return RentMonth(
        number,
        period(number),
        first,
        invoice_on,
        due,
        payday,
        bank_days=tuple(day for day in bank_days if day <= due),
        late_days=tuple(day for day in bank_days if day > due),
        debit_on=last_working_day_before(due + timedelta(1)),
        reminder_on=next_working_day(due + timedelta(landlord.reminder_after)),
        names_invoice=landlord.names_invoice and not changed,
        tells_order_day=landlord.tells_order_day and not changed,
        tells_reminders=not changed,
    )


class RentCalendar:
    """Each landlord's rent months, worked out once."""

    def __init__(self, start: date) -> None:
        self._since = month_of(start)
        self._months: dict[tuple[str, int], RentMonth] = {}

    def month(self, landlord: Landlord, number: int) -> RentMonth:
        """The landlord's dates for the rent of month `number`."""
        key = (landlord.orgnr, number)
        found = self._months.get(key)
        if found is None:
            found = self._months[key] = rent_month(landlord, number, self._since)
        return found
