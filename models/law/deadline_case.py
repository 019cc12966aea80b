"""One case for the clock: the facts that are known, and the answer with its other readings.

Dates are civil dates in Europe/Stockholm. The field names are the contract of
`bokvar deadlines --jsonl`.
"""

from datetime import date

from msgspec import Struct

from models.contract.facts import Period
from models.law.deadlines import month_start
from models.law.statute import FIRST_DAY, LAST_DAY
from models.phrase import Phrase

FIELDS = (
    "due_on",
    "forfeiture_from",
    "recovery_last_day",
    "assume_payment_last_day",
    "earliest_eviction_decision",
    "confirm_by",
)


class CaseError(ValueError):
    """Facts that cannot all be true, or a day outside the calendar; the text says how to mend."""


class Facts(Struct, frozen=True, kw_only=True, gc=False):
    """What is known of one lease; anything may be missing.

    `rent_period_start` is for rent by shorter periods than a month. `due_on`, when known, is used
    as it is. `notice_served_on` is the day the tenant was served the notice with form 1 (SFS
    1978:314). `council_notified_on` is the day a registered letter to the social welfare board was
    posted, `council_received_on` the day a message arrived in another way. `eviction_notified_on`
    is the day the board received the enforcement authority's notice of the time of an eviction.
    """

    rent_month: Period | None = None
    rent_period_start: date | None = None
    contract_due_date: date | None = None
    first_month: bool | None = None
    due_on: date | None = None
    notice_served_on: date | None = None
    council_notified_on: date | None = None
    council_received_on: date | None = None
    eviction_notified_on: date | None = None


class Answer(Struct, kw_only=True):
    """The dates of one case; None where the facts do not give one or the time has not begun.

    `other_readings` maps a field to the other defensible dates, earliest first. Each of `notes` is
    a stable name, a colon and a Swedish sentence for the caseworker.
    """

    due_on: date | None = None
    forfeiture_from: date | None = None
    recovery_last_day: date | None = None
    assume_payment_last_day: date | None = None
    earliest_eviction_decision: date | None = None
    confirm_by: date | None = None
    other_readings: dict[str, list[date]]
    notes: list[Phrase]


def period_start(facts: Facts) -> date | None:
    """The first day of the rent period. CaseError when month and period start disagree."""
    start = facts.rent_period_start
    if facts.rent_month is None:
        return start
    month = month_start(facts.rent_month)
    if start is None:
        return month
    if (start.year, start.month) != (month.year, month.month):
        raise CaseError(
            f"rent_period_start {start} is not in rent_month {facts.rent_month}: give one of them"
        )
    return start


def check(facts: Facts) -> None:
    """CaseError for a day outside the years the clock covers: most often a slip in the year."""
    for name in _DATE_FIELDS:
        day: date | None = getattr(facts, name)
        if day is not None and not FIRST_DAY <= day <= LAST_DAY:
            raise CaseError(f"{name} {day} is outside {FIRST_DAY} to {LAST_DAY}: check the year")
    month = facts.rent_month
    if month is not None and not FIRST_DAY.year <= int(month[:4]) <= LAST_DAY.year:
        years = f"{FIRST_DAY.year} to {LAST_DAY.year}"
        raise CaseError(f"rent_month {month} is outside {years}: check the year")


_DATE_FIELDS = (
    "rent_period_start",
    "contract_due_date",
    "due_on",
    "notice_served_on",
    "council_notified_on",
    "council_received_on",
    "eviction_notified_on",
)
