"""What has been tried, promised and noticed on one lease, as it is stored."""

from datetime import date

from msgspec import Struct

from models.contract.facts import Instalment
from models.lease.acts import Act


class Reminder(Struct, array_like=True, frozen=True, gc=False):
    """A reminder or debt-collection demand for an invoice."""

    sent_on: date
    kind: str
    invoice_id: str


class Contact(Struct, array_like=True, frozen=True, gc=False):
    """An attempt at contact."""

    on: date
    by: str
    direction: str
    channel: str
    reached: bool

    @property
    def met(self) -> bool:
        """Were tenant and caller in touch? Who calls or writes back was reached."""
        return self.reached or self.direction == "inbound"


class Consent(Struct, array_like=True, frozen=True, gc=False):
    """A tenant's word on what may be shared: `kind` is the fact's name; `tenant_ref` None when it
    does not say whose."""

    on: date
    kind: str
    scope: str
    tenant_ref: str | None = None


class Plan(Struct, array_like=True):
    """A payment plan; `ended` is kept, broken or replaced, told as of `ended_on`. Nobody says when
    it was agreed: `told_on` is the day on which it became known."""

    instalments: list[Instalment] = []
    ended: str | None = None
    ended_on: date | None = None
    told_on: date | None = None


class Signals(Struct, array_like=True):
    """What has been tried, promised and noticed. `acts` are what people at the municipality did,
    `undone` the ids of those that they took back."""

    reminders: list[Reminder] = []
    contacts: list[Contact] = []
    failures: list[date] = []
    disturbances: list[date] = []
    plans: dict[str, Plan] = {}
    consents: list[Consent] = []
    acts: list[Act] = []
    undone: list[str] = []
