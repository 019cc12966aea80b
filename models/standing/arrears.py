"""Which rent is late on a given day, judged on what the landlord has had time to report.

Only rent lines count (JB 12:42), and what is of little importance counts as nothing. A disputed
invoice stands apart, and so does rent that the social welfare board has taken on; rent that a kept
payment plan covers is not late; a deposit with the county board is a payment (JB 12:21).
"""

from collections.abc import Iterable, Mapping
from datetime import date, timedelta
from functools import lru_cache

from msgspec import Struct

from models.law.booking_lag import known_through
from models.law.deadlines import forfeiture_from
from models.lease.archive import open_as_of, unpacked
from models.lease.disputes import is_disputed, last_step
from models.lease.handovers import reported_through, unheard_from
from models.lease.ledger import RAISED
from models.lease.lines import Line, Settlement, last_day_in_time
from models.lease.settlement import settle
from models.lease.state import Lease
from models.lease.trifles import beyond_trifles, is_trifle
from models.standing.assumed import assumed_before

PLAN_PAUSE = timedelta(days=93)  # ours: a plan that asks for nothing in a quarter covers nothing
_DAY, _MONTH = timedelta(days=1), timedelta(days=31)


class Arrears(Struct):
    """Rent that is late at the start of a day.

    `late` oldest first, from the one with which what is unpaid is no trifle; `rent_ore` is all of
    it, trifles too. `planned` when a kept plan covers late lines; `data_incomplete` when a line was
    judged although the landlord reports no days at all; `next_on` is the next day on
    which this can change by time alone; `disputed` would be late but for a dispute, which does not
    protect the home; `assumed` is unpaid and the board's to pay; of `unreported` the landlord has
    not reported the last day, so that nothing is asked of the tenant. `since` is the first late day
    of the oldest late rent, and from `forfeited_from` the tenancy is forfeited for the oldest that
    is late or disputed (JB 12:42). `reported_through` is the last day that the landlord has
    reported whole, None if it reports no days.
    """

    settlement: Settlement
    late: list[Line]
    rent_ore: int
    planned: bool
    data_incomplete: bool
    next_on: date | None
    disputed: list[Line] = []
    assumed: list[Line] = []
    unreported: list[Line] = []
    since: date | None = None
    forfeited_from: date | None = None
    reported_through: date | None = None


def read(lease: Lease, today: date, as_of: date, fed_through: Mapping[str, date]) -> Arrears:
    """The late rent of a lease at the start of `today`, with money booked through `as_of`.

    `fed_through` has, by landlord, the last day it has reported whole. What is archived is paid
    as of its newest booking, so the open items are mostly enough.
    """
    settlement = settle(open_as_of(lease.account, as_of), lease.started_on, as_of)
    milestones: list[date] = []
    through, unheard = reported_through(lease, fed_through), unheard_from(lease, fed_through)
    unpaid, contested, taken_on = _unpaid(lease, settlement, today, milestones)
    unreported = [] if through is None else [x for x in unpaid if through < x.last_day < unheard]
    if unreported:
        unpaid = [line for line in unpaid if line not in unreported]
        milestones.append(today + _DAY)  # until the landlord reports
    late, disputed = _beyond_trifles(unpaid), _beyond_trifles(contested)
    judged = late + disputed
    milestones += [day for line in judged if (day := forfeiture_from(line.due_on)) > today]
    incomplete = any(line.last_day >= unheard for line in judged)
    kept = bool(late) and _covered_by_plan(lease, unpaid, today, milestones)
    if kept or not late:
        late = unpaid = []
    next_on = min(milestones, default=None)
    assumed = _beyond_trifles(taken_on)
    ore = _rent_left(unpaid)
    return Arrears(
        settlement,
        late,
        ore,
        kept,
        incomplete,
        next_on,
        disputed,
        assumed,
        unreported,
        late[0].last_day + _DAY if late else None,
        _forfeited_from(late, disputed),
        through if today < unheard else None,
    )


def _forfeited_from(*kinds: list[Line]) -> date | None:
    days = [lines[0].due_on for lines in kinds if lines]
    return forfeiture_from(min(days)) if days else None


def _unpaid(
    lease: Lease, settlement: Settlement, today: date, milestones: list[date]
) -> tuple[list[Line], list[Line], list[Line]]:
    """The lines unpaid after their day: the tenant's own, those disputed, and those that the board
    has taken on, due or not. The days on which others come to be judged go to `milestones`."""
    assumed = assumed_before(lease, today) if lease.legal.assumed else None
    own: list[Line] = []
    contested: list[Line] = []
    taken_on: list[Line] = []
    for line in settlement.lines:
        if not line.rent_left:
            continue
        if assumed is not None and line.due_on < assumed:
            taken_on.append(line)
        elif (judged := judged_on(line.due_on)) >= today:
            milestones.append(judged + _DAY)
        else:
            (contested if _is_disputed(lease, line, today) else own).append(line)
    return own, contested, taken_on


def _beyond_trifles(unpaid: list[Line]) -> list[Line]:
    return beyond_trifles((line, line.rent_left) for line in unpaid) if unpaid else unpaid


@lru_cache(4096)
def judged_on(due_on: date) -> date:
    """The day at whose end unpaid rent counts as late: bookings lag two working days behind, and
    nobody is to be visited for a payment that is on its way."""
    return known_through(last_day_in_time(due_on))


def _is_disputed(lease: Lease, line: Line, today: date) -> bool:
    disputes = lease.account.disputes
    return bool(disputes) and is_disputed(lease.account, line.invoice_id, today)


def ended_disputes(
    lease: Lease, lines: Iterable[Line], today: date
) -> list[tuple[Line, date, str]]:
    """Those of the lines that were disputed and are no more, with the day and how it ended."""
    account = lease.account
    if not account.disputes:
        return []
    found = [(line, *last_step(account, line.invoice_id, today)) for line in lines]
    return [step for step in found if step[0].invoice_id in account.disputes and step[2] != RAISED]


def _covered_by_plan(lease: Lease, unpaid: list[Line], today: date, milestones: list[date]) -> bool:
    """Is all late rent covered by a plan whose instalments are paid so far, and that asks for the
    next one soon?"""
    plans = [p for p in lease.signals.plans.values() if p.instalments and p.ended is None]
    milestones += [on for p in plans if (on := p.instalments[0].due_on - PLAN_PAUSE) > today]
    begun = [p for p in plans if p.instalments[0].due_on - today <= PLAN_PAUSE]
    if not begun:
        return False
    plan = max(begun, key=lambda p: p.instalments[0].due_on)
    first = plan.instalments[0].due_on
    # An instalment is missed when the booking lag has passed too.
    coming = [p for p in plan.instalments if judged_on(p.due_on) >= today]
    milestones += [judged_on(p.due_on) + _DAY for p in coming]
    if coming and coming[0].due_on - today > PLAN_PAUSE:
        milestones.append(coming[0].due_on - PLAN_PAUSE)
        return False
    still_due = sum(p.amount_ore for p in coming)
    old = _rent_left(unpaid, first)
    new = _rent_left(unpaid) - old
    if not is_trifle(old - still_due):
        return False
    return is_trifle(new) or is_trifle(new - _paid_ahead(lease, first, still_due, old))


def _paid_ahead(lease: Lease, first: date, still_due: int, old: int) -> int:
    """How much more of the old debt is paid than the plan asks, öre: later rent whose payment named
    no invoice went there, and is not late for that. The debt is that of a month before the first
    instalment: by then plans are agreed, and none of it is paid early."""
    before = settle(unpacked(lease.account), lease.started_on, first - _MONTH)
    return max(0, min(_rent_left(before.lines, first), still_due) - old)


def _rent_left(lines: list[Line], before: date = date.max) -> int:
    return sum(line.rent_left for line in lines if line.due_on < before)
