"""The income-support norm (riksnorm) of a household, on the day it is asked for.

Whole kronor a month. Rent and other housing costs are outside the norm. The norm is a help to see
whether it is worth applying; the municipality decides on support, never this program.
"""

from datetime import date

from msgspec import Struct

from models.law.riksnorm_figures import FILE, KNOWN_THROUGH, PERIODS, WHY_NO_LONGER, Period
from models.law.riksnorm_formula import Cost
from models.law.riksnorm_household import NormHousehold


class MissingFiguresError(LookupError):
    """No figures for the day; the text says why, and names the file to fill in."""


class Norm(Struct, frozen=True):
    """The norm in kronor a month; the lines add up to the total.

    The figures are those of `source`, in force from `first_day`.
    """

    total_kr: int
    personal_kr: int
    common_kr: int
    lines: list[Cost]
    first_day: date
    source: str


def norm(household: NormHousehold) -> Norm:
    """The norm of `household`. MissingFiguresError or HouseholdError if it cannot be told."""
    period = period_on(household.day)
    personal, common = period.formula(household, period.figures)
    personal_kr = sum(line.kr for line in personal)
    return Norm(
        total_kr=personal_kr + common.kr,
        personal_kr=personal_kr,
        common_kr=common.kr,
        lines=[*personal, common],
        first_day=period.first_day,
        source=period.figures.source,
    )


def period_on(day: date) -> Period:
    """The period in force on `day`. MissingFiguresError, never another period's figures."""
    if day > KNOWN_THROUGH:
        why = f"the newest are known to hold through {KNOWN_THROUGH}; {WHY_NO_LONGER}"
        raise _missing(day, why)
    for period in reversed(PERIODS):
        if period.first_day <= day:
            return period
    raise _missing(day, f"the earliest known are in force from {PERIODS[0].first_day}")


def _missing(day: date, why: str) -> MissingFiguresError:
    return MissingFiguresError(
        f"no riksnorm figures for {day}: {why}. Add the period to {FILE}, its first day, figures "
        "and formula, from the ordinance in force that day; another period's are never used"
    )
