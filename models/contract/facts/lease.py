"""Facts about a lease itself and who lives there."""

from datetime import date
from typing import Annotated, Literal

from msgspec import Meta, Struct, field

from models.contract.facts.fields import (
    BirthYear,
    Fact,
    LeaseKind,
    Living,
    LongText,
    Municipality,
    Ore,
    OrgNr,
    Text,
)


class Tenant(Struct, frozen=True, gc=False):
    """A tenant on the lease, known by the landlord's own reference and a birth year."""

    tenant_ref: Text
    birth_year: BirthYear | None = None


class Child(Struct, frozen=True, gc=False):
    """A child who lives in the home, always or part of the time."""

    birth_year: BirthYear
    living: Living = "permanent"


class LeaseRegistered(Fact, frozen=True, gc=False):
    """A lease as the landlord knows it. `children` only in pilots and simulation. `account`
    (bankgiro or plusgiro) and `ocr` are where its rent is paid to; an invoice's own go before."""

    landlord_id: OrgNr
    municipality: Municipality
    district: Text
    rent_ore: Ore
    rooms: Annotated[int, Meta(ge=0, le=50)]
    kind: LeaseKind
    started_on: date
    tenants: list[Tenant]
    protected_identity: bool
    review_on: date | None = None
    children: list[Child] | None = None
    account: Text | None = None
    ocr: Text | None = None
    sealed_identity: LongText | None = None


class LeaseChanged(Fact, frozen=True, gc=False):
    """Changed fields of a lease; a field that is absent or null keeps its value."""

    effective_on: date
    landlord_id: OrgNr | None = None
    municipality: Municipality | None = None
    district: Text | None = None
    rent_ore: Ore | None = None
    rooms: Annotated[int, Meta(ge=0, le=50)] | None = None
    kind: LeaseKind | None = None
    tenants: list[Tenant] | None = None
    protected_identity: bool | None = None
    review_on: date | None = None
    account: Text | None = None
    ocr: Text | None = None
    sealed_identity: LongText | None = None


class LeaseEnded(Fact, frozen=True, gc=False):
    """The lease ends, or its end is moved. Of several the newest holds: by `as_of`, the day on
    which it was so, else by when it was sent."""

    ended_on: date
    reason: Literal[
        "moved",
        "notice_by_tenant",
        "agreement",
        "death",
        "transferred",
        "trial_ended",
        "abandoned",
        "evicted",
        "other",
    ]
    as_of: date | None = None


class LeaseEndingWithdrawn(Fact, frozen=True, gc=False):
    """The lease goes on after all: what was told of its end by `on` no longer holds."""

    on: date


class HouseholdUpdated(Fact, frozen=True, gc=False):
    """Who lives there, as the municipality knows it; a landlord neither knows nor may keep it. Of
    several the newest holds: by `as_of`, the day on which it was so, else by when it was sent."""

    known: Literal["yes", "no", "unknown"]
    children: list[Child] = field(default_factory=list)
    sublet_children: bool = False
    as_of: date | None = None
