"""The parts of a case, one function a section of the law: its day, other readings and notes.

Each is a pure function of the few dates its section turns on, and remembers its answers: a
municipality's cases share their dates, so a million lines cost few readings.
"""

from datetime import date
from functools import lru_cache
from typing import NamedTuple

from models.law.deadline_variants import (
    other_confirmation_dates,
    other_due_dates,
    other_eviction_decisions,
    other_forfeiture_dates,
    others,
)
from models.law.deadlines import (
    RECOVERY_WEEKS,
    confirm_by,
    council_given_on,
    due_for_period,
    earliest_eviction_decision,
    forfeiture_from,
    last_day_in_time,
    recovery_last_day,
)
from models.law.statute import CONFIRMATION
from models.law.weekdays import last_vardag_before, last_vardag_before_month
from models.phrase import Phrase, phrase

_REMEMBERED = 8192


class Part(NamedTuple):
    """One section's answer: the recommended day, the other defensible ones, what to know."""

    day: date | None = None
    others: tuple[date, ...] = ()
    notes: tuple[Phrase, ...] = ()


NOTHING = Part()


@lru_cache(maxsize=_REMEMBERED)
def given_due_part(given: date, start: date | None, first_month: bool) -> Part:
    """A due date from the landlord stands; one before the floor of JB 12:20 is worth a note."""
    if first_month or start is None:
        return Part(given, (), _in_time(given, by_law=not first_month))
    floor = last_vardag_before(start)
    said = _in_time(given, by_law=given == floor)
    if given < floor:
        return Part(
            given, (floor,), (phrase("deadline.due_before_floor", given=given, floor=floor), *said)
        )
    return Part(given, (), said)


@lru_cache(maxsize=_REMEMBERED)
def derived_due_part(start: date, agreed: date | None, first_month: bool) -> Part:
    """The due date of the period from `start` (JB 12:20 1 st)."""
    due = due_for_period(start, contract_due=agreed, first_month=first_month)
    variants = other_due_dates(start, agreed, first_month)
    said: list[Phrase] = []
    if first_month and agreed is None:
        said.append(phrase("deadline.first_month_without_contract"))
    if variants:
        said.append(phrase("deadline.due_bank_day", due=due, bank_day=variants[0]))
    if agreed is not None and agreed < due:
        said.append(phrase("deadline.agreed_too_early", agreed=agreed, due=due))
        if start.day != 1:
            month_floor = last_vardag_before_month(start.year, start.month)
            said.append(phrase("deadline.floor_of_shorter_period", floor=month_floor))
            variants = others(due, (*variants, max(agreed, month_floor)))
    by_law = due == last_vardag_before(start)
    return Part(due, variants, (*said, *_in_time(due, by_law=by_law)))


def _in_time(due: date, *, by_law: bool) -> tuple[Phrase, ...]:
    """Through when rent is paid in time; a day by contract alone is not carried (1930:173 2 §)."""
    through = last_day_in_time(due)
    if through == due:
        return ()
    return (
        phrase("deadline.in_time_through", through=through)
        if by_law
        else phrase("deadline.due_by_contract", due=due),
    )


@lru_cache(maxsize=_REMEMBERED)
def forfeiture_part(due: date, due_variants: tuple[date, ...]) -> Part:
    """From when the tenancy is forfeited (JB 12:42); each reading of the due date has its own."""
    first_day = forfeiture_from(due)
    own = other_forfeiture_dates(due)
    said = (phrase("deadline.forfeiture_week", main=first_day, others=own),) if own else ()
    return Part(first_day, others(first_day, (*own, *map(forfeiture_from, due_variants))), said)


@lru_cache(maxsize=_REMEMBERED)
def recovery_part(served: date | None, posted: date | None, received: date | None) -> Part:
    """The last day to win the tenancy back (JB 12:44 1 st 1); none before the time has begun."""
    given = council_given_on(posted, received)
    if served is None:
        return NOTHING if given is None else Part(notes=(phrase("deadline.notice_not_served"),))
    if given is None:
        return Part(notes=(phrase("deadline.council_not_told"),))
    last = recovery_last_day(served, given)
    ends = max(served, given) + RECOVERY_WEEKS
    said = [phrase("deadline.recovery_carried", ends=ends, last=last)] if ends != last else []
    if posted is None or received is None or posted == received:
        return Part(last, (), tuple(said))
    later = max(posted, received)
    if received < posted:
        said.append(phrase("deadline.council_received_first", received=received, posted=posted))
    else:
        said.append(phrase("deadline.council_two_days", given=given, later=later))
    return Part(last, others(last, (recovery_last_day(served, later),)), tuple(said))


@lru_cache(maxsize=_REMEMBERED)
def eviction_part(last_day: date, recovery_variants: tuple[date, ...]) -> Part:
    """The first day eviction can be decided (JB 12:44 2 st)."""
    earliest = earliest_eviction_decision(last_day)
    own = other_eviction_decisions(last_day)
    said = (phrase("deadline.eviction_wait", main=earliest, others=own),) if own else ()
    later = map(earliest_eviction_decision, recovery_variants)
    return Part(earliest, others(earliest, (*own, *later)), said)


@lru_cache(maxsize=_REMEMBERED)
def confirmation_part(received: date) -> Part:
    """The last day to confirm the notice of an eviction time (2025:468 11 kap. 3 §)."""
    if not CONFIRMATION.applies_on(received):
        return Part(notes=(phrase("deadline.confirmation_not_in_force", received=received),))
    last = confirm_by(received)
    variants = other_confirmation_dates(received)
    said = (phrase("deadline.confirm_same_day", received=received, last=last),) if variants else ()
    return Part(last, variants, said)
