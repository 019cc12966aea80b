"""Which source may say what: landlords, municipalities, the enforcement authority and Bokvar."""

from enum import StrEnum
from functools import lru_cache
from typing import Any

from models.contract import facts
from models.contract.event_kinds import AT_COURT_OR_ENFORCEMENT
from models.contract.events import BOKVAR, ENFORCEMENT, EVENT_TYPES, LANDLORD, MUNICIPALITY

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
_FROM_MUNICIPALITY_ONLY = frozenset(
    {facts.HouseholdUpdated, facts.VisitReported, facts.CouncilRentAssumed}
)
_SHARED_WITH_MUNICIPALITY = frozenset(
    {
        facts.TenantContacted,
        facts.PlanAgreed,
        facts.PlanEnded,
        facts.CouncilNotified,
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


class Standing(StrEnum):
    """Whether a source may say a thing about a lease; the refusals are dead-letter classes."""

    ALLOWED = "allowed"
    SOURCE_UNKNOWN = "source_unknown"
    TYPE_NOT_ALLOWED = "type_not_allowed_for_source"
    NOT_ITS_LEASE = "lease_of_another_landlord"


_ALLOWED = Standing.ALLOWED  # a look-up in an enumeration is slow, and each record takes one


def standing(source: str, data: Any) -> Standing:
    """May `source` report `data`?

    A landlord speaks of its own leases and not of what only the municipality knows; a
    municipality and the enforcement authority of what the law brings to them; Bokvar itself of
    days, rules and set-aside records.
    """
    standing, landlord = _standing_of(source, type(data))  # type: ignore[arg-type]
    if standing is _ALLOWED and landlord:
        of = data.landlord_id + ":" if type(data) is facts.FeedCompleted else data.lease_id
        return standing if of.startswith(landlord) else Standing.NOT_ITS_LEASE
    return standing


@lru_cache(1 << 14)
def _standing_of(source: str, kind: type) -> tuple[Standing, str]:
    """What `source` may say at all; for a landlord also how its own lease ids begin."""
    if source.startswith(LANDLORD):
        allowed, landlord = kind in _LANDLORD_MAY, source[len(LANDLORD) :] + ":"
        return (Standing.ALLOWED if allowed else Standing.TYPE_NOT_ALLOWED), landlord
    if source == BOKVAR:
        allowed = kind in _INTERNAL
    elif source.startswith(MUNICIPALITY):
        allowed = kind in _MUNICIPALITY_MAY
    elif source == ENFORCEMENT:
        allowed = kind in AT_COURT_OR_ENFORCEMENT
    else:
        return Standing.SOURCE_UNKNOWN, ""
    return (Standing.ALLOWED if allowed else Standing.TYPE_NOT_ALLOWED), ""
