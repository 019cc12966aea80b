"""Facts of the register of rent guarantees: given, drawn and ended, all from the municipality
alone."""

from datetime import date
from typing import Annotated

from msgspec import Meta

from models.contract.facts.fields import Fact, PositiveOre, Text


class GuaranteeStep(Fact, frozen=True, gc=False):
    """A step of one guarantee of the lease, by the municipality's own id of it."""

    guarantee_id: Text
    on: date
    by: Text


class GuaranteeGiven(GuaranteeStep, frozen=True, gc=False):
    """The municipality guarantees the rent to the landlord from `starts_on` through `ends_on`, for
    at most `limit_ore` in all, or so many months of rent, or both. `terms` is the id of the
    playbook's guarantee by which it may be given. Told again, as when it is prolonged, the newest
    holds."""

    starts_on: date
    ends_on: date | None = None
    limit_ore: PositiveOre | None = None
    months_of_rent: Annotated[int, Meta(ge=1, le=60)] | None = None
    terms: Text | None = None


class GuaranteeDrawn(GuaranteeStep, frozen=True, gc=False):
    """The landlord claimed this much under the guarantee, on `on`."""

    amount_ore: PositiveOre


class GuaranteeEnded(GuaranteeStep, frozen=True, gc=False):
    """The guarantee is over before its time; `on` is the last day on which it holds."""
