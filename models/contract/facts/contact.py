"""Facts about what has been tried, promised and agreed with the tenant."""

from datetime import date
from typing import Literal

from models.contract.facts.fields import Channel, Fact, Text


class RentReminded(Fact, frozen=True, gc=False):
    """A reminder or a debt-collection demand was sent."""

    invoice_id: Text
    sent_on: date
    kind: Literal["reminder", "debt_collection"]


class TenantContacted(Fact, frozen=True, gc=False):
    """Somebody tried to reach the tenant, or the tenant reached them."""

    on: date
    by: Literal["landlord", "municipality"]
    direction: Literal["inbound", "outbound"]
    channel: Channel
    reached: bool
    tenant_ref: Text | None = None


class DisturbanceReported(Fact, frozen=True, gc=False):
    """A disturbance in the home; its detail stays inside the case."""

    reported_on: date
    kind: Text


class ConsentStep(Fact, frozen=True, gc=False):
    """A tenant's word on what may be shared."""

    on: date
    scope: Text
    tenant_ref: Text | None = None


class ConsentGiven(ConsentStep, frozen=True, gc=False):
    """Consent given for a scope."""


class ConsentWithdrawn(ConsentStep, frozen=True, gc=False):
    """Consent withdrawn for a scope."""


class ObjectionMade(ConsentStep, frozen=True, gc=False):
    """The tenant objects to data being passed on."""
