"""What a town's terms allow of a rent guarantee. What was given is `models.standing.guarantees`."""

from datetime import date, timedelta

from alerts.playbooks.language import Guarantee
from alerts.playbooks.months import months_later

_DAY = timedelta(days=1)


def last_day(terms: Guarantee, starts_on: date) -> date | None:
    """The last day on which a guarantee by these terms may hold; None where they set no end."""
    if terms.within_months is None:
        return None
    return months_later(starts_on, terms.within_months) - _DAY


def goes_beyond(
    terms: Guarantee, starts_on: date, ends_on: date | None, months: int | None
) -> bool:
    """Is it longer, or of more months of rent, than the terms allow?"""
    last = last_day(terms, starts_on)
    too_long = last is not None and (ends_on is None or ends_on > last)
    most = terms.months_of_rent
    return too_long or (most is not None and (months is None or months > most))


def may_have(terms: Guarantee, debt_kr: int, rent_debt_kr: int) -> bool:
    """Do debts leave room for a guarantee by these terms? Who else may have it is said in words."""
    within = terms.highest_debt_kr is None or debt_kr + rent_debt_kr <= terms.highest_debt_kr
    return within and (terms.covers_rent_debts or rent_debt_kr == 0)
