"""Form 3 (SFS 1978:314): the landlord's message to the social welfare board (socialnämnden) that a
home is given notice for unpaid rent (JB 12:44 1 st).

An incomplete message is still a message: it is received, and what it lacks is said to the sender
and to the caseworker. Only what cannot be a message at all is refused. The tenant's name and
address travel sealed, never in the clear. Money is öre, dates are Europe/Stockholm.
"""

from collections.abc import Iterable
from datetime import date
from typing import Annotated, Literal

import msgspec
from msgspec import Meta, Struct

from models.contract import facts
from models.contract.events import Event, make_event

FIELDS = (
    "landlord_name",
    "landlord_address",
    "landlord_phone",
    "sealed_identity",
    "rooms",
    "amount_ore",
    "due_on",
    "interest",
    "account",
)  # of the form itself, in its order
# What stands for the sealed identity of a message whose paper names the tenant: the paper is in the
# board's own record, and what it says of the tenant is kept nowhere else.
ON_PAPER = "on paper"
NOT_BARRING = frozenset({"rooms"})  # NJA 1985 s. 586


class Form3(Struct, frozen=True, kw_only=True):
    """A message by form 3; a field that the sender left out is None.

    `sent_on` is the posting day when `how` is registered, which then is the day it counts
    (JB 12:63); otherwise it counts from `received_on`.
    """

    lease_id: facts.LeaseId
    sent_on: date
    how: Literal["registered", "other"]
    received_on: date | None = None
    landlord_name: facts.Text | None = None
    landlord_address: facts.Text | None = None
    landlord_phone: facts.Text | None = None
    sealed_identity: facts.LongText | None = None
    rooms: Annotated[int, Meta(ge=1, le=50)] | None = None
    amount_ore: facts.PositiveOre | None = None
    due_on: date | None = None
    interest: facts.Text | None = None
    account: facts.Text | None = None


def lacks(message: facts.CouncilNotified | Form3) -> tuple[str, ...]:
    """The form's fields that are missing or blank, in the form's order."""
    return tuple(name for name in FIELDS if _is_blank(getattr(message, name)))


def to_mend(message: facts.CouncilNotified | Form3) -> tuple[str, ...]:
    """What the sender is asked for: the lacking fields, and the arrival if it decides the time."""
    found = lacks(message)
    if message.how == "other" and message.received_on is None:
        found += ("received_on",)
    return found


def bars(names: Iterable[str]) -> bool:
    """May the lacking fields keep the three weeks from starting? A court decides."""
    return any(name not in NOT_BARRING for name in names)


def to_event(form: Form3, *, source: str, event_id: str, time: str | None = None) -> Event:
    """The event that reports the message; whether `source` may say it, `who_may_say` tells."""
    data = facts.CouncilNotified(matter="arrears", **msgspec.structs.asdict(form))
    return make_event(data, source=source, event_id=event_id, time=time)


def _is_blank(value: object) -> bool:
    return not value or (isinstance(value, str) and not value.strip())
