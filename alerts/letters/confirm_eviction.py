"""The same-day answer to the enforcement authority's notice of the time of an eviction.

2025:468 11 kap. 3 §: the social welfare board confirms the notice the day it comes in, names the
caseworker responsible, and sends a copy to the person who is to be evicted.
"""

from datetime import date
from typing import ClassVar

from alerts.cases.law_steps import last_step
from alerts.cases.situation import Situation
from alerts.letters.facts import LetterFacts
from alerts.letters.refusal import Reason, Refusal, refusal
from alerts.letters.rent import Rent, read_rent
from models.law.deadlines import confirm_by
from models.law.statute import CONFIRMATION
from models.phrase import phrase


class ConfirmEviction(LetterFacts, frozen=True, kw_only=True):
    """The confirmation, its copy and the tenant's letter; `case_number` is Kronofogden's.
    `confirmed` when the time is already reported as confirmed."""

    FILLS: ClassVar = ("case_number", "account", "ocr")

    received_on: date
    eviction_on: date | None
    confirmed: bool
    rent: Rent
    case_number: str | None = None
    account: str | None = None
    ocr: str | None = None


def confirm_eviction(situation: Situation) -> ConfirmEviction | Refusal:
    """The confirmation; or why there is nothing to confirm.

    A late one is still written: the duty does not end with its day. Nor does it need the landlord:
    a lease that is not registered has its confirmation as soon as the time is known.
    """
    refused = _refused(situation)
    if refused is not None:
        return refused
    legal, rent = situation.legal, read_rent(situation)
    assert legal.eviction_notified_on is not None
    return ConfirmEviction(
        lease=situation.lease.lease_id,
        last_day=confirm_by(legal.eviction_notified_on),
        received_on=legal.eviction_notified_on,
        eviction_on=legal.eviction_on,
        confirmed=legal.confirm_by is None,
        rent=rent,
        account=rent.account,
        ocr=rent.ocr,
    )


def _refused(situation: Situation) -> Refusal | None:
    legal = situation.legal
    if legal.executed:
        return refusal(Reason.EVICTION_EXECUTED)
    if legal.eviction_notified_on is None:
        return _no_time(situation)
    if not CONFIRMATION.applies_on(legal.eviction_notified_on):
        return refusal(
            Reason.DUTY_NOT_IN_FORCE,
            received=legal.eviction_notified_on,
            since=CONFIRMATION.in_force_from,
        )
    return _passed(situation)


def _no_time(situation: Situation) -> Refusal:
    """No time is set: the eviction may be put off, which is none that the board is to confirm."""
    step = last_step(situation, "eviction.")
    if step is not None and step.step == "eviction.deferred":
        name = "eviction_deferred" if step.day is not None else "eviction_deferred_open"
        given = {"to": step.day} if step.day is not None else {}
        said = phrase(f"no_letter.{name}", **given)
        return _passed(situation) or Refusal(Reason.EVICTION_DEFERRED, said)
    known = situation.lease.terms is not None
    return refusal(Reason.NO_EVICTION_TIME if known else Reason.LEASE_NOT_REGISTERED)


def _passed(situation: Situation) -> Refusal | None:
    """The day of the eviction is over."""
    day = situation.legal.eviction_on
    if day is None or day >= situation.today:
        return None
    return refusal(Reason.EVICTION_DAY_PASSED, on=day)
