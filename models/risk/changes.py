"""The days at whose end a reading can change by time alone, so that no lease sleeps through one."""

from datetime import date, timedelta

from models.lease.lines import Settlement
from models.lease.state import Lease
from models.risk.bills import PAID_WITHIN, YEAR
from models.risk.books import books
from models.risk.reading import FAILED_FOR, REMINDED_FOR, usually_paid_on
from models.risk.reading import YEAR as SIGNAL_YEAR
from models.risk.steps import steps_from
from models.standing.arrears import judged_on

_DAY = timedelta(days=1)


def changes_on(lease: Lease, day: date, settled: Settlement | None = None) -> list[date]:
    """The days after `day` at whose end the reading of the lease, as it is known on `day`, may be
    another one although nothing happened; in order. `settled` as for `books`."""
    days = [*_of_rent(lease, day, settled), *_of_signals(lease)]
    return sorted({on for on in days if on > day})


def _of_rent(lease: Lease, day: date, settled: Settlement | None) -> list[date]:
    _, settlement, due = books(lease, day, settled)
    days = [on for bill in due for on in (bill.last_day + PAID_WITHIN, bill.last_day + YEAR)]
    for bill in due:
        days += steps_from(bill.last_day) if bill.paid_on is None else []
    for line in settlement.lines:
        days += [line.last_day, line.last_day + PAID_WITHIN, line.last_day + YEAR]
        days += steps_from(line.last_day) if line.rent_left else []
    usual = usually_paid_on(due, settlement.lines, day)
    return days if usual is None else [*days, *steps_from(usual)]


def _of_signals(lease: Lease) -> list[date]:
    signals = lease.signals
    days = [on + span for on in signals.failures for span in (FAILED_FOR, SIGNAL_YEAR)]
    days += [r.sent_on + span for r in signals.reminders for span in (REMINDED_FOR, SIGNAL_YEAR)]
    for contact in signals.contacts:
        days += steps_from(contact.on)
    for plan in signals.plans.values():
        days += [plan.ended_on] if plan.ended_on is not None else []
        for part in plan.instalments:
            days += [part.due_on, judged_on(part.due_on)]
    return [*days, *lease.legal.assumed]
