"""The statutory clock as plain functions of dates, in the recommended reading of docs/law.md.

All days are civil dates in Europe/Stockholm; a deadline includes its last day. A day by which
something must be *done* is carried past a non-working day, forward only (lag 1930:173 2 §); a
waiting time is never carried. Other defensible dates are in `models.deadline_variants`. Every
function raises ValueError for days outside the calendar of `models.law.weekdays`.
"""

from datetime import date, timedelta

from models.law.statute import EVICTION_WAIT, FORFEITURE, RECOVERY
from models.law.weekdays import add_vardagar, last_vardag_before, next_working_day

_ONE_DAY = timedelta(days=1)
FORFEITURE_WEEK = timedelta(weeks=FORFEITURE.weeks)
RECOVERY_WEEKS = timedelta(weeks=RECOVERY.weeks)


def month_start(period: str) -> date:
    """The first day of the month written 'YYYY-MM'. ValueError for anything else."""
    year, dash, month = period[:4], period[4:5], period[5:]
    if dash != "-" or len(month) != 2 or not (year + month).isdecimal():
        raise ValueError(f"{period!r} is not a month; write it as 2026-12")
    return date(int(year), int(month), 1)


def due_on(period: str, *, contract_due: date | None = None, first_month: bool = False) -> date:
    """The day rent for the month `period` ('YYYY-MM') falls due (JB 12:20 1 st)."""
    return due_for_period(month_start(period), contract_due=contract_due, first_month=first_month)


def due_for_period(
    start: date, *, contract_due: date | None = None, first_month: bool = False
) -> date:
    """The day rent for the period that begins on `start` falls due (JB 12:20 1 st).

    The last vardag before the period; an earlier agreed day counts only for the first month, a
    later agreed day always. Saturdays and eves are vardagar.
    """
    floor = last_vardag_before(start)
    if contract_due is None:
        return floor
    return contract_due if first_month else max(contract_due, floor)


def last_day_in_time(due_on: date) -> date:
    """Rent paid through this day is in time: the due date, carried to a working day.

    Carries the statutory due date (lag 1930:173 2 §). A day that rests on contract alone is not
    carried by that act; ask with care there.
    """
    return next_working_day(due_on)


def payment_counts_on(booked_on: date, ordered_on: date | None = None) -> date:
    """The day a bank payment counts as made: when the bank received the order (JB 12:20 3 st).

    Without a known order day, the day it was booked, which may be days too late. In these words
    since 1 July 2024; for bank and giro the section said the same before. An order dated after the
    booking cannot be right, and the booking stands.
    """
    return booked_on if ordered_on is None else min(booked_on, ordered_on)


def forfeiture_from(due_on: date) -> date:
    """The first day the tenancy is forfeited for rent still unpaid (JB 12:42 1 st 1).

    Late by *more than* a week: the week ends on the same weekday, carried to a working day, and
    the day after that is the first one. Never before the due date plus eight days.
    """
    return next_working_day(due_on + FORFEITURE_WEEK) + _ONE_DAY


def council_given_on(notified_on: date | None, received_on: date | None) -> date | None:
    """The day the message to the social welfare board counts as given; None if never.

    `notified_on` is the posting day of a registered letter, which counts by itself (JB 12:63);
    `received_on` is arrival by any other way. Of two, the earlier: a message is given once.
    """
    if notified_on is None or received_on is None:
        return notified_on or received_on
    return min(notified_on, received_on)


def recovery_last_day(notice_served_on: date, council_given_on: date) -> date:
    """The last day to pay and win the tenancy back (JB 12:44 1 st 1).

    Three weeks from the later of the tenant being *served* form 1 and the message being given to
    the social welfare board, carried to a working day. With one of the two missing the time has
    not begun, and this cannot be asked. With several tenants, `notice_served_on` is the last
    service.
    """
    return next_working_day(max(notice_served_on, council_given_on) + RECOVERY_WEEKS)


def assume_payment_last_day(notice_served_on: date, council_given_on: date) -> date:
    """The last day the social welfare board can tell the landlord in writing that it takes on the
    rent (JB 12:44 4 st 1): the same time as the tenant's own.
    """
    return recovery_last_day(notice_served_on, council_given_on)


def earliest_eviction_decision(last_day: date) -> date:
    """The first day eviction can be decided after the recovery day `last_day` (JB 12:44 2 st).

    The third vardag after it: two more vardagar must pass. A waiting time, so Saturdays and eves
    count and nothing is carried.
    """
    return add_vardagar(last_day, EVICTION_WAIT.vardagar + 1)


def confirm_by(received_on: date) -> date:
    """The last day to confirm a notice of the time of an eviction (2025:468 11 kap. 3 §).

    The same day; received on a day that is no working day, at the latest the next working day.
    The duty exists from 1 July 2025 (`models.law.statute.CONFIRMATION`).
    """
    return next_working_day(received_on)


def cured_before_notice(paid_on: date | None, notice_served_on: date | None) -> bool | None:
    """Was all rent paid before the landlord gave notice, so that forfeiture is cured (JB 12:43)?

    None when both happened the same day: the hours decide, and the dates do not tell.
    """
    if paid_on is None:
        return False
    if notice_served_on is None or paid_on < notice_served_on:
        return True
    return None if paid_on == notice_served_on else False
