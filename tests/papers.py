"""The papers of one case for tests: notice, message to the board and eviction, on any day."""

from typing import Any

from models.contract import facts
from models.contract.events import Event
from tests.builders import RENT_ORE, say

WHOLE = {
    "landlord_name": "Exempelbostäder AB",
    "landlord_address": "Storgatan 1, 151 00 Södertälje",
    "landlord_phone": "08-465 004 00",
    "sealed_identity": "c2VhbGVk",
    "rooms": 3,
    "amount_ore": RENT_ORE,
    "due_on": "2027-02-28",
    "interest": "6 § räntelagen",
    "account": "bankgiro 123-4567",
}


def notice(served: str, key: str = "N1", *, form_1: str | None = "", **data: Any) -> Event:
    """A notice for arrears, with form 1 served the same day unless `form_1` says otherwise."""
    served_form = served if form_1 == "" else form_1
    return say(
        facts.NoticeServed,
        event_id=f"notice {key} {served_form}",
        **{"notice_id": key, "served_on": served, "reason": "arrears"},
        **{"recovery_notice_served_on": served_form, **data},
    )


def message(sent: str, received: str | None = None, **changes: Any) -> Event:
    """A whole form 3: by registered letter, or by other means when `received` or how is given.
    A field changed to None is left out."""
    how = "registered" if received is None else "other"
    given = {"matter": "arrears", "sent_on": sent, "how": how, "received_on": received}
    data = {k: v for k, v in {**given, **WHOLE, **changes}.items() if v is not None}
    return say(facts.CouncilNotified, event_id=f"message {sent} {received} {changes}", **data)


def eviction(step: str, on: str, day: str | None = None) -> Event:
    """A step at the enforcement authority: applied, scheduled, deferred, cancelled, executed."""
    kind = getattr(facts, f"Eviction{step.title()}")
    field = "to" if step == "deferred" else "scheduled_on"
    return say(kind, on=on, **({field: day} if day else {}))
