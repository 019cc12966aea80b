"""What has been tried, promised and noticed on one lease, as it is stored."""

from datetime import date

from msgspec import Struct

from models.contract.facts import Instalment


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


class Plan(Struct, array_like=True):
    """A payment plan; `ended` is kept, broken or replaced, told as of `ended_on`."""

    instalments: list[Instalment] = []
    ended: str | None = None
    ended_on: date | None = None


class Signals(Struct, array_like=True):
    """What has been tried, promised and noticed."""

    reminders: list[Reminder] = []
    contacts: list[Contact] = []
    failures: list[date] = []
    disturbances: list[date] = []
    plans: dict[str, Plan] = {}
    consents: list[tuple[date, str, str]] = []
    visits: dict[str, tuple[date, str]] = {}
