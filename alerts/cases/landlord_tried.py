"""What the landlord already tried, before anybody of the municipality comes."""

from datetime import date

from alerts.contract.messages import Tried
from models.lease.signals import Contact
from models.lease.state import Lease
from models.phrase import Phrase, phrase


def tried(lease: Lease) -> Tried:
    """What the landlord already tried since the arrears began to be noticed."""
    if not lease.signals.reminders and not lease.signals.contacts:
        return _NOTHING
    reminders = [r for r in lease.signals.reminders if r.kind == "reminder"]
    demands = [r for r in lease.signals.reminders if r.kind == "debt_collection"]
    contacts = [c for c in lease.signals.contacts if c.by == "landlord"]
    attempts = [c for c in contacts if c.direction == "outbound"]
    tries = [phrase("tried.reminder", on=one.sent_on) for one in reminders[-1:]]
    tries += [phrase("tried.demand", on=one.sent_on) for one in demands[-1:]]
    if contacts:
        tries += [phrase(f"tried.{_came_of(one)}", on=one.on) for one in _newest(contacts)]
    days: list[date] = [r.sent_on for r in lease.signals.reminders] + [c.on for c in contacts]
    return Tried(
        len(reminders),
        len(demands),
        len(attempts),
        any(contact.met for contact in contacts),
        max(days, default=None),
        tries or [_NO_TRY],
    )


_NO_TRY = Phrase("tried.nothing")
_NOTHING = Tried(0, 0, 0, False, None, [_NO_TRY])


def _newest(contacts: list[Contact]) -> list[Contact]:
    """When the tenant last got in touch, and the last attempt since; who called or wrote back was
    reached, whatever was tried before."""
    heard = [c for c in contacts if c.direction == "inbound"]
    last = max((c.on for c in heard), default=date.min)
    tried = [c for c in contacts if c.direction == "outbound" and c.on > last]
    return [max(found, key=lambda c: c.on) for found in (heard, tried) if found]


def _came_of(contact: Contact) -> str:
    if contact.direction == "inbound":
        return "heard"
    return "reached" if contact.reached else "not_reached"
