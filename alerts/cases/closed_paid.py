"""When and how the rent that a task was about was paid, as the reason why it closed."""

from datetime import date, timedelta

from alerts.cases.closed_said import closed_as
from alerts.cases.rent_said import months
from alerts.cases.situation import Situation
from models.lease.archive import unpacked
from models.lease.cases import Case
from models.lease.lines import Line
from models.lease.rents import all_lines
from models.standing.who_left import all_but_left

BEFORE = timedelta(days=14)  # a booking may reach the books so long after its day
_NEVER = date.min


def may_be_unpaid(situation: Situation) -> bool:
    """Is rent unpaid after its last day, or not known to be paid? Then nothing may say that it is
    paid, or not late."""
    late = situation.arrears
    return bool(late.late or late.disputed or late.unreported or late.planned)


def by_deposit(situation: Situation) -> str | None:
    """Was the last money that came a deposit with the county board (JB 12:21)?"""
    account = situation.lease.account
    known = (payment.payer for payment in account.payments.values())
    if b"deposit" not in account.archive and "deposit" not in known:
        return None
    paid = unpacked(account).payments.values()
    last = max(paid, key=lambda payment: payment.booked_on, default=None)
    if last is None or last.payer != "deposit":
        return None
    return closed_as("deposited_on", on=last.booked_on)


def paid(situation: Situation) -> str:
    """When the rent was paid: beside a notice that ran, by its last day; else after its due day."""
    case = situation.lease.case
    assert case is not None, "only a case has tasks to close"
    lines = _paid_lines(case, situation)
    days = [line.paid_on for line in lines if line.paid_on is not None]
    if not days:
        return _credited(case, situation)
    on, periods = max(days), months(lines)
    served = _served_by(situation, on)
    if served == on:
        return closed_as("resolved_same_day_on", on=on, periods=periods)
    last = case.told.get("recovery_on")
    if last is not None and on <= last:
        # The rent is no danger to the home any more; a notice for disturbances may be.
        name = "resolved_beside_on" if situation.legal.disturbance else "resolved_in_time_on"
        return closed_as(name, on=on, periods=periods, last=last)
    return closed_as("resolved_on", on=on, periods=periods, last=lines[0].last_day)


def _credited(case: Case, situation: Situation) -> str:
    """No money came while the case was open: was what was unpaid credited?"""
    days = [credit.on for credit in situation.lease.account.credits if credit.on <= situation.today]
    newest = max(days, default=_NEVER)
    return closed_as("resolved_by_credit_on", on=newest) if newest >= case.opened_on else "resolved"


def _paid_lines(case: Case, situation: Situation) -> list[Line]:
    """The rents that were late, and were paid while the case was open."""
    lease, since = situation.lease, case.opened_on - BEFORE
    lines = all_lines(lease.account, lease.started_on, situation.today)
    return [line for line in lines if line.paid_on and since <= line.paid_on > line.last_day]


def _served_by(situation: Situation, on: date) -> date:
    """The last day by `on` on which a notice for the rent was served."""
    notices = all_but_left(situation.lease, "arrears")
    days = [notice.served_on for notice in notices if notice.served_on is not None]
    return max((day for day in days if day <= on), default=_NEVER)
