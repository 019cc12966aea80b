"""The municipality's rent guarantee to a landlord: how much, for how long, and for what."""

from datetime import date
from typing import ClassVar

from alerts.cases.situation import Situation
from alerts.letters.facts import LetterFacts
from alerts.letters.refusal import Refusal, ended
from models.standing.guarantees import Guarantee, own_guarantees


class RentGuarantee(LetterFacts, frozen=True, kw_only=True):
    """A guarantee; its limit, months and time are the municipality's decision, and blanks until
    it is made. Those of the register's newest stand there: `limit_ore` in all, `registered` its
    id. Öre a month."""

    FILLS: ClassVar = ("limit", "months", "valid_from", "valid_to", "landlord")

    landlord_id: str
    rent_ore: int
    limit: str | None = None
    limit_ore: int | None = None
    months: int | str | None = None
    valid_from: date | str | None = None
    valid_to: date | str | None = None
    registered: str | None = None
    landlord: str | None = None


def rent_guarantee(situation: Situation) -> RentGuarantee | Refusal:
    """The guarantee of a lease that runs."""
    refused = ended(situation)
    if refused is not None:
        return refused
    terms = situation.lease.terms
    assert terms is not None
    newest = _newest(situation)
    return RentGuarantee(
        lease=situation.lease.lease_id,
        landlord_id=terms.landlord_id,
        rent_ore=terms.rent_ore,
        limit_ore=newest.limit_ore(terms.rent_ore) if newest is not None else None,
        months=newest.given.months if newest is not None else None,
        valid_from=newest.starts_on if newest is not None else None,
        valid_to=newest.last_day if newest is not None else None,
        registered=newest.name if newest is not None else None,
    )


def _newest(situation: Situation) -> Guarantee | None:
    """The town's guarantee that was given last and is not over."""
    every = [
        one
        for one in own_guarantees(situation.lease)
        if one.last_day is None or one.last_day >= situation.today
    ]
    return max(every, key=lambda one: (one.given.on, one.given.sent), default=None)
