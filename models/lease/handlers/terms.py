"""Who lives where and on what terms: registration, and changes that take effect on a day."""

from bisect import insort
from datetime import date
from typing import Any

import msgspec
import xxhash

from models.contract import facts
from models.contract.spelling import landlord_id
from models.law.statute import FIRST_DAY
from models.lease.account import Outcome
from models.lease.handlers.paying import note_lease
from models.lease.handovers import hand_over
from models.lease.state import (
    PROVISIONAL,
    UNKNOWN_DISTRICT,
    Household,
    Lease,
    Move,
    Terms,
)

_pack = msgspec.msgpack.Encoder().encode


def registered(lease: Lease, fact: facts.LeaseRegistered, today: date) -> Outcome:
    """The lease is registered; changes that came before it take effect."""
    digest = xxhash.xxh3_64_digest(_pack(fact))
    if lease.terms is not None and lease.is_registered:
        return Outcome.REPEAT if lease.terms.digest == digest else Outcome.OTHER_CONTENT
    lease.terms = Terms(
        landlord_id(fact.landlord_id), fact.municipality, fact.district, fact.rent_ore, fact.rooms,
        fact.kind, fact.started_on, fact.review_on, digest,
    )  # fmt: skip
    home = lease.household
    home.tenants = list(fact.tenants)
    home.protected = fact.protected_identity or home.protected
    if fact.children is not None and not home.told_by_municipality:
        home.children, home.known = list(fact.children), "yes"
        home.told_on = _told_on(today)
    lease.sealed_identity = fact.sealed_identity
    note_lease(lease, lease.terms.landlord_id, fact.account, fact.ocr)
    early, lease.changes = lease.changes, []
    for on, field, value in sorted(early, key=lambda change: (change[0], change[1])):
        _set(lease, on, field, value, today)
    return Outcome.APPLIED


def register_provisionally(lease: Lease, landlord: str, municipality: str) -> None:
    """A municipality's own papers need no landlord: what is known of the lease is its id."""
    lease.terms = Terms(
        landlord, municipality, UNKNOWN_DISTRICT, 0, 0, "first_hand", FIRST_DAY, digest=PROVISIONAL,
    )  # fmt: skip


def changed(lease: Lease, fact: facts.LeaseChanged, today: date) -> Outcome:
    """Some of the lease's fields change on a day."""
    if fact.landlord_id is not None:
        hand_over(lease, fact.effective_on, landlord_id(fact.landlord_id))
    for field in facts.LeaseChanged.__struct_fields__:
        value = getattr(fact, field)
        if value is not None and field not in ("lease_id", "effective_on"):
            value = landlord_id(value) if field == "landlord_id" else value
            _set(lease, fact.effective_on, field, value, today)
    return Outcome.APPLIED


def _set(lease: Lease, on: date, field: str, value: Any, today: date) -> None:
    """Set a field as of `on`: now, later, or never if a later change already holds. Only
    protection never waits, does not end while more of it is coming, and holds of one day."""
    if lease.terms is None or on > today:
        if field == "protected_identity" and value:
            lease.household.protected = True
        if (on, field, value) not in lease.changes:
            insort(lease.changes, (on, field, value), key=lambda change: change[0])
        return
    before = lease.changed_on.get(field, date.min)
    if on < before or (on == before and field == "protected_identity" and not value):
        return
    lease.changed_on[field] = on
    if field == "tenants":
        lease.household.tenants = msgspec.convert(value, list[facts.Tenant])
    elif field == "protected_identity":
        coming = any(name == field and protects for _, name, protects in lease.changes)
        lease.household.protected = value or coming
    elif field == "sealed_identity":
        lease.sealed_identity = value
    elif field == "review_on":
        lease.terms.review_on = msgspec.convert(value, date)
    elif field == "municipality":
        _move(lease, on, value, today)
    elif field == "account":
        note_lease(lease, lease.terms.landlord_id, value, None)
    elif field == "ocr":
        note_lease(lease, lease.terms.landlord_id, None, value)
    else:
        setattr(lease.terms, field, value)


def _move(lease: Lease, on: date, municipality: str, today: date) -> None:
    assert lease.terms is not None
    before, lease.terms.municipality = lease.terms.municipality, municipality
    if lease.is_registered and municipality != before:
        lease.moves = [*lease.moves, Move(on, before, today)]


def apply_changes(lease: Lease, today: date) -> None:
    """Let changes take effect whose day has come."""
    while lease.terms is not None and lease.changes and lease.changes[0][0] <= today:
        on, field, value = lease.changes.pop(0)
        _set(lease, on, field, value, today)


def ended(lease: Lease, fact: facts.LeaseEnded, today: date) -> Outcome:
    """The lease ends, or ends on another day than was told before."""
    ended_ = (fact.ended_on, fact.reason)
    if lease.ended == ended_:
        return Outcome.REPEAT
    lease.ended = ended_
    return Outcome.APPLIED


def ending_withdrawn(lease: Lease, fact: facts.LeaseEndingWithdrawn, today: date) -> Outcome:
    """The lease goes on."""
    lease.ended = None
    return Outcome.APPLIED


def household_updated(lease: Lease, fact: facts.HouseholdUpdated, today: date) -> Outcome:
    """The municipality says who lives there."""
    old = lease.household
    lease.household = Household(
        fact.known, old.tenants, list(fact.children), fact.sublet_children, True, old.protected,
        _told_on(today),
    )  # fmt: skip
    return Outcome.APPLIED


def _told_on(today: date) -> date | None:
    return today if today > FIRST_DAY else None
