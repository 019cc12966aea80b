"""Why a letter cannot be written, and what can be done instead."""

from enum import StrEnum
from typing import Any

from msgspec import Struct

from alerts.cases.rent_known import rent_unknown
from alerts.cases.situation import Situation
from alerts.letters.given import Given
from models.phrase import Phrase, phrase


class Reason(StrEnum):
    """Why a letter cannot be written."""

    CASEWORKER_MISSING = "caseworker_missing"
    PROTECTED_IDENTITY = "protected_identity"
    LEASE_NOT_REGISTERED = "lease_not_registered"
    LEASE_OVER = "lease_over"
    NO_LATE_RENT = "no_late_rent"
    RENT_UNKNOWN = "rent_unknown"
    OBJECTED = "objected"
    NO_DISTURBANCE = "no_disturbance"
    NO_EVICTION_TIME = "no_eviction_time"
    EVICTION_DEFERRED = "eviction_deferred"
    EVICTION_EXECUTED = "eviction_executed"
    EVICTION_DAY_PASSED = "eviction_day_passed"
    DUTY_NOT_IN_FORCE = "duty_not_in_force"
    NO_NOTICE_FOR_ARREARS = "no_notice_for_arrears"
    SERVICE_UNKNOWN = "service_unknown"
    TIME_NOT_BEGUN = "time_not_begun"
    TIME_PASSED = "time_passed"


class Refusal(Struct, frozen=True):
    """Why there is no letter, and what can be done instead."""

    reason: Reason
    said: Phrase


def refusal(reason: Reason, **args: Any) -> Refusal:
    """The refusal with its sentence."""
    return Refusal(reason, phrase(f"no_letter.{reason}", **args))


def nothing_late(situation: Situation) -> Refusal:
    """No rent is late; or it is not known whether any is."""
    said = rent_unknown(situation)
    return refusal(Reason.NO_LATE_RENT) if said is None else Refusal(Reason.RENT_UNKNOWN, said)


def unsigned(given: Given) -> Refusal | None:
    """A letter names the caseworker to call."""
    if given.signatory.caseworker.strip() and given.signatory.phone.strip():
        return None
    return refusal(Reason.CASEWORKER_MISSING)


def unguarded(situation: Situation, given: Given) -> Refusal | None:
    """No letter to a protected identity goes by ordinary post."""
    if situation.lease.household.protected and not given.protected_way:
        return refusal(Reason.PROTECTED_IDENTITY)
    return None


def over(situation: Situation) -> Refusal | None:
    """There is no home to save when the lease is over; of a tenant who has died it says so."""
    if not situation.is_over:
        return None
    if situation.died_on is not None:
        said = phrase("no_letter.lease_over_died", on=situation.died_on)
        return Refusal(Reason.LEASE_OVER, said)
    return refusal(Reason.LEASE_OVER)


def ended(situation: Situation) -> Refusal | None:
    """There is no home to save without a lease that runs."""
    refused = over(situation)
    if refused is None and situation.lease.terms is None:
        return refusal(Reason.LEASE_NOT_REGISTERED)
    return refused
