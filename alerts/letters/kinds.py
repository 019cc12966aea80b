"""The kinds of letters about a lease, by the names of their commands and templates."""

from collections.abc import Callable

from msgspec import Struct

from alerts.cases.situation import Situation
from alerts.letters.assume_rent import AssumeRent, assume_rent
from alerts.letters.confirm_eviction import ConfirmEviction, confirm_eviction
from alerts.letters.facts import LetterFacts
from alerts.letters.housing_plan import HousingPlan, housing_plan
from alerts.letters.meeting_pack import MeetingPack
from alerts.letters.payment_plan import PaymentPlan, payment_plan
from alerts.letters.referral import Referral, referral
from alerts.letters.refusal import Refusal
from alerts.letters.rent_guarantee import RentGuarantee, rent_guarantee
from alerts.letters.visit import VisitArrears, VisitDisturbance, visit_arrears, visit_disturbance


class Kind(Struct, frozen=True):
    """A kind of letter: what it knows, how that is read from a situation, and what it is for."""

    name: str
    facts: type[LetterFacts]
    read: Callable[[Situation], LetterFacts | Refusal]
    about: str


KINDS = (
    Kind(
        "visit-arrears", VisitArrears, visit_arrears, "Say that we would like to visit: late rent."
    ),
    Kind(
        "visit-disturbance",
        VisitDisturbance,
        visit_disturbance,
        "Say that we would like to visit: disturbances.",
    ),
    Kind("referral", Referral, referral, "Refer the tenant to a person with a phone number."),
    Kind("payment-plan", PaymentPlan, payment_plan, "Write down a payment plan."),
    Kind(
        "confirm-eviction",
        ConfirmEviction,
        confirm_eviction,
        "Confirm the time of an eviction to Kronofogden, with the tenant's copy (2025:468 11:3).",
    ),
    Kind(
        "assume-rent",
        AssumeRent,
        assume_rent,
        "Tell the landlord that the board takes on the rent (JB 12:44 4 st 1).",
    ),
    Kind("rent-guarantee", RentGuarantee, rent_guarantee, "Guarantee the rent to the landlord."),
    Kind("housing-plan", HousingPlan, housing_plan, "Write down a housing plan of three parties."),
)
MEETING_PACK = "meeting-pack"
FACTS: dict[str, type[LetterFacts]] = {
    **{kind.name: kind.facts for kind in KINDS},
    MEETING_PACK: MeetingPack,
}
