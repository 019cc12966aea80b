"""The housing plan (boplan) of the tenant, the landlord and the municipality."""

from datetime import date
from typing import ClassVar

from alerts.cases.situation import Situation
from alerts.letters.facts import LetterFacts
from alerts.letters.refusal import Refusal, ended


class HousingPlan(LetterFacts, frozen=True, kw_only=True):
    """A plan of the tenant, the landlord and the municipality; `review_on` is its next look."""

    FILLS: ClassVar = ("review_on",)

    landlord_id: str
    review_on: str | date | None = None


def housing_plan(situation: Situation) -> HousingPlan | Refusal:
    """The plan of a lease that runs."""
    refused = ended(situation)
    if refused is not None:
        return refused
    terms = situation.lease.terms
    assert terms is not None
    ahead = terms.review_on if terms.review_on and terms.review_on >= situation.today else None
    return HousingPlan(
        lease=situation.lease.lease_id, landlord_id=terms.landlord_id, review_on=ahead
    )
