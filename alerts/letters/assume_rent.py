"""The social welfare board's written word to the landlord that it takes on the rent.

JB 12:44 4 st 1: the tenant may not be parted from the home if the board, within the tenant's own
time to win it back, has told the landlord so in writing. It need not have paid. By JB 12:63 the
word counts as given when it is sent by registered letter (our reading of the section's words).
"""

from datetime import date
from typing import ClassVar

from msgspec import Struct

from alerts.cases.rent_known import rent_unknown
from alerts.cases.rent_reasons import rent_saves
from alerts.cases.situation import Situation
from alerts.letters.facts import LetterFacts
from alerts.letters.refusal import Reason, Refusal, over, refusal
from alerts.letters.rent import Rent, read_rent
from models.phrase import Phrase
from models.standing.pay_to import form_3_account


class TenantServed(Struct, frozen=True):
    """A tenant by the landlord's reference, and when form 1 was served on them; None if it is not
    known to be."""

    ref: str
    served_on: date | None


class AssumeRent(LetterFacts, frozen=True, kw_only=True):
    """The assumption of the rent.

    `tenants` are named apart only when there are several, `unserved` when one of them is not known
    to be served; `other_days` are last days by other readings.
    """

    FILLS: ClassVar = ("account",)

    landlord_id: str | None
    rent: Rent
    tenants: tuple[TenantServed, ...]
    unserved: bool
    served_on: date | None
    council_given_on: date | None
    other_days: tuple[date, ...]
    defects: tuple[Phrase, ...]
    account: str | None = None


def assume_rent(situation: Situation) -> AssumeRent | Refusal:
    """The assumption of the rent, or why the law's time for it is not running."""
    refused = _refused(situation)
    if refused is not None:
        return refused
    legal, terms, tenants = situation.legal, situation.lease.terms, _tenants(situation)
    return AssumeRent(
        lease=situation.lease.lease_id,
        last_day=legal.recovery_on,
        landlord_id=terms.landlord_id if terms is not None else None,
        rent=read_rent(situation),
        tenants=tenants,
        unserved=any(tenant.served_on is None for tenant in tenants),
        served_on=legal.form_1_served_on,
        council_given_on=legal.council_given_on,
        other_days=tuple(day for day in legal.recovery_days if day != legal.recovery_on),
        defects=legal.defects,
        account=form_3_account(situation.lease, situation.today),
    )


def _refused(situation: Situation) -> Refusal | None:
    legal = situation.legal
    if situation.lease.terms is None:
        return refusal(Reason.LEASE_NOT_REGISTERED)
    refused = over(situation)
    if refused is not None:
        return refused
    if legal.notice_served_on is None:
        return _not_served(situation)
    if legal.recovery_over:
        return refusal(Reason.TIME_PASSED, on=legal.recovery_on)
    if legal.recovery_on is None:
        return refusal(Reason.TIME_NOT_BEGUN, why=list(legal.defects))
    return None


def _not_served(situation: Situation) -> Refusal:
    """No notice is known; but a message to the board, a claim or an eviction may tell of one."""
    legal = situation.legal
    if legal.message_given_on is not None:
        given, floor = legal.message_given_on, legal.recovery_floor
        return refusal(Reason.SERVICE_UNKNOWN, given=given, floor=floor)
    unpaid = situation.arrears.late or rent_unknown(situation) is not None
    if legal.noticed and unpaid and rent_saves(situation):
        return Refusal(Reason.SERVICE_UNKNOWN, Phrase("no_letter.service_unheard"))
    return refusal(Reason.NO_NOTICE_FOR_ARREARS)


def _tenants(situation: Situation) -> tuple[TenantServed, ...]:
    """The tenants of a lease with several, when their notices tell them apart."""
    refs = [tenant.tenant_ref for tenant in situation.lease.household.tenants]
    served: dict[str | None, date] = {}
    for notice in situation.lease.legal.notices.values():
        on = notice.recovery_notice_served_on
        if notice.served and not notice.withdrawn and notice.reason == "arrears" and on is not None:
            served[notice.tenant_ref] = max(on, served.get(notice.tenant_ref, on))
    if len(refs) < 2:
        return ()
    return tuple(TenantServed(ref, served.get(ref, served.get(None))) for ref in refs)
