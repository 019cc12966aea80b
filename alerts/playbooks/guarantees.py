"""What a rent guarantee comes to: its terms are data, and its days follow from the start.

The register of guarantees that were given needs events of its own; this works out one line of it.
"""

from datetime import date

from msgspec import Struct

from alerts.playbooks.language import Guarantee
from alerts.playbooks.months import months_later, months_left


class GuaranteeStanding(Struct, frozen=True):
    """A guarantee on a day. `limit_ore` is the most that the town pays, None without a limit;
    `until` the day from which it holds no more and `months` left till then, None without an end."""

    is_in_force: bool
    limit_ore: int | None
    until: date | None
    months: int | None


def standing(terms: Guarantee, started_on: date, rent_ore: int, day: date) -> GuaranteeStanding:
    """How a guarantee by these terms, given for a monthly rent, stands on `day`."""
    limit = None if terms.months_of_rent is None else terms.months_of_rent * rent_ore
    if terms.within_months is None:
        return GuaranteeStanding(started_on <= day, limit, None, None)
    until = months_later(started_on, terms.within_months)
    left = months_left(max(day, started_on), until)
    return GuaranteeStanding(started_on <= day < until, limit, until, left)


def may_have(terms: Guarantee, debt_kr: int, rent_debt_kr: int) -> bool:
    """Do debts leave room for a guarantee by these terms? Who else may have it is said in words."""
    within = terms.highest_debt_kr is None or debt_kr + rent_debt_kr <= terms.highest_debt_kr
    return within and (terms.covers_rent_debts or rent_debt_kr == 0)
