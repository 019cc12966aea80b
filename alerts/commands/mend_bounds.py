"""What a mended record may say: no more than the record itself could have said.

Mending is no publishing. An operator sees broken bytes and no authority stands behind them but
whoever sent them: the sender, the kind of event and the lease stay what can be read of the record.
Of what cannot be read the record's key and leases tell which landlord it was, and it becomes
neither a municipality's act nor a word on who may see a lease.
"""

from typing import Any

import msgspec
from msgspec import Struct

from alerts.commands.dead_record import Refusal, Refused, refused
from alerts.fold.record import DeadRecord
from alerts.fold.senders import to_mend
from models.contract import facts, spelling
from models.contract.event_kinds import ACTS
from models.contract.events import EVENT_TYPES, LANDLORD
from models.contract.who_may_say import speaks_for

# What somebody at a municipality did, and what says whose a lease is and who may see it.
_NEVER_GUESSED = ACTS | {facts.LeaseRegistered, facts.LeaseChanged}


class _Part(Struct):
    """As much of an event as can be read, whatever is wrong with it."""

    source: Any = None
    subject: Any = None
    type: Any = None
    data: Any = None

    def given(self, name: str) -> Any:
        """A field of the data."""
        return self.data.get(name) if isinstance(self.data, dict) else None


def another_source(record: DeadRecord, source: object) -> Refused | None:
    """Why the record's own sender does not stand behind a source; None if it does."""
    landlord = None if record.source else to_mend(record)
    own = record.source or (LANDLORD + landlord if landlord is not None else "")
    if not own:
        return refused(Refusal.NO_SENDER)
    if isinstance(source, str) and spelling.source(source) == own:
        return None
    return refused(Refusal.ANOTHER_SOURCE, source=own)


def beyond(record: DeadRecord, event: dict[str, Any]) -> Refused | None:
    """What a mended event of the contract, of the record's own sender, says beyond the record; None
    if it says no more. Of a batch it is one of the events."""
    mended = msgspec.convert(event, _Part)
    parts = [part for part in _parts(record) if _same_kind(part, mended)]
    if not parts:
        return refused(Refusal.ANOTHER_TYPE)
    parts = [part for part in parts if _names_its_lease(record, part, mended)]
    if not parts:
        return refused(Refusal.ANOTHER_LEASE)
    if not any(_protects_as(part, mended) for part in parts):
        return refused(Refusal.ANOTHER_PROTECTION)
    return None


def _parts(record: DeadRecord) -> list[_Part]:
    try:  # one bad character hides not what the rest says
        found = msgspec.json.decode(record.value.decode("utf-8", "replace"))
    except (msgspec.DecodeError, RecursionError):
        found = None
    events = found if isinstance(found, list) else [found]
    return [msgspec.convert(one, _Part) for one in events if isinstance(one, dict)] or [_Part()]


def _same_kind(part: _Part, mended: _Part) -> bool:
    if isinstance(part.type, str) and part.type in EVENT_TYPES:
        return bool(part.type == mended.type)
    return EVENT_TYPES[mended.type] not in _NEVER_GUESSED


def _names_its_lease(record: DeadRecord, part: _Part, mended: _Part) -> bool:
    """Is it about a lease that the event names, else the key? Where neither names one, about one
    that its sender may speak of whatever its state."""
    read = _leases(part.subject, part.given("lease_id"))
    read = read or _leases((record.key or b"").decode("utf-8", "replace"))
    lease_id = spelling.lease_id(mended.subject) or ""
    return lease_id in read if read else speaks_for(spelling.source(mended.source), lease_id)


def _leases(*given: object) -> set[str | None]:
    return {spelling.lease_id(one.strip()) for one in given if isinstance(one, str)} - {None}


def _protects_as(part: _Part, mended: _Part) -> bool:
    """A protection that cannot be read may be mended to the protecting side alone."""
    now, was = mended.given("protected_identity"), part.given("protected_identity")
    return now is True or (now is was and was in (None, False))
