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
from streams.simulate.months import first_day, period

PAYDAY = 25  # Swedish salaries are paid on the 25th or the bank day before


@dataclass(frozen=True)
class RentMonth:
    """One landlord's dates for one rent period."""

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


def rent_month(landlord: Landlord, number: int) -> RentMonth:
    """The dates of one rent period: due before the month begins (JB 12:20), by the last vardag or,
    as many landlords do, by the last bank day."""
    first = first_day(number)
    before = first_day(number - 1)
    due = last_working_day_before(first) if landlord.by_bank_day else last_vardag_before(first)
    invoice_on = next_working_day(before.replace(day=landlord.invoice_day))
    payday = last_working_day_before(before.replace(day=PAYDAY + 1))
    days = [payday + timedelta(n) for n in range((due - payday).days + 8)]
    bank_days = [day for day in days if is_working_day(day)]
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
    )


class RentCalendar:
    """Each landlord's rent months, worked out once."""

    def __init__(self) -> None:
        self._months: dict[tuple[str, int], RentMonth] = {}

    def month(self, landlord: Landlord, number: int) -> RentMonth:
        """The landlord's dates for the rent of month `number`."""
        key = (landlord.orgnr, number)
        found = self._months.get(key)
        if found is None:
            found = self._months[key] = rent_month(landlord, number)
        return found
