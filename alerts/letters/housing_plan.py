"""The housing plan (boplan) of the tenant, the landlord and the municipality."""

from datetime import date
from typing import ClassVar

from alerts.cases.mapped_said import mapped_said
from alerts.cases.situation import Situation
from alerts.letters.facts import LetterFacts
from alerts.letters.refusal import Refusal, ended
from models.phrase import Phrase
from models.standing.consent import may_tell_landlord
from models.standing.mapping import mapping

_NOT_SAID = ("in_record", "none", "other")  # codes that say nothing to others


class HousingPlan(LetterFacts, frozen=True, kw_only=True):
    """A plan of the tenant, the landlord and the municipality; `review_on` is its next look.

    `causes`, `efforts` and `needs` are what was mapped with the household on `mapped_on`. As the
    landlord gets the plan too they belong in it only when `shared`: every tenant has consented.
    """

    FILLS: ClassVar = ("review_on",)

    landlord_id: str
    review_on: str | date | None = None
    mapped_on: date | None = None
    causes: tuple[Phrase, ...] = ()
    efforts: tuple[Phrase, ...] = ()
    needs: tuple[Phrase, ...] = ()
    shared: bool = False


def housing_plan(situation: Situation) -> HousingPlan | Refusal:
    """The plan of a lease that runs."""
    refused = ended(situation)
    if refused is not None:
        return refused
    lease, terms, found = situation.lease, situation.lease.terms, mapping(situation.lease)
    assert terms is not None
    ahead = terms.review_on if terms.review_on and terms.review_on >= situation.today else None
    plan = HousingPlan(lease=lease.lease_id, landlord_id=terms.landlord_id, review_on=ahead)
    if found is None:
        return plan
    said = mapped_said(found, _NOT_SAID)
    return HousingPlan(
        lease=lease.lease_id,
        landlord_id=terms.landlord_id,
        review_on=ahead,
        mapped_on=found.on,
        causes=said.causes,
        efforts=said.efforts,
        needs=said.needs,
        shared=may_tell_landlord(lease, situation.today),
    )
