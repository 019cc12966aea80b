"""What a score is to foresee: notice for arrears, or rent unpaid above a month's rent.

Of a lease that is neither under notice nor over the limit today, within the horizon: a notice for
arrears is served, or eight days after a due day more rent is unpaid than the rent then in force.
Eight days, for then the tenancy is forfeited (JB 12:42).
"""

from collections.abc import Iterable, Sequence
from datetime import date, timedelta

from models.contract import facts
from models.contract.events import Event
from models.lease.archive import unpacked
from models.lease.lines import due_day
from models.lease.settlement import settle
from models.lease.state import Lease
from models.risk.bills import month_rent
from models.risk.books import Books, books
from models.standing.recovery import running_rounds

HORIZON = timedelta(days=90)
JUDGED_AFTER = timedelta(days=8)
_BILLED_EVERY = timedelta(days=31)
_DAY = timedelta(days=1)


def judged_days(told: Iterable[tuple[date, Event]], started_on: date | None) -> list[date]:
    """The days at whose end unpaid rent is judged, eight days after each due day; in order."""
    rents = [event.data for _, event in told if isinstance(event.data, facts.RentInvoiced)]
    due = {due_day(rent.period, rent.due_on, started_on) for rent in rents}
    return sorted(day + JUDGED_AFTER for day in due)


def is_over_limit(lease: Lease, day: date, at_hand: Books | None = None) -> bool:
    """At the end of `day`, is more rent unpaid eight days after it fell due than a month's rent?
    The rent in force is that of the newest month's bills, else what the landlord registered."""
    _, settlement, due = at_hand or books(lease, day)
    late = [line for line in settlement.lines if line.due_on + JUDGED_AFTER <= day]
    unpaid = sum(line.rent_left for line in late)
    if not unpaid:
        return False
    rent = month_rent(due) if due else lease.terms.rent_ore if lease.terms else 0
    return unpaid > rent


def is_in_question(lease: Lease, day: date) -> bool:
    """At the end of `day`, does the lease run, neither under notice for arrears nor over the
    limit?"""
    return runs(lease, day) and not has_come(lease, day)


def runs(lease: Lease, day: date) -> bool:
    """At the end of `day`, has a registered lease begun, and not ended?"""
    if not lease.is_registered or (lease.started_on or date.max) > day:
        return False
    return lease.ended is None or lease.ended[0] > day


def has_come(lease: Lease, day: date, at_hand: Books | None = None) -> bool:
    """At the end of `day`, is the lease under notice for arrears, or over the limit? By its books
    of that day if they are `at_hand`."""
    return is_over_limit(lease, day, at_hand) or _under_notice(lease, day)


def _under_notice(lease: Lease, day: date) -> bool:
    legal = lease.legal
    if not (legal.notices or legal.steps):
        return False
    whole = unpacked(lease.account)  # the rent behind a notice that was paid in time balances
    return bool(running_rounds(lease, settle(whole, lease.started_on, day), day + _DAY))


def notices(lease: Lease) -> list[date]:
    """The days on which notice for arrears was served, withdrawn since or not."""
    served = lease.legal.notices.values()
    days = [n.served_on for n in served if n.served and n.reason == "arrears" and n.served_on]
    return sorted(days)


def trouble_in(day: date, horizon: timedelta, bad: Sequence[date]) -> date | None:
    """The first day of trouble in the `horizon` after `day`; `bad` are all, in order."""
    return next((on for on in bad if day < on <= day + horizon), None)


def is_cut_off(until: date, ended_on: date | None, last_judged: date) -> bool:
    """Did the lease end, or its bills stop, before a window without trouble was over? Then it
    tells nothing, and is never counted as good."""
    return (ended_on is not None and ended_on < until) or last_judged + _BILLED_EVERY < until
