"""Giving a rent guarantee: it is put into the register, by the town's own terms or without them."""

from datetime import date
from typing import NamedTuple

from alerts.commands.case_act import (
    SECONDS,
    Cases,
    Deed,
    Found,
    Refusal,
    Refused,
    Told,
    refused,
    tell,
)
from alerts.commands.case_find import find_case, today_of
from alerts.commands.event_log import EventLog
from alerts.commands.known_code import known
from alerts.playbooks.guarantees import goes_beyond, last_day, may_have
from alerts.playbooks.language import Guarantee
from alerts.playbooks.towns import Towns
from models.contract.facts import GuaranteeGiven
from models.lease.state import Lease
from models.standing import arrears


class Offer(NamedTuple):
    """A guarantee from `starts_on` through `ends_on`, for at most `limit_ore`, or so many months of
    rent, or both. By `terms`, the id of one of the playbook's, what is not said is what they allow.
    Without a `name` it is called by its first day; other debts than rent in kronor, which are held
    against the terms and kept nowhere."""

    starts_on: date
    ends_on: date | None = None
    limit_ore: int | None = None
    months: int | None = None
    terms: str | None = None
    name: str | None = None
    other_debts_kr: int = 0


def give_guarantee(
    log: EventLog,
    cases: Cases,
    towns: Towns,
    deed: Deed,
    offer: Offer,
    *,
    seconds: float = SECONDS,
) -> Told | Refused:
    """Give a guarantee, or one of the same name anew: prolonged, or with another limit."""
    found = find_case(cases, deed)
    if isinstance(found, Refused):
        return found
    by_terms = _by_terms(found, towns, deed, offer)
    if isinstance(by_terms, Refused):
        return by_terms
    if by_terms.ends_on is not None and by_terms.ends_on < by_terms.starts_on:
        return refused(
            Refusal.PAST, option="--through", day=by_terms.ends_on, first=by_terms.starts_on
        )
    fact = GuaranteeGiven(
        lease_id=found.stand.lease.lease_id,
        guarantee_id=by_terms.name or str(by_terms.starts_on),
        on=found.on,
        by=deed.by,
        starts_on=by_terms.starts_on,
        ends_on=by_terms.ends_on,
        limit_ore=by_terms.limit_ore,
        months_of_rent=by_terms.months,
        terms=by_terms.terms,
    )
    return tell(log, found, deed, fact, seconds)


def _by_terms(found: Found, towns: Towns, deed: Deed, offer: Offer) -> Offer | Refused:
    """The offer with what its terms say, if they allow it."""
    if offer.terms is None:
        return offer
    lease = found.stand.lease
    offered = {one.id: one for one in towns.way_of(lease).playbook.guarantees}
    fault = known("--terms", offer.terms, tuple(offered))
    if fault is not None:
        return fault
    terms = offered[offer.terms]
    offer = offer._replace(
        ends_on=offer.ends_on or last_day(terms, offer.starts_on),
        months=offer.months or terms.months_of_rent,
    )
    if goes_beyond(terms, offer.starts_on, offer.ends_on, offer.months):
        return refused(Refusal.BEYOND_TERMS, terms=offer.terms)
    return _within_debts(lease, terms, today_of(found, deed), offer)


def _within_debts(lease: Lease, terms: Guarantee, today: date, offer: Offer) -> Offer | Refused:
    late_kr = -(-arrears.read(lease, today, today, {}).rent_ore // 100)
    if may_have(terms, offer.other_debts_kr, late_kr):
        return offer
    return refused(
        Refusal.NOT_BY_TERMS, terms=offer.terms, rent=late_kr, other=offer.other_debts_kr
    )
