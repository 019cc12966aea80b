"""When a lease is looked at again although nothing happens to it: it sleeps in between."""

from collections.abc import Container
from datetime import date, timedelta

from alerts.cases.duties import aftercare_from
from alerts.cases.follow_up import follow_up_on
from alerts.cases.priority import changes_on
from alerts.cases.situation import AFTERCARE_FOR, Situation
from models.calendar_ends import earlier, later
from models.law.statute import FIRST_DAY
from models.law.weekdays import add_working_days
from models.lease.archive import open_as_of
from models.lease.lines import Settlement
from models.lease.settlement import first_unpaid
from models.lease.state import Lease
from models.risk.scorecard import RECENT
from models.risk.scorer import Scorer
from models.standing.acts import newest, standing
from models.standing.arrears import judged_on
from models.standing.disturbances import DISTURBANCE_FRESH

REVIEW_BEFORE = timedelta(days=30)  # calendar days before a contract's review it is asked for
NEW_FOR = timedelta(days=30)  # how long a lease is new
HELD_DAYS = 5  # working days an unregistered lease is held before a person sees it
FORGOTTEN_AFTER = timedelta(days=90)  # a lease of which nothing is known but a broken record
_DAY = timedelta(days=1)


def wake_on(situation: Situation, scorer: Scorer) -> date | None:
    """The next day at whose end the lease must be looked at again, if nothing happens before; by
    the days on which its score changes too."""
    lease, today = situation.lease, situation.today
    if lease.terms is None:
        return _held_until(lease, today)
    days = [situation.arrears.next_on] if situation.arrears.next_on else []
    if lease.case is not None:
        due_by = [task.due_by for task in lease.case.open_tasks] or [today]
        days += [*changes_on(situation, due_by), *(day + _DAY for day in due_by)]
        days += (
            [today + _DAY] if situation.arrears.data_incomplete else []
        )  # until the landlord reports
        days += [d + DISTURBANCE_FRESH for d in lease.signals.disturbances]
        days += [m.sent_on + DISTURBANCE_FRESH + _DAY for m in lease.legal.council]
        days += _after_the_end(situation)
        if lease.signals.acts:
            days += _of_acts(situation)
    settlement = situation.arrears.settlement
    days += [day + _DAY for day in scorer.changes_on(lease, settlement, earlier(today, _DAY))]
    days += [on for on, _, _ in lease.changes]
    days += _dated_ahead(lease, today)
    days += situation.way.wakes(situation)
    if lease.held_since is not None and (until := _held_until(lease, today)) is not None:
        days.append(until + _DAY)
    if lease.case is None and lease.ended is not None:
        days += _after_the_end(situation)
    soonest = min((day for day in days if day > today), default=None)
    return soonest - _DAY if soonest else None


def _of_acts(situation: Situation) -> list[date]:
    """When reports ask for a look again, and what waits waits no more."""
    case, days = situation.lease.case, []
    if case is not None:
        days += [on for task in case.tasks if (on := follow_up_on(situation, task)) is not None]
    waits = newest(standing(situation.lease, "waits"))
    return days + ([waits.day] if waits is not None and waits.day is not None else [])


def _after_the_end(situation: Situation) -> list[date]:
    """When the lease is over, and when nobody asks after those who lived there any more."""
    ended, since = situation.lease.ended, aftercare_from(situation)
    days = [] if ended is None else [later(ended[0], _DAY)]
    return days + ([] if since is None else [since, later(since, AFTERCARE_FOR + _DAY)])


def _dated_ahead(lease: Lease, today: date) -> list[date]:
    """The days on which facts begin to count that came before their day, as when days are late."""
    account, signals = lease.account, lease.signals
    moved = [p.booked_on for p in account.payments.values()] + [c.on for c in account.credits]
    moved += account.reversals.values()
    moved += [refund.on for refund in account.refunds.values()]
    days = [step.on for step in lease.legal.steps] + signals.disturbances + lease.legal.assumed
    days += [word.on for word in signals.consents]
    days += account.disputes.values()
    days += [on for steps in account.dispute_steps.values() for on, _ in steps]
    return [*days, *(day + _DAY for day in moved if day >= today)]


def is_quiet(lease: Lease, day: date, asked: Container[str]) -> bool:
    """At the end of `day`, can nothing be the matter with a lease that wakes? It rests on the
    lease alone, like `wake_after_event`, and on the triggers that its playbook asks for."""
    if lease.case is not None or lease.risk.band != "low" or lease.signals.disturbances:
        return False
    if _knows_the_law(lease) or _asks_by_itself(lease, day, asked):
        return False
    due_on = first_unpaid(open_as_of(lease.account, day), lease.started_on, day)
    return due_on is None or judged_on(due_on) > day


def wake_after_event(lease: Lease, today: date) -> date | None:
    """When to look at a lease without a case after an event: the first day its rent can be late, by
    money that has moved by then and no other.

    It rests on the lease alone, not on what other leases or feeds have said, so it is the same
    wherever the log is cut.
    """
    if lease.terms is None:
        return _held_until(lease, today)
    days = [on - _DAY for on, _, _ in lease.changes]
    if today <= FIRST_DAY and lease.account.oldest_on is not None:
        days.append(today)  # no day has ended: the first one tells what is paid as of it
    else:
        account = open_as_of(lease.account, today)
        due_on = first_unpaid(account, lease.started_on, today)
        days += [] if due_on is None else [judged_on(due_on)]
        if account.reversals or account.refunds:
            gone = [*account.reversals.values(), *(one.on for one in account.refunds.values())]
            days += [on for on in gone if on > today]
    if lease.risk.band != "low" or lease.signals.disturbances or _knows_the_law(lease):
        days.append(today)
    if lease.signals.acts or lease.guarantees or debit_is_news(lease, today):
        days.append(today)
    if lease.held_since is not None and (until := _held_until(lease, today)) is not None:
        days.append(until)
    terms = lease.terms
    if lease.ended is not None or terms.review_on is not None or terms.started_on > today:
        days += _own_days(lease, today)
    return max(min(days), today) if days else None


def wake_scored(lease: Lease, settlement: Settlement, today: date, scorer: Scorer) -> date | None:
    """When to look again at a lease that was scored and in which nothing is the matter."""
    on = wake_after_event(lease, today)
    days = [] if on is None else [on]
    changes = scorer.changes_on(lease, settlement, earlier(today, _DAY))
    days += [day for day in changes if day >= today]
    return min(days, default=None)


def debit_is_news(lease: Lease, day: date) -> bool:
    """Has a direct debit failed, or failed long enough ago, since the lease was scored? It counts
    before any rent is late."""
    if not lease.signals.failures:
        return False
    scored_on = lease.risk.scored_on or date.min
    ends = (on + span for on in lease.signals.failures for span in (timedelta(0), RECENT))
    return any(scored_on < on <= day for on in ends)


def _own_days(lease: Lease, today: date) -> list[date]:
    """Days on which a lease itself asks for something: when it is over, new or to be reviewed."""
    days = [] if lease.ended is None else [lease.ended[0]]
    if lease.terms is not None:
        days += [earlier(lease.terms.started_on, _DAY)]
        if lease.terms.review_on is not None:
            days.append(earlier(lease.terms.review_on, REVIEW_BEFORE + _DAY))
    return [day for day in days if day >= today]


def _asks_by_itself(lease: Lease, day: date, asked: Container[str]) -> bool:
    """May the lease ask for something at the end of `day`, or is it new, under review or over?"""
    terms, ended = lease.terms, lease.ended
    if (
        lease.signals.acts
        or lease.guarantees
        or (ended is not None and ended[0] <= day <= later(ended[0], AFTERCARE_FOR))
    ):
        return True
    if terms is None:
        return False
    if "new_lease" in asked and (
        earlier(terms.started_on, _DAY) <= day <= later(terms.started_on, NEW_FOR)
    ):
        return True
    review = terms.review_on
    return (
        "review_due" in asked
        and review is not None
        and earlier(review, REVIEW_BEFORE + _DAY) <= day
    )


def _knows_the_law(lease: Lease) -> bool:
    return bool(lease.legal.notices or lease.legal.council or lease.legal.steps)


def is_held_too_long(lease: Lease, day: date) -> bool:
    """Has a lease waited for its registration long enough, that has provisional terms?"""
    if lease.is_registered or lease.held_since is None:
        return False
    return add_working_days(lease.held_since[0], HELD_DAYS) <= day


def _held_until(lease: Lease, today: date) -> date | None:
    if lease.held_since is None:
        return lease.wake_on or today + FORGOTTEN_AFTER
    until = add_working_days(lease.held_since[0], HELD_DAYS)
    return until if until >= today else None
