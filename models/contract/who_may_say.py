"""Which source may say what: landlords, municipalities, the enforcement authority and Bokvar."""

from enum import StrEnum
from functools import lru_cache
from typing import Any

from models.contract import facts
from models.contract.event_kinds import ACTS, AT_COURT_OR_ENFORCEMENT
from models.contract.events import BOKVAR, ENFORCEMENT, EVENT_TYPES
from models.contract.source import landlord_of, municipality_of
from models.contract.spelling import organisation_number
from models.contract.spelling import source as spelled

_INTERNAL = frozenset(
    {
        facts.RulesChanged,
        facts.CalendarDay,
        facts.RecordSetAside,
        facts.RecordCleared,
        facts.RecordReleased,
        facts.RecordDiscarded,
        facts.RecordResolved,
    }
)
_FROM_MUNICIPALITY_ONLY = ACTS | {facts.HouseholdUpdated, facts.CouncilRentAssumed}
_SHARED_WITH_MUNICIPALITY = frozenset(
    {
        facts.TenantContacted,
        facts.PlanAgreed,
        facts.PlanEnded,
        facts.CouncilNotified,
        facts.NoticeServed,
        facts.RentDeposited,
        facts.DisputeEnded,
        facts.DisturbanceReported,
        facts.ConsentGiven,
        facts.ConsentWithdrawn,
        facts.ObjectionMade,
    }
)
_ALL = frozenset(EVENT_TYPES.values())
_LANDLORD_MAY = _ALL - _INTERNAL - _FROM_MUNICIPALITY_ONLY
_MUNICIPALITY_MAY = _FROM_MUNICIPALITY_ONLY | _SHARED_WITH_MUNICIPALITY | AT_COURT_OR_ENFORCEMENT


# What names its landlord in its data, and not only in its lease's id.
_NAMES_A_LANDLORD = frozenset({facts.LeaseRegistered, facts.LeaseChanged, facts.FeedCompleted})


class Standing(StrEnum):
    """Whether a source may say a thing about a lease; the refusals are dead-letter classes."""

    ALLOWED = "allowed"
    SOURCE_UNKNOWN = "source_unknown"
    TYPE_NOT_ALLOWED = "type_not_allowed_for_source"
    NOT_ITS_LEASE = "lease_of_another_landlord"
    NOT_ITS_NUMBER = "landlord_is_another"


_ALLOWED = Standing.ALLOWED  # a look-up in an enumeration is slow, and each record takes one


def standing(source: str, data: Any) -> Standing:
    """May `source` report `data`, all in one spelling (`models.contract.spelling`)?

    A landlord speaks of leases and not of what only the municipality knows; a municipality and the
    enforcement authority of what the law brings to them; Bokvar itself of days, rules and set-aside
    records. Whose the lease is, its own state says: `models.lease.whose`.
    """
    standing, landlord = _standing_of(source, type(data))  # type: ignore[arg-type]
    if landlord is None or standing is not _ALLOWED:
        return standing
    return _names(landlord, data)


def _names(landlord: str, data: Any) -> Standing:
    """Does a landlord register, and report, as itself? A lease that is handed over is so to a
    number."""
    kind, named = type(data), data.landlord_id
    if kind is facts.LeaseChanged:
        fine = named is None or organisation_number(named) == named
        return _ALLOWED if fine else Standing.NOT_ITS_NUMBER
    if kind is facts.FeedCompleted:
        return _ALLOWED if named == landlord else Standing.NOT_ITS_LEASE
    if not data.lease_id.startswith(landlord + ":"):
        return Standing.NOT_ITS_LEASE
    return _ALLOWED if named == landlord else Standing.NOT_ITS_NUMBER


@lru_cache(1 << 14)
def _standing_of(source: str, kind: type) -> tuple[Standing, str | None]:
    """What `source` may say at all; and the landlord that it is, where the data names one too."""
    landlord = landlord_of(source)
    if source != spelled(source):
        return Standing.SOURCE_UNKNOWN, None
    if landlord is not None:
        allowed = kind in _LANDLORD_MAY
    elif source == BOKVAR:
        allowed = kind in _INTERNAL
    elif municipality_of(source) is not None:
        allowed = kind in _MUNICIPALITY_MAY
    elif source == ENFORCEMENT:
        allowed = kind in AT_COURT_OR_ENFORCEMENT
    else:
        return Standing.SOURCE_UNKNOWN, None
    named = landlord if kind in _NAMES_A_LANDLORD else None
    return (Standing.ALLOWED if allowed else Standing.TYPE_NOT_ALLOWED), named


def speaks_for(source: str, lease_id: str) -> bool:
    """May `source` speak of the lease whatever its state: is it the landlord in its id, or an
    authority over all leases? Others only where the lease's own state says so."""
    landlord = landlord_of(source)
    if landlord is not None:
        return lease_id.startswith(landlord + ":")
    return source in (BOKVAR, ENFORCEMENT)
