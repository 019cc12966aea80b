"""The municipality's rent guarantee to a landlord: how much, for how long, and for what."""

from typing import ClassVar

from alerts.cases.situation import Situation
from alerts.letters.facts import LetterFacts
from alerts.letters.refusal import Refusal, ended


class RentGuarantee(LetterFacts, frozen=True, kw_only=True):
    """A guarantee; its limit, months and time are the municipality's decision, and blanks until
    it is made. Öre a month."""

    FILLS: ClassVar = ("limit", "months", "valid_from", "valid_to", "landlord")

    landlord_id: str
    rent_ore: int
    limit: str | None = None
    months: str | None = None
    valid_from: str | None = None
    valid_to: str | None = None
    landlord: str | None = None


def rent_guarantee(situation: Situation) -> RentGuarantee | Refusal:
    """The guarantee of a lease that runs."""
    refused = ended(situation)
    if refused is not None:
        return refused
    terms = situation.lease.terms
    assert terms is not None
    return RentGuarantee(
        lease=situation.lease.lease_id, landlord_id=terms.landlord_id, rent_ore=terms.rent_ore
    )
